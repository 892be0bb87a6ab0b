/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* recv and send of the engine, for every thread but the first: they move a
 * random part of what they could, and some are interrupted or find nothing
 * ready. Sizes of all magnitudes are equally frequent. be-socket-transfer.c is
 * compiled into the program with its calls replaced by these (see meson.build). */

/**
 * BeCutCalls:
 * @n_calls: how many were made
 * @n_cut: of them, how many were asked for less than the caller wanted
 * @n_refused: of them, how many failed with EAGAIN or EINTR and did nothing
 */
typedef struct
{
  gint n_calls;
  gint n_cut;
  gint n_refused;
} BeCutCalls;

void       be_cut_calls_begin (void);
BeCutCalls be_cut_calls_end (void);

G_END_DECLS
