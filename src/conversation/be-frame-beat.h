/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What changes more often nobody can read. */
#define BE_FRAME_BEAT_MICROSECONDS (200 * 1000)

/**
 * be_frame_beat_is_due:
 * @now: of a frame, gdk_frame_clock_get_frame_time (), µs
 * @last: of the frame that showed it last, or 0
 *
 * The beat is the same for all that changes all the time: it changes in one
 * frame together, because each frame that shows something new costs the
 * drawing of it. After a rest it is due with the next frame.
 *
 * Returns: whether a new beat has begun since @last
 */
static inline gboolean
be_frame_beat_is_due (gint64 now,
                      gint64 last)
{
  return now / BE_FRAME_BEAT_MICROSECONDS != last / BE_FRAME_BEAT_MICROSECONDS;
}

/**
 * be_frame_beat_is_whole:
 * @elapsed: since the frame in which it was due, µs
 *
 * From one frame in which it is due to the next there may be a little less than
 * a beat: what lies between is a whole number of frames.
 *
 * Returns: whether so much time is a whole beat, not the rest of one
 */
static inline gboolean
be_frame_beat_is_whole (gint64 elapsed)
{
  return 4 * elapsed >= 3 * BE_FRAME_BEAT_MICROSECONDS;
}

G_END_DECLS
