/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stage-reading.h"

#include "be-stage-private.h"

/* When the sockets on the stage read, and how much at once. */

/* Step by step, as the programs of the textbooks do: what does not fit comes
 * with the next read. Of a datagram it would be lost. */
#define STEP_STREAM_BYTES 1024
#define USUAL_INTERVAL_MS 1000

BeReadingChoice
be_reading_choice_get_usual (void)
{
  return (BeReadingChoice){ BE_READING_AT_ONCE, USUAL_INTERVAL_MS, 0 };
}

/**
 * be_reading_choice_get_step_bytes:
 *
 * Returns: how much a read asks for step by step, where nothing is chosen
 */
guint
be_reading_choice_get_step_bytes (BeProtocol protocol)
{
  return protocol == BE_PROTOCOL_UDP ? BE_READING_MAX_BYTES : STEP_STREAM_BYTES;
}

gboolean
be_reading_choice_equal (const BeReadingChoice *a,
                         const BeReadingChoice *b)
{
  return a->reading == b->reading && a->interval_ms == b->interval_ms && a->recv_size == b->recv_size;
}

static void
forget_others (BeStage *self,
               guint32  session_id)
{
  GHashTableIter iter;
  gpointer       value = NULL;

  g_hash_table_iter_init (&iter, self->socket_readings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (((BeSocketReading *) value)->session_id == session_id)
        g_hash_table_iter_remove (&iter);
    }
}

/* A FIN that nobody has read yet is told by no call. */
static void
tell_watch (BeStage *self)
{
  GHashTableIter iter;
  gpointer       value = NULL;
  gboolean       is_holding = FALSE;

  for (guint side = 0; side < BE_STAGE_N_SIDES; side++)
    is_holding = is_holding || self->readings[BE_PROTOCOL_TCP][side].reading != BE_READING_AT_ONCE;

  g_hash_table_iter_init (&iter, self->socket_readings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const BeSocketReading *own = value;

      is_holding = is_holding || (own->choice.reading != BE_READING_AT_ONCE && be_stage_find_session (self, own->session_id) != NULL);
    }

  be_state_watch_set_is_holding (self->states, BE_STATE_HOLD_READS, is_holding);
}

static guint
get_size (BeStage               *self,
          BeProtocol             protocol,
          const BeReadingChoice *choice)
{
  return choice->recv_size > 0 || !self->is_stepping ? choice->recv_size : be_reading_choice_get_step_bytes (protocol);
}

static void
tell (BeStage               *self,
      BeSession             *session,
      guint32                socket_id,
      const BeReadingChoice *choice)
{
  be_session_set_reading (session, socket_id, choice->reading, choice->interval_ms,
                          get_size (self, be_stage_protocol_of (session), choice));
}

static const BeReadingChoice *
get_choice (BeStage   *self,
            BeSession *session)
{
  return &self->readings[be_stage_protocol_of (session)][be_session_get_side (session)];
}

static void
apply (BeStage   *self,
       BeSession *session)
{
  tell (self, session, 0, get_choice (self, session));
  forget_others (self, be_session_get_id (session));
}

/* The same choices, of which those without a size mean another now. */
static void
apply_again (BeStage   *self,
             BeSession *session)
{
  GHashTableIter iter;
  gpointer       key = NULL;
  gpointer       value = NULL;

  if (get_choice (self, session)->recv_size == 0)
    tell (self, session, 0, get_choice (self, session));

  g_hash_table_iter_init (&iter, self->socket_readings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const BeSocketReading *own = value;

      if (own->session_id == be_session_get_id (session))
        tell (self, session, GPOINTER_TO_UINT (key), &own->choice);
    }
}

void
be_stage_init_readings (BeStage *self)
{
  self->socket_readings = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint protocol = 0; protocol < BE_STAGE_N_PROTOCOLS; protocol++)
    for (guint side = 0; side < BE_STAGE_N_SIDES; side++)
      self->readings[protocol][side] = be_reading_choice_get_usual ();
}

/* Before the start. Who reads all that is there at once costs nothing. */
void
be_stage_begin_reading (BeStage   *self,
                        BeSession *session)
{
  const BeReadingChoice *choice = get_choice (self, session);

  if (choice->reading != BE_READING_AT_ONCE || get_size (self, be_stage_protocol_of (session), choice) > 0)
    apply (self, session);
  tell_watch (self);
}

/**
 * be_stage_set_is_stepping:
 *
 * Whether somebody looks at each call: reads of which no size is chosen then
 * ask for as much as the programs of the textbooks.
 */
void
be_stage_set_is_stepping (BeStage *self,
                          gboolean is_stepping)
{
  g_return_if_fail (BE_IS_STAGE (self));

  if (self->is_stepping == is_stepping)
    return;

  self->is_stepping = is_stepping;
  for (guint i = 0; i < self->sessions->len; i++)
    {
      BeSession *session = g_ptr_array_index (self->sessions, i);

      if (be_session_is_active (session))
        apply_again (self, session);
    }
}

BeReadingChoice
be_stage_get_reading (BeStage   *self,
                      BeProtocol protocol,
                      BeSide     side)
{
  g_return_val_if_fail (BE_IS_STAGE (self), be_reading_choice_get_usual ());

  return self->readings[be_stage_shown_as (protocol)][side];
}

/**
 * be_stage_set_reading:
 *
 * How the sockets of a side read from now on, those that are open and those to
 * come.
 */
void
be_stage_set_reading (BeStage               *self,
                      BeProtocol             protocol,
                      BeSide                 side,
                      const BeReadingChoice *choice)
{
  BeReadingChoice *own = NULL;

  g_return_if_fail (BE_IS_STAGE (self));
  g_return_if_fail (choice != NULL);

  own = &self->readings[be_stage_shown_as (protocol)][side];
  if (be_reading_choice_equal (own, choice))
    return;

  *own = *choice;
  for (guint i = 0; i < self->sessions->len; i++)
    {
      BeSession *session = g_ptr_array_index (self->sessions, i);

      if (be_session_is_active (session) && be_session_get_side (session) == side &&
          be_stage_protocol_of (session) == be_stage_shown_as (protocol))
        apply (self, session);
    }
  be_stage_note_changed (self);
  tell_watch (self);
}

/**
 * be_stage_reads_on_request:
 *
 * Returns: whether reads of @protocol wait until they are let go one by one:
 *   those of a side, or of a socket that is open
 */
gboolean
be_stage_reads_on_request (BeStage   *self,
                           BeProtocol protocol)
{
  GHashTableIter iter;
  gpointer       key = NULL;
  gpointer       value = NULL;

  g_return_val_if_fail (BE_IS_STAGE (self), FALSE);

  protocol = be_stage_shown_as (protocol);
  if (self->readings[protocol][BE_SIDE_SERVER].reading == BE_READING_ON_REQUEST ||
      self->readings[protocol][BE_SIDE_CLIENT].reading == BE_READING_ON_REQUEST)
    return TRUE;

  g_hash_table_iter_init (&iter, self->socket_readings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const BeSocketReading *own = value;
      BeSession             *session = be_stage_find_session (self, own->session_id);
      BeSocketSummary       *socket = NULL;

      if (own->choice.reading != BE_READING_ON_REQUEST || session == NULL || !be_session_is_active (session) ||
          be_stage_protocol_of (session) != protocol)
        continue;
      socket = be_socket_list_find (self->sockets[be_session_get_side (session)], GPOINTER_TO_UINT (key));
      if (socket == NULL || be_socket_summary_is_open (socket))
        return TRUE;
    }

  return FALSE;
}

/**
 * be_stage_get_socket_reading:
 *
 * Returns: what was chosen for this socket, else for all of its side
 */
BeReadingChoice
be_stage_get_socket_reading (BeStage         *self,
                             BeSocketSummary *socket)
{
  BeProtocol       protocol = BE_PROTOCOL_TCP;
  BeSocketReading *own = NULL;

  g_return_val_if_fail (BE_IS_STAGE (self), be_reading_choice_get_usual ());
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (socket), be_reading_choice_get_usual ());

  own = g_hash_table_lookup (self->socket_readings, GUINT_TO_POINTER (be_socket_summary_get_socket_id (socket)));
  if (own != NULL)
    return own->choice;

  be_stage_knows_protocol (self, be_socket_summary_get_session_id (socket), &protocol);

  return self->readings[protocol][be_socket_summary_get_side (socket)];
}

/**
 * be_stage_set_socket_reading:
 *
 * How one socket reads from now on. Does nothing when its session has ended
 * meanwhile.
 */
void
be_stage_set_socket_reading (BeStage               *self,
                             BeSocketSummary       *socket,
                             const BeReadingChoice *choice)
{
  BeSession       *session = NULL;
  BeSocketReading *own = NULL;
  guint32          socket_id;

  g_return_if_fail (BE_IS_STAGE (self));
  g_return_if_fail (BE_IS_SOCKET_SUMMARY (socket));
  g_return_if_fail (choice != NULL);

  session = be_stage_find_session (self, be_socket_summary_get_session_id (socket));
  if (session == NULL)
    return;

  socket_id = be_socket_summary_get_socket_id (socket);
  own = g_new (BeSocketReading, 1);
  *own = (BeSocketReading){ be_session_get_id (session), *choice };
  g_hash_table_insert (self->socket_readings, GUINT_TO_POINTER (socket_id), own);
  tell (self, session, socket_id, choice);
  be_stage_note_changed (self);
  tell_watch (self);
}
