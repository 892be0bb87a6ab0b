/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-help.h"

/* GTK opens a window no larger than the screen if its content can be smaller;
 * that of this one cannot, and what was below was out of reach. The bar stands
 * there always: what is cut off between two groups does not look cut off, and
 * GTK asks for room beside the content only for a bar that always does. */
static void
make_scrollable (GtkWindow *overlay)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *content = g_object_ref (gtk_window_get_child (overlay));

  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_ALWAYS);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scroller), FALSE);

  gtk_window_set_child (overlay, scroller);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  g_object_unref (content);
  gtk_window_set_focus (overlay, scroller);
}

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

  make_scrollable (overlay);
  gtk_window_set_transient_for (overlay, parent);
  gtk_window_set_destroy_with_parent (overlay, TRUE);
  gtk_window_present (overlay);
}
