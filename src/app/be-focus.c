/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-focus.h"

/**
 * be_focus_is_in:
 * @widget: (nullable): in a window or not
 *
 * Returns: whether the keyboard is at the widget or at something in it
 */
gboolean
be_focus_is_in (GtkWidget *widget)
{
  GtkRoot   *root = widget != NULL ? gtk_widget_get_root (widget) : NULL;
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}
