/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-first-frame.h"

#include <unistd.h>

/* Not by way of the main loop: what it takes to end is not measured. */
static void
after_paint_cb (GdkFrameClock *clock,
                GtkWidget     *window)
{
  if (!gtk_widget_get_mapped (window) || gtk_widget_get_width (window) == 0)
    return;

  gdk_display_sync (gtk_widget_get_display (window));
  _exit (0);
}

static void
realized_cb (GtkWidget *window)
{
  g_signal_connect_after (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), window);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window)
{
  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), NULL);
}

/**
 * be_first_frame_end_program:
 *
 * Ends the program with 0 as soon as its first window is on the screen.
 */
void
be_first_frame_end_program (GtkApplication *application)
{
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
}
