/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-state-table.h"

struct _BeStateTable
{
  GArray *connections; /* of BeStateConnection, the oldest first */
  GArray *listeners;   /* of BeStateListener */
  GArray *ended;       /* of guint32: peers */
};

BeStateTable *
be_state_table_new (void)
{
  BeStateTable *self = g_new (BeStateTable, 1);

  self->connections = g_array_new (FALSE, TRUE, sizeof (BeStateConnection));
  self->listeners = g_array_new (FALSE, TRUE, sizeof (BeStateListener));
  self->ended = g_array_new (FALSE, FALSE, sizeof (guint32));

  return self;
}

void
be_state_table_free (BeStateTable *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->connections);
  g_array_unref (self->listeners);
  g_array_unref (self->ended);
  g_free (self);
}

static BeStateConnection *
connection_at (BeStateTable *self,
               guint         position)
{
  return &g_array_index (self->connections, BeStateConnection, position);
}

static BeStateListener *
listener_at (BeStateTable *self,
             guint         position)
{
  return &g_array_index (self->listeners, BeStateListener, position);
}

static BeStateConnection *
find_end (BeStateTable *self,
          BeSide        side,
          guint32       peer_id)
{
  for (guint i = self->connections->len; i > 0; i--)
    if (connection_at (self, i - 1)->ends[side].peer_id == peer_id)
      return connection_at (self, i - 1);

  return NULL;
}

static BeStateConnection *
find_number (BeStateTable *self,
             guint32       connection)
{
  for (guint i = self->connections->len; i > 0; i--)
    if (connection_at (self, i - 1)->connection == connection)
      return connection_at (self, i - 1);

  return NULL;
}

static BeStateConnection *
add_connection (BeStateTable    *self,
                guint32          connection,
                BeSide           side,
                const BeAddress *local,
                const BeAddress *peer)
{
  BeStateConnection added;

  if (self->connections->len == BE_STATE_TABLE_MAX_CONNECTIONS)
    g_array_remove_index (self->connections, 0);

  be_state_connection_init (&added, connection, side, local, peer);
  g_array_append_val (self->connections, added);

  return connection_at (self, self->connections->len - 1);
}

static gboolean
listens_at (const BeStateListener *listener,
            const BeAddress       *address)
{
  return listener->local.port == address->port &&
         (be_address_is_any (&listener->local) || be_address_equal (&listener->local, address));
}

static BeStateListener *
find_listener_at (BeStateTable    *self,
                  const BeAddress *address)
{
  for (guint i = 0; i < self->listeners->len; i++)
    if (listens_at (listener_at (self, i), address))
      return listener_at (self, i);

  return NULL;
}

static void
note_listener (BeStateTable        *self,
               const BeEventRecord *record)
{
  for (guint i = 0; i < self->listeners->len; i++)
    {
      BeStateListener *listener = listener_at (self, i);

      if (listener->socket_id != record->socket_id)
        continue;

      if (record->call == BE_CALL_CLOSE)
        g_array_remove_index_fast (self->listeners, i);
      else if (record->call == BE_CALL_ACCEPT)
        {
          listener->is_paused = TRUE;
          listener->next_time = 0;
        }
      return;
    }

  if (record->call == BE_CALL_LISTEN && record->result == 0)
    {
      BeStateListener added = {
        .session_id = record->session_id,
        .socket_id = record->socket_id,
        .local = record->local,
        .max_waiting = record->detail,
      };

      g_array_append_val (self->listeners, added);
    }
}

/* What waits in its queue has become more or less. */
static void
stir_listener (BeStateTable        *self,
               const BeEventRecord *record)
{
  gboolean         is_accept = record->side == BE_SIDE_SERVER;
  BeStateListener *listener = find_listener_at (self, is_accept ? &record->local : &record->peer);

  if (listener == NULL)
    return;

  listener->next_time = 0;
  if (is_accept)
    listener->is_paused = FALSE;
}

static void
note_connection (BeStateTable        *self,
                 const BeEventRecord *record,
                 guint32              number)
{
  BeStateConnection *connection = find_end (self, record->side, record->peer_id);

  /* Before it connects a socket is none, whatever is done with it; nor is it one
   * of those that connect, which have no number yet either. */
  if (connection == NULL && number == BE_EVENT_NO_CONNECTION)
    return;
  if (connection == NULL)
    connection = find_number (self, number);
  if (connection == NULL && record->local.family != BE_ADDRESS_NONE && record->peer.family != BE_ADDRESS_NONE)
    connection = add_connection (self, number, record->side, &record->local, &record->peer);
  if (connection == NULL)
    return;

  connection->connection = number;
  be_state_connection_note (connection, record);
  if (record->call == BE_CALL_CONNECT && record->result < 0)
    connection->ends[record->side].is_open = FALSE;
}

/**
 * be_state_table_note:
 * @record: a TCP call that moved no bytes
 * @number: of its connection; for a listener it does not matter
 *
 * Learns from the call which sockets there are.
 */
void
be_state_table_note (BeStateTable        *self,
                     const BeEventRecord *record,
                     guint32              number)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);

  if (record->peer_id == 0)
    {
      note_listener (self, record);
      return;
    }

  note_connection (self, record, number);
  if (record->call == BE_CALL_ACCEPT || record->call == BE_CALL_CONNECT)
    stir_listener (self, record);
}

/**
 * be_state_table_note_connecting:
 *
 * Learns of a client of which no event has told.
 *
 * Returns: whether it is new
 */
gboolean
be_state_table_note_connecting (BeStateTable             *self,
                                const BeConnectingSocket *socket,
                                gint64                    now)
{
  BeStateConnection *connection;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (socket != NULL, FALSE);

  if (find_end (self, BE_SIDE_CLIENT, socket->socket_id) != NULL)
    return FALSE;

  connection = add_connection (self, BE_EVENT_NO_CONNECTION, BE_SIDE_CLIENT, &socket->local, &socket->peer);
  connection->ends[BE_SIDE_CLIENT] = (BeStateEnd){
    .session_id = socket->session_id,
    .peer_id = socket->socket_id,
    .state = BE_SYSTEM_STATE_SYN_SENT,
    .time = now,
    .is_open = TRUE,
    .is_ours = TRUE,
  };
  connection->changed_time = now;

  return TRUE;
}

guint
be_state_table_get_n_connections (BeStateTable *self)
{
  return self->connections->len;
}

/**
 * be_state_table_get_connection:
 * @position: the oldest first
 *
 * Returns: (transfer none): valid until the table is changed, as the others
 */
BeStateConnection *
be_state_table_get_connection (BeStateTable *self,
                               guint         position)
{
  return connection_at (self, position);
}

/**
 * be_state_table_end_connection:
 *
 * The system has nothing of it any more; unlike of one that made room for others.
 */
void
be_state_table_end_connection (BeStateTable *self,
                               guint         position)
{
  const BeStateConnection *connection = connection_at (self, position);

  for (guint side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    if (connection->ends[side].peer_id != 0)
      g_array_append_val (self->ended, connection->ends[side].peer_id);
  g_array_remove_index (self->connections, position);
}

/**
 * be_state_table_has_ended:
 *
 * Returns: whether the connection of this peer has ended since
 *   be_state_table_forget_ended ()
 */
gboolean
be_state_table_has_ended (BeStateTable *self,
                          guint32       peer_id)
{
  for (guint i = 0; i < self->ended->len; i++)
    if (g_array_index (self->ended, guint32, i) == peer_id)
      return TRUE;

  return FALSE;
}

void
be_state_table_forget_ended (BeStateTable *self)
{
  g_array_set_size (self->ended, 0);
}

guint
be_state_table_get_n_listeners (BeStateTable *self)
{
  return self->listeners->len;
}

BeStateListener *
be_state_table_get_listener (BeStateTable *self,
                             guint         position)
{
  return listener_at (self, position);
}

/**
 * be_state_table_find_listener:
 *
 * Returns: (nullable): the listener of ours to which a connection to @address
 *   comes
 */
BeStateListener *
be_state_table_find_listener (BeStateTable    *self,
                              const BeAddress *address)
{
  g_return_val_if_fail (self != NULL && address != NULL, NULL);

  return find_listener_at (self, address);
}

/**
 * be_state_table_find_server:
 *
 * Returns: (nullable): the listener of this session
 */
BeStateListener *
be_state_table_find_server (BeStateTable *self,
                            guint32       session_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->listeners->len; i++)
    if (listener_at (self, i)->session_id == session_id)
      return listener_at (self, i);

  return NULL;
}

/**
 * be_state_table_has_waiting:
 *
 * Returns: whether somebody waits at the listener of ours at @address. Its queue
 *   counts what it has not taken, also when the event that tells of accept () is
 *   still on its way.
 */
gboolean
be_state_table_has_waiting (BeStateTable    *self,
                            const BeAddress *address)
{
  const BeStateListener *listener = be_state_table_find_listener (self, address);

  return listener != NULL && listener->n_waiting > 0;
}

/* Keeps the first @max_numbers in ascending order. */
static guint
insert_number (guint32 *numbers,
               guint    n_numbers,
               guint    max_numbers,
               guint32  number)
{
  guint place = n_numbers;

  while (place > 0 && numbers[place - 1] > number)
    place--;
  if (place == max_numbers)
    return n_numbers;

  n_numbers = MIN (n_numbers + 1, max_numbers);
  for (guint i = n_numbers - 1; i > place; i--)
    numbers[i] = numbers[i - 1];
  numbers[place] = number;

  return n_numbers;
}

/**
 * be_state_table_list_waiting:
 * @session_id: of a listener
 * @connections: (out): room for @max_connections
 *
 * Who waits in its accept queue. The system puts a client there when its
 * handshake is complete, and not when its socket is made: a SYN that found no
 * room is sent again later. A connection gets its number when connect ()
 * returns, so the numbers are in that order.
 *
 * Returns: how many were written
 */
guint
be_state_table_list_waiting (BeStateTable *self,
                             guint32       session_id,
                             guint32      *connections,
                             guint         max_connections)
{
  const BeStateListener *listener = be_state_table_find_server (self, session_id);
  guint                  n_found = 0;

  for (guint i = 0; listener != NULL && i < self->connections->len; i++)
    {
      const BeStateConnection *connection = connection_at (self, i);

      if (connection->ends[BE_SIDE_SERVER].is_waiting &&
          find_listener_at (self, &connection->addresses[BE_SIDE_SERVER]) == listener)
        n_found = insert_number (connections, n_found, max_connections, connection->connection);
    }

  return n_found;
}

/**
 * be_state_table_ask_all:
 *
 * Has the system asked about everything soon.
 */
void
be_state_table_ask_all (BeStateTable *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->listeners->len; i++)
    listener_at (self, i)->next_time = 0;
  for (guint i = 0; i < self->connections->len; i++)
    connection_at (self, i)->next_time = 0;
}
