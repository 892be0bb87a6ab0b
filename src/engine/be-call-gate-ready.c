/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the held calls comes next: one that would wait lets those go first
 * that would not. The system says which read would: it is asked when the read
 * comes to be held, and then the poller looks. */

#include "be-call-gate-private.h"
#include "be-socket.h"

/* Of how many sockets the system is asked one by one when all of them come to be
 * held: each takes a call. */
#define MAX_ASKED 64u

/* A call behind another of its socket waits until that has returned. */
static gboolean
is_next_of_socket (const BeGateEntry *entry)
{
  return entry->socket->read == entry || entry->socket->calls.head->data == entry;
}

/* Asks the system, now, whether a held read would return. When not, or when too
 * many are to be asked for at once, the poller looks for that from then on. */
gboolean
be_call_gate_ask (BeCallGate        *self,
                  const BeGateEntry *entry)
{
  if (entry->state != BE_PENDING_HELD || !be_call_gate_is_read (entry->call.call))
    return FALSE;
  if (self->is_renewing && ++self->n_asked > MAX_ASKED)
    return FALSE;

  return be_socket_is_readable (entry->call.socket);
}

/* Whether it would not wait, when its turn has come: of a read the system has
 * said so; what the others do is done at once, or begun. */
gboolean
be_call_gate_is_ready (const BeGateEntry *entry)
{
  return entry->is_ready || !be_call_gate_is_read (entry->call.call);
}

BePendingReadiness
be_call_gate_get_readiness (const BeGateEntry *entry)
{
  if (entry->state != BE_PENDING_HELD || !is_next_of_socket (entry))
    return BE_PENDING_BEHIND;

  return be_call_gate_is_ready (entry) ? BE_PENDING_READY : BE_PENDING_WOULD_WAIT;
}

/* The oldest of a queue that can be made. Those left out are behind a send that
 * waits for room. */
static BeGateEntry *
find_first (const GQueue *queue)
{
  for (GList *link = queue->head; link != NULL; link = link->next)
    if (is_next_of_socket (link->data))
      return link->data;

  return NULL;
}

/* Of the reads that are made when their time has come. */
static BeGateEntry *
find_timed (BeCallGate *self,
            gboolean    is_ready)
{
  GSequenceIter *iter = g_sequence_get_begin_iter (self->timed);

  for (; !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    if (be_call_gate_is_ready (g_sequence_get (iter)) == is_ready)
      return g_sequence_get (iter);

  return NULL;
}

static BeGateEntry *
get_older (BeGateEntry *a,
           BeGateEntry *b)
{
  if (a == NULL || b == NULL)
    return a == NULL ? b : a;

  return a->id < b->id ? a : b;
}

/* Returns what the clock makes next, or NULL. */
BeGateEntry *
be_call_gate_find_paced (BeCallGate *self)
{
  BeGateEntry *entry = find_first (&self->held[TRUE]);

  return entry != NULL ? entry : find_first (&self->held[FALSE]);
}

/* Returns what a step makes that names no call, or NULL. */
BeGateEntry *
be_call_gate_find_next (BeCallGate *self)
{
  BeGateEntry *entry = NULL;

  for (int is_ready = TRUE; is_ready >= FALSE && entry == NULL; is_ready--)
    entry = get_older (get_older (find_first (&self->held[is_ready]), find_first (&self->on_request[is_ready])),
                       find_timed (self, is_ready));

  return entry;
}

BeGateEntry *
be_call_gate_find_first_of_socket (BeGateEntry *entry)
{
  return is_next_of_socket (entry) ? entry : entry->socket->calls.head->data;
}

/**
 * be_call_gate_note_ready:
 *
 * For workers: the poller says that a read of the socket would return, or that
 * the system does not watch it. Only asked for by be_call_gate_want ().
 *
 * Returns: whether that read is held: it is not to be made now
 */
gboolean
be_call_gate_note_ready (BeCallGate *self,
                         guint32     socket_id)
{
  const BeGateSocket *socket = be_call_gate_find_socket (self, socket_id);
  BeGateEntry        *entry = socket != NULL ? socket->read : NULL;

  if (entry == NULL || entry->state != BE_PENDING_HELD)
    return FALSE;

  if (!entry->is_ready)
    {
      be_call_gate_unplace (self, entry);
      entry->is_ready = TRUE;
      be_call_gate_place (self, entry);
      be_call_gate_note_change (self);
    }

  return TRUE;
}

/**
 * be_call_gate_note_taken:
 *
 * For workers: another call of the socket may have taken what its read would
 * have returned: the system is asked again.
 */
void
be_call_gate_note_taken (BeCallGate *self,
                         guint32     socket_id)
{
  const BeGateSocket *socket = be_call_gate_find_socket (self, socket_id);
  BeGateEntry        *entry = socket != NULL ? socket->read : NULL;

  if (entry == NULL || !entry->is_ready || be_call_gate_ask (self, entry))
    return;

  be_call_gate_unplace (self, entry);
  entry->is_ready = FALSE;
  be_call_gate_place (self, entry);
  be_call_gate_note_change (self);
}

/**
 * be_call_gate_begin_renewal:
 *
 * All sockets of the worker may say anew what they want, until
 * be_call_gate_end_renewal (). Of a few the system is asked one by one.
 */
void
be_call_gate_begin_renewal (BeCallGate *self)
{
  self->is_renewing = TRUE;
  self->n_asked = 0;
}

/**
 * be_call_gate_end_renewal:
 *
 * Of a crowd the poller knows at one look what would return, as far as one look
 * goes (hundreds); the others it tells in the next turns. It calls whoever is
 * ready, so nothing may be half changed now.
 */
void
be_call_gate_end_renewal (BeCallGate *self)
{
  BePoller *poller = be_network_thread_get_poller (self->worker->network);

  self->is_renewing = FALSE;
  if (self->n_asked <= MAX_ASKED)
    return;

  be_poller_wait (poller, 0);
  /* It may have been woken for a command that has not been run yet. */
  be_poller_wake (poller);
}
