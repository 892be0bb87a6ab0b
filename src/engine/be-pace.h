/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BePace:
 * @BE_PACE_FREE: every call as soon as it can be made; costs nothing
 * @BE_PACE_WATCHED: as free, and the calls that wait are told
 * @BE_PACE_STEPS: each call is held until be_session_step ()
 * @BE_PACE_TIMED: one call is made in every interval, as by be_session_step ()
 *
 * When a session makes its socket calls.
 */
typedef enum
{
  BE_PACE_FREE,
  BE_PACE_WATCHED,
  BE_PACE_STEPS,
  BE_PACE_TIMED,
} BePace;

/**
 * BeReading:
 * @BE_READING_AT_ONCE: as soon as something has come
 * @BE_READING_ON_REQUEST: each read is held until be_session_step () with its
 *   id, or a step of the whole side
 * @BE_READING_TIMED: each read is held for an interval after the one before
 *
 * When a socket reads. A pace that holds every call holds the reads too.
 */
typedef enum
{
  BE_READING_AT_ONCE,
  BE_READING_ON_REQUEST,
  BE_READING_TIMED,
} BeReading;

#define BE_READING_MAX_BYTES 65535u

G_END_DECLS
