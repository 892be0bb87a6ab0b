/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-sample.h"

#include <errno.h>
#include <string.h>

#define SERVER_PORT 8001
#define FIRST_CLIENT_PORT 51879
#define MAX_CLIENTS 16
#define LONG_LINE_CHARACTERS 1000
#define LONG_PAYLOAD_BYTES 65536

struct _BeSample
{
  BeJournal  *journal;
  GByteArray *batch;
  guint       n_records;
  guint64     sequence;
  gint64      time;
  guint64     positions[MAX_CLIENTS][2][2]; /* by client, side, and whether it was received */
};

/* Each side has a session; the sockets of client 1 are 11 and 21. */
static void
init_record (BeSample      *self,
             BeEventRecord *record,
             BeSide         side,
             guint32        client,
             BeCall         call)
{
  BeAddress server = { .family = BE_ADDRESS_IPV4, .port = SERVER_PORT, .bytes = { 127, 0, 0, 1 } };
  BeAddress remote = server;

  *record = (BeEventRecord){ 0 };
  remote.port = (guint16) (FIRST_CLIENT_PORT + client - 1);

  record->time = self->time;
  record->side = (guint8) side;
  record->session_id = side == BE_SIDE_SERVER ? 1 : 1 + client;
  record->socket_id = side == BE_SIDE_SERVER ? 10 + client : 20 + client;
  record->peer_id = record->socket_id;
  record->connection = BE_EVENT_NO_CONNECTION;
  record->call = (guint8) call;
  record->protocol = BE_PROTOCOL_TCP;
  record->state = BE_SYSTEM_STATE_ESTABLISHED;
  record->local = side == BE_SIDE_SERVER ? server : remote;
  record->peer = side == BE_SIDE_SERVER ? remote : server;
}

static void
add (BeSample      *self,
     BeEventRecord *record,
     gconstpointer  bytes,
     gsize          length)
{
  gsize offset = self->batch->len;

  record->sequence = ++self->sequence;
  record->kept_length = (guint32) length;
  record->size = (guint32) be_event_record_size_for (length);

  g_byte_array_set_size (self->batch, (guint) (offset + record->size));
  memset (self->batch->data + offset, 0, record->size);
  memcpy (self->batch->data + offset, record, sizeof *record);
  if (length > 0)
    memcpy (self->batch->data + offset + sizeof *record, bytes, length);
  self->n_records++;
  self->time += 1300;
}

static void
move (BeSample     *self,
      BeSide        side,
      guint32       client,
      BeCall        call,
      gconstpointer bytes,
      gsize         length)
{
  BeEventRecord record;
  guint64      *position = &self->positions[client % MAX_CLIENTS][side][be_call_is_reading (call)];

  init_record (self, &record, side, client, call);
  record.result = (gint32) length;
  record.payload_length = (guint32) length;
  record.position = *position;
  *position += length;
  add (self, &record, bytes, length);
}

BeSample *
be_sample_new (guint max_events)
{
  BeSample *self = g_new0 (BeSample, 1);

  self->journal = be_journal_new (max_events, BE_JOURNAL_MAX_BYTES);
  self->batch = g_byte_array_new ();
  self->time = g_get_monotonic_time ();

  return self;
}

void
be_sample_free (BeSample *self)
{
  g_byte_array_unref (self->batch);
  g_object_unref (self->journal);
  g_free (self);
}

BeJournal *
be_sample_get_journal (BeSample *self)
{
  return self->journal;
}

void
be_sample_send (BeSample     *self,
                BeSide        side,
                guint32       client,
                gconstpointer bytes,
                gsize         length)
{
  move (self, side, client, BE_CALL_SEND, bytes, length);
}

void
be_sample_receive (BeSample     *self,
                   BeSide        side,
                   guint32       client,
                   gconstpointer bytes,
                   gsize         length)
{
  move (self, side, client, BE_CALL_RECV, bytes, length);
}

void
be_sample_listen (BeSample *self)
{
  const BeCall calls[] = { BE_CALL_SOCKET, BE_CALL_BIND, BE_CALL_LISTEN };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      BeEventRecord record;

      init_record (self, &record, BE_SIDE_SERVER, 0, calls[i]);
      record.peer_id = 0;
      record.peer = (BeAddress){ 0 };
      record.state = calls[i] == BE_CALL_LISTEN ? BE_SYSTEM_STATE_LISTEN : BE_SYSTEM_STATE_CLOSED;
      record.detail = calls[i] == BE_CALL_LISTEN ? 5 : 0;
      record.result = calls[i] == BE_CALL_SOCKET ? 7 : 0;
      add (self, &record, NULL, 0);
    }
}

void
be_sample_connect (BeSample *self,
                   guint32   client)
{
  BeEventRecord record;

  init_record (self, &record, BE_SIDE_CLIENT, client, BE_CALL_CONNECT);
  add (self, &record, NULL, 0);
  init_record (self, &record, BE_SIDE_SERVER, client, BE_CALL_ACCEPT);
  record.result = 8;
  add (self, &record, NULL, 0);
  self->time += 2 * G_USEC_PER_SEC;
}

/* A client says something, and the server answers in capitals. */
void
be_sample_say (BeSample   *self,
               guint32     client,
               const char *text)
{
  g_autofree char *answer = g_ascii_strup (text, -1);
  gsize            length = strlen (text);

  be_sample_send (self, BE_SIDE_CLIENT, client, text, length);
  be_sample_receive (self, BE_SIDE_SERVER, client, text, length);
  be_sample_send (self, BE_SIDE_SERVER, client, answer, length);
  be_sample_receive (self, BE_SIDE_CLIENT, client, answer, length);
  self->time += G_USEC_PER_SEC;
}

/* The client closes first; the server sees the end of the stream. */
void
be_sample_close (BeSample *self,
                 guint32   client)
{
  const struct
  {
    BeSide        side;
    BeCall        call;
    BeSystemState state;
  } steps[] = {
    { BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, BE_SYSTEM_STATE_FIN_WAIT_1 },
    { BE_SIDE_SERVER, BE_CALL_RECV, BE_SYSTEM_STATE_CLOSE_WAIT },
    { BE_SIDE_SERVER, BE_CALL_CLOSE, BE_SYSTEM_STATE_LAST_ACK },
    { BE_SIDE_CLIENT, BE_CALL_RECV, BE_SYSTEM_STATE_TIME_WAIT },
    { BE_SIDE_CLIENT, BE_CALL_CLOSE, BE_SYSTEM_STATE_TIME_WAIT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      BeEventRecord record;

      init_record (self, &record, steps[i].side, client, steps[i].call);
      record.state = (guint8) steps[i].state;
      add (self, &record, NULL, 0);
    }
}

void
be_sample_refuse (BeSample *self,
                  guint16   port)
{
  BeEventRecord record;

  init_record (self, &record, BE_SIDE_CLIENT, 9, BE_CALL_CONNECT);
  record.result = -1;
  record.error = ECONNREFUSED;
  record.state = BE_SYSTEM_STATE_CLOSED;
  record.peer.port = port;
  add (self, &record, NULL, 0);

  init_record (self, &record, BE_SIDE_CLIENT, 9, BE_CALL_CLOSE);
  record.state = BE_SYSTEM_STATE_CLOSED;
  record.peer.port = port;
  add (self, &record, NULL, 0);
}

/* Another computer refuses, and one does not answer. */
void
be_sample_call_far (BeSample *self)
{
  const int errors[] = { ECONNREFUSED, ETIMEDOUT };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      BeEventRecord record;

      init_record (self, &record, BE_SIDE_CLIENT, 6 + i, BE_CALL_CONNECT);
      record.result = -1;
      record.error = errors[i];
      record.state = BE_SYSTEM_STATE_CLOSED;
      record.peer.bytes[0] = 192;
      record.peer.bytes[2] = 2;
      add (self, &record, NULL, 0);
    }
}

/* Another server has the port already. */
void
be_sample_bind_in_vain (BeSample *self)
{
  const BeCall calls[] = { BE_CALL_SOCKET, BE_CALL_BIND, BE_CALL_CLOSE };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      BeEventRecord record;

      init_record (self, &record, BE_SIDE_SERVER, 8, calls[i]);
      record.peer_id = 0;
      record.peer = (BeAddress){ 0 };
      record.state = BE_SYSTEM_STATE_CLOSED;
      record.result = calls[i] == BE_CALL_BIND ? -1 : 0;
      record.error = calls[i] == BE_CALL_BIND ? EADDRINUSE : 0;
      add (self, &record, NULL, 0);
    }
}

void
be_sample_add_many (BeSample *self,
                    guint     n_events)
{
  for (guint i = 0; i < n_events; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %" G_GUINT64_FORMAT, self->sequence + 1);
      BeSide           side = (i / 2) % 2 == 0 ? BE_SIDE_CLIENT : BE_SIDE_SERVER;

      move (self, side, 1 + (guint32) (i / 4) % 4, i % 2 == 0 ? BE_CALL_SEND : BE_CALL_RECV,
            text, strlen (text));
    }
}

void
be_sample_datagram (BeSample     *self,
                    gconstpointer bytes,
                    gsize         length)
{
  BeEventRecord record;

  init_record (self, &record, BE_SIDE_SERVER, 1, BE_CALL_RECVFROM);
  record.protocol = BE_PROTOCOL_UDP;
  record.state = BE_SYSTEM_STATE_UDP_BOUND;
  record.result = (gint32) length;
  record.payload_length = (guint32) length;
  add (self, &record, bytes, length);
}

/* Four datagrams, of which the second is lost, and the last not answered yet. */
void
be_sample_lose_datagram (BeSample *self)
{
  static const char *const texts[] = { "one", "two", "three", "four" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gsize         length = strlen (texts[i]);
      BeEventRecord record;

      init_record (self, &record, BE_SIDE_CLIENT, 5, BE_CALL_SEND);
      record.protocol = BE_PROTOCOL_UDP;
      record.state = BE_SYSTEM_STATE_UDP_CONNECTED;
      record.result = (gint32) length;
      record.payload_length = (guint32) length;
      add (self, &record, texts[i], length);

      if (i == 1)
        continue;
      record.side = BE_SIDE_SERVER;
      record.session_id = 1;
      record.socket_id = record.peer_id = 15;
      record.call = BE_CALL_RECVFROM;
      record.state = BE_SYSTEM_STATE_UDP_BOUND;
      record.peer = record.local;
      record.local.port = SERVER_PORT;
      record.position = i == 0 ? 0 : (i == 2 ? 3 : 8);
      add (self, &record, texts[i], length);
    }
}

/* No server has the port: the datagram is refused, and a call is told so. */
void
be_sample_refuse_datagram (BeSample *self)
{
  BeEventRecord record;

  init_record (self, &record, BE_SIDE_CLIENT, 5, BE_CALL_SEND);
  record.protocol = BE_PROTOCOL_UDP;
  record.state = BE_SYSTEM_STATE_UDP_CONNECTED;
  record.result = 5;
  record.payload_length = 5;
  add (self, &record, "hello", 5);

  record.call = BE_CALL_RECV;
  record.result = -1;
  record.error = ECONNREFUSED;
  record.payload_length = 0;
  add (self, &record, NULL, 0);
}

/* What a first lesson shows, from listen () to close (). */
void
be_sample_add_lesson (BeSample *self)
{
  be_sample_listen (self);
  self->time += 2 * G_USEC_PER_SEC;
  be_sample_connect (self, 1);
  be_sample_say (self, 1, "hello baby");
  be_sample_connect (self, 2);
  be_sample_say (self, 2, "你好 abc");
  be_sample_send (self, BE_SIDE_CLIENT, 1, "one", 3);
  be_sample_send (self, BE_SIDE_CLIENT, 1, "two", 3);
  be_sample_send (self, BE_SIDE_CLIENT, 1, "three", 5);
  be_sample_receive (self, BE_SIDE_SERVER, 1, "onetwothree", 11);
  be_sample_send (self, BE_SIDE_SERVER, 1, "ONETWOTHREE", 11);
  be_sample_receive (self, BE_SIDE_CLIENT, 1, "ONETWOTHREE", 11);
  be_sample_close (self, 1);
}

/* A datagram of which the server took @kept bytes only. */
void
be_sample_cut_datagram (BeSample   *self,
                        const char *text,
                        gsize       kept)
{
  gsize         length = strlen (text);
  BeEventRecord record;

  init_record (self, &record, BE_SIDE_CLIENT, 6, BE_CALL_SEND);
  record.protocol = BE_PROTOCOL_UDP;
  record.state = BE_SYSTEM_STATE_UDP_CONNECTED;
  record.result = (gint32) length;
  record.payload_length = (guint32) length;
  add (self, &record, text, length);

  init_record (self, &record, BE_SIDE_SERVER, 6, BE_CALL_RECVFROM);
  record.protocol = BE_PROTOCOL_UDP;
  record.state = BE_SYSTEM_STATE_UDP_BOUND;
  record.flags = BE_EVENT_TRUNCATED;
  record.detail = (guint32) length;
  record.result = (gint32) kept;
  record.payload_length = (guint32) kept;
  add (self, &record, text, kept);
}

/* What does not keep its borders: sends that arrive together, one that arrives
 * in pieces, and what a datagram loses that is too long. */
void
be_sample_add_borders (BeSample *self)
{
  static const char *const lines[] = { "GET / HTTP/1.1\r\n", "Host: localhost\r\n", "\r\n" };
  g_autoptr (GString) all = g_string_new (NULL);

  be_sample_connect (self, 1);
  be_sample_send (self, BE_SIDE_CLIENT, 1, "one", 3);
  be_sample_send (self, BE_SIDE_CLIENT, 1, "two", 3);
  be_sample_send (self, BE_SIDE_CLIENT, 1, "three", 5);
  be_sample_receive (self, BE_SIDE_SERVER, 1, "onetwothree", 11);
  be_sample_send (self, BE_SIDE_SERVER, 1, "ONETWOTHREE", 11);
  be_sample_receive (self, BE_SIDE_CLIENT, 1, "ONETW", 5);
  be_sample_receive (self, BE_SIDE_CLIENT, 1, "OTHREE", 6);

  be_sample_send (self, BE_SIDE_CLIENT, 1, "你好\xe4", 7);
  be_sample_send (self, BE_SIDE_CLIENT, 1, "\xb8\x96\xe7\x95\x8c", 5);
  be_sample_receive (self, BE_SIDE_SERVER, 1, "你好世界", 12);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      be_sample_send (self, BE_SIDE_CLIENT, 1, lines[i], strlen (lines[i]));
      g_string_append (all, lines[i]);
    }
  be_sample_receive (self, BE_SIDE_SERVER, 1, all->str, all->len);

  g_string_truncate (all, 0);
  for (guint i = 1; i <= 12; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"measurement\": %u}", i);

      be_sample_send (self, BE_SIDE_CLIENT, 1, text, strlen (text));
      g_string_append (all, text);
    }
  be_sample_receive (self, BE_SIDE_SERVER, 1, all->str, all->len);
  be_sample_cut_datagram (self, "hello baby", 4);
}

/* What a list must bear: long, empty, and not meant to be read. */
void
be_sample_add_oddities (BeSample *self)
{
  g_autofree char   *line = g_strnfill (LONG_LINE_CHARACTERS, 'x');
  g_autofree guint8 *noise = g_malloc (LONG_PAYLOAD_BYTES);
  BeEventRecord      record;

  for (guint i = 0; i < LONG_PAYLOAD_BYTES; i++)
    noise[i] = (guint8) (i * 31);

  be_sample_connect (self, 3);
  be_sample_send (self, BE_SIDE_CLIENT, 3, "a\0b\r\nc\xff\xfe<b>&amp;", 16);
  be_sample_receive (self, BE_SIDE_SERVER, 3, "a\0b\r\nc\xff\xfe<b>&amp;", 16);
  be_sample_send (self, BE_SIDE_SERVER, 3, line, LONG_LINE_CHARACTERS);
  be_sample_receive (self, BE_SIDE_CLIENT, 3, line, LONG_LINE_CHARACTERS);
  be_sample_send (self, BE_SIDE_CLIENT, 3, noise, LONG_PAYLOAD_BYTES);
  be_sample_send (self, BE_SIDE_CLIENT, 3, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", 21);
  be_sample_connect (self, 4);
  be_sample_say (self, 4, "square, hexagon: four shapes in all");
  be_sample_datagram (self, NULL, 0);

  init_record (self, &record, BE_SIDE_SERVER, 1, BE_CALL_RECVFROM);
  record.protocol = BE_PROTOCOL_UDP;
  record.state = BE_SYSTEM_STATE_UDP_BOUND;
  record.flags = BE_EVENT_TRUNCATED;
  record.result = record.payload_length = 4;
  add (self, &record, "trun", 4);

  init_record (self, &record, BE_SIDE_SERVER, 4, BE_CALL_CLOSE);
  record.state = BE_SYSTEM_STATE_CLOSED;
  record.detail = 4096;
  add (self, &record, NULL, 0);

  init_record (self, &record, BE_SIDE_SERVER, 3, BE_CALL_SEND);
  record.result = -1;
  record.error = EPIPE;
  record.state = BE_SYSTEM_STATE_CLOSED;
  add (self, &record, NULL, 0);
}

void
be_sample_flush (BeSample *self)
{
  BeEventBatch batch = {
    .begin = self->batch->data,
    .end = self->batch->data + self->batch->len,
    .size = self->batch->len,
    .n_records = self->n_records,
  };

  if (self->n_records == 0)
    return;

  be_journal_append (self->journal, &batch);
  g_byte_array_set_size (self->batch, 0);
  self->n_records = 0;
}
