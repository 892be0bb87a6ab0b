/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-network-thread.h"

G_BEGIN_DECLS

/**
 * BeTestHold:
 *
 * Holds a network thread back while the test does something that it is to find
 * all at once. A value; between begin and end nothing happens on that thread.
 */
typedef struct
{
  gint has_begun; /* atomic */
  gint is_over;   /* atomic */
} BeTestHold;

void be_test_hold_begin (BeTestHold      *self,
                         BeNetworkThread *network);
void be_test_hold_end (BeTestHold *self);

G_END_DECLS
