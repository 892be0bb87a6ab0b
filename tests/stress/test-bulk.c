/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Very many bytes through several connections at once, each compared. */

#include "be-cut-calls.h"
#include "be-event-queue.h"
#include "be-pattern.h"
#include "be-tcp-client.h"
#include "be-test-peer.h"
#include "be-test-service.h"
#include "be-test-sessions.h"
#include "be-test.h"
#include "be-usage.h"

#define MEBIBYTE (1024 * 1024)

#if BE_HAS_SANITIZER
#define CARRIED_MEBIBYTES 10
#else
#define CARRIED_MEBIBYTES 100
#endif

#define CARRIED_BYTES ((guint64) CARRIED_MEBIBYTES * MEBIBYTE)
#define N_CONNECTIONS 4
#define LARGEST_PIECE_SHIFT 18
#define TURN_MILLISECONDS 20

/* What is on its way of one own client; with the events of its sends and reads
 * the queue has room for all of them. */
#define WINDOW_BYTES (256 * 1024)

/* What comes when the own client has finished already. */
#define LATE_BYTES (10 * MEBIBYTE)

/* What the server may keep while bytes flow: the events that wait and those that
 * are lent, in chunks of which the last may be empty, and one answered read for
 * each, in an array that doubles. */
#define FLOWING_BYTES (2 * BE_EVENT_QUEUE_HARD_BYTES + MEBIBYTE + N_CONNECTIONS * 2 * 256 * 1024)

typedef struct
{
  BePattern *pattern;
  GSocket   *peer;   /* either somebody else's end */
  BeSession *client; /* or our own */
  guint64    n_sent;
  guint64    n_received;
} Stream;

static void
stream_clear (Stream *self)
{
  g_clear_object (&self->peer);
  g_clear_object (&self->client);
  g_clear_pointer (&self->pattern, be_pattern_free);
}

/* Of any magnitude. */
static gsize
choose_piece (guint64 at_most)
{
  gint32 largest = 1 << g_test_rand_int_range (0, LARGEST_PIECE_SHIFT + 1);
  gsize  piece = (gsize) g_test_rand_int_range (1, largest + 1);

  return (gsize) MIN (piece, at_most);
}

static void
report_cut_calls (BeCutCalls calls)
{
  g_test_message ("%d MB went each way of each of %d connections; of %d calls %d were cut and %d refused.",
                  CARRIED_MEBIBYTES, N_CONNECTIONS, calls.n_calls, calls.n_cut, calls.n_refused);
  g_assert_cmpint (calls.n_cut, >, 0);
  g_assert_cmpint (calls.n_refused, >, 0);
}

/* Fails when nothing has come for too long. */
static void
assert_in_time (gint64 last_progress)
{
  const gint64 deadline = last_progress + BE_TEST_DEADLINE_SECONDS * G_USEC_PER_SEC;

  g_assert_cmpint (g_get_monotonic_time (), <, deadline);
}

/* Somebody else's end */

static void
send_piece (Stream *self)
{
  gsize         wanted = choose_piece (CARRIED_BYTES - self->n_sent);
  gsize         length;
  const guint8 *bytes = be_pattern_get (self->pattern, self->n_sent, wanted, &length);

  self->n_sent += (guint64) be_test_peer_try_send (self->peer, bytes, length);
}

static void
receive_piece (Stream *self)
{
  static guint8 buffer[1 << LARGEST_PIECE_SHIFT];
  g_autoptr (GError) error = NULL;
  gssize length = g_socket_receive (self->peer, (char *) buffer, choose_piece (sizeof buffer), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (length, >, 0);
  be_pattern_check_answer (self->pattern, self->n_received, buffer, (gsize) length);
  self->n_received += (guint64) length;
}

/* Returns whether all have got all. */
static gboolean
carry_on (Stream *streams)
{
  GPollFD polled[N_CONNECTIONS];
  guint   n_done = 0;

  for (guint i = 0; i < N_CONNECTIONS; i++)
    {
      polled[i].fd = g_socket_get_fd (streams[i].peer);
      polled[i].events = streams[i].n_received < CARRIED_BYTES ? G_IO_IN : 0;
      if (streams[i].n_sent < CARRIED_BYTES)
        polled[i].events |= G_IO_OUT;
      n_done += polled[i].events == 0 ? 1 : 0;
    }
  g_poll (polled, N_CONNECTIONS, TURN_MILLISECONDS);
  for (guint i = 0; i < N_CONNECTIONS; i++)
    {
      if (polled[i].revents & G_IO_OUT)
        send_piece (&streams[i]);
      if (polled[i].revents & G_IO_IN)
        receive_piece (&streams[i]);
    }

  return n_done == N_CONNECTIONS;
}

static guint64
count_received (const Stream *streams)
{
  guint64 n_bytes = 0;

  for (guint i = 0; i < N_CONNECTIONS; i++)
    n_bytes += streams[i].n_received;

  return n_bytes;
}

static void
carry_all (Stream *streams)
{
  gint64   last_progress = g_get_monotonic_time ();
  guint64  looked_at = 0;
  BeMemory before = be_memory_now ();
  gsize    largest = before.allocated;

  while (!carry_on (streams))
    {
      guint64 received = count_received (streams);

      g_main_context_iteration (NULL, FALSE);
      if (received < looked_at + 16 * MEBIBYTE)
        {
          assert_in_time (last_progress);
          continue;
        }

      looked_at = received;
      last_progress = g_get_monotonic_time ();
      largest = MAX (largest, be_memory_now ().allocated);
    }
  g_test_message ("While they went, %d KB more were allocated.",
                  (int) ((largest - before.allocated) / 1024));
#if !BE_HAS_SANITIZER
  g_assert_cmpuint (largest, <=, before.allocated + FLOWING_BYTES);
#endif
}

static void
test_answers_every_byte_of_others (BePollerKind poller)
{
  Stream        streams[N_CONNECTIONS] = { 0 };
  BeTestService service;

  be_cut_calls_begin ();
  be_test_service_start (&service, poller, BE_REPLY_UPPER);
  for (guint i = 0; i < N_CONNECTIONS; i++)
    {
      streams[i].pattern = be_pattern_new ();
      streams[i].peer = be_test_peer_connect (&service.address);
    }
  carry_all (streams);
  report_cut_calls (be_cut_calls_end ());

  for (guint i = 0; i < N_CONNECTIONS; i++)
    {
      be_test_peer_stop_sending (streams[i].peer);
      be_test_peer_expect_end (streams[i].peer);
      stream_clear (&streams[i]);
    }
  be_test_service_end (&service);
}

/* Our own end */

static Stream *
find_stream (Stream *streams,
             guint   n_streams,
             guint32 session_id)
{
  for (guint i = 0; i < n_streams; i++)
    {
      if (be_session_get_id (streams[i].client) == session_id)
        return &streams[i];
    }

  return NULL;
}

typedef struct
{
  Stream  *streams;
  guint    n_streams;
  gboolean is_answer; /* or what was sent */
  guint    n_ended;
} Reader;

static void
read_record (Reader              *self,
             const BeEventRecord *record)
{
  Stream *stream = find_stream (self->streams, self->n_streams, record->session_id);

  g_assert_nonnull (stream);
  g_assert_cmpint (record->result, >=, 0);
  if (record->result == 0)
    {
      self->n_ended++;
      return;
    }

  g_assert_cmpuint (record->position, ==, stream->n_received);
  g_assert_cmpuint (record->kept_length, ==, record->payload_length);
  if (self->is_answer)
    be_pattern_check_answer (stream->pattern, record->position, be_event_record_payload (record),
                             record->kept_length);
  else
    be_pattern_check (stream->pattern, record->position, be_event_record_payload (record),
                      record->kept_length);
  stream->n_received += record->payload_length;
  be_tcp_client_allow_reads (BE_TCP_CLIENT (stream->client), record->size);
}

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           Reader             *reader)
{
  g_assert_cmpuint (batch->n_lost, ==, 0);
  for (const BeEventRecord *record = be_event_batch_first (batch);
       record != NULL;
       record = be_event_batch_next (batch, record))
    {
      if (record->call == BE_CALL_RECV)
        read_record (reader, record);
    }
}

static void
stream_start (Stream          *self,
              BeNetworkThread *network,
              guint16          port)
{
  self->pattern = be_pattern_new ();
  self->client = be_test_client_new (network, BE_PROTOCOL_TCP, "127.0.0.1", port);
  be_tcp_client_set_read_window (BE_TCP_CLIENT (self->client), WINDOW_BYTES);
  be_test_session_run (self->client);
}

/* As much as may be on its way. */
static void
send_on (Stream *self)
{
  while (self->n_sent < CARRIED_BYTES && self->n_sent < self->n_received + WINDOW_BYTES)
    {
      guint64       room = MIN (CARRIED_BYTES, self->n_received + WINDOW_BYTES) - self->n_sent;
      gsize         wanted = choose_piece (room);
      gsize         length;
      const guint8 *bytes = be_pattern_get (self->pattern, self->n_sent, wanted, &length);
      g_autoptr (GBytes) piece = g_bytes_new (bytes, length);

      be_session_send (self->client, BE_PEER_EVERYONE, piece);
      self->n_sent += length;
    }
}

/* Takes the events as they come, without the time until the next frame. */
static void
exchange_all (BeTestService   *service,
              BeNetworkThread *network,
              Stream          *streams)
{
  gint64  last_progress = g_get_monotonic_time ();
  guint64 received = 0;

  while (received < N_CONNECTIONS * CARRIED_BYTES)
    {
      for (guint i = 0; i < N_CONNECTIONS; i++)
        send_on (&streams[i]);
      be_test_network_turn (network);
      be_network_thread_flush (network);
      be_network_thread_flush (service->network);
      if (count_received (streams) > received)
        last_progress = g_get_monotonic_time ();
      received = count_received (streams);
      assert_in_time (last_progress);
    }
}

static void
test_brings_back_every_byte_of_ours (BePollerKind poller)
{
  Stream           streams[N_CONNECTIONS] = { 0 };
  Reader           reader = { .streams = streams, .n_streams = N_CONNECTIONS, .is_answer = TRUE };
  BeNetworkThread *network = be_network_thread_new_with (poller);
  BeTestService    service;
  gulong           handler;

  be_cut_calls_begin ();
  be_test_service_start (&service, poller, BE_REPLY_UPPER);
  for (guint i = 0; i < N_CONNECTIONS; i++)
    stream_start (&streams[i], network, service.address.port);
  handler = g_signal_connect (network, "events", G_CALLBACK (events_cb), &reader);
  exchange_all (&service, network, streams);
  for (guint i = 0; i < N_CONNECTIONS; i++)
    be_session_half_close (streams[i].client, BE_PEER_EVERYONE);
  be_test_wait_until (reader.n_ended == N_CONNECTIONS);
  report_cut_calls (be_cut_calls_end ());

  g_signal_handler_disconnect (network, handler);
  for (guint i = 0; i < N_CONNECTIONS; i++)
    stream_clear (&streams[i]);
  g_assert_finalize_object (network);
  be_test_service_end (&service);
}

/* Sends on while the client's events are taken. */
static void
send_late (Stream  *stream,
           GSocket *peer)
{
  const gint64 start = g_get_monotonic_time ();

  while (stream->n_sent < LATE_BYTES)
    {
      gsize         wanted = (gsize) (LATE_BYTES - stream->n_sent);
      gsize         length;
      const guint8 *bytes = be_pattern_get (stream->pattern, stream->n_sent, wanted, &length);

      stream->n_sent += (guint64) be_test_peer_try_send (peer, bytes, length);
      be_network_thread_flush (be_session_get_network (stream->client));
      assert_in_time (start);
    }
}

static void
test_reads_all_when_it_has_finished (BePollerKind poller)
{
  Stream           stream = { 0 };
  Reader           reader = { .streams = &stream, .n_streams = 1 };
  BeNetworkThread *network = be_network_thread_new_with (poller);
  g_autoptr (GSocket) listener = NULL;
  g_autoptr (GSocket) peer = NULL;
  BeAddress address;
  gulong    handler;

  listener = be_test_peer_listen (1, &address);
  stream_start (&stream, network, address.port);
  handler = g_signal_connect (network, "events", G_CALLBACK (events_cb), &reader);
  peer = be_test_peer_accept (listener);
  be_session_half_close (stream.client, BE_PEER_EVERYONE);
  be_test_peer_expect_end (peer);
  send_late (&stream, peer);
  g_clear_object (&peer);
  be_test_wait_until (be_session_get_state (stream.client) == BE_SESSION_ENDED);
  g_assert_cmpuint (stream.n_received, ==, LATE_BYTES);
  g_assert_cmpuint (reader.n_ended, ==, 1);

  g_signal_handler_disconnect (network, handler);
  stream_clear (&stream);
  g_assert_finalize_object (network);
}

int
main (int   argc,
      char *argv[])
{
  be_memory_make_plain (argv);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_service_add ("/bulk/answers-every-byte-of-others", test_answers_every_byte_of_others);
  be_test_service_add ("/bulk/brings-back-every-byte-of-ours", test_brings_back_every_byte_of_ours);
  be_test_service_add ("/bulk/reads-all-when-it-has-finished", test_reads_all_when_it_has_finished);

  return g_test_run ();
}
