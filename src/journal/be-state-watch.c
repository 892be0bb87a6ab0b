/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-state-watch.h"

#include "be-socket-diag.h"

/* Whatever happens, the system is not asked more often. */
#define SHORTEST_INTERVAL_MICROSECONDS (G_USEC_PER_SEC / 50)

/* While calls are held back no event tells what comes meanwhile, such as a FIN. */
#define HOLDING_INTERVAL_MICROSECONDS (G_USEC_PER_SEC / 5)

/**
 * BeStateWatch:
 *
 * What the system says of our TCP connections and listeners while no call
 * returns that would tell: FIN_WAIT_1 that becomes FIN_WAIT_2, TIME_WAIT after
 * both sockets are closed, who waits in the accept queue. It learns from
 * the events which connections there are, and asks the system about those that
 * open or close, and about all that are open while somebody holds calls back; at
 * rest it does not wake up. What it knows is no event.
 *
 * Owns the line to the system, which is opened when it is first needed, and
 * what it knows of the newest 64 connections. Follows a network thread
 * without keeping it; belongs to the thread that made it, and ends with its
 * last reference.
 */
struct _BeStateWatch
{
  GObject parent_instance;

  BePairing       *pairing;
  BeNetworkThread *network; /* weak */
  GSource         *timer;
  BeSocketDiag    *diag;
  gboolean         asks_system;
  guint            holds; /* BeStateHold */

  BeStateTable *table;
  GHashTable   *opening;      /* ids of clients' sockets of which connect () has not returned */
  gint64        connect_time; /* when one last made a socket, µs */
  gboolean      has_noted;    /* what nobody was told of yet */
  gint64        asked_time;
  guint64       n_asked;
};

G_DEFINE_FINAL_TYPE (BeStateWatch, be_state_watch, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
} BeStateWatchSignal;

static guint signals[SIGNAL_CHANGED + 1];

/* Asking */

static BeSocketDiag *
get_diag (BeStateWatch *self)
{
  if (self->diag == NULL && self->asks_system)
    self->diag = be_socket_diag_open ();

  return self->diag;
}

/* Clients of which connect () has not returned: no event tells of them, nor of
 * the moment when a connect () that was held is made. */
static gboolean
look_for_connecting (BeStateWatch *self,
                     gint64        now)
{
  BeConnectingSocket sockets[BE_CONNECTING_MAX];
  gboolean           has_changed = FALSE;
  guint              n_sockets = 0;

  if (g_hash_table_size (self->opening) == 0)
    return FALSE;

  if (self->network != NULL)
    n_sockets = be_connecting_copy (be_network_thread_get_connecting (self->network), sockets);

  for (guint i = 0; i < n_sockets; i++)
    if (be_state_table_note_connecting (self->table, &sockets[i], now))
      has_changed = TRUE;

  return has_changed;
}

static gboolean
ask_connection (BeStateWatch      *self,
                BeStateConnection *connection,
                gint64             now)
{
  BeSocketDiag *diag = get_diag (self);
  gboolean      may_wait = be_state_table_has_waiting (self->table, &connection->addresses[BE_SIDE_SERVER]);
  gboolean      has_changed = be_state_connection_ask (connection, diag, may_wait, now);

  if (diag != NULL && self->holds != 0 && (connection->ends[0].is_open || connection->ends[1].is_open))
    connection->next_time = MIN (connection->next_time, now + HOLDING_INTERVAL_MICROSECONDS);

  return has_changed;
}

static gboolean
ask_all (BeStateWatch *self,
         gint64        now)
{
  gboolean has_changed = look_for_connecting (self, now);

  for (guint i = 0; i < be_state_table_get_n_listeners (self->table); i++)
    {
      BeStateListener *listener = be_state_table_get_listener (self->table, i);

      if (listener->next_time <= now &&
          be_state_listener_ask (listener, get_diag (self), (self->holds & BE_STATE_HOLD_CALLS) != 0, now))
        has_changed = TRUE;
    }

  for (guint i = be_state_table_get_n_connections (self->table); i > 0; i--)
    {
      BeStateConnection *connection = be_state_table_get_connection (self->table, i - 1);

      if (connection->next_time > now)
        continue;

      if (ask_connection (self, connection, now))
        has_changed = TRUE;
      if (be_state_connection_is_over (connection))
        {
          be_state_table_end_connection (self->table, i - 1);
          has_changed = TRUE;
        }
    }

  return has_changed;
}

static gint64
find_next_time (BeStateWatch *self,
                gint64        now)
{
  gint64 next = G_MAXINT64;

  if (self->has_noted)
    return 0;

  if (g_hash_table_size (self->opening) > 0)
    next = now + be_state_connection_interval (self->connect_time, now);
  for (guint i = 0; i < be_state_table_get_n_listeners (self->table); i++)
    next = MIN (next, be_state_table_get_listener (self->table, i)->next_time);
  for (guint i = 0; i < be_state_table_get_n_connections (self->table); i++)
    next = MIN (next, be_state_table_get_connection (self->table, i)->next_time);

  return next;
}

static void
set_timer (BeStateWatch *self,
           gint64        now)
{
  gint64 next = find_next_time (self, now);

  g_source_set_ready_time (self->timer, next == G_MAXINT64
                                          ? -1
                                          : MAX (next, self->asked_time + SHORTEST_INTERVAL_MICROSECONDS));
}

static gboolean
timer_dispatch_cb (GSource    *source,
                   GSourceFunc callback,
                   gpointer    user_data)
{
  return callback (user_data);
}

static gboolean
timer_cb (gpointer user_data)
{
  g_autoptr (BeStateWatch) self = g_object_ref (BE_STATE_WATCH (user_data));
  gint64 now = g_get_monotonic_time ();

  self->asked_time = now;
  self->n_asked++;
  if (ask_all (self, now) || self->has_noted)
    {
      self->has_noted = FALSE;
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      be_state_table_forget_ended (self->table);
    }
  set_timer (self, g_get_monotonic_time ());

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch_cb };

/* Events */

static void
read_record (BeStateWatch        *self,
             const BeEventRecord *record)
{
  guint32 number;

  if (!be_pairing_has_seen (self->pairing, record))
    be_pairing_assign (self->pairing, record);
  if (record->protocol != BE_PROTOCOL_TCP || be_event_record_is_data (record))
    return;

  if (record->call == BE_CALL_CONNECT || record->call == BE_CALL_CLOSE)
    g_hash_table_remove (self->opening, GUINT_TO_POINTER (record->socket_id));

  if (record->peer_id != 0 && record->call == BE_CALL_SOCKET)
    {
      if (!be_event_record_is_failure (record))
        g_hash_table_add (self->opening, GUINT_TO_POINTER (record->socket_id));
      self->connect_time = record->time;
    }
  else if (record->call != BE_CALL_GETADDRINFO && record->call != BE_CALL_SOCKET && record->call != BE_CALL_BIND)
    {
      number = record->peer_id != 0 ? be_pairing_assign (self->pairing, record) : BE_EVENT_NO_CONNECTION;
      be_state_table_note (self->table, record, number);
    }
  self->has_noted = TRUE;
}

/* The system is asked at once, or as soon as may be: so nobody sees a state
 * that a call left behind and that has gone by. */
static void
events_cb (BeStateWatch       *self,
           const BeEventBatch *batch)
{
  for (const BeEventRecord *record = be_event_batch_first (batch); record != NULL;
       record = be_event_batch_next (batch, record))
    read_record (self, record);

  if (self->has_noted)
    set_timer (self, g_get_monotonic_time ());
}

/* GObject */

static void
be_state_watch_dispose (GObject *object)
{
  BeStateWatch *self = BE_STATE_WATCH (object);

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_clear_weak_pointer (&self->network);
  g_clear_object (&self->pairing);

  G_OBJECT_CLASS (be_state_watch_parent_class)->dispose (object);
}

static void
be_state_watch_finalize (GObject *object)
{
  BeStateWatch *self = BE_STATE_WATCH (object);

  g_clear_pointer (&self->diag, be_socket_diag_close);
  g_clear_pointer (&self->table, be_state_table_free);
  g_clear_pointer (&self->opening, g_hash_table_unref);

  G_OBJECT_CLASS (be_state_watch_parent_class)->finalize (object);
}

static void
be_state_watch_class_init (BeStateWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = be_state_watch_dispose;
  object_class->finalize = be_state_watch_finalize;

  /**
   * BeStateWatch::changed:
   *
   * A state, a queue or a countdown is other than before; at most once in 16
   * ms.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", BE_TYPE_STATE_WATCH, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
be_state_watch_init (BeStateWatch *self)
{
  self->asks_system = TRUE;
  self->table = be_state_table_new ();
  self->opening = g_hash_table_new (NULL, NULL);

  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_static_name (self->timer, "Both Ends states");
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_set_ready_time (self->timer, -1);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* Public */

/**
 * be_state_watch_new:
 * @pairing: shared with the other readers of the same events
 *
 * Returns: (transfer full): a watch that knows of nothing yet
 */
BeStateWatch *
be_state_watch_new (BePairing *pairing)
{
  BeStateWatch *self;

  g_return_val_if_fail (BE_IS_PAIRING (pairing), NULL);

  self = g_object_new (BE_TYPE_STATE_WATCH, NULL);
  self->pairing = g_object_ref (pairing);

  return self;
}

/**
 * be_state_watch_set_asks_system:
 * @asks_system: %FALSE: go by the calls alone, as where the system does not
 *   tell
 *
 * Before anything happens.
 */
void
be_state_watch_set_asks_system (BeStateWatch *self,
                                gboolean      asks_system)
{
  g_return_if_fail (BE_IS_STATE_WATCH (self));

  self->asks_system = asks_system;
}

/**
 * be_state_watch_set_is_holding:
 * @is_holding: whether somebody holds back calls of this kind
 *
 * Clients may come then, and FINs, of which no call tells: the open connections
 * and, where accept () is held too, the queues are looked at as long as it is so.
 */
void
be_state_watch_set_is_holding (BeStateWatch *self,
                               BeStateHold   hold,
                               gboolean      is_holding)
{
  guint holds;

  g_return_if_fail (BE_IS_STATE_WATCH (self));

  holds = is_holding ? self->holds | hold : self->holds & ~(guint) hold;
  if (self->holds == holds)
    return;

  self->holds = holds;
  be_state_table_ask_all (self->table);
  set_timer (self, g_get_monotonic_time ());
}

/**
 * be_state_watch_follow:
 *
 * Reads all events of @network from now on, for as long as both live; once.
 */
void
be_state_watch_follow (BeStateWatch    *self,
                       BeNetworkThread *network)
{
  g_return_if_fail (BE_IS_STATE_WATCH (self));
  g_return_if_fail (BE_IS_NETWORK_THREAD (network));
  g_return_if_fail (self->network == NULL);

  g_set_weak_pointer (&self->network, network);
  g_signal_connect_object (network, "events", G_CALLBACK (events_cb), self, G_CONNECT_SWAPPED);
}

/**
 * be_state_watch_get_n_connections:
 *
 * Returns: how many connections it knows of, %BE_STATE_TABLE_MAX_CONNECTIONS
 *   at most
 */
guint
be_state_watch_get_n_connections (BeStateWatch *self)
{
  g_return_val_if_fail (BE_IS_STATE_WATCH (self), 0);

  return be_state_table_get_n_connections (self->table);
}

/**
 * be_state_watch_get_connection:
 * @position: the oldest first
 *
 * Returns: (transfer none): valid until the main loop runs
 */
const BeStateConnection *
be_state_watch_get_connection (BeStateWatch *self,
                               guint         position)
{
  g_return_val_if_fail (BE_IS_STATE_WATCH (self), NULL);
  g_return_val_if_fail (position < be_state_table_get_n_connections (self->table), NULL);

  return be_state_table_get_connection (self->table, position);
}

/**
 * be_state_watch_has_ended:
 *
 * For whoever is told by #BeStateWatch::changed that a connection is not there
 * any more: it may also have had to make room for newer ones.
 *
 * Returns: whether the system said that it has nothing of this peer any more
 */
gboolean
be_state_watch_has_ended (BeStateWatch *self,
                          guint32       peer_id)
{
  g_return_val_if_fail (BE_IS_STATE_WATCH (self), FALSE);

  return be_state_table_has_ended (self->table, peer_id);
}

/**
 * be_state_watch_find_listener:
 *
 * Returns: (transfer none) (nullable): that of a server, valid until the main
 *   loop runs
 */
const BeStateListener *
be_state_watch_find_listener (BeStateWatch *self,
                              guint32       session_id)
{
  g_return_val_if_fail (BE_IS_STATE_WATCH (self), NULL);

  return be_state_table_find_server (self->table, session_id);
}

/**
 * be_state_watch_list_waiting:
 * @session_id: a server
 * @connections: (out): room for @max_connections
 *
 * Who waits in its accept queue, as far as it is known: clients of ours, in
 * the order in which accept () will take them.
 *
 * Returns: how many were written
 */
guint
be_state_watch_list_waiting (BeStateWatch *self,
                             guint32       session_id,
                             guint32      *connections,
                             guint         max_connections)
{
  g_return_val_if_fail (BE_IS_STATE_WATCH (self), 0);

  return be_state_table_list_waiting (self->table, session_id, connections, max_connections);
}

/**
 * be_state_watch_get_n_asked:
 *
 * Returns: how often it has woken up to ask
 */
guint64
be_state_watch_get_n_asked (BeStateWatch *self)
{
  g_return_val_if_fail (BE_IS_STATE_WATCH (self), 0);

  return self->n_asked;
}

/**
 * be_state_watch_is_resting:
 *
 * Returns: whether nothing but an event will wake it up
 */
gboolean
be_state_watch_is_resting (BeStateWatch *self)
{
  g_return_val_if_fail (BE_IS_STATE_WATCH (self), TRUE);

  return g_source_get_ready_time (self->timer) < 0;
}
