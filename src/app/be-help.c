/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-help.h"

/**
 * be_help_show:
 * @parent: the window that was asked for help
 *
 * Shows the shortcuts of the window. GTK would make them with each window if
 * they were called gtk/help-overlay.ui; few ask for them.
 */
void
be_help_show (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/bothends/BothEnds/ui/help-overlay.ui");
  GtkWindow *overlay = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  g_return_if_fail (GTK_IS_WINDOW (parent));

  gtk_window_set_transient_for (overlay, parent);
  gtk_window_set_destroy_with_parent (overlay, TRUE);
  gtk_window_present (overlay);
}
