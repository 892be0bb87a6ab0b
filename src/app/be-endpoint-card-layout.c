/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-endpoint-card-private.h"

static void
place (GtkWidget *child,
       int        column,
       int        row,
       int        column_span,
       int        row_span)
{
  GtkWidget        *grid = gtk_widget_get_parent (child);
  GtkLayoutManager *manager = gtk_widget_get_layout_manager (grid);

  g_object_set (gtk_layout_manager_get_layout_child (manager, child),
                "column", column,
                "row", row,
                "column-span", column_span,
                "row-span", row_span,
                NULL);
}

/**
 * be_endpoint_card_arrange:
 *
 * Places what stands in the card's head, and folds it to a bar or unfolds it.
 * With little room, the badge and the buttons get a line of their own.
 */
void
be_endpoint_card_arrange (BeEndpointCard *self)
{
  if (self->is_tight)
    {
      place (self->title_box, 0, 0, 3, 1);
      place (GTK_WIDGET (self->field), 0, 1, 3, 1);
      place (self->badge, 0, 2, 2, 1);
      place (self->buttons, 2, 2, 1, 1);
    }
  else
    {
      place (self->title_box, 0, 0, 2, 1);
      place (GTK_WIDGET (self->field), 0, 1, 1, 1);
      place (self->badge, 1, 1, 1, 1);
      place (self->buttons, 2, 0, 1, 2);
    }

  gtk_widget_set_visible (self->bar, self->is_folded);
  gtk_widget_set_visible (self->title_box, !self->is_folded);

  if (self->is_folded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "folded");
}
