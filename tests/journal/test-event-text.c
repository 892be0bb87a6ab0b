/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-text.h"
#include "be-explanation.h"
#include "be-listen-limit.h"
#include "be-socket-option.h"
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

static void
assert_detail (BeEventRecord record,
               const char   *expected)
{
  g_autofree char *detail = be_event_text_detail (&record);

  g_assert_cmpstr (detail, ==, expected);
}

static void
assert_sentence (BeEventRecord record,
                 const char   *payload,
                 const char   *expected)
{
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  g_autofree char *sentence = NULL;

  be_test_batch_add (batch, &record, payload, strlen (payload));
  sentence = be_event_text_sentence (be_event_batch_first (be_test_batch_get (batch)));
  g_assert_cmpstr (sentence, ==, expected);
}

static BeEventRecord
transfer (BeSide  side,
          BeCall  call,
          guint32 length)
{
  BeEventRecord record = be_test_record (side, call, 1);

  record.result = (gint32) length;
  record.payload_length = length;
  record.kept_length = length;

  return record;
}

static void
test_writes_calls_as_programs_do (void)
{
  BeEventRecord    record = be_test_record (BE_SIDE_SERVER, BE_CALL_ACCEPT, 1);
  g_autofree char *accept_text = be_event_text_call (&record);
  g_autofree char *listen_text = NULL;

  record.call = BE_CALL_LISTEN;
  record.detail = 5;
  listen_text = be_event_text_call (&record);

  g_assert_cmpstr (accept_text, ==, "accept()");
  g_assert_cmpstr (listen_text, ==, "listen(5)");
}

static void
assert_option_call (BeSocketOption option,
                    int            value,
                    const char    *expected)
{
  BeEventRecord    record = be_test_record (BE_SIDE_SERVER, BE_CALL_SETSOCKOPT, 1);
  g_autofree char *text = NULL;

  record.detail = option;
  record.position = (guint64) (gint64) value;
  text = be_event_text_call (&record);
  g_assert_cmpstr (text, ==, expected);
  assert_detail (record, "");
}

static void
test_writes_options_with_their_values (void)
{
  assert_option_call (BE_SOCKET_OPTION_KEEP_ALIVE, 1, "setsockopt(SO_KEEPALIVE, 1)");
  assert_option_call (BE_SOCKET_OPTION_LINGER, BE_SOCKET_LINGER_OFF, "setsockopt(SO_LINGER, {0, 0})");
  assert_option_call (BE_SOCKET_OPTION_LINGER, 0, "setsockopt(SO_LINGER, {1, 0})");
  assert_option_call (BE_SOCKET_OPTION_TTL, 64, "setsockopt(IP_TTL, 64)");
}

static void
test_details_of_connections (void)
{
  BeEventRecord listening = be_test_record (BE_SIDE_SERVER, BE_CALL_LISTEN, 1);
  BeEventRecord bound = be_test_record (BE_SIDE_SERVER, BE_CALL_BIND, 1);
  BeEventRecord connecting = be_test_record (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  BeEventRecord closed = be_test_record (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1);

  listening.detail = 5;
  assert_detail (listening, BE_LISTEN_LETS_ONE_MORE_WAIT ? "5 may wait, and one more" : "at most 5 may wait");
  listening.detail = 0;
  assert_detail (listening, BE_LISTEN_LETS_ONE_MORE_WAIT ? "Linux still lets one wait" : "at most 0 may wait");
  assert_detail (bound, "127.0.0.1:8001");
  assert_detail (be_test_record (BE_SIDE_SERVER, BE_CALL_ACCEPT, 1879), "from 127.0.0.1:51879");
  assert_detail (be_test_record (BE_SIDE_CLIENT, BE_CALL_SOCKET, 1), "TCP");
  assert_detail (be_test_record (BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 1), "no more to send");

  assert_detail (connecting, "to 127.0.0.1:8001");
  connecting.result = -1;
  connecting.error = NUMBER (ECONNREFUSED);
  assert_detail (connecting, "to 127.0.0.1:8001");
  connecting.flags = BE_EVENT_CANCELLED;
  assert_detail (connecting, "to 127.0.0.1:8001, not answered yet");

  assert_detail (closed, "");
  closed.detail = 1;
  assert_detail (closed, "1 byte never sent");
  closed.flags = BE_EVENT_RESET;
  assert_detail (closed, "with a reset");
}

/* What the system does then, it does by itself. */
static void
test_details_of_a_close_with_bytes_unread (void)
{
  BeEventRecord closed = be_test_record (BE_SIDE_SERVER, BE_CALL_CLOSE, 1);

  closed.flags = BE_EVENT_UNREAD | BE_EVENT_RESET;
  closed.position = 5;
  assert_detail (closed, "5 bytes not read: the system sends RST");
  assert_sentence (closed, "", "Server: close() 5 bytes not read: the system sends RST");
  closed.detail = 1;
  assert_detail (closed, "5 bytes not read: the system sends RST; 1 byte never sent");

  closed.protocol = BE_PROTOCOL_UNIX;
  closed.flags = BE_EVENT_UNREAD;
  assert_detail (closed, "5 bytes not read: the other end gets ECONNRESET, not the end of the stream");
}

static void
test_details_of_bytes (void)
{
  BeEventRecord partly = transfer (BE_SIDE_SERVER, BE_CALL_RECV, 4000);
  BeEventRecord datagram = transfer (BE_SIDE_SERVER, BE_CALL_RECVFROM, 4);
  BeEventRecord failed = be_test_record (BE_SIDE_SERVER, BE_CALL_RECV, 1);

  assert_detail (transfer (BE_SIDE_SERVER, BE_CALL_RECV, 10), "10 bytes");
  assert_detail (transfer (BE_SIDE_SERVER, BE_CALL_SEND, 1), "1 byte");
  assert_detail (transfer (BE_SIDE_SERVER, BE_CALL_RECV, 0), "end of stream");

  partly.kept_length = 64;
  assert_detail (partly, "4000 bytes, the first 64 kept");

  datagram.protocol = BE_PROTOCOL_UDP;
  assert_detail (datagram, "4 bytes from 127.0.0.1:50001");
  datagram.flags = BE_EVENT_TRUNCATED;
  assert_detail (datagram, "4 bytes from 127.0.0.1:50001, the rest is lost");
  datagram.detail = 10;
  assert_detail (datagram, "4 of 10 bytes; 6 thrown away");
  datagram.detail = 0;
  datagram.flags = BE_EVENT_LIMIT;
  assert_detail (datagram, "4 bytes from 127.0.0.1:50001, not answered to end a loop");
  datagram.detail = 7;
  assert_detail (datagram, "4 bytes from 127.0.0.1:50001, and the oldest peer is forgotten");
  datagram.detail = 0;
  datagram.flags = 0;
  datagram.result = 0;
  datagram.payload_length = datagram.kept_length = 0;
  assert_detail (datagram, "empty datagram from 127.0.0.1:50001");
  datagram.call = BE_CALL_SENDTO;
  assert_detail (datagram, "empty datagram to 127.0.0.1:50001");
  datagram.call = BE_CALL_RECV;
  assert_detail (datagram, "empty datagram");

  failed.result = -1;
  failed.error = NUMBER (ECONNRESET);
  assert_detail (failed, PREFIX "ECONNRESET");
  failed.error = 0;
  assert_detail (failed, "");
}

static void
test_details_of_names (void)
{
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  BeEventRecord        record = be_test_record (BE_SIDE_CLIENT, BE_CALL_GETADDRINFO, 1);
  const BeEventRecord *stored;
  g_autofree char     *found = NULL;
  g_autofree char     *not_found = NULL;

  be_test_batch_add (batch, &record, "localhost", 9);
  record.result = -1;
  be_test_batch_add (batch, &record, "nowhere", 7);

  stored = be_event_batch_first (be_test_batch_get (batch));
  found = be_event_text_detail (stored);
  g_assert_cmpstr (found, ==, "localhost is 127.0.0.1");

  stored = be_event_batch_next (be_test_batch_get (batch), stored);
  not_found = be_event_text_detail (stored);
  g_assert_cmpstr (not_found, ==, "nowhere");
}

static void
test_writes_time_since_the_start (void)
{
  static const struct
  {
    gint64      time;
    const char *text;
    const char *exact_text;
  } cases[] = {
    { 0, "0.000 s", "0.000000 s" },
    { 15, "0.000 s", "0.000015 s" },
    { 3204567, "3.204 s", "3.204567 s" },
    { 59999999, "59.999 s", "59.999999 s" },
    { 62345006, "1:02.345", "1:02.345006" },
    { G_GINT64_CONSTANT (3599999000), "59:59.999", "59:59.999000" },
    { G_GINT64_CONSTANT (3602345678), "1:00:02.345", "1:00:02.345678" },
    { G_GINT64_CONSTANT (360062345000), "100:01:02.345", "100:01:02.345000" },
    { -5000, "0.000 s", "0.000000 s" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BeEventRecord    record = be_test_record (BE_SIDE_CLIENT, BE_CALL_SEND, 1);
      g_autofree char *text = NULL;
      g_autofree char *exact_text = NULL;

      record.time = 1000000 + cases[i].time;
      text = be_event_text_time (&record, 1000000);
      g_assert_cmpstr (text, ==, cases[i].text);
      exact_text = be_event_text_exact_time (&record, 1000000);
      g_assert_cmpstr (exact_text, ==, cases[i].exact_text);
    }
}

static void
test_tells_an_event_in_one_sentence (void)
{
  BeEventRecord received = transfer (BE_SIDE_SERVER, BE_CALL_RECV, 10);
  BeEventRecord sent = transfer (BE_SIDE_CLIENT, BE_CALL_SEND, 3);
  BeEventRecord accepted = be_test_record (BE_SIDE_SERVER, BE_CALL_ACCEPT, 1879);
  BeEventRecord refused = be_test_record (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);

  received.connection = 0;
  assert_sentence (received, "hello baby", "Server, connection A: received 10 bytes: hello baby");
  received.result = 3;
  received.payload_length = 3;
  assert_sentence (received, "a\nb", "Server, connection A: received 3 bytes: a␊b");
  assert_sentence (sent, "", "Client: sent 3 bytes, the first 0 kept");

  received.protocol = BE_PROTOCOL_UDP;
  assert_sentence (received, "abc", "Server, peer A: received 3 bytes: abc");

  accepted.connection = 27;
  accepted.result = 7;
  assert_sentence (accepted, "", "Server, connection AB: accept() from 127.0.0.1:51879");
  assert_sentence (be_test_record (BE_SIDE_SERVER, BE_CALL_CLOSE, 1), "", "Server: close()");

  refused.result = -1;
  refused.error = NUMBER (ECONNREFUSED);
  refused.connection = 1;
  assert_sentence (refused, "",
                   "Client, connection B: connect() to 127.0.0.1:8001 failed: Nobody is listening on 127.0.0.1:8001");
}

/* Not "recv() ECONNRESET failed": it was not called with that. */
static void
test_a_failure_names_its_error_after_the_call (void)
{
  BeEventRecord    reset = be_test_record (BE_SIDE_SERVER, BE_CALL_RECV, 1);
  BeEventRecord    nameless = be_test_record (BE_SIDE_SERVER, BE_CALL_ACCEPT, 1);
  g_autofree char *expected = NULL;

  reset.result = nameless.result = -1;
  reset.error = NUMBER (ECONNRESET);
  reset.connection = 0;
  expected = g_strdup_printf ("Server, connection A: recv() failed with %s: The other end broke the connection off",
                              be_explanation_error_name (reset.error));
  assert_sentence (reset, "", expected);

  nameless.flags = BE_EVENT_LIMIT;
  nameless.detail = 3;
  assert_sentence (nameless, "", "Server: accept() not called: The limit of 3 for clients is reached");
}

static void
assert_state_of_close (BeProtocol    protocol,
                       BeSystemState state,
                       const char   *expected,
                       gboolean      is_implied)
{
  BeEventRecord    record = be_test_record (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1);
  g_autofree char *text = NULL;

  record.protocol = (guint8) protocol;
  record.state = (guint8) state;
  record.result = 0;
  text = be_event_text_state (&record);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (be_event_text_is_state_implied (&record), ==, is_implied);
}

/* The call closed a descriptor; TCP may be far from CLOSED. */
static void
test_close_says_where_tcp_goes_on_to (void)
{
  BeEventRecord shut = be_test_record (BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 1);

  assert_state_of_close (BE_PROTOCOL_TCP, BE_SYSTEM_STATE_FIN_WAIT_1, "→ FIN_WAIT_1", TRUE);
  assert_state_of_close (BE_PROTOCOL_TCP, BE_SYSTEM_STATE_LAST_ACK, "→ LAST_ACK", TRUE);
  assert_state_of_close (BE_PROTOCOL_TCP, BE_SYSTEM_STATE_TIME_WAIT, "TIME_WAIT", TRUE);
  assert_state_of_close (BE_PROTOCOL_TCP, BE_SYSTEM_STATE_CLOSED, "closed", FALSE);
  assert_state_of_close (BE_PROTOCOL_UDP, BE_SYSTEM_STATE_CLOSED, "closed", FALSE);

  shut.state = BE_SYSTEM_STATE_FIN_WAIT_1;
  g_assert_false (be_event_text_is_state_implied (&shut));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-text/writes-calls-as-programs-do", test_writes_calls_as_programs_do);
  g_test_add_func ("/event-text/writes-options-with-their-values", test_writes_options_with_their_values);
  g_test_add_func ("/event-text/details-of-connections", test_details_of_connections);
  g_test_add_func ("/event-text/details-of-a-close-with-bytes-unread", test_details_of_a_close_with_bytes_unread);
  g_test_add_func ("/event-text/details-of-bytes", test_details_of_bytes);
  g_test_add_func ("/event-text/details-of-names", test_details_of_names);
  g_test_add_func ("/event-text/writes-time-since-the-start", test_writes_time_since_the_start);
  g_test_add_func ("/event-text/tells-an-event-in-one-sentence", test_tells_an_event_in_one_sentence);
  g_test_add_func ("/event-text/a-failure-names-its-error-after-the-call", test_a_failure_names_its_error_after_the_call);
  g_test_add_func ("/event-text/close-says-where-tcp-goes-on-to", test_close_says_where_tcp_goes_on_to);

  return g_test_run ();
}
