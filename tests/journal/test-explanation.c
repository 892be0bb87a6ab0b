/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-explanation.h"
#include "be-port-holder.h"
#include "be-test-batch.h"

#include <string.h>

#ifdef G_OS_WIN32
#include <winsock2.h>
#define NUMBER(name) WSA##name
#define PREFIX "WSA"
#else
#include <errno.h>
#define NUMBER(name) name
#define PREFIX ""
#endif

static BeEventRecord
failure (BeSide side,
         BeCall call,
         int    error)
{
  BeEventRecord record = be_test_record (side, call, 1);

  record.result = -1;
  record.error = error;

  return record;
}

static void
assert_title (BeEventRecord record,
              const char   *expected)
{
  g_autofree char *title = be_explanation_get_title (&record);

  g_assert_cmpstr (title, ==, expected);
}

/* A title, a reason, a remedy: all there, filled in, and sentences. */
static void
assert_complete (BeEventRecord record,
                 const char   *expected)
{
  g_autofree char *reason = be_explanation_get_reason (&record);
  g_autofree char *causes = be_explanation_list_causes (&record, NULL);
  g_autofree char *remedy = be_explanation_get_remedy (&record);

  assert_title (record, expected);
  g_assert_true (g_str_has_prefix (causes, "Likely causes:\n1. "));
  g_assert_null (strpbrk (causes, "{}"));
  g_assert_nonnull (reason);
  g_assert_nonnull (remedy);
  g_assert_true (g_str_has_suffix (reason, "."));
  g_assert_true (g_str_has_suffix (remedy, "."));
  g_assert_null (strpbrk (reason, "{}"));
  g_assert_null (strpbrk (remedy, "{}"));
}

static void
assert_reason_says (BeEventRecord record,
                    const char   *expected)
{
  g_autofree char *reason = be_explanation_get_reason (&record);

  g_assert_nonnull (strstr (reason, expected));
}

static void
test_explains_that_nobody_listens (void)
{
  BeEventRecord    record = failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (ECONNREFUSED));
  g_autofree char *reason = NULL;

  record.peer = be_test_address ("127.0.0.1", 9000);
  assert_complete (record, "Nobody is listening on 127.0.0.1:9000");
  reason = be_explanation_get_reason (&record);
  g_assert_nonnull (strstr (reason, "no program has opened port 9000"));
}

static void
test_explains_connections (void)
{
  BeEventRecord timed_out = failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, 0);
  BeEventRecord no_address = failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (EADDRNOTAVAIL));

  timed_out.flags = BE_EVENT_TIMED_OUT;
  assert_complete (timed_out, "127.0.0.1:8001 does not answer");
  assert_complete (failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (ETIMEDOUT)),
                   "127.0.0.1:8001 does not answer");
  assert_complete (failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (EHOSTUNREACH)),
                   "127.0.0.1 cannot be reached");
  assert_complete (failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (ENETUNREACH)),
                   "There is no way to 127.0.0.1");
  assert_complete (failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (EADDRINUSE)),
                   "This pair of addresses is in use already");
  assert_complete (no_address, "This pair of addresses is in use already");
  no_address.local.port = 0;
  assert_complete (no_address,
                   "There is no local address to reach 127.0.0.1:8001 from");
  assert_complete (failure (BE_SIDE_CLIENT, BE_CALL_SOCKET, NUMBER (EAFNOSUPPORT)),
                   "This computer does not know this kind of address");
}

static BeEventRecord
failure_of_path (BeSide side,
                 BeCall call,
                 int    number)
{
  BeEventRecord record = failure (side, call, number);
  BeAddress     path = { .family = BE_ADDRESS_UNIX, .scope = g_quark_from_static_string ("/tmp/hello") };

  record.protocol = BE_PROTOCOL_UNIX;
  record.local = side == BE_SIDE_SERVER ? path : (BeAddress){ .family = BE_ADDRESS_UNIX };
  record.peer = side == BE_SIDE_SERVER ? (BeAddress){ .family = BE_ADDRESS_UNIX } : path;

  return record;
}

/* A path may be there although nobody listens, and be forbidden by its file. */
static void
test_explains_paths (void)
{
  assert_complete (failure_of_path (BE_SIDE_SERVER, BE_CALL_BIND, NUMBER (EADDRINUSE)),
                   "/tmp/hello exists already");
  assert_complete (failure_of_path (BE_SIDE_SERVER, BE_CALL_BIND, NUMBER (EACCES)),
                   "/tmp/hello may not be made");
  assert_complete (failure_of_path (BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (EACCES)),
                   "/tmp/hello may not be used");
  assert_reason_says (failure_of_path (BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (EACCES)),
                      "must be allowed to write to its file");
}

static void
test_explains_binding (void)
{
  BeEventRecord privileged = failure (BE_SIDE_SERVER, BE_CALL_BIND, NUMBER (EACCES));
  BeEventRecord in_use = failure (BE_SIDE_SERVER, BE_CALL_BIND, NUMBER (EADDRINUSE));

  privileged.local.port = 80;
  assert_complete (privileged, "Port 80 is reserved");
  assert_complete (failure (BE_SIDE_SERVER, BE_CALL_BIND, NUMBER (EACCES)),
                   "The system does not permit this");
  assert_complete (failure (BE_SIDE_SERVER, BE_CALL_BIND, NUMBER (EADDRINUSE)),
                   "Port 8001 is in use already");
  in_use.detail = BE_PORT_HOLDER_LISTENER;
  assert_complete (in_use, "Port 8001 is in use already");
  assert_reason_says (in_use, "A server listens on this port");
  in_use.detail = BE_PORT_HOLDER_CONNECTION;
  assert_complete (in_use, "Port 8001 is in use already");
  assert_reason_says (in_use, "Nobody listens on this port");
  in_use.detail = BE_PORT_HOLDER_TIME_WAIT;
  assert_complete (in_use, "Port 8001 is still in TIME_WAIT");
  assert_complete (failure (BE_SIDE_SERVER, BE_CALL_BIND, NUMBER (EADDRNOTAVAIL)),
                   "127.0.0.1 is not an address of this computer");
}

static void
test_explains_broken_connections (void)
{
  BeEventRecord full = failure (BE_SIDE_CLIENT, BE_CALL_SEND, NUMBER (ENOBUFS));

  full.flags = BE_EVENT_LIMIT;
  assert_complete (full, "Too much is waiting to be sent");
  assert_complete (failure (BE_SIDE_SERVER, BE_CALL_RECV, NUMBER (ECONNRESET)),
                   "The other end broke the connection off");
  assert_complete (failure (BE_SIDE_SERVER, BE_CALL_SEND, NUMBER (ESHUTDOWN)),
                   "Nobody can receive this any more");
  assert_complete (failure (BE_SIDE_SERVER, BE_CALL_RECV, NUMBER (ETIMEDOUT)),
                   "127.0.0.1:50001 has fallen silent");
  assert_complete (failure (BE_SIDE_CLIENT, BE_CALL_SEND, NUMBER (ENOBUFS)),
                   "The system has no memory for this");
}

static void
test_a_firewall_may_refuse_datagrams (void)
{
  BeEventRecord    record = failure (BE_SIDE_CLIENT, BE_CALL_RECV, NUMBER (ECONNREFUSED));
  g_autofree char *causes = NULL;

  record.protocol = BE_PROTOCOL_UDP;
  causes = be_explanation_list_causes (&record, NULL);
  g_assert_nonnull (strstr (causes, "\n3. A firewall rejects the datagram with the same ICMP message."));
}

static void
test_explains_datagrams (void)
{
  BeEventRecord record = failure (BE_SIDE_CLIENT, BE_CALL_RECV, NUMBER (ECONNREFUSED));

  record.protocol = BE_PROTOCOL_UDP;
  assert_complete (record, "Nobody receives at 127.0.0.1:8001");

  /* Windows has another name for the same. */
  record.error = NUMBER (ECONNRESET);
  assert_complete (record, "Nobody receives at 127.0.0.1:8001");

  record.call = BE_CALL_SEND;
  record.error = NUMBER (EMSGSIZE);
  assert_complete (record, "The datagram is too long");

  record.call = BE_CALL_RECV;
  assert_complete (record, "The rest of the datagram is lost");

  record.result = 4;
  record.error = 0;
  record.flags = BE_EVENT_TRUNCATED;
  assert_complete (record, "The rest of the datagram is lost");

  record.call = BE_CALL_RECVFROM;
  record.flags = BE_EVENT_LIMIT;
  assert_complete (record, "This datagram was not answered, to end a loop");

  record.detail = 7;
  assert_complete (record, "The peer heard from longest ago was forgotten");
}

static void
test_explains_limits (void)
{
  BeEventRecord limit = failure (BE_SIDE_SERVER, BE_CALL_ACCEPT, 0);

  limit.flags = BE_EVENT_LIMIT;
  limit.detail = 3;
  assert_complete (limit, "The limit of 3 for clients is reached");
  assert_complete (failure (BE_SIDE_SERVER, BE_CALL_ACCEPT, NUMBER (EMFILE)),
                   "No more sockets can be opened");
  assert_complete (failure (BE_SIDE_SERVER, BE_CALL_ACCEPT, NUMBER (ECONNABORTED)),
                   "A client left before it was accepted");
}

static void
assert_lookup_title (int         error,
                     const char *name,
                     const char *expected)
{
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  BeEventRecord        record = failure (BE_SIDE_CLIENT, BE_CALL_GETADDRINFO, error);
  const BeEventRecord *stored;
  g_autofree char     *title = NULL;

  be_test_batch_add (batch, &record, name, strlen (name));
  stored = be_event_batch_first (be_test_batch_get (batch));
  title = be_explanation_get_title (stored);
  g_assert_cmpstr (title, ==, expected);
}

static void
test_explains_names (void)
{
  assert_lookup_title (G_RESOLVER_ERROR_NOT_FOUND + 1, "nowhere.invalid",
                       "The name “nowhere.invalid” was not found");
  assert_lookup_title (G_RESOLVER_ERROR_TEMPORARY_FAILURE + 1, "example.org",
                       "Nobody could say where “example.org” is");
}

/* What a name contains is neither a placeholder nor a format. */
static void
test_fills_in_only_once (void)
{
  assert_lookup_title (G_RESOLVER_ERROR_NOT_FOUND + 1, "{peer}%s%n\n",
                       "The name “{peer}%s%n␊” was not found");
}

static void
test_explains_what_is_no_error (void)
{
  BeEventRecord end = be_test_record (BE_SIDE_CLIENT, BE_CALL_RECV, 1);
  BeEventRecord close = be_test_record (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1);
  BeEventRecord cancelled = failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, 0);

  assert_complete (end, "The other end sends no more");

  close.flags = BE_EVENT_RESET;
  assert_complete (close, "Closed with a reset");
  close.flags = 0;
  close.detail = 1;
  assert_complete (close, "Closed with 1 byte unsent");
  close.detail = 10;
  assert_complete (close, "Closed with 10 bytes unsent");
  close.flags = BE_EVENT_UNREAD | BE_EVENT_RESET;
  close.position = 5;
  assert_complete (close, "Closed with 5 bytes unread");
  close.flags = BE_EVENT_UNREAD;
  close.protocol = BE_PROTOCOL_UNIX;
  assert_complete (close, "Closed with 5 bytes unread");

  cancelled.flags = BE_EVENT_CANCELLED;
  assert_complete (cancelled, "Cancelled before it was done");
}

static void
test_is_silent_about_what_went_well (void)
{
  BeCall call;

  for (call = BE_CALL_GETADDRINFO; call <= BE_CALL_CLOSE; call++)
    {
      BeEventRecord    record = be_test_record (BE_SIDE_CLIENT, call, 1);
      g_autofree char *reason = NULL;
      g_autofree char *remedy = NULL;

      record.result = be_call_is_reading (call) ? 10 : 0;
      reason = be_explanation_get_reason (&record);
      remedy = be_explanation_get_remedy (&record);
      assert_title (record, NULL);
      g_assert_null (reason);
      g_assert_null (remedy);
    }
}

static void
test_says_that_another_address_is_tried (void)
{
  BeEventRecord    record = failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (ECONNREFUSED));
  g_autofree char *remedy = NULL;

  record.flags = BE_EVENT_MORE;
  remedy = be_explanation_get_remedy (&record);
  g_assert_nonnull (strstr (remedy, "another address"));
}

static void
test_the_server_waits_for_its_client (void)
{
  const int errors[] = { NUMBER (ECONNRESET), NUMBER (EPIPE), NUMBER (ECONNABORTED), NUMBER (ETIMEDOUT) };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      BeEventRecord    server = failure (BE_SIDE_SERVER, BE_CALL_SEND, errors[i]);
      BeEventRecord    client = failure (BE_SIDE_CLIENT, BE_CALL_SEND, errors[i]);
      g_autofree char *on_server = be_explanation_get_remedy (&server);
      g_autofree char *on_client = be_explanation_get_remedy (&client);

      g_assert_nonnull (strstr (on_server, "for the client to connect again"));
      g_assert_null (strstr (on_client, "for the client"));
    }
}

/* Nothing that fails is left without a word, known or not. */
static void
test_has_a_word_for_every_number (void)
{
  BeCall call;
  int    error;

  for (call = BE_CALL_GETADDRINFO; call <= BE_CALL_CLOSE; call++)
    {
      for (error = 0; error < 200; error++)
        {
          BeEventRecord    record = failure (BE_SIDE_SERVER, call, error);
          g_autofree char *title = be_explanation_get_title (&record);

          g_assert_nonnull (title);
          g_assert_cmpstr (title, !=, "");
          g_assert_null (strchr (title, '{'));
        }
    }
}

static void
test_names_errors (void)
{
  g_assert_cmpstr (be_explanation_error_name (NUMBER (ECONNREFUSED)), ==, PREFIX "ECONNREFUSED");
  g_assert_cmpstr (be_explanation_error_name (NUMBER (EADDRINUSE)), ==, PREFIX "EADDRINUSE");
  g_assert_null (be_explanation_error_name (0));
  g_assert_null (be_explanation_error_name (-5));
}

static void
test_gives_the_name_and_the_number_of_this_system (void)
{
  BeEventRecord    refused = failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (ECONNREFUSED));
  BeEventRecord    lookup = failure (BE_SIDE_CLIENT, BE_CALL_GETADDRINFO, G_RESOLVER_ERROR_NOT_FOUND + 1);
  g_autofree char *expected = g_strdup_printf (PREFIX "ECONNREFUSED %d", NUMBER (ECONNREFUSED));
  g_autofree char *number = be_explanation_get_number (&refused);

  g_assert_cmpstr (number, ==, expected);
  g_assert_null (be_explanation_get_number (&lookup));
  refused.result = 0;
  g_assert_null (be_explanation_get_number (&refused));
}

static void
test_tells_of_a_failure_in_order (void)
{
  BeEventRecord     refused = failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (ECONNREFUSED));
  BeEventRecord     lookup = failure (BE_SIDE_CLIENT, BE_CALL_GETADDRINFO, G_RESOLVER_ERROR_NOT_FOUND + 1);
  g_autofree char  *number = be_explanation_get_number (&refused);
  g_autofree char  *begin = g_strdup_printf ("Nobody is listening on 127.0.0.1:9000 (%s). The computer is there", number);
  g_autofree char  *text = NULL;
  g_autofree char  *lookup_text = NULL;
  const char *const parts[] = { "Likely causes: 1. No server", " 2. The server listens", " 3. A firewall", " Start a server" };
  const char       *at = NULL;

  refused.peer = be_test_address ("127.0.0.1", 9000);
  at = text = be_explanation_describe (&refused, NULL);
  g_assert_true (g_str_has_prefix (text, begin));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      at = strstr (at, parts[i]);
      g_assert_nonnull (at);
    }
  g_assert_null (strchr (text, '\n'));

  lookup_text = be_explanation_describe (&lookup, NULL);
  g_assert_true (g_str_has_prefix (lookup_text, "The name “” was not found. "));
  refused.result = 0;
  g_assert_null (be_explanation_describe (&refused, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/explanation/explains-that-nobody-listens", test_explains_that_nobody_listens);
  g_test_add_func ("/explanation/explains-connections", test_explains_connections);
  g_test_add_func ("/explanation/explains-paths", test_explains_paths);
  g_test_add_func ("/explanation/explains-binding", test_explains_binding);
  g_test_add_func ("/explanation/explains-broken-connections", test_explains_broken_connections);
  g_test_add_func ("/explanation/a-firewall-may-refuse-datagrams", test_a_firewall_may_refuse_datagrams);
  g_test_add_func ("/explanation/explains-datagrams", test_explains_datagrams);
  g_test_add_func ("/explanation/explains-limits", test_explains_limits);
  g_test_add_func ("/explanation/explains-names", test_explains_names);
  g_test_add_func ("/explanation/fills-in-only-once", test_fills_in_only_once);
  g_test_add_func ("/explanation/explains-what-is-no-error", test_explains_what_is_no_error);
  g_test_add_func ("/explanation/is-silent-about-what-went-well", test_is_silent_about_what_went_well);
  g_test_add_func ("/explanation/says-that-another-address-is-tried", test_says_that_another_address_is_tried);
  g_test_add_func ("/explanation/the-server-waits-for-its-client", test_the_server_waits_for_its_client);
  g_test_add_func ("/explanation/has-a-word-for-every-number", test_has_a_word_for_every_number);
  g_test_add_func ("/explanation/names-errors", test_names_errors);
  g_test_add_func ("/explanation/gives-the-name-and-the-number-of-this-system", test_gives_the_name_and_the_number_of_this_system);
  g_test_add_func ("/explanation/tells-of-a-failure-in-order", test_tells_of_a_failure_in_order);

  return g_test_run ();
}
