/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-batch.h"

#include <string.h>

#define SERVER_PORT 8001
#define FIRST_CLIENT_PORT 50000
#define FIRST_SERVER_ID 1000u

BeTestBatch *
be_test_batch_new (void)
{
  BeTestBatch *self = g_new0 (BeTestBatch, 1);

  self->bytes = g_byte_array_new ();

  return self;
}

void
be_test_batch_free (BeTestBatch *self)
{
  g_byte_array_unref (self->bytes);
  g_free (self);
}

/* Begins the next batch. */
void
be_test_batch_clear (BeTestBatch *self)
{
  g_byte_array_set_size (self->bytes, 0);
  self->batch = (BeEventBatch){ 0 };
}

void
be_test_batch_add (BeTestBatch         *self,
                   const BeEventRecord *record,
                   gconstpointer        payload,
                   gsize                length)
{
  gsize         begin = self->bytes->len;
  BeEventRecord copy = *record;

  copy.kept_length = (guint32) length;
  copy.size = (guint32) be_event_record_size_for (length);
  copy.sequence = ++self->last_sequence;

  g_byte_array_set_size (self->bytes, (guint) (begin + copy.size));
  memset (self->bytes->data + begin, 0, copy.size);
  memcpy (self->bytes->data + begin, &copy, sizeof copy);
  if (length > 0)
    memcpy (self->bytes->data + begin + sizeof copy, payload, length);
  self->batch.n_records++;
}

/* Bytes that moved: result and length follow from the text. */
void
be_test_batch_add_data (BeTestBatch  *self,
                        BeEventRecord record,
                        const char   *text)
{
  record.result = (gint32) strlen (text);
  record.payload_length = (guint32) strlen (text);
  be_test_batch_add (self, &record, text, strlen (text));
}

/* Lent until the next change. */
const BeEventBatch *
be_test_batch_get (BeTestBatch *self)
{
  self->batch.begin = self->bytes->data;
  self->batch.end = self->bytes->data + self->bytes->len;
  self->batch.size = self->bytes->len;

  return &self->batch;
}

BeEventRecord
be_test_record (BeSide  side,
                BeCall  call,
                guint32 id)
{
  BeEventRecord record;
  BeAddress     server = be_test_address ("127.0.0.1", SERVER_PORT);
  BeAddress     client = be_test_address ("127.0.0.1", (guint16) (FIRST_CLIENT_PORT + id % 10000));

  memset (&record, 0, sizeof record);
  record.size = sizeof record;
  record.session_id = side == BE_SIDE_SERVER ? 1 : 2;
  record.socket_id = id;
  record.peer_id = id;
  record.connection = BE_EVENT_NO_CONNECTION;
  record.side = (guint8) side;
  record.call = (guint8) call;
  record.protocol = BE_PROTOCOL_TCP;
  record.state = call == BE_CALL_CLOSE ? BE_SYSTEM_STATE_CLOSED : BE_SYSTEM_STATE_ESTABLISHED;
  record.local = side == BE_SIDE_SERVER ? server : client;
  record.peer = side == BE_SIDE_SERVER ? client : server;

  return record;
}

BeEventRecord
be_test_record_of_end (BeSide  side,
                       BeCall  call,
                       guint32 client)
{
  BeEventRecord record = be_test_record (side, call, client);

  if (side == BE_SIDE_SERVER)
    record.socket_id = record.peer_id = FIRST_SERVER_ID + client;

  return record;
}

BeAddress
be_test_address (const char *host,
                 guint16     port)
{
  g_autoptr (GSocketAddress) native = g_inet_socket_address_new_from_string (host, port);
  BeAddress address;

  g_assert_nonnull (native);
  g_assert_true (be_address_set_socket_address (&address, native));

  return address;
}
