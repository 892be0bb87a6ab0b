/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-network-thread.h"

#include "be-clock.h"
#include "be-hot.h"
#include "be-network-thread-parts.h"
#include "be-session-private.h"

/* Events come up once a frame, unless many wait: more often nobody can look. */
#define BATCH_INTERVAL_MICROSECONDS (16 * 1000)

G_DEFINE_FINAL_TYPE (BeNetworkThread, be_network_thread, G_TYPE_OBJECT)

enum
{
  SIGNAL_EVENTS,
};

static guint signals[SIGNAL_EVENTS + 1];

/* The network thread */

/* A frame after the reader was here last, or as soon as it was told to come
 * earlier. One that is slower than the network is left alone for as long as the
 * last time took, and gets to something else, too. */
static void
wake_reader (BeNetworkThread *self)
{
  be_timed_source_come_by (self->drain, atomic_load_explicit (&self->next_frame, memory_order_relaxed));
}

static void
hurry_reader (BeNetworkThread *self)
{
  be_timed_source_come_by (self->drain, atomic_load_explicit (&self->rest_time, memory_order_relaxed));
}

/* Once a turn: whoever reads gets all that happened in it at once. */
static void
tell_reader (BeNetworkThread *self)
{
  if (be_event_queue_get_waiting (self->queue) >= self->batch_bytes)
    hurry_reader (self);

  if (be_event_queue_must_tell (self->queue))
    wake_reader (self);
}

BE_HOT static gpointer
network_main (gpointer data)
{
  BeNetworkThread *self = data;
  gboolean         is_ending;

  do
    {
      gint64 timeout;

      /* Asked first: what was posted before the end is still done. */
      is_ending = g_atomic_int_get (&self->is_ending);
      be_command_queue_run (self->commands);
      timeout = be_deadlines_run (self->deadlines);
      tell_reader (self);
      if (!is_ending)
        be_poller_wait (self->poller, timeout);
    }
  while (!is_ending);

  return NULL;
}

/* The thread that made the object */

static void
dispatch_to_sessions (BeNetworkThread    *self,
                      const BeEventBatch *batch)
{
  g_autoptr (BeSession) session = NULL;
  guint32 session_id = 0;

  /* Bytes that moved change no session's state, and nearly all events are that. */
  for (const BeEventRecord *record = be_event_batch_first (batch);
       record != NULL;
       record = be_event_batch_next (batch, record))
    {
      if (be_event_record_is_data (record))
        continue;
      if (record->session_id != session_id)
        {
          session_id = record->session_id;
          g_set_object (&session, g_hash_table_lookup (self->sessions,
                                                       GUINT_TO_POINTER (session_id)));
        }
      if (session != NULL)
        be_session_handle_record (session, record);
    }
}

static void
tell_sessions (BeNetworkThread *self,
               GHashTable      *pending_news)
{
  GHashTableIter iter;
  gpointer       session_id;
  gpointer       calls;

  g_hash_table_iter_init (&iter, pending_news);
  while (g_hash_table_iter_next (&iter, &session_id, &calls))
    {
      BeSession *session = g_hash_table_lookup (self->sessions, session_id);

      if (session != NULL)
        be_session_take_pending_calls (session, calls);
    }
}

static void
drain (BeNetworkThread *self)
{
  g_autoptr (GHashTable) pending_news = NULL;
  g_autoptr (BeNetworkThread) keep_alive G_GNUC_UNUSED = g_object_ref (self);
  BeEventBatch                           batch;
  gint64                                 begin = g_get_monotonic_time ();
  gint64                                 rest_time;
  gint64                                 next_frame;

  /* A handler may run a main loop of its own; then the rest comes after it. */
  be_timed_source_rest (self->drain);
  if (self->is_draining)
    return;

  self->is_draining = TRUE;
  atomic_store_explicit (&self->next_frame, begin + BATCH_INTERVAL_MICROSECONDS, memory_order_relaxed);
  atomic_store_explicit (&self->rest_time, BE_TIMED_SOURCE_NEVER, memory_order_relaxed); /* not known yet */

  /* Taken first and told last: after the events of the calls made before. */
  pending_news = be_pending_news_take (self->pending_news);
  be_event_queue_take (self->queue, &batch);
  if (batch.n_records > 0 || batch.n_lost > 0)
    {
      dispatch_to_sessions (self, &batch);
      g_signal_emit (self, signals[SIGNAL_EVENTS], 0, &batch);
    }
  be_event_queue_release (self->queue);
  if (pending_news != NULL)
    tell_sessions (self, pending_news);

  /* Who has found something comes again after a frame, untold: to be woken each
   * time would cost as much again. */
  self->is_draining = FALSE;
  rest_time = 2 * g_get_monotonic_time () - begin;
  next_frame = MAX (begin + BATCH_INTERVAL_MICROSECONDS, rest_time);
  atomic_store_explicit (&self->rest_time, rest_time, memory_order_relaxed);
  atomic_store_explicit (&self->next_frame, next_frame, memory_order_relaxed);
  if (batch.n_records > 0 || batch.n_lost > 0 || pending_news != NULL)
    be_timed_source_come_again (self->drain, next_frame);
}

static gboolean
drain_cb (gpointer user_data)
{
  drain (BE_NETWORK_THREAD (user_data));

  return G_SOURCE_CONTINUE;
}

/* GObject */

static void
be_network_thread_finalize (GObject *object)
{
  BeNetworkThread *self = BE_NETWORK_THREAD (object);

  g_atomic_int_set (&self->is_ending, TRUE);
  be_poller_wake (self->poller);
  g_thread_join (self->thread);

  if (g_hash_table_size (self->sessions) > 0)
    g_warning ("The network thread ends before %u of its sessions",
               g_hash_table_size (self->sessions));

  g_source_destroy (self->drain);
  g_clear_pointer (&self->drain, g_source_unref);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->poller, be_poller_free);
  g_clear_pointer (&self->queue, be_event_queue_free);
  g_clear_pointer (&self->pending_news, be_pending_news_free);
  g_clear_pointer (&self->commands, be_command_queue_free);
  g_clear_pointer (&self->deadlines, be_deadlines_free);
  g_clear_pointer (&self->own_ports, be_own_ports_free);
  g_clear_pointer (&self->buffer, be_read_buffer_free);
  g_clear_pointer (&self->connecting, be_connecting_free);

  G_OBJECT_CLASS (be_network_thread_parent_class)->finalize (object);
}

static void
be_network_thread_class_init (BeNetworkThreadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = be_network_thread_finalize;

  /**
   * BeNetworkThread::events:
   * @batch: (type gpointer): a const #BeEventBatch, lent for the emission
   *
   * The calls that returned since the last emission, of all sessions, in
   * their order. At most one emission every 16 ms, but for
   * be_network_thread_flush () and be_network_thread_set_batch_bytes (), and
   * none at rest. The sessions have seen the events already.
   */
  signals[SIGNAL_EVENTS] =
    g_signal_new ("events", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
be_network_thread_init (BeNetworkThread *self)
{
  self->epoch = g_get_monotonic_time ();
  self->batch_bytes = G_MAXSIZE;
  self->queue = be_event_queue_new ();
  self->pending_news = be_pending_news_new ();
  self->sessions = g_hash_table_new (NULL, NULL);
  self->commands = be_command_queue_new ();
  self->deadlines = be_deadlines_new ();
  self->own_ports = be_own_ports_new ();
  self->buffer = be_read_buffer_new ();
  self->connecting = be_connecting_new ();

  self->drain = be_timed_source_new ();
  g_source_set_static_name (self->drain, "Both Ends events");
  g_source_set_callback (self->drain, drain_cb, self, NULL);
  g_source_attach (self->drain, g_main_context_get_thread_default ());
}

/* Public */

/**
 * be_network_thread_new:
 *
 * Starts the thread. Its events come to the thread-default main context of
 * the caller, and its sessions are commanded from there.
 *
 * Returns: (transfer full): a new network thread
 */
BeNetworkThread *
be_network_thread_new (void)
{
  return be_network_thread_new_with (BE_POLLER_BEST);
}

/**
 * be_network_thread_new_with:
 * @kind: how to wait
 *
 * Returns: (transfer full): a new network thread that waits in this way
 */
BeNetworkThread *
be_network_thread_new_with (BePollerKind kind)
{
  BeNetworkThread *self = g_object_new (BE_TYPE_NETWORK_THREAD, NULL);

  self->poller = be_poller_new (kind);
  self->thread = g_thread_new ("network", network_main, self);

  return self;
}

typedef struct
{
  BeNetworkThread *network;
  gsize            bytes;
} BatchBytes;

static void
run_set_batch_bytes (gpointer data)
{
  g_autofree BatchBytes *wanted = data;

  wanted->network->batch_bytes = wanted->bytes;
}

/**
 * be_network_thread_set_batch_bytes:
 * @bytes: about how many bytes of events may wait; %G_MAXSIZE at first
 *
 * The reader gets them earlier than once a frame when they are many: while they
 * still are in the processor's cache, and in pieces that take it no long time.
 */
void
be_network_thread_set_batch_bytes (BeNetworkThread *self,
                                   gsize            bytes)
{
  BatchBytes *wanted;

  g_return_if_fail (BE_IS_NETWORK_THREAD (self));

  wanted = g_new (BatchBytes, 1);
  wanted->network = self;
  wanted->bytes = bytes;
  be_network_thread_post (self, run_set_batch_bytes, wanted);
}

typedef struct
{
  BeNetworkThread *network;
  gsize            burst;
  gsize            per_second;
} PayloadCredit;

static void
run_set_payload_credit (gpointer data)
{
  g_autofree PayloadCredit *wanted = data;

  be_event_queue_set_credit (wanted->network->queue, wanted->burst, wanted->per_second);
}

/**
 * be_network_thread_set_payload_credit:
 * @burst: how many bytes of payloads of more than %BE_EVENT_QUEUE_SHORT_BYTES
 *   are kept whole at once
 * @per_second: and how many from then on
 *
 * For a reader who keeps less than the event queue would give it.
 */
void
be_network_thread_set_payload_credit (BeNetworkThread *self,
                                      gsize            burst,
                                      gsize            per_second)
{
  PayloadCredit *wanted;

  g_return_if_fail (BE_IS_NETWORK_THREAD (self));

  wanted = g_new (PayloadCredit, 1);
  wanted->network = self;
  wanted->burst = burst;
  wanted->per_second = per_second;
  be_network_thread_post (self, run_set_payload_credit, wanted);
}

/**
 * be_network_thread_get_epoch:
 *
 * Returns: when the object was made, g_get_monotonic_time (), µs
 */
gint64
be_network_thread_get_epoch (BeNetworkThread *self)
{
  g_return_val_if_fail (BE_IS_NETWORK_THREAD (self), 0);

  return self->epoch;
}

/**
 * be_network_thread_flush:
 *
 * Emits the events that have come so far without waiting for the next frame.
 * Does nothing inside an emission.
 */
void
be_network_thread_flush (BeNetworkThread *self)
{
  g_return_if_fail (BE_IS_NETWORK_THREAD (self));

  drain (self);
}

/* For sessions and workers */

/**
 * be_network_thread_add_session:
 * @session: not referenced; it removes itself when it is disposed
 *
 * Returns: the session's number, counting from 1
 */
guint32
be_network_thread_add_session (BeNetworkThread *self,
                               BeSession       *session)
{
  g_return_val_if_fail (BE_IS_NETWORK_THREAD (self), 0);

  g_hash_table_insert (self->sessions, GUINT_TO_POINTER (++self->last_session_id), session);

  return self->last_session_id;
}

void
be_network_thread_remove_session (BeNetworkThread *self,
                                  guint32          session_id)
{
  g_return_if_fail (BE_IS_NETWORK_THREAD (self));

  g_hash_table_remove (self->sessions, GUINT_TO_POINTER (session_id));
}

/**
 * be_network_thread_post:
 *
 * Calls @func with @data on the network thread, after everything that was
 * posted before.
 */
void
be_network_thread_post (BeNetworkThread *self,
                        BeNetworkFunc    func,
                        gpointer         data)
{
  g_return_if_fail (BE_IS_NETWORK_THREAD (self));

  be_command_queue_post (self->commands, func, data);
  be_poller_wake (self->poller);
}

/**
 * be_network_thread_report:
 * @record: what happened; its time, unless it has one, and its sequence are
 *   filled in
 * @payload: (nullable): record->kept_length bytes
 * @needs_credit: see be_event_queue_push ()
 *
 * Sends an event up.
 */
BE_HOT void
be_network_thread_report (BeNetworkThread *self,
                          BeEventRecord   *record,
                          const guint8    *payload,
                          gboolean         needs_credit)
{
  if (record->time == 0)
    record->time = be_clock_get_time ();

  be_event_queue_push (self->queue, record, payload, needs_credit);
}

/**
 * be_network_thread_tell_pending:
 * @calls: (transfer full): the pending calls of a session now
 *
 * Tells the session, after the events that were reported before.
 */
void
be_network_thread_tell_pending (BeNetworkThread *self,
                                guint32          session_id,
                                GPtrArray       *calls)
{
  be_pending_news_put (self->pending_news, session_id, calls);
  wake_reader (self);
}

guint32
be_network_thread_next_socket_id (BeNetworkThread *self)
{
  g_return_val_if_fail (BE_IS_NETWORK_THREAD (self), 0);

  return ++self->last_socket_id;
}
