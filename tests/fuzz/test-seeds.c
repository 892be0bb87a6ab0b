/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that hold records say what their names do: they are read in a
 * format of their own, which no change of a record may move. */

#include "be-fuzz.h"

#include <string.h>

#define LOCAL "127.0.0.1:8001"
#define PEER "127.0.0.1:50000"
#define PATH "/tmp/a.socket"

/* The numbers of errors are those of the system that the files come from. */
#define LINUX_EADDRINUSE 98
#define LINUX_ECONNREFUSED 111

typedef struct
{
  const char   *name;
  const char   *payload;
  const char   *local; /* NULL: LOCAL */
  const char   *peer;  /* NULL: PEER */
  gint32        result;
  gint32        error;
  guint32       payload_length; /* 0: as long as the payload */
  guint32       detail;
  BeSide        side;
  BeCall        call;
  BeProtocol    protocol;
  BeSystemState state; /* UNKNOWN: ESTABLISHED */
  guint         flags;
} Expected;

static const Expected expected[] = {
  { .name = "bind-path", .call = BE_CALL_BIND, .protocol = BE_PROTOCOL_UNIX, .local = PATH, .result = -1, .error = LINUX_EADDRINUSE },
  { .name = "close-unsent", .call = BE_CALL_CLOSE, .detail = 4096, .flags = BE_EVENT_RESET },
  { .name = "datagram", .call = BE_CALL_RECVFROM, .protocol = BE_PROTOCOL_UDP, .state = BE_SYSTEM_STATE_UDP_BOUND },
  { .name = "end", .side = BE_SIDE_CLIENT, .call = BE_CALL_RECV },
  { .name = "limit", .call = BE_CALL_ACCEPT, .result = -1, .detail = 10000, .flags = BE_EVENT_LIMIT },
  { .name = "listen", .call = BE_CALL_LISTEN, .state = BE_SYSTEM_STATE_LISTEN, .detail = 5, .peer = "" },
  { .name = "lookup", .side = BE_SIDE_CLIENT, .call = BE_CALL_GETADDRINFO, .result = -1, .error = 1, .payload = "例え.jp\u202e" },
  { .name = "lookup-found", .side = BE_SIDE_CLIENT, .call = BE_CALL_GETADDRINFO, .payload = "localhost", .peer = "[::1]:0" },
  { .name = "not-text", .call = BE_CALL_RECV, .result = 9 },
  { .name = "peer-limit", .call = BE_CALL_RECVFROM, .protocol = BE_PROTOCOL_UDP, .result = 1, .detail = 3, .flags = BE_EVENT_LIMIT, .payload = "x" },
  { .name = "received", .call = BE_CALL_RECV, .result = 10, .payload = "hello baby" },
  { .name = "refused", .side = BE_SIDE_CLIENT, .call = BE_CALL_CONNECT, .state = BE_SYSTEM_STATE_CLOSED, .result = -1, .error = LINUX_ECONNREFUSED },
  { .name = "scope", .call = BE_CALL_RECV, .result = 1, .payload = "x" },
  { .name = "sent-reply", .call = BE_CALL_SEND, .result = 10, .flags = BE_EVENT_REPLY, .payload = "HELLO BABY" },
  { .name = "truncated", .call = BE_CALL_RECVFROM, .protocol = BE_PROTOCOL_UDP, .result = 3, .payload_length = 70000, .flags = BE_EVENT_TRUNCATED, .payload = "abc" },
};

static BeEventRecord *
read_seed (const char *corpus,
           const char *name,
           const char *needle)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", corpus, name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  gsize taken = needle != NULL ? strlen (needle) + 1 : 0;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (size, >=, taken);
  if (needle != NULL)
    g_assert_cmpmem (bytes, taken, needle, taken);

  return be_fuzz_dup_record ((const guint8 *) bytes + taken, size - taken);
}

static void
assert_address (const BeAddress *address,
                const char      *text)
{
  g_autofree char *said = be_address_to_string (address);

  g_assert_cmpstr (said, ==, text);
}

/* The same in all of them. */
static void
assert_numbers (const BeEventRecord *record)
{
  g_assert_cmpuint (record->sequence, ==, 7);
  g_assert_cmpint (record->time, ==, 3204567);
  g_assert_cmpuint (record->session_id, ==, 1);
  g_assert_cmpuint (record->socket_id, ==, 2);
  g_assert_cmpuint (record->peer_id, ==, 2);
  g_assert_cmpuint (record->position, ==, 0);
}

static void
assert_record (const Expected      *seed,
               const BeEventRecord *record)
{
  assert_numbers (record);
  g_assert_cmpint (record->side, ==, seed->side);
  g_assert_cmpstr (be_call_get_name (record->call), ==, be_call_get_name (seed->call));
  g_assert_cmpint (record->protocol, ==, seed->protocol);
  g_assert_cmpint (record->state, ==, seed->state != BE_SYSTEM_STATE_UNKNOWN ? seed->state : BE_SYSTEM_STATE_ESTABLISHED);
  g_assert_cmpint (record->result, ==, seed->result);
  g_assert_cmpint (record->error, ==, seed->error);
  g_assert_cmpuint (record->detail, ==, seed->detail);
  g_assert_cmphex (record->flags, ==, seed->flags);
  g_assert_cmpuint (record->payload_length, ==, seed->payload_length != 0 ? seed->payload_length : record->kept_length);
  if (seed->payload != NULL)
    g_assert_cmpmem (be_event_record_payload (record), record->kept_length, seed->payload, strlen (seed->payload));
}

static void
test_say_what_their_names_do (gconstpointer corpus)
{
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const Expected           *seed = &expected[i];
      g_autofree BeEventRecord *record = read_seed (corpus, seed->name, NULL);

      g_test_message ("%s", seed->name);
      assert_record (seed, record);
      if (!g_str_equal (seed->name, "scope"))
        {
          assert_address (&record->local, seed->local != NULL ? seed->local : LOCAL);
          assert_address (&record->peer, seed->peer != NULL ? seed->peer : PEER);
        }
    }
}

/* What of an address the others do not have, and who has no connection. */
static void
test_hold_every_part_of_an_address (gconstpointer corpus)
{
  static const guint8       link_local[] = { 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
  g_autofree BeEventRecord *scope = read_seed (corpus, "scope", NULL);
  g_autofree BeEventRecord *listener = read_seed (corpus, "listen", NULL);

  g_assert_cmpint (scope->local.family, ==, BE_ADDRESS_IPV6);
  g_assert_cmpuint (scope->local.port, ==, 80);
  g_assert_cmpuint (scope->local.scope, ==, 1);
  g_assert_cmpmem (scope->local.bytes, sizeof scope->local.bytes, link_local, sizeof link_local);
  assert_address (&scope->peer, "[::ffff:1.2.3.4]:9");
  g_assert_cmpuint (scope->connection, ==, 27);
  g_assert_cmphex (listener->connection, ==, BE_EVENT_NO_CONNECTION);
}

static void
test_begin_with_what_is_looked_for (void)
{
  static const Expected words[] = {
    { .name = "address", .payload = ":50000" },
    { .name = "call", .payload = "recv(" },
    { .name = "ipv6", .payload = "::1]", .peer = "[::1]:80" },
    { .name = "path", .payload = "SOCKET", .protocol = BE_PROTOCOL_UNIX, .local = PATH },
    { .name = "payload", .payload = "HELLO", .result = 15 },
    { .name = "payload-missed", .payload = "aab", .result = 8 },
    { .name = "bytes", .payload = "\xe4\xbd\xa0", .result = 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree BeEventRecord *record = read_seed ("text-matcher", words[i].name, words[i].payload);

      g_test_message ("%s", words[i].name);
      assert_numbers (record);
      g_assert_cmpstr (be_call_get_name (record->call), ==, "recv");
      g_assert_cmpint (record->protocol, ==, words[i].protocol);
      g_assert_cmpint (record->result, ==, words[i].result);
      g_assert_cmpuint (record->kept_length, ==, words[i].result);
      assert_address (&record->local, words[i].local != NULL ? words[i].local : LOCAL);
      assert_address (&record->peer, words[i].peer != NULL ? words[i].peer : PEER);
    }
}

static void
test_may_end_anywhere (void)
{
  static const guint8       bytes[] = { 0, 0, 0, 0, 9, 0, 0, 0, 7, 1 };
  g_autofree BeEventRecord *empty = be_fuzz_dup_record (NULL, 0);
  g_autofree BeEventRecord *cut = be_fuzz_dup_record (bytes, sizeof bytes);

  g_assert_cmpuint (empty->sequence, ==, 0);
  g_assert_cmpuint (empty->kept_length, ==, 0);
  g_assert_cmpuint (cut->sequence, ==, 0x107);
  g_assert_cmpuint (cut->kept_length, ==, 0);
  g_assert_cmpint (cut->time, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/seeds/say-what-their-names-do/event-json", "event-json", test_say_what_their_names_do);
  g_test_add_data_func ("/seeds/say-what-their-names-do/event-text", "event-text", test_say_what_their_names_do);
  g_test_add_data_func ("/seeds/hold-every-part-of-an-address", "event-json", test_hold_every_part_of_an_address);
  g_test_add_func ("/seeds/begin-with-what-is-looked-for", test_begin_with_what_is_looked_for);
  g_test_add_func ("/seeds/may-end-anywhere", test_may_end_anywhere);

  return g_test_run ();
}
