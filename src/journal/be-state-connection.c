/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-state-connection.h"

/* What goes on is looked at 30 times a second, what has gone on for long less
 * often, and a countdown each second. */
#define FAST_MICROSECONDS (G_USEC_PER_SEC / 30)
#define SLOW_MICROSECONDS (G_USEC_PER_SEC / 5)
#define COUNTDOWN_MICROSECONDS G_USEC_PER_SEC
#define COUNTDOWN_MARGIN_MICROSECONDS (G_USEC_PER_SEC / 100)
#define FAST_FOR_MICROSECONDS G_USEC_PER_SEC

/* What the kernel says of a countdown moves a little from answer to answer. */
#define COUNTDOWN_JITTER_MICROSECONDS (G_USEC_PER_SEC / 10)

/**
 * be_state_connection_init:
 * @side: who tells of it
 *
 * A connection of which nothing but the addresses is known.
 */
void
be_state_connection_init (BeStateConnection *self,
                          guint32            connection,
                          BeSide             side,
                          const BeAddress   *local,
                          const BeAddress   *peer)
{
  g_return_if_fail (self != NULL);

  *self = (BeStateConnection){ .connection = connection };
  self->addresses[side] = *local;
  self->addresses[1 - side] = *peer;
}

static gboolean
set_state (BeStateEnd   *end,
           BeSystemState state,
           gint64        time,
           gboolean      is_reported)
{
  gboolean has_changed = end->state != state || end->is_reported != is_reported;

  end->state = state;
  end->time = time;
  end->is_reported = is_reported;

  return has_changed;
}

/**
 * be_state_connection_note:
 * @record: a call of one of its ends
 *
 * Takes over what the call says, and has the system asked soon.
 */
void
be_state_connection_note (BeStateConnection   *self,
                          const BeEventRecord *record)
{
  gboolean    is_close;
  BeStateEnd *end;

  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);

  is_close = record->call == BE_CALL_CLOSE;
  end = &self->ends[record->side];
  end->session_id = record->session_id;
  end->peer_id = record->peer_id;
  end->is_open = !is_close;
  end->is_ours = TRUE;
  end->is_waiting = FALSE;

  /* The system may have been asked after the call. Of a close () that nobody is
   * asked about, what it began is over at some time that no call tells. */
  if (record->time >= end->time)
    set_state (end, is_close ? BE_SYSTEM_STATE_CLOSED : record->state, record->time, FALSE);
  self->next_time = 0;
  self->changed_time = MAX (self->changed_time, record->time);
}

static gboolean
set_forgotten_at (BeStateEnd *end,
                  gint64      forgotten_at)
{
  if (ABS (end->forgotten_at - forgotten_at) <= COUNTDOWN_JITTER_MICROSECONDS)
    return FALSE;

  end->forgotten_at = forgotten_at;

  return TRUE;
}

static gboolean
ask_end (BeStateConnection *self,
         BeSocketDiag      *diag,
         BeSide             side,
         gboolean           has_own_listener,
         gint64             now)
{
  BeStateEnd        *end = &self->ends[side];
  BeSocketDiagReport report = { .state = BE_SYSTEM_STATE_CLOSED, .remaining = -1 };
  BeSocketDiagAnswer answer = be_socket_diag_ask (diag, &self->addresses[side], &self->addresses[1 - side], &report);
  gboolean           has_changed;

  if (answer == BE_SOCKET_DIAG_UNKNOWN)
    return FALSE;

  /* An end on another computer is not there and was never. */
  if (answer == BE_SOCKET_DIAG_NONE && end->state == BE_SYSTEM_STATE_UNKNOWN)
    return FALSE;

  has_changed = set_state (end, report.state, now, TRUE);
  if (set_forgotten_at (end, report.remaining < 0 ? 0 : now + report.remaining))
    has_changed = TRUE;

  if (side == BE_SIDE_SERVER && has_own_listener)
    end->is_ours = TRUE;
  if (side == BE_SIDE_SERVER && end->peer_id == 0)
    {
      gboolean is_waiting = has_own_listener && answer == BE_SOCKET_DIAG_FOUND &&
                            report.state != BE_SYSTEM_STATE_TIME_WAIT;

      has_changed = has_changed || is_waiting != end->is_waiting;
      end->is_waiting = is_waiting;
    }

  return has_changed;
}

/* What the system changes by itself, without a call of ours that would tell. */
static gboolean
end_is_moving (const BeStateEnd *end)
{
  switch (end->state)
    {
    case BE_SYSTEM_STATE_SYN_SENT:
    case BE_SYSTEM_STATE_SYN_RECEIVED:
    case BE_SYSTEM_STATE_FIN_WAIT_1:
    case BE_SYSTEM_STATE_CLOSING:
    case BE_SYSTEM_STATE_LAST_ACK:
      return end->is_reported;

    case BE_SYSTEM_STATE_UNKNOWN:
    case BE_SYSTEM_STATE_CLOSED:
    case BE_SYSTEM_STATE_LISTEN:
    case BE_SYSTEM_STATE_ESTABLISHED:
    case BE_SYSTEM_STATE_FIN_WAIT_2:
    case BE_SYSTEM_STATE_CLOSE_WAIT:
    case BE_SYSTEM_STATE_TIME_WAIT:
    case BE_SYSTEM_STATE_UDP_BOUND:
    case BE_SYSTEM_STATE_UDP_CONNECTED:
    default:
      return FALSE;
    }
}

/* Only a clock of the system ends these; FIN_WAIT_2 has one when its socket is
 * closed. */
static gboolean
end_is_counting (const BeStateEnd *end)
{
  if (!end->is_reported)
    return FALSE;

  return end->state == BE_SYSTEM_STATE_TIME_WAIT ||
         (end->state == BE_SYSTEM_STATE_FIN_WAIT_2 && !end->is_open);
}

/* When the number of seconds that are left is another. */
static gint64
next_count (const BeStateEnd *end,
            gint64            now)
{
  gint64 left = end->forgotten_at - now;

  if (!end_is_counting (end))
    return G_MAXINT64;

  return now + (left > 0 ? left % COUNTDOWN_MICROSECONDS : COUNTDOWN_MICROSECONDS) + COUNTDOWN_MARGIN_MICROSECONDS;
}

/**
 * be_state_connection_interval:
 * @changed_time: when something that goes on has changed last
 *
 * Returns: after how many µs to ask again
 */
gint64
be_state_connection_interval (gint64 changed_time,
                              gint64 now)
{
  return now - changed_time < FAST_FOR_MICROSECONDS ? FAST_MICROSECONDS : SLOW_MICROSECONDS;
}

/**
 * be_state_connection_ask:
 * @diag: (nullable): the line to the system, or %NULL where it does not tell
 * @has_own_listener: whether the server's address is that of a listener of
 *   ours
 *
 * Asks the system about both ends, and sets when to ask again.
 *
 * Returns: whether something is other than before, a countdown included
 */
gboolean
be_state_connection_ask (BeStateConnection *self,
                         BeSocketDiag      *diag,
                         gboolean           has_own_listener,
                         gint64             now)
{
  gboolean has_changed = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  self->next_time = G_MAXINT64;
  if (diag == NULL)
    return FALSE;

  for (guint side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    if (ask_end (self, diag, (BeSide) side, has_own_listener, now))
      has_changed = TRUE;
  if (has_changed)
    self->changed_time = now;

  if (end_is_moving (&self->ends[0]) || end_is_moving (&self->ends[1]))
    self->next_time = now + be_state_connection_interval (self->changed_time, now);
  else
    self->next_time = MIN (next_count (&self->ends[0], now), next_count (&self->ends[1], now));

  return has_changed || end_is_counting (&self->ends[0]) || end_is_counting (&self->ends[1]);
}

/**
 * be_state_end_get_seconds:
 * @forgotten_at: see BeStateEnd
 *
 * Returns: how many seconds are left, begun ones included
 */
guint
be_state_end_get_seconds (gint64 forgotten_at,
                          gint64 now)
{
  gint64 left = MAX (forgotten_at - now, 0);

  return (guint) ((left + COUNTDOWN_MICROSECONDS - 1) / COUNTDOWN_MICROSECONDS);
}

/**
 * be_state_connection_is_over:
 *
 * Returns: whether neither we nor the system have anything of it any more
 */
gboolean
be_state_connection_is_over (const BeStateConnection *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  for (guint side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    if (self->ends[side].is_open ||
        (self->ends[side].state != BE_SYSTEM_STATE_CLOSED && self->ends[side].state != BE_SYSTEM_STATE_UNKNOWN))
      return FALSE;

  return TRUE;
}

/**
 * be_state_connection_is_moving:
 *
 * Returns: whether it opens or closes, or stands between the two: everything
 *   but a connection that is open at both ends
 */
gboolean
be_state_connection_is_moving (const BeStateConnection *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    if (self->ends[side].is_waiting ||
        (self->ends[side].state != BE_SYSTEM_STATE_UNKNOWN && self->ends[side].state != BE_SYSTEM_STATE_ESTABLISHED))
      return TRUE;

  return FALSE;
}
