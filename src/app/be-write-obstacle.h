/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-summary.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BeWriteObstacle:
 *
 * Why a side has nobody to write to.
 */
typedef enum
{
  BE_WRITE_OBSTACLE_NONE,
  BE_WRITE_OBSTACLE_NOT_STARTED,
  BE_WRITE_OBSTACLE_NOBODY_YET,
  BE_WRITE_OBSTACLE_NOBODY_ANY_MORE,
  BE_WRITE_OBSTACLE_ENDED_SENDING, /* somebody is there, but this end has called shutdown () */
} BeWriteObstacle;

BeWriteObstacle be_write_obstacle_find_ended (BeSocketSummary *chosen,
                                              GListModel      *sockets);
const char     *be_write_obstacle_get_placeholder (BeSide          side,
                                                   BeProtocol      protocol,
                                                   BeWriteObstacle obstacle);
const char     *be_write_obstacle_get_send_tooltip (BeSide          side,
                                                    BeProtocol      protocol,
                                                    BeWriteObstacle obstacle,
                                                    gsize           n_bytes);

G_END_DECLS
