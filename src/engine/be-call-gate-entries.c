/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the gate knows of each socket: which calls it has, and where they stand. */

#include "be-call-gate-private.h"

#include <stdatomic.h>

/* More than one network thread may be there. */
static _Atomic (guint64) last_id;

static guint64
next_id (void)
{
  return atomic_fetch_add_explicit (&last_id, 1, memory_order_relaxed) + 1;
}

/* Sockets */

BeGateSocket *
be_call_gate_get_socket (BeCallGate *self,
                         guint32     socket_id)
{
  BeGateSocket *socket = g_hash_table_lookup (self->sockets, GUINT_TO_POINTER (socket_id));

  if (socket != NULL)
    return socket;

  socket = g_new0 (BeGateSocket, 1);
  socket->socket_id = socket_id;
  g_queue_init (&socket->calls);
  g_hash_table_insert (self->sockets, GUINT_TO_POINTER (socket_id), socket);

  return socket;
}

BeGateSocket *
be_call_gate_find_socket (BeCallGate *self,
                          guint32     socket_id)
{
  return g_hash_table_lookup (self->sockets, GUINT_TO_POINTER (socket_id));
}

/* Frees what is known of it when that is nothing any more. */
void
be_call_gate_leave_socket (BeCallGate   *self,
                           BeGateSocket *socket)
{
  if (socket->read == NULL && socket->calls.length == 0 && !socket->has_reading)
    g_hash_table_remove (self->sockets, GUINT_TO_POINTER (socket->socket_id));
}

const BeGateReading *
be_call_gate_get_reading (BeCallGate         *self,
                          const BeGateSocket *socket)
{
  return socket != NULL && socket->has_reading ? &socket->reading : &self->reading;
}

gboolean
be_call_gate_holds (BeCallGate   *self,
                    BeGateSocket *socket,
                    BeCall        call)
{
  if (self->pace == BE_PACE_STEPS || self->pace == BE_PACE_TIMED)
    return TRUE;

  return be_call_is_reading (call) && be_call_gate_get_reading (self, socket)->reading != BE_READING_AT_ONCE;
}

/* Entries */

static int
compare_due (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  const BeGateEntry *first = a;
  const BeGateEntry *second = b;

  if (first->due != second->due)
    return first->due < second->due ? -1 : 1;

  return first->id < second->id ? -1 : first->id > second->id;
}

static GQueue *
choose_queue (BeCallGate  *self,
              BeGateEntry *entry)
{
  gboolean is_reading = be_call_is_reading (entry->call.call);

  if (entry->state == BE_PENDING_WAITING)
    return &self->waiting;
  if (is_reading && be_call_gate_get_reading (self, entry->socket)->reading == BE_READING_ON_REQUEST)
    return &self->on_request[be_call_gate_is_ready (entry)];
  if (self->pace == BE_PACE_STEPS || self->pace == BE_PACE_TIMED)
    return &self->held[be_call_gate_is_ready (entry)];

  return NULL;
}

/* Almost always at the end, or near it. */
static void
insert_by_age (GQueue      *queue,
               BeGateEntry *entry)
{
  GList *older = queue->tail;

  while (older != NULL && ((BeGateEntry *) older->data)->id > entry->id)
    older = older->prev;

  if (older == NULL)
    g_queue_push_head_link (queue, &entry->link);
  else
    g_queue_insert_after_link (queue, older, &entry->link);
}

/* Puts it where its state and the rules want it. */
void
be_call_gate_place (BeCallGate  *self,
                    BeGateEntry *entry)
{
  entry->queue = choose_queue (self, entry);
  if (entry->queue == NULL)
    {
      entry->due = entry->since + be_call_gate_get_reading (self, entry->socket)->interval;
      entry->timed = g_sequence_insert_sorted (self->timed, entry, compare_due, NULL);
    }
  else if (entry->state == BE_PENDING_HELD)
    insert_by_age (entry->queue, entry);
  else if (!be_call_is_reading (entry->call.call))
    g_queue_push_head_link (entry->queue, &entry->link); /* told first: there are few */
  else
    g_queue_push_tail_link (entry->queue, &entry->link);
}

void
be_call_gate_unplace (BeCallGate  *self,
                      BeGateEntry *entry)
{
  if (entry->queue != NULL)
    g_queue_unlink (entry->queue, &entry->link);
  g_clear_pointer (&entry->timed, g_sequence_remove);
  entry->queue = NULL;
}

/* It is another call from now on. The system is asked at once of a held read: the
 * poller would say it a turn later, and it would be told as one that waits. */
void
be_call_gate_renew (BeCallGate  *self,
                    BeGateEntry *entry)
{
  if (entry->id != 0)
    g_hash_table_remove (self->by_id, &entry->id);
  entry->id = next_id ();
  entry->since = g_get_monotonic_time ();
  entry->is_ready = be_call_gate_ask (self, entry);
  g_hash_table_insert (self->by_id, &entry->id, entry);
  g_clear_pointer (&entry->told, be_pending_call_unref);
}

BeGateEntry *
be_call_gate_add (BeCallGate        *self,
                  BeGateSocket      *socket,
                  const BeGatedCall *call,
                  BePendingState     state)
{
  BeGateEntry *entry = g_new0 (BeGateEntry, 1);

  entry->state = state;
  entry->call = *call;
  entry->socket = socket;
  entry->link.data = entry;
  entry->socket_link.data = entry;
  if (call->bytes != NULL)
    g_bytes_ref (call->bytes);

  if (be_call_gate_is_read (call->call))
    socket->read = entry;
  else
    g_queue_push_tail_link (&socket->calls, &entry->socket_link);
  if (call->flags & BE_EVENT_REPLY)
    socket->n_replies++;
  if (call->bytes != NULL && state == BE_PENDING_HELD)
    socket->held_bytes += g_bytes_get_size (call->bytes);

  be_call_gate_renew (self, entry);
  be_call_gate_place (self, entry);
  be_call_gate_note_change (self);

  return entry;
}

void
be_call_gate_remove (BeCallGate  *self,
                     BeGateEntry *entry)
{
  BeGateSocket *socket = entry->socket;

  be_call_gate_unplace (self, entry);
  if (socket->read == entry)
    socket->read = NULL;
  else
    g_queue_unlink (&socket->calls, &entry->socket_link);
  if (entry->call.flags & BE_EVENT_REPLY)
    socket->n_replies--;
  if (entry->call.bytes != NULL && entry->state == BE_PENDING_HELD)
    socket->held_bytes -= g_bytes_get_size (entry->call.bytes);

  g_hash_table_remove (self->by_id, &entry->id);
  g_clear_pointer (&entry->told, be_pending_call_unref);
  g_clear_pointer (&entry->call.bytes, g_bytes_unref);
  g_free (entry);
  be_call_gate_note_change (self);
}

/**
 * be_call_gate_make:
 *
 * Makes a held call. One that can wait does so until
 * be_call_gate_note_returned (), the others have returned when this does. The
 * socket may be closed then.
 */
void
be_call_gate_make (BeCallGate  *self,
                   BeGateEntry *entry)
{
  BeGatedCall              call = entry->call;
  BeGateFunc               func = entry->func;
  gpointer                 owner = entry->owner;
  g_autoptr (GBytes) bytes G_GNUC_UNUSED = call.bytes != NULL ? g_bytes_ref (call.bytes) : NULL;

  be_call_gate_unplace (self, entry);
  if (be_call_gate_is_read (call.call) || be_call_is_sending (call.call) || call.call == BE_CALL_CONNECT)
    {
      if (call.bytes != NULL)
        entry->socket->held_bytes -= g_bytes_get_size (call.bytes);
      entry->state = BE_PENDING_WAITING;
      entry->is_unasked = FALSE;
      entry->is_ready = FALSE;
      entry->since = g_get_monotonic_time ();
      g_clear_pointer (&entry->told, be_pending_call_unref);
      be_call_gate_place (self, entry);
      be_call_gate_note_change (self);
    }
  else
    {
      BeGateSocket *socket = entry->socket;

      be_call_gate_remove (self, entry);
      be_call_gate_leave_socket (self, socket);
    }

  func (owner, &call);
}
