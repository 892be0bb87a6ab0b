/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-row-rhythm.h"

/* From centre to centre, on the grid of the interface font. */
#define ADVANCE_FIRST 30
#define ADVANCE_SAME_SIDE 35
#define ADVANCE_RUN 32
#define ADVANCE_BUBBLE_AND_STATE 30
#define ADVANCE_STATES (2 * BE_ROW_RHYTHM_HALF_STATE)
#define ADVANCE_OTHER_SIDE 20
#define ADVANCE_HANDSHAKE 42

/* Folded, nothing may overlap. */
#define FOLDED_BUBBLES 39
#define FOLDED_BUBBLE_AND_STATE 36
#define FOLDED_STATES 27

static gboolean
is_data (const BeEventRecord *record)
{
  return be_event_record_is_data (record);
}

/* The two ends of one connection coming up, in either order. */
static gboolean
is_handshake (const BeEventRecord *before,
              const BeEventRecord *record)
{
  if (before->connection != record->connection ||
      record->connection == BE_EVENT_NO_CONNECTION)
    return FALSE;

  return (before->call == BE_CALL_CONNECT && record->call == BE_CALL_ACCEPT) ||
         (before->call == BE_CALL_ACCEPT && record->call == BE_CALL_CONNECT);
}

/**
 * be_row_rhythm_continues_run:
 * @before: (nullable): the event of the row above
 * @record: an event
 *
 * Returns: whether both are sends of the same socket to the same peer, which
 *   stand closer together
 */
gboolean
be_row_rhythm_continues_run (const BeEventRecord *before,
                             const BeEventRecord *record)
{
  g_return_val_if_fail (record != NULL, FALSE);

  return before != NULL &&
         before->side == record->side &&
         before->socket_id == record->socket_id &&
         before->peer_id == record->peer_id &&
         be_call_is_sending (before->call) && be_call_is_sending (record->call) &&
         is_data (before) && is_data (record);
}

/**
 * be_row_rhythm_get_advance:
 * @before: (nullable): the event of the row above
 * @record: an event
 * @is_folded: whether there is no lane, and both sides share the width
 *
 * How far below the row above a row stands. Where the other side answers, the
 * two overlap in height, since neither needs the other's half.
 *
 * Returns: from centre to centre (for the first row: from the top), in pixels
 *   of the grid
 */
guint
be_row_rhythm_get_advance (const BeEventRecord *before,
                           const BeEventRecord *record,
                           gboolean             is_folded)
{
  guint n_bubbles;

  g_return_val_if_fail (record != NULL, ADVANCE_FIRST);

  if (before == NULL)
    return ADVANCE_FIRST;

  n_bubbles = (is_data (before) ? 1 : 0) + (is_data (record) ? 1 : 0);

  if (is_folded)
    {
      const guint advances[] = { FOLDED_STATES, FOLDED_BUBBLE_AND_STATE, FOLDED_BUBBLES };

      return advances[n_bubbles];
    }

  if (before->side != record->side)
    return is_handshake (before, record) ? ADVANCE_HANDSHAKE : ADVANCE_OTHER_SIDE;

  if (be_row_rhythm_continues_run (before, record))
    return ADVANCE_RUN;

  {
    const guint advances[] = { ADVANCE_STATES, ADVANCE_BUBBLE_AND_STATE, ADVANCE_SAME_SIDE };

    return advances[n_bubbles];
  }
}
