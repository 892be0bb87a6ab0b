/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-states.h"

/**
 * BeSocketStates:
 *
 * Carries what the watch learns of states to the sockets of both sides: so
 * that a socket says FIN_WAIT_2 without a call, and TIME_WAIT after its last.
 *
 * Holds references to the watch and to the two lists, and ends with its last
 * reference.
 */
struct _BeSocketStates
{
  GObject parent_instance;

  BeStateWatch *watch;
  BeSocketList *lists[2];   /* by BeSide */
  GArray       *remembered; /* of guint32: peers of which the system had something */
  GArray       *remembered_before;
};

G_DEFINE_FINAL_TYPE (BeSocketStates, be_socket_states, G_TYPE_OBJECT)

static void
report (BeSocketSummary *socket,
        BeSystemState    state,
        gint64           time,
        gint64           forgotten_at)
{
  be_socket_summary_begin_change (socket);
  be_socket_summary_report (socket, state, time, forgotten_at);
  be_socket_summary_commit (socket);
}

static BeSocketSummary *
find (BeSocketStates *self,
      guint32         peer_id)
{
  BeSocketSummary *socket = be_socket_list_find (self->lists[BE_SIDE_SERVER], peer_id);

  return socket != NULL ? socket : be_socket_list_find (self->lists[BE_SIDE_CLIENT], peer_id);
}

static void
carry (BeSocketStates   *self,
       const BeStateEnd *end)
{
  BeSocketSummary *socket = end->peer_id != 0 ? find (self, end->peer_id) : NULL;

  if (socket == NULL || !end->is_reported)
    return;

  report (socket, end->state, end->time, end->forgotten_at);
  g_array_append_val (self->remembered, end->peer_id);
}

static gboolean
has_number (GArray *numbers,
            guint32 number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, guint32, i) == number)
      return TRUE;

  return FALSE;
}

/* What the watch has dropped is gone, as the system says; or too many came after
 * it, and nothing is known of it any more. Of an open socket its calls tell on. It
 * may have been closed since its state was carried. */
static void
forget_others (BeSocketStates *self)
{
  for (guint i = 0; i < self->remembered_before->len; i++)
    {
      guint32          peer_id = g_array_index (self->remembered_before, guint32, i);
      BeSocketSummary *socket = find (self, peer_id);

      if (socket != NULL && !be_socket_summary_is_open (socket) && !has_number (self->remembered, peer_id))
        report (socket, be_state_watch_has_ended (self->watch, peer_id) ? BE_SYSTEM_STATE_CLOSED : BE_SYSTEM_STATE_UNKNOWN,
                g_get_monotonic_time (), 0);
    }
}

static void
changed_cb (BeSocketStates *self)
{
  GArray *before = self->remembered_before;

  self->remembered_before = self->remembered;
  self->remembered = before;
  g_array_set_size (self->remembered, 0);

  for (guint i = 0; i < be_state_watch_get_n_connections (self->watch); i++)
    {
      const BeStateConnection *connection = be_state_watch_get_connection (self->watch, i);

      carry (self, &connection->ends[BE_SIDE_SERVER]);
      carry (self, &connection->ends[BE_SIDE_CLIENT]);
    }
  forget_others (self);
}

/* GObject */

static void
be_socket_states_dispose (GObject *object)
{
  BeSocketStates *self = BE_SOCKET_STATES (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->lists[BE_SIDE_SERVER]);
  g_clear_object (&self->lists[BE_SIDE_CLIENT]);

  G_OBJECT_CLASS (be_socket_states_parent_class)->dispose (object);
}

static void
be_socket_states_finalize (GObject *object)
{
  BeSocketStates *self = BE_SOCKET_STATES (object);

  g_clear_pointer (&self->remembered, g_array_unref);
  g_clear_pointer (&self->remembered_before, g_array_unref);

  G_OBJECT_CLASS (be_socket_states_parent_class)->finalize (object);
}

static void
be_socket_states_class_init (BeSocketStatesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = be_socket_states_dispose;
  object_class->finalize = be_socket_states_finalize;
}

static void
be_socket_states_init (BeSocketStates *self)
{
  self->remembered = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->remembered_before = g_array_new (FALSE, FALSE, sizeof (guint32));
}

/**
 * be_socket_states_new:
 * @server: the sockets of the server
 * @client: those of the clients
 *
 * Returns: (transfer full): what joins them from now on
 */
BeSocketStates *
be_socket_states_new (BeStateWatch *watch,
                      BeSocketList *server,
                      BeSocketList *client)
{
  BeSocketStates *self;

  g_return_val_if_fail (BE_IS_STATE_WATCH (watch), NULL);
  g_return_val_if_fail (BE_IS_SOCKET_LIST (server), NULL);
  g_return_val_if_fail (BE_IS_SOCKET_LIST (client), NULL);

  self = g_object_new (BE_TYPE_SOCKET_STATES, NULL);
  self->watch = g_object_ref (watch);
  self->lists[BE_SIDE_SERVER] = g_object_ref (server);
  self->lists[BE_SIDE_CLIENT] = g_object_ref (client);
  g_signal_connect_object (watch, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}
