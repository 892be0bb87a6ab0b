/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "be-event.h"

#define RECORD_ALIGNMENT_BYTES 8

static BeEventRecord *
record_with_payload (BeProtocol  protocol,
                     BeCall      call,
                     gint        result,
                     const char *payload)
{
  gsize          length = strlen (payload);
  BeEventRecord *record = g_malloc0 (sizeof *record + length);

  record->kept_length = record->payload_length = (guint32) length;
  record->protocol = (guint8) protocol;
  record->call = (guint8) call;
  record->result = result;
  memcpy (record + 1, payload, length);

  return record;
}

static void
test_size_holds_record_and_payload (void)
{
  gsize length;

  for (length = 0; length <= 64; length++)
    {
      gsize size = be_event_record_size_for (length);

      g_assert_cmpuint (size % RECORD_ALIGNMENT_BYTES, ==, 0);
      g_assert_cmpuint (size, >=, sizeof (BeEventRecord) + length);
      g_assert_cmpuint (size, <, sizeof (BeEventRecord) + length + RECORD_ALIGNMENT_BYTES);
    }

  g_assert_cmpuint (be_event_record_size_for (65507), >, 65507);
}

static void
test_every_call_has_its_name (void)
{
  static const char *const names[] = {
    "getaddrinfo", "socket", "bind", "listen", "accept", "connect",
    "send", "sendto", "recv", "recvfrom", "shutdown", "close"
  };
  guint call;

  for (call = BE_CALL_GETADDRINFO; call <= BE_CALL_CLOSE; call++)
    {
      g_assert_cmpstr (be_call_get_name ((BeCall) call), ==, names[call]);
      g_assert_cmpint (be_call_is_sending ((BeCall) call), ==,
                       g_str_has_prefix (names[call], "send"));
      g_assert_cmpint (be_call_is_reading ((BeCall) call), ==,
                       g_str_has_prefix (names[call], "recv"));
    }
}

static void
test_tells_data_endings_and_failures_apart (void)
{
  static const struct
  {
    BeProtocol protocol;
    BeCall     call;
    gint       result;
    guint16    flags;
    gboolean   is_data;
    gboolean   is_end;
    gboolean   is_failure;
  } cases[] = {
    { BE_PROTOCOL_TCP, BE_CALL_RECV, 5, 0, TRUE, FALSE, FALSE },
    { BE_PROTOCOL_TCP, BE_CALL_SEND, 5, 0, TRUE, FALSE, FALSE },
    { BE_PROTOCOL_TCP, BE_CALL_RECV, 0, 0, FALSE, TRUE, FALSE },
    { BE_PROTOCOL_UNIX, BE_CALL_RECV, 0, 0, FALSE, TRUE, FALSE },
    { BE_PROTOCOL_TCP, BE_CALL_SEND, 0, 0, FALSE, FALSE, FALSE },
    { BE_PROTOCOL_TCP, BE_CALL_RECV, -1, 0, FALSE, FALSE, TRUE },
    { BE_PROTOCOL_TCP, BE_CALL_CONNECT, -1, BE_EVENT_CANCELLED, FALSE, FALSE, FALSE },
    { BE_PROTOCOL_TCP, BE_CALL_CONNECT, -1, BE_EVENT_TIMED_OUT, FALSE, FALSE, TRUE },
    { BE_PROTOCOL_TCP, BE_CALL_CONNECT, 0, 0, FALSE, FALSE, FALSE },
    { BE_PROTOCOL_TCP, BE_CALL_ACCEPT, 7, 0, FALSE, FALSE, FALSE },
    { BE_PROTOCOL_TCP, BE_CALL_GETADDRINFO, -1, 0, FALSE, FALSE, TRUE },
    { BE_PROTOCOL_UDP, BE_CALL_RECVFROM, 0, 0, TRUE, FALSE, FALSE },
    { BE_PROTOCOL_UDP, BE_CALL_SENDTO, 0, 0, TRUE, FALSE, FALSE },
    { BE_PROTOCOL_UDP, BE_CALL_RECV, 0, 0, TRUE, FALSE, FALSE },
    { BE_PROTOCOL_UDP, BE_CALL_SEND, -1, 0, FALSE, FALSE, TRUE },
    { BE_PROTOCOL_UDP, BE_CALL_CLOSE, 0, 0, FALSE, FALSE, FALSE },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree BeEventRecord *record = record_with_payload (cases[i].protocol, cases[i].call,
                                                              cases[i].result, "");

      g_test_message ("%s returned %d", be_call_get_name (cases[i].call), cases[i].result);
      record->flags = cases[i].flags;
      g_assert_cmpint (be_event_record_is_data (record), ==, cases[i].is_data);
      g_assert_cmpint (be_event_record_is_end_of_stream (record), ==, cases[i].is_end);
      g_assert_cmpint (be_event_record_is_failure (record), ==, cases[i].is_failure);
    }
}

static void
test_batch_yields_every_record_once (void)
{
  static const char *const payloads[] = { "hello", "", "12345678", "你好" };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const BeEventRecord *record;
  BeEventBatch         batch = { 0 };
  gsize                i;

  g_assert_null (be_event_batch_first (&batch));

  for (i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      static const guint8       padding[RECORD_ALIGNMENT_BYTES];
      g_autofree BeEventRecord *made = record_with_payload (BE_PROTOCOL_TCP, BE_CALL_RECV, 1, payloads[i]);

      made->sequence = i + 1;
      made->size = (guint32) be_event_record_size_for (made->kept_length);
      g_byte_array_append (bytes, (const guint8 *) made, (guint) (sizeof *made + made->kept_length));
      g_byte_array_append (bytes, padding, (guint) (made->size - sizeof *made - made->kept_length));
    }

  batch.begin = bytes->data;
  batch.end = bytes->data + bytes->len;
  batch.size = bytes->len;
  batch.n_records = G_N_ELEMENTS (payloads);

  record = be_event_batch_first (&batch);
  for (i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_assert_nonnull (record);
      g_assert_cmpuint (record->sequence, ==, i + 1);
      g_assert_cmpmem (be_event_record_payload (record), record->kept_length,
                       payloads[i], strlen (payloads[i]));
      record = be_event_batch_next (&batch, record);
    }
  g_assert_null (record);
}

static void
test_event_keeps_its_own_copy (void)
{
  BeEventRecord *record = record_with_payload (BE_PROTOCOL_TCP, BE_CALL_RECV, 10, "hello baby");
  BeEvent       *event;
  const guint8  *payload;
  gsize          length = 0;

  record->sequence = 42;
  record->side = BE_SIDE_CLIENT;
  record->state = BE_SYSTEM_STATE_ESTABLISHED;
  record->flags = BE_EVENT_REPLY | BE_EVENT_TRUNCATED;
  record->error = 0;
  record->local.family = BE_ADDRESS_IPV4;
  record->local.port = 8001;
  record->peer.family = BE_ADDRESS_IPV4;
  record->peer.port = 51879;

  event = be_event_new (record);
  memset (record, 0xff, sizeof *record + 10);
  g_free (record);

  g_assert_cmpuint (be_event_get_sequence (event), ==, 42);
  g_assert_cmpint (be_event_get_side (event), ==, BE_SIDE_CLIENT);
  g_assert_cmpint (be_event_get_call (event), ==, BE_CALL_RECV);
  g_assert_cmpint (be_event_get_state (event), ==, BE_SYSTEM_STATE_ESTABLISHED);
  g_assert_cmpint (be_event_get_result (event), ==, 10);
  g_assert_cmpint (be_event_get_error (event), ==, 0);
  g_assert_true (be_event_has_flag (event, BE_EVENT_REPLY));
  g_assert_true (be_event_has_flag (event, BE_EVENT_REPLY | BE_EVENT_TRUNCATED));
  g_assert_false (be_event_has_flag (event, BE_EVENT_RESET));
  g_assert_false (be_event_has_flag (event, BE_EVENT_REPLY | BE_EVENT_RESET));
  g_assert_cmpuint (be_event_get_local (event)->port, ==, 8001);
  g_assert_cmpuint (be_event_get_peer (event)->port, ==, 51879);

  payload = be_event_get_payload (event, &length);
  g_assert_cmpmem (payload, length, "hello baby", 10);
  g_assert_cmpuint (be_event_get_record (event)->size, ==, be_event_record_size_for (10));

  g_assert_finalize_object (event);
}

static void
test_event_without_payload_has_none (void)
{
  g_autofree BeEventRecord *record = record_with_payload (BE_PROTOCOL_TCP, BE_CALL_CLOSE, 0, "");
  BeEvent                  *event = be_event_new (record);
  gsize                     length = 1;

  be_event_get_payload (event, &length);
  g_assert_cmpuint (length, ==, 0);

  g_assert_finalize_object (event);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event/size-holds-record-and-payload", test_size_holds_record_and_payload);
  g_test_add_func ("/event/every-call-has-its-name", test_every_call_has_its_name);
  g_test_add_func ("/event/tells-data-endings-and-failures-apart", test_tells_data_endings_and_failures_apart);
  g_test_add_func ("/event/batch-yields-every-record-once", test_batch_yields_every_record_once);
  g_test_add_func ("/event/event-keeps-its-own-copy", test_event_keeps_its_own_copy);
  g_test_add_func ("/event/event-without-payload-has-none", test_event_without_payload_has_none);

  return g_test_run ();
}
