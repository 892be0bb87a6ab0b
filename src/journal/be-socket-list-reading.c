/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-list-private.h"

#include "be-udp-server.h"

/* What the events say of the sockets of a side: which there are, and which of
 * them are open. */

static gboolean
is_first_of_peer (const BeEventRecord *record)
{
  if (record->peer_id == 0)
    return FALSE;

  if (record->side == BE_SIDE_CLIENT)
    return record->call == BE_CALL_CONNECT;

  return record->call == BE_CALL_ACCEPT ||
         record->call == BE_CALL_RECVFROM ||
         record->call == BE_CALL_SENDTO;
}

static void
mark_changed (BeSocketList    *self,
              BeSocketSummary *socket,
              gboolean         was_open)
{
  gboolean is_open = be_socket_summary_is_open (socket);

  if (be_socket_summary_begin_change (socket))
    g_ptr_array_add (self->changed, g_object_ref (socket));

  if (was_open && !is_open)
    self->n_open--;
  else if (!was_open && is_open)
    self->n_open++;

  if (!is_open && be_socket_summary_get_closing (socket) == 0)
    be_socket_summary_set_closing (socket, ++self->n_closings);
}

static void
apply (BeSocketList        *self,
       BeSocketSummary     *socket,
       const BeEventRecord *record)
{
  gboolean was_open = be_socket_summary_is_open (socket);
  gboolean had_ended_sending = be_socket_summary_has_ended_sending (socket);

  be_socket_summary_apply (socket, record);
  if (!had_ended_sending && be_socket_summary_has_ended_sending (socket))
    self->n_ended_sending++;
  mark_changed (self, socket, was_open);
}

static void
forget_peer (BeSocketList *self,
             guint32       peer_id)
{
  BeSocketSummary *socket = be_socket_list_find (self, peer_id);

  if (socket == NULL || !be_socket_summary_is_open (socket))
    return;

  be_socket_summary_forget (socket);
  mark_changed (self, socket, TRUE);
}

/* The event that told of a forgotten peer may be among those that were left
 * out: then the one known longest goes. */
static void
keep_bound_of_peers (BeSocketList *self,
                     guint32       socket_id)
{
  BeSocketSummary *oldest = NULL;
  guint            n_peers = 0;

  if (self->n_open < BE_UDP_SERVER_MAX_PEERS)
    return;

  for (guint i = 0; i < self->sockets->len; i++)
    {
      BeSocketSummary *socket = g_ptr_array_index (self->sockets, i);

      if (!be_socket_summary_is_open (socket) ||
          be_socket_summary_get_socket_id (socket) != socket_id)
        continue;

      oldest = oldest != NULL ? oldest : socket;
      n_peers++;
    }

  if (n_peers >= BE_UDP_SERVER_MAX_PEERS)
    forget_peer (self, be_socket_summary_get_peer_id (oldest));
}

static void
add (BeSocketList        *self,
     const BeEventRecord *record,
     guint32              connection)
{
  BeSocketSummary *socket = be_socket_summary_new (record, connection);

  if (record->protocol == BE_PROTOCOL_UDP && record->side == BE_SIDE_SERVER)
    keep_bound_of_peers (self, record->socket_id);

  g_ptr_array_add (self->sockets, socket);
  g_hash_table_insert (self->by_peer, GUINT_TO_POINTER (record->peer_id), socket);
  mark_changed (self, socket, FALSE);
}

/* A UDP server closes one socket, and all its peers are gone with it. */
static void
close_peers_of_port (BeSocketList        *self,
                     const BeEventRecord *record)
{
  guint i;

  for (i = 0; i < self->sockets->len; i++)
    {
      BeSocketSummary *socket = g_ptr_array_index (self->sockets, i);

      if (be_socket_summary_is_open (socket) &&
          be_socket_summary_get_socket_id (socket) == record->socket_id)
        apply (self, socket, record);
    }
}

/* Takes over what one event says; be-socket-list.c tells of it. */
void
be_socket_list_read (BeSocketList        *self,
                     const BeEventRecord *record)
{
  BeSocketSummary *socket;

  if (!be_pairing_has_seen (self->pairing, record))
    be_pairing_assign (self->pairing, record);
  if (record->side != self->side)
    return;

  /* Nearly all events are bytes of the socket of the event before. */
  if (self->last != NULL && self->last_peer_id == record->peer_id && be_event_record_is_data (record) &&
      (record->flags & BE_EVENT_LIMIT) == 0)
    {
      be_socket_summary_apply (self->last, record);
      mark_changed (self, self->last, be_socket_summary_is_open (self->last));
      return;
    }

  if (record->call == BE_CALL_RECVFROM && (record->flags & BE_EVENT_LIMIT))
    forget_peer (self, record->detail);

  if (record->call == BE_CALL_CLOSE && record->peer_id == 0 && record->protocol == BE_PROTOCOL_UDP)
    close_peers_of_port (self, record);

  socket = be_socket_list_find (self, record->peer_id);
  self->last = socket;
  self->last_peer_id = record->peer_id;
  if (socket != NULL)
    apply (self, socket, record);
  else if (is_first_of_peer (record))
    add (self, record, be_pairing_assign (self->pairing, record));
}
