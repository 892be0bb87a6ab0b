/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which calls have not returned, of the pair of ends that is shown. */

#include "be-pacing-private.h"

#include "be-accept-turn.h"

BeProtocol
be_pacing_get_protocol (BePacing *self)
{
  g_autofree char *name = NULL;

  g_object_get (self->window, "protocol", &name, NULL);

  return g_strcmp0 (name, "udp") == 0 ? BE_PROTOCOL_UDP : BE_PROTOCOL_TCP;
}

/* A Unix-domain socket stands where TCP does. */
static BeProtocol
get_protocol_of (BeSession *session)
{
  BeProtocol protocol = be_endpoint_get_protocol (be_session_get_endpoint (session));

  return protocol == BE_PROTOCOL_UDP ? BE_PROTOCOL_UDP : BE_PROTOCOL_TCP;
}

static gint
compare_since (gconstpointer a,
               gconstpointer b)
{
  const BePendingCall *first = ((const BePendingEntry *) a)->call;
  const BePendingCall *second = ((const BePendingEntry *) b)->call;

  if (first->since != second->since)
    return first->since < second->since ? -1 : 1;

  return first->id < second->id ? -1 : 1;
}

static guint32
find_connection (BePacing            *self,
                 const BePendingCall *call)
{
  BeSocketSummary *summary = NULL;

  if (call->peer_id == 0)
    return BE_EVENT_NO_CONNECTION;

  summary = be_socket_list_find (be_stage_get_sockets (self->stage, call->side), call->peer_id);

  return summary != NULL ? be_socket_summary_get_connection (summary) : BE_EVENT_NO_CONNECTION;
}

/* Without the bar only those that somebody must let go: of reads that wait for
 * that. */
static gboolean
is_shown (BePacing            *self,
          const BePendingCall *call)
{
  return self->is_open || call->state == BE_PENDING_HELD;
}

static void
append (BePacing      *self,
        BePendingCall *call)
{
  BePendingEntry entry = { be_pending_call_ref (call), find_connection (self, call), NULL, FALSE };

  if (call->call == BE_CALL_ACCEPT && call->state == BE_PENDING_HELD && self->next_client == NULL)
    self->next_client = be_accept_turn_dup_letter (self->stage, call);
  g_array_append_val (self->entries, entry);
}

void
be_pacing_collect (BePacing *self)
{
  GPtrArray *sessions = be_stage_get_sessions (self->stage);
  BeProtocol protocol = be_pacing_get_protocol (self);

  g_array_set_size (self->entries, 0);
  g_clear_pointer (&self->next_client, g_free);

  for (guint i = 0; i < sessions->len; i++)
    {
      BeSession *session = g_ptr_array_index (sessions, i);
      GPtrArray *calls = be_session_get_pending_calls (session);

      /* Also of one that has failed: its close () may be held. */
      if (get_protocol_of (session) != protocol)
        continue;

      for (guint j = 0; j < calls->len; j++)
        {
          BePendingCall *call = g_ptr_array_index (calls, j);

          if (is_shown (self, call))
            append (self, call);
        }
    }

  g_array_sort (self->entries, compare_since);
  for (guint i = 0; i < self->entries->len; i++)
    {
      BePendingEntry *entry = &g_array_index (self->entries, BePendingEntry, i);

      entry->next_client = be_pacing_get_next_client (self, entry->call);
      entry->is_next = entry->call == be_pacing_get_next (self);
    }
}

static BePendingCall *
find_held (BePacing          *self,
           BePendingReadiness readiness)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      BePendingCall *call = g_array_index (self->entries, BePendingEntry, i).call;

      if (call->state == BE_PENDING_HELD && call->readiness == readiness)
        return call;
    }

  return NULL;
}

/**
 * be_pacing_get_next:
 *
 * Returns: (nullable): the call that has been held longest of those that would
 *   not wait; when there is none, of the others, but for those behind another
 */
BePendingCall *
be_pacing_get_next (BePacing *self)
{
  BePendingCall *ready = NULL;

  g_return_val_if_fail (BE_IS_PACING (self), NULL);

  ready = find_held (self, BE_PENDING_READY);

  return ready != NULL ? ready : find_held (self, BE_PENDING_WOULD_WAIT);
}

/**
 * be_pacing_get_waiting:
 *
 * Returns: (nullable): of the sides that are held, the call that has been
 *   waiting longest: what the others wait for is nobody's business here
 */
BePendingCall *
be_pacing_get_waiting (BePacing *self)
{
  g_return_val_if_fail (BE_IS_PACING (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      BePendingCall *call = g_array_index (self->entries, BePendingEntry, i).call;

      if (call->state == BE_PENDING_WAITING && self->holds[call->side])
        return call;
    }

  return NULL;
}

/**
 * be_pacing_is_active:
 *
 * Returns: whether an end of @side, of the pair that is shown, is there to make
 *   calls
 */
gboolean
be_pacing_is_active (BePacing *self,
                     BeSide    side)
{
  g_return_val_if_fail (BE_IS_PACING (self), FALSE);

  return be_stage_get_n_active (self->stage, be_pacing_get_protocol (self), side) > 0;
}

/**
 * be_pacing_get_next_client:
 *
 * Returns: (nullable): for an accept (), the letter of the client in whose
 *   turn it is, among those of this window
 */
const char *
be_pacing_get_next_client (BePacing            *self,
                           const BePendingCall *call)
{
  g_return_val_if_fail (BE_IS_PACING (self), NULL);

  return call->call == BE_CALL_ACCEPT && call->state == BE_PENDING_HELD ? self->next_client : NULL;
}
