/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stage-private.h"

/* Many events are taken in pieces that are done in a fraction of a millisecond:
 * on a busy computer that is how long a message waits for the processor. */
#define BATCH_BYTES (64u * 1024)

G_DEFINE_FINAL_TYPE (BeStage, be_stage, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_SESSION_STARTING,
} BeStageSignal;

static guint signals[SIGNAL_SESSION_STARTING + 1];

/* A Unix-domain socket is a stream: it stands where TCP does. */
BeProtocol
be_stage_shown_as (BeProtocol protocol)
{
  return protocol == BE_PROTOCOL_UDP ? BE_PROTOCOL_UDP : BE_PROTOCOL_TCP;
}

BeProtocol
be_stage_protocol_of (BeSession *session)
{
  return be_stage_shown_as (be_endpoint_get_protocol (be_session_get_endpoint (session)));
}

static gboolean
is_current (BeStage   *self,
            BeSession *session)
{
  return self->current[be_stage_protocol_of (session)][be_session_get_side (session)] == session;
}

static void
forget_ended_sessions (BeStage *self)
{
  for (guint i = self->sessions->len; i > 0; i--)
    {
      BeSession *session = g_ptr_array_index (self->sessions, i - 1);
      gboolean   has_ended = be_session_get_state (session) >= BE_SESSION_ENDED &&
                           be_session_get_pending_calls (session)->len == 0;

      if (has_ended && !is_current (self, session))
        g_ptr_array_remove_index (self->sessions, i - 1);
    }
}

/* What ends a server, or keeps it from listening: not that one of its clients broke
 * off, nor that it could not accept one more. */
static gboolean
can_end_session (const BeEventRecord *record)
{
  return record->side == BE_SIDE_CLIENT || (record->peer_id == 0 && record->call != BE_CALL_ACCEPT);
}

/* A refusal is over when the same session does something that works; what a
 * person closed did not fail. */
static gboolean
note_outcome (BeStage             *self,
              const BeEventRecord *record)
{
  BeProtocol protocol = be_stage_shown_as (record->protocol);
  BeSide     side = record->side;
  BeSession *session = self->current[protocol][side];
  gboolean   had_failure = self->has_failure[protocol][side];

  /* An option that was refused ends nothing. */
  if (record->call == BE_CALL_SETSOCKOPT || (!had_failure && be_event_record_is_data (record)))
    return FALSE;

  if (session == NULL || be_session_get_id (session) != record->session_id)
    return FALSE;

  if (be_event_record_is_failure (record) && can_end_session (record))
    {
      self->failure[protocol][side] = *record;
      self->has_failure[protocol][side] = (record->flags & BE_EVENT_CANCELLED) == 0;
      return TRUE;
    }

  if (record->call != BE_CALL_CLOSE || (record->flags & BE_EVENT_ON_REQUEST) != 0)
    self->has_failure[protocol][side] = FALSE;

  return had_failure != self->has_failure[protocol][side];
}

/* A session's own socket: the one it listens on, or talks with. A name that
 * has several addresses is tried with one after another. */
static gboolean
note_socket (BeStage             *self,
             const BeEventRecord *record)
{
  BeProtocol protocol = be_stage_shown_as (record->protocol);
  BeSession *session = self->current[protocol][record->side];

  if (record->call != BE_CALL_SOCKET || record->result == -1 ||
      session == NULL || be_session_get_id (session) != record->session_id)
    return FALSE;

  self->socket_ids[protocol][record->side] = record->socket_id;

  return TRUE;
}

static void
events_cb (BeStage            *self,
           const BeEventBatch *batch)
{
  const BeEventRecord *record = NULL;
  gboolean             has_changed = FALSE;

  for (record = be_event_batch_first (batch); record != NULL; record = be_event_batch_next (batch, record))
    {
      gboolean is_news = note_socket (self, record);

      if (note_outcome (self, record) || is_news)
        has_changed = TRUE;
    }

  if (has_changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
be_stage_note_changed (BeStage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
state_changed_cb (BeStage *self)
{
  forget_ended_sessions (self);
  be_stage_note_changed (self);
}

/* What has not begun yet says whether it is held before its first call. */
static void
pending_changed_cb (BeStage   *self,
                    BeSession *session)
{
  if (is_current (self, session) && be_session_get_state (session) == BE_SESSION_STARTING)
    be_stage_note_changed (self);
  forget_ended_sessions (self);
}

void
be_stage_begin (BeStage   *self,
                BeSession *session)
{
  BeProtocol protocol = be_stage_protocol_of (session);
  BeSide     side = be_session_get_side (session);

  g_ptr_array_add (self->sessions, g_object_ref (session));
  g_hash_table_insert (self->protocols,
                       GUINT_TO_POINTER (be_session_get_id (session)),
                       GINT_TO_POINTER (protocol));

  self->current[protocol][side] = session;
  self->has_failure[protocol][side] = FALSE;
  self->socket_ids[protocol][side] = 0;
  forget_ended_sessions (self);

  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "pending-calls-changed", G_CALLBACK (pending_changed_cb), self, G_CONNECT_SWAPPED);
  be_stage_begin_reading (self, session);
  g_signal_emit (self, signals[SIGNAL_SESSION_STARTING], 0, session);
  be_session_start (session);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* GObject */

static void
be_stage_dispose (GObject *object)
{
  BeStage *self = BE_STAGE (object);

  for (guint i = 0; self->sessions != NULL && i < self->sessions->len; i++)
    {
      BeSession *session = g_ptr_array_index (self->sessions, i);

      g_signal_handlers_disconnect_by_data (session, self);
      be_session_stop (session);
    }

  g_clear_pointer (&self->sessions, g_ptr_array_unref);
  memset (self->current, 0, sizeof self->current);
  g_clear_object (&self->socket_states);
  g_clear_object (&self->states);
  g_clear_object (&self->sockets[BE_SIDE_SERVER]);
  g_clear_object (&self->sockets[BE_SIDE_CLIENT]);
  g_clear_object (&self->journal);
  g_clear_object (&self->network);

  G_OBJECT_CLASS (be_stage_parent_class)->dispose (object);
}

static void
be_stage_finalize (GObject *object)
{
  BeStage *self = BE_STAGE (object);

  g_clear_pointer (&self->protocols, g_hash_table_unref);
  g_clear_pointer (&self->socket_readings, g_hash_table_unref);

  G_OBJECT_CLASS (be_stage_parent_class)->finalize (object);
}

static void
be_stage_class_init (BeStageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = be_stage_dispose;
  object_class->finalize = be_stage_finalize;

  /**
   * BeStage::changed:
   *
   * A session began, ended, or is in another state, or it is now known why it
   * failed, or that is forgotten; or reads wait in another way.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", BE_TYPE_STAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);

  /**
   * BeStage::session-starting:
   * @session: what makes its first call when this is over
   */
  signals[SIGNAL_SESSION_STARTING] = g_signal_new ("session-starting", BE_TYPE_STAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                   NULL, G_TYPE_NONE, 1, BE_TYPE_SESSION);
}

static void
be_stage_init (BeStage *self)
{
  BePairing *pairing = NULL;

  self->sessions = g_ptr_array_new_with_free_func (g_object_unref);
  self->protocols = g_hash_table_new (NULL, NULL);
  be_stage_init_readings (self);
  self->network = be_network_thread_new ();
  be_network_thread_set_batch_bytes (self->network, BATCH_BYTES);
  self->journal = be_journal_new (BE_JOURNAL_MAX_EVENTS, BE_JOURNAL_MAX_BYTES);
  pairing = be_journal_get_pairing (self->journal);
  self->sockets[BE_SIDE_SERVER] = be_socket_list_new (BE_SIDE_SERVER, pairing);
  self->sockets[BE_SIDE_CLIENT] = be_socket_list_new (BE_SIDE_CLIENT, pairing);

  /* In this order: the journal gives the letters, and whoever hears of a
   * failure finds the rows of it. */
  be_journal_follow (self->journal, self->network);
  be_socket_list_follow (self->sockets[BE_SIDE_SERVER], self->network);
  be_socket_list_follow (self->sockets[BE_SIDE_CLIENT], self->network);
  g_signal_connect_object (self->network, "events", G_CALLBACK (events_cb), self, G_CONNECT_SWAPPED);

  self->states = be_state_watch_new (pairing);
  self->socket_states = be_socket_states_new (self->states, self->sockets[BE_SIDE_SERVER],
                                              self->sockets[BE_SIDE_CLIENT]);
  be_state_watch_follow (self->states, self->network);
}

BeStage *
be_stage_new (void)
{
  return g_object_new (BE_TYPE_STAGE, NULL);
}

BeJournal *
be_stage_get_journal (BeStage *self)
{
  g_return_val_if_fail (BE_IS_STAGE (self), NULL);

  return self->journal;
}

BeSocketList *
be_stage_get_sockets (BeStage *self,
                      BeSide   side)
{
  g_return_val_if_fail (BE_IS_STAGE (self), NULL);

  return self->sockets[side];
}

/**
 * be_stage_get_states:
 *
 * Returns: what the system says of the TCP sockets while no call returns
 */
BeStateWatch *
be_stage_get_states (BeStage *self)
{
  g_return_val_if_fail (BE_IS_STAGE (self), NULL);

  return self->states;
}

/**
 * be_stage_get_session:
 *
 * The server of @protocol, or its newest client.
 *
 * Returns: (nullable): NULL before the first
 */
BeSession *
be_stage_get_session (BeStage   *self,
                      BeProtocol protocol,
                      BeSide     side)
{
  g_return_val_if_fail (BE_IS_STAGE (self), NULL);

  return self->current[be_stage_shown_as (protocol)][side];
}

/**
 * be_stage_get_sessions:
 *
 * Returns: (element-type BeSession): those that are active, and the newest of
 *   each kind
 */
GPtrArray *
be_stage_get_sessions (BeStage *self)
{
  g_return_val_if_fail (BE_IS_STAGE (self), NULL);

  return self->sessions;
}

/**
 * be_stage_find_session:
 *
 * Returns: (nullable): NULL when that session has ended
 */
BeSession *
be_stage_find_session (BeStage *self,
                       guint32  session_id)
{
  g_return_val_if_fail (BE_IS_STAGE (self), NULL);

  for (guint i = 0; i < self->sessions->len; i++)
    {
      BeSession *session = g_ptr_array_index (self->sessions, i);

      if (be_session_get_id (session) == session_id)
        return session;
    }

  return NULL;
}

/**
 * be_stage_get_socket_id:
 *
 * Returns: the number of the socket with which the session of
 *   be_stage_get_session () listens or talks, also after it was closed; 0
 *   before there is one
 */
guint32
be_stage_get_socket_id (BeStage   *self,
                        BeProtocol protocol,
                        BeSide     side)
{
  g_return_val_if_fail (BE_IS_STAGE (self), 0);

  return self->socket_ids[be_stage_shown_as (protocol)][side];
}

/**
 * be_stage_get_failure:
 *
 * Why the session of be_stage_get_session () is not what was asked for: the
 * last call of it that failed, without its payload.
 *
 * Returns: (nullable): NULL when nothing did
 */
const BeEventRecord *
be_stage_get_failure (BeStage   *self,
                      BeProtocol protocol,
                      BeSide     side)
{
  g_return_val_if_fail (BE_IS_STAGE (self), NULL);

  protocol = be_stage_shown_as (protocol);

  return self->has_failure[protocol][side] ? &self->failure[protocol][side] : NULL;
}

/**
 * be_stage_forget_failure:
 *
 * What failed is not what will be tried next: another address is there now.
 */
void
be_stage_forget_failure (BeStage   *self,
                         BeProtocol protocol,
                         BeSide     side)
{
  g_return_if_fail (BE_IS_STAGE (self));

  protocol = be_stage_shown_as (protocol);
  if (!self->has_failure[protocol][side])
    return;

  self->has_failure[protocol][side] = FALSE;
  be_stage_note_changed (self);
}

/**
 * be_stage_get_n_active:
 *
 * Returns: how many sessions of that kind hold a socket or are about to
 */
guint
be_stage_get_n_active (BeStage   *self,
                       BeProtocol protocol,
                       BeSide     side)
{
  guint n_active = 0;

  g_return_val_if_fail (BE_IS_STAGE (self), 0);

  for (guint i = 0; i < self->sessions->len; i++)
    {
      BeSession *session = g_ptr_array_index (self->sessions, i);

      if (be_session_is_active (session) && be_session_get_side (session) == side &&
          be_stage_protocol_of (session) == be_stage_shown_as (protocol))
        n_active++;
    }

  return n_active;
}

/**
 * be_stage_knows_protocol:
 * @protocol: (out): TCP or UDP; a Unix-domain stream counts as TCP
 *
 * Which protocol a session spoke, also after it has ended.
 */
gboolean
be_stage_knows_protocol (BeStage    *self,
                         guint32     session_id,
                         BeProtocol *protocol)
{
  gpointer value = NULL;

  g_return_val_if_fail (BE_IS_STAGE (self), FALSE);
  g_return_val_if_fail (protocol != NULL, FALSE);

  if (!g_hash_table_lookup_extended (self->protocols, GUINT_TO_POINTER (session_id), NULL, &value))
    return FALSE;

  *protocol = (BeProtocol) GPOINTER_TO_INT (value);

  return TRUE;
}
