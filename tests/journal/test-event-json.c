/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-json.h"
#include "be-socket-option.h"
#include "be-explanation.h"
#include "be-test-batch.h"

#include <json-glib/json-glib.h>
#include <string.h>

#ifdef G_OS_WIN32
#include <winsock2.h>
#define REFUSED WSAECONNREFUSED
#else
#include <errno.h>
#define REFUSED ECONNREFUSED
#endif

/* One event as a JSON object, and what holds it. */
typedef struct
{
  char       *line;
  JsonNode   *node;
  JsonObject *object;
} Json;

static void
json_clear (Json *self)
{
  json_node_unref (self->node);
  g_free (self->line);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Json, json_clear)

static void
json_set (Json         *self,
          BeEventRecord record,
          const char   *payload,
          gsize         length)
{
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  g_autoptr (GError) error = NULL;

  be_test_batch_add (batch, &record, payload, length);
  self->line = be_event_json_from_record (be_event_batch_first (be_test_batch_get (batch)), 0);
  g_assert_null (strchr (self->line, '\n'));
  self->node = json_from_string (self->line, &error);
  g_assert_no_error (error);
  self->object = json_node_get_object (self->node);
}

static BeEventRecord
make_transfer (gsize length)
{
  BeEventRecord record = be_test_record (BE_SIDE_SERVER, BE_CALL_RECV, 3);

  record.result = (gint32) length;
  record.payload_length = (guint32) length;

  return record;
}

static void
assert_string (Json       *json,
               const char *name,
               const char *expected)
{
  g_assert_true (json_object_has_member (json->object, name));
  if (expected == NULL)
    g_assert_true (json_object_get_null_member (json->object, name));
  else
    g_assert_cmpstr (json_object_get_string_member (json->object, name), ==, expected);
}

static void
assert_number (Json       *json,
               const char *name,
               gint64      expected)
{
  g_assert_true (json_object_has_member (json->object, name));
  g_assert_cmpint (json_object_get_int_member (json->object, name), ==, expected);
}

static void
test_has_all_that_the_record_has (void)
{
  g_auto (Json) json = { 0 };
  BeEventRecord record = make_transfer (5);

  record.time = 1234567890123456;
  record.session_id = 2;
  record.connection = 27;
  record.position = G_GUINT64_CONSTANT (5000000000);
  record.state = BE_SYSTEM_STATE_ESTABLISHED;
  record.flags = BE_EVENT_REPLY | BE_EVENT_MORE;
  record.local = be_test_address ("127.0.0.1", 8001);
  record.peer = be_test_address ("::1", 50000);
  json_set (&json, record, "hello", 5);

  assert_number (&json, "time", 1234567890123456);
  assert_string (&json, "clock", "2009-02-13T23:31:30.123456Z");
  assert_string (&json, "side", "server");
  assert_string (&json, "protocol", "tcp");
  assert_number (&json, "session", 2);
  assert_number (&json, "socket", 3);
  assert_string (&json, "connection", "AB");
  assert_string (&json, "call", "recv");
  assert_number (&json, "result", 5);
  assert_number (&json, "error", 0);
  assert_string (&json, "error_name", NULL);
  assert_string (&json, "state", "ESTABLISHED");
  assert_string (&json, "local_address", "127.0.0.1:8001");
  assert_string (&json, "peer_address", "[::1]:50000");
  assert_number (&json, "position", G_GINT64_CONSTANT (5000000000));
  assert_number (&json, "payload_length", 5);
  assert_number (&json, "kept_length", 5);
  assert_string (&json, "payload", "aGVsbG8=");
  assert_string (&json, "text", "hello");
  g_assert_nonnull (strstr (json.line, "\"flags\":[\"reply\",\"more\"]"));
}

static void
test_a_close_says_how_much_was_unread (void)
{
  BeEventRecord record = make_transfer (0);
  g_auto (Json) json = { 0 };

  record.call = BE_CALL_CLOSE;
  record.flags = BE_EVENT_UNREAD | BE_EVENT_RESET;
  record.position = 5;
  json_set (&json, record, "", 0);
  assert_number (&json, "unread_bytes", 5);
  assert_number (&json, "position", 0);
  g_assert_nonnull (strstr (json.line, "\"flags\":[\"reset\",\"unread\"]"));

  json_clear (&json);
  record.flags = 0;
  record.position = 0;
  json_set (&json, record, "", 0);
  g_assert_false (json_object_has_member (json.object, "unread_bytes"));
}

/* After close () the system cannot be asked. */
static void
test_a_close_says_that_its_state_is_implied (void)
{
  BeEventRecord record = make_transfer (0);
  g_auto (Json) close = { 0 };
  g_auto (Json) closed = { 0 };
  g_auto (Json) shutdown = { 0 };

  record.call = BE_CALL_CLOSE;
  record.state = BE_SYSTEM_STATE_LAST_ACK;
  json_set (&close, record, "", 0);
  assert_string (&close, "state", "LAST_ACK");
  g_assert_true (json_object_get_boolean_member (close.object, "state_implied"));

  record.state = BE_SYSTEM_STATE_CLOSED;
  json_set (&closed, record, "", 0);
  g_assert_false (json_object_has_member (closed.object, "state_implied"));

  record.call = BE_CALL_SHUTDOWN;
  record.state = BE_SYSTEM_STATE_FIN_WAIT_1;
  json_set (&shutdown, record, "", 0);
  g_assert_false (json_object_has_member (shutdown.object, "state_implied"));
}

static void
test_options_have_their_names_and_values (void)
{
  BeEventRecord record = make_transfer (0);
  g_auto (Json) json = { 0 };

  record.call = BE_CALL_SETSOCKOPT;
  record.local = be_test_address ("::1", 8001);
  record.detail = BE_SOCKET_OPTION_TTL;
  record.position = 64;
  json_set (&json, record, "", 0);
  assert_string (&json, "option", "IPV6_UNICAST_HOPS");
  assert_number (&json, "option_value", 64);
  assert_number (&json, "position", 0);
  assert_number (&json, "detail", 0);

  json_clear (&json);
  record.detail = BE_SOCKET_OPTION_LINGER;
  record.position = (guint64) BE_SOCKET_LINGER_OFF;
  json_set (&json, record, "", 0);
  assert_number (&json, "option_value", -1);
}

static void
test_is_text_only_where_all_of_it_is (void)
{
  static const struct
  {
    const char *bytes;
    gsize       length;
    gboolean    is_text;
  } cases[] = {
    { "你好\r\n\t\"\\\x1b", 12, TRUE },
    { "\xf0\x9f\x91\x8b\xe2\x80\xae", 7, TRUE },
    { "a\xff", 2, FALSE },
    { "\xe4\xbd", 2, FALSE },
    { "a\0b", 3, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Json) json = { 0 };
      g_autofree char   *base64 = g_base64_encode ((const guchar *) cases[i].bytes, cases[i].length);
      g_autofree guchar *decoded = NULL;
      gsize              length;

      json_set (&json, make_transfer (cases[i].length), cases[i].bytes, cases[i].length);
      g_assert_true (json_object_has_member (json.object, "text") == cases[i].is_text);
      if (cases[i].is_text)
        assert_string (&json, "text", cases[i].bytes);
      decoded = g_base64_decode (json_object_get_string_member (json.object, "payload"), &length);
      g_assert_cmpmem (decoded, length, cases[i].bytes, cases[i].length);
    }
}

/* Somebody may read the line on a terminal. */
static void
test_line_acts_on_no_terminal (void)
{
  static const char bytes[] = "\x1b[2J\x1f\x7f\xc2\x9b\u202e\u2028\U000e0041你";
  g_auto (Json) json = { 0 };

  json_set (&json, make_transfer (strlen (bytes)), bytes, strlen (bytes));
  assert_string (&json, "text", bytes);
  g_assert_nonnull (strstr (json.line, "\\u001b[2J\\u001f\\u007f\\u009b\\u202e\\u2028\\udb40\\udc41你\""));
}

static void
test_part_of_a_payload_is_no_text (void)
{
  g_auto (Json) json = { 0 };

  json_set (&json, make_transfer (100), "hello", 5);
  g_assert_false (json_object_has_member (json.object, "text"));
  assert_number (&json, "payload_length", 100);
  assert_number (&json, "kept_length", 5);
}

static void
test_empty_datagram_is_empty_text (void)
{
  g_auto (Json) json = { 0 };
  BeEventRecord record = make_transfer (0);

  record.protocol = BE_PROTOCOL_UDP;
  json_set (&json, record, "", 0);
  assert_string (&json, "text", "");
  assert_string (&json, "protocol", "udp");
}

static void
test_failure_has_number_and_name (void)
{
  g_auto (Json) json = { 0 };
  BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);

  record.result = -1;
  record.error = REFUSED;
  record.local = (BeAddress){ 0 };
  json_set (&json, record, "", 0);
  assert_number (&json, "result", -1);
  assert_number (&json, "error", REFUSED);
  assert_string (&json, "error_name", be_explanation_error_name (REFUSED));
  assert_string (&json, "local_address", NULL);
  g_assert_false (json_object_has_member (json.object, "text"));
}

static void
test_lookup_has_its_own_errors (void)
{
  g_auto (Json) json = { 0 };
  BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_GETADDRINFO, 0);

  record.result = -1;
  record.error = G_RESOLVER_ERROR_NOT_FOUND + 1;
  json_set (&json, record, "nobody.invalid", 14);
  assert_string (&json, "error_name", "G_RESOLVER_ERROR_NOT_FOUND");
  assert_string (&json, "text", "nobody.invalid");
}

static void
test_clock_follows_the_wall (void)
{
  gint64 before = g_get_real_time ();
  gint64 now = g_get_monotonic_time () + be_event_json_get_clock_offset ();

  g_assert_cmpint (now, >=, before - G_USEC_PER_SEC);
  g_assert_cmpint (now, <=, before + 10 * G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-json/has-all-that-the-record-has", test_has_all_that_the_record_has);
  g_test_add_func ("/event-json/a-close-says-how-much-was-unread", test_a_close_says_how_much_was_unread);
  g_test_add_func ("/event-json/a-close-says-that-its-state-is-implied", test_a_close_says_that_its_state_is_implied);
  g_test_add_func ("/event-json/options-have-their-names-and-values", test_options_have_their_names_and_values);
  g_test_add_func ("/event-json/is-text-only-where-all-of-it-is", test_is_text_only_where_all_of_it_is);
  g_test_add_func ("/event-json/line-acts-on-no-terminal", test_line_acts_on_no_terminal);
  g_test_add_func ("/event-json/part-of-a-payload-is-no-text", test_part_of_a_payload_is_no_text);
  g_test_add_func ("/event-json/empty-datagram-is-empty-text", test_empty_datagram_is_empty_text);
  g_test_add_func ("/event-json/failure-has-number-and-name", test_failure_has_number_and_name);
  g_test_add_func ("/event-json/lookup-has-its-own-errors", test_lookup_has_its_own_errors);
  g_test_add_func ("/event-json/clock-follows-the-wall", test_clock_follows_the_wall);

  return g_test_run ();
}
