/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test.h"

#define TURN_MILLISECONDS 50

static gboolean
turn_is_over_cb (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;

  return G_SOURCE_CONTINUE;
}

/**
 * be_test_iterate:
 *
 * Runs one turn of the default main context, which sleeps until something
 * happens, but not longer than 50 ms: a condition may depend on another
 * thread that wakes nobody.
 */
void
be_test_iterate (void)
{
  gboolean is_over = FALSE;
  guint    turn = g_timeout_add (TURN_MILLISECONDS, turn_is_over_cb, &is_over);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (turn);
}
