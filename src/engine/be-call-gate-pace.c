/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* When the held calls are made, and how the other thread learns of them. */

#include "be-call-gate-private.h"

/* As often as events. */
#define TELL_INTERVAL_MICROSECONDS (16 * 1000)

static gboolean
is_plain (const BeGateReading *reading)
{
  return reading->reading == BE_READING_AT_ONCE && reading->recv_size == 0;
}

static BeGateEntry *
find_first_due (BeCallGate *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->timed);

  return g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);
}

/* Timers */

static gint64
get_pace_due (BeCallGate *self)
{
  BeGateEntry *entry = self->pace == BE_PACE_TIMED ? be_call_gate_find_paced (self) : NULL;

  return entry != NULL ? MAX (entry->since, self->last_made) + self->interval : G_MAXINT64;
}

static gint64
get_reading_due (BeCallGate *self)
{
  BeGateEntry *entry = find_first_due (self);

  return entry != NULL ? entry->due : G_MAXINT64;
}

static void
timer_cb (gpointer data)
{
  BeCallGate *self = data;
  gint64      now = g_get_monotonic_time ();

  if (get_reading_due (self) <= now)
    be_call_gate_make (self, find_first_due (self));
  else if (get_pace_due (self) <= now)
    {
      self->last_made = now;
      be_call_gate_make (self, be_call_gate_find_paced (self));
    }
  be_call_gate_arm (self);
}

/* Nothing to be made by the clock, no clock. */
void
be_call_gate_arm (BeCallGate *self)
{
  BeDeadlines *deadlines = be_network_thread_get_deadlines (self->worker->network);
  gint64       due = MIN (get_pace_due (self), get_reading_due (self));

  if (due == G_MAXINT64)
    be_deadlines_cancel (deadlines, &self->timer);
  else if (due != self->timer.time)
    be_deadlines_set (deadlines, &self->timer, due, timer_cb, self);
}

/* Telling */

static BePendingCall *
get_told (BeCallGate  *self,
          BeGateEntry *entry)
{
  BePendingReadiness readiness = be_call_gate_get_readiness (entry);

  /* What it is behind may have returned meanwhile. */
  if (entry->told != NULL && entry->told->readiness != readiness)
    g_clear_pointer (&entry->told, be_pending_call_unref);

  if (entry->told == NULL)
    {
      const BePendingCall values = {
        .id = entry->id,
        .state = entry->state,
        .readiness = readiness,
        .call = entry->call.call,
        .session_id = self->worker->session_id,
        .socket_id = entry->call.socket_id,
        .peer_id = entry->call.peer_id,
        .argument = entry->call.argument,
        .since = entry->since,
        .flags = entry->call.flags,
        .protocol = (guint8) self->worker->protocol,
        .side = (guint8) self->worker->side,
        .local = entry->call.local,
        .peer = entry->call.peer,
        .bytes = entry->call.bytes,
      };

      entry->told = be_pending_call_new (&values);
    }

  return be_pending_call_ref (entry->told);
}

static int
compare_told (gconstpointer a,
              gconstpointer b)
{
  const BePendingCall *first = *(BePendingCall *const *) a;
  const BePendingCall *second = *(BePendingCall *const *) b;

  return first->id < second->id ? -1 : first->id > second->id;
}

/* Those that a step makes first, and of them the oldest. */
static int
compare_turns (gconstpointer a,
               gconstpointer b)
{
  int first = (int) (*(BePendingCall *const *) a)->readiness;
  int second = (int) (*(BePendingCall *const *) b)->readiness;

  return first != second ? second - first : compare_told (a, b);
}

/* As many as there is room for, of those that are behind another of their socket,
 * or of those that are not. */
static void
add_told (BeCallGate   *self,
          GPtrArray    *calls,
          const GQueue *queue,
          gboolean      is_behind,
          guint         limit)
{
  for (GList *link = queue->head; link != NULL && calls->len < limit; link = link->next)
    if ((be_call_gate_get_readiness (link->data) == BE_PENDING_BEHIND) == is_behind)
      g_ptr_array_add (calls, get_told (self, link->data));
}

static void
add_timed (BeCallGate *self,
           GPtrArray  *calls,
           gboolean    is_ready,
           guint       limit)
{
  GSequenceIter *iter = g_sequence_get_begin_iter (self->timed);

  for (; calls->len < limit && !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    if (be_call_gate_is_ready (g_sequence_get (iter)) == is_ready)
      g_ptr_array_add (calls, get_told (self, g_sequence_get (iter)));
}

/* The held calls that can be made are told first, the next before the others;
 * then those that wait, and what is behind them. */
static GPtrArray *
list_told (BeCallGate *self)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) be_pending_call_unref);

  for (guint is_ready = 0; is_ready < 2; is_ready++)
    {
      add_told (self, calls, &self->held[is_ready], FALSE, calls->len + BE_CALL_GATE_MAX_TOLD);
      add_told (self, calls, &self->on_request[is_ready], FALSE, calls->len + BE_CALL_GATE_MAX_TOLD);
      add_timed (self, calls, is_ready == 1, calls->len + BE_CALL_GATE_MAX_TOLD);
    }
  g_ptr_array_sort (calls, compare_turns);
  if (calls->len > BE_CALL_GATE_MAX_TOLD)
    g_ptr_array_set_size (calls, BE_CALL_GATE_MAX_TOLD);

  add_told (self, calls, &self->waiting, TRUE, BE_CALL_GATE_MAX_TOLD);
  add_told (self, calls, &self->held[TRUE], TRUE, BE_CALL_GATE_MAX_TOLD); /* no read is behind another */
  g_ptr_array_sort (calls, compare_told);

  return calls;
}

void
be_call_gate_tell (BeCallGate *self)
{
  self->last_told = g_get_monotonic_time ();
  be_network_thread_tell_pending (self->worker->network, self->worker->session_id,
                                  list_told (self));
}

/* Nobody uses the gate while a deadline runs: it may end here. */
static void
tell_cb (gpointer data)
{
  BeCallGate *self = data;

  if (be_call_gate_is_needed (self))
    be_call_gate_tell (self);
  else
    be_worker_clear_gate (self->worker);
}

/* At the end of the turn, after the events of the calls that were made in it. */
void
be_call_gate_note_change (BeCallGate *self)
{
  BeDeadlines *deadlines = be_network_thread_get_deadlines (self->worker->network);

  be_call_gate_arm (self);
  if (self->tell.time == 0)
    be_deadlines_set (deadlines, &self->tell,
                      MAX (g_get_monotonic_time (), self->last_told + TELL_INTERVAL_MICROSECONDS),
                      tell_cb, self);
}

/* What is asked */

static int
compare_ids (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  const BeGateEntry *first = a;
  const BeGateEntry *second = b;

  return first->id < second->id ? -1 : first->id > second->id;
}

static void
move_to_leaving (BeCallGate  *self,
                 BeGateEntry *entry)
{
  be_call_gate_unplace (self, entry);
  entry->queue = &self->leaving;
  g_queue_push_tail_link (&self->leaving, &entry->link);
}

/* A read that waits because nothing held it has not been made: only the poller
 * was asked. */
static void
hold_unasked (BeCallGate *self)
{
  GList *next;

  for (GList *link = self->waiting.head; link != NULL; link = next)
    {
      BeGateEntry *entry = link->data;

      next = link->next;
      if (!entry->is_unasked || !be_call_gate_holds (self, entry->socket, entry->call.call))
        continue;

      be_call_gate_unplace (self, entry);
      entry->state = BE_PENDING_HELD;
      entry->is_unasked = FALSE;
      be_call_gate_renew (self, entry);
      move_to_leaving (self, entry);
    }
}

/* After the rules have changed: what is held still stands where it belongs, and
 * the rest is made, in the order in which it came. */
static void
settle (BeCallGate *self)
{
  BeGateEntry *entry;
  GList       *next;

  hold_unasked (self);
  for (guint is_ready = 0; is_ready < 2; is_ready++)
    {
      while (self->held[is_ready].length > 0)
        move_to_leaving (self, self->held[is_ready].head->data);
      while (self->on_request[is_ready].length > 0)
        move_to_leaving (self, self->on_request[is_ready].head->data);
    }
  while ((entry = find_first_due (self)) != NULL)
    move_to_leaving (self, entry);
  g_queue_sort (&self->leaving, compare_ids, NULL);

  for (GList *link = self->leaving.head; link != NULL; link = next)
    {
      entry = link->data;
      next = link->next;
      if (!be_call_gate_holds (self, entry->socket, entry->call.call))
        continue;

      be_call_gate_unplace (self, entry);
      be_call_gate_place (self, entry);
    }

  while (self->leaving.length > 0)
    be_call_gate_make (self, self->leaving.head->data);
  be_call_gate_note_change (self);
}

/**
 * be_call_gate_set_pace:
 * @interval_ms: of %BE_PACE_TIMED
 */
void
be_call_gate_set_pace (BeCallGate *self,
                       BePace      pace,
                       guint       interval_ms)
{
  g_return_if_fail (self != NULL);

  self->pace = pace;
  self->interval = MAX (interval_ms, 1) * G_GINT64_CONSTANT (1000);
  self->last_made = g_get_monotonic_time ();
  settle (self);
}

static void
clear_own_readings (BeCallGate *self)
{
  GHashTableIter iter;
  gpointer       socket;

  g_hash_table_iter_init (&iter, self->sockets);
  while (g_hash_table_iter_next (&iter, NULL, &socket))
    {
      BeGateSocket *known = socket;

      known->has_reading = FALSE;
      if (known->read == NULL && known->calls.length == 0)
        g_hash_table_iter_remove (&iter);
    }
  self->n_readings = 0;
}

static void
set_own_reading (BeCallGate          *self,
                 BeGateSocket        *socket,
                 const BeGateReading *wanted)
{
  gboolean had_reading = socket->has_reading;

  /* What all do needs no rule of its own. */
  socket->has_reading = !is_plain (wanted) || !is_plain (&self->reading);
  socket->reading = *wanted;
  self->n_readings += (guint) socket->has_reading - (guint) had_reading;
  be_call_gate_leave_socket (self, socket);
}

/**
 * be_call_gate_set_reading:
 * @socket_id: 0: all, and those to come
 * @interval_ms: of %BE_READING_TIMED
 * @recv_size: 0: the whole buffer
 */
void
be_call_gate_set_reading (BeCallGate *self,
                          guint32     socket_id,
                          BeReading   reading,
                          guint       interval_ms,
                          guint       recv_size)
{
  const BeGateReading wanted = {
    .reading = reading,
    .interval = MAX (interval_ms, 1) * G_GINT64_CONSTANT (1000),
    .recv_size = recv_size,
  };

  g_return_if_fail (self != NULL);

  if (socket_id == 0)
    {
      clear_own_readings (self);
      self->reading = wanted;
    }
  else
    set_own_reading (self, be_call_gate_get_socket (self, socket_id), &wanted);
  settle (self);
}

/**
 * be_call_gate_is_needed:
 *
 * Returns: whether anything is to be held, told or read in a way of its own
 */
gboolean
be_call_gate_is_needed (BeCallGate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->pace != BE_PACE_FREE || !is_plain (&self->reading) || self->n_readings > 0;
}

/**
 * be_call_gate_step:
 * @pending_id: 0: the call held longest of those that would not wait; when there
 *   is none, of the others
 *
 * Makes one held call. The calls of one socket keep their order: for one that
 * is behind others the first of them is made. Nothing for a call that is not
 * held any more.
 */
void
be_call_gate_step (BeCallGate *self,
                   guint64     pending_id)
{
  BeGateEntry *entry;

  g_return_if_fail (self != NULL);

  if (pending_id == 0)
    entry = be_call_gate_find_next (self);
  else
    entry = g_hash_table_lookup (self->by_id, &pending_id);

  if (entry != NULL)
    entry = be_call_gate_find_first_of_socket (entry);
  if (entry == NULL || entry->state != BE_PENDING_HELD)
    return;

  self->last_made = g_get_monotonic_time ();
  be_call_gate_make (self, entry);
}
