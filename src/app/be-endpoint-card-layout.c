/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-endpoint-card-private.h"

#include "be-session-words.h"

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

static void
bar_clicked_cb (BeEndpointCard *self)
{
  self->is_expanded = !self->is_expanded;
  be_endpoint_card_update_body (self);
}

/* Most windows never need it. */
static void
add_bar (BeEndpointCard *self)
{
  self->bar = be_card_bar_new (self->side);
  g_signal_connect_object (self->bar, "clicked", G_CALLBACK (bar_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_after (self->bar, GTK_WIDGET (self), NULL);
  be_endpoint_card_update (self);
}

static void
arrange_bar (BeEndpointCard *self)
{
  gboolean has_two_lines = self->is_projected && !self->is_folded;
  gboolean is_bar = self->is_folded || self->is_projected;

  if (is_bar && self->bar == NULL)
    add_bar (self);
  if (!is_bar)
    {
      gtk_widget_set_visible (self->title_box, TRUE);
      gtk_widget_set_visible (self->body, TRUE);
      be_endpoint_card_focus_body_again (self);
    }
  if (self->bar != NULL)
    {
      gtk_widget_set_visible (self->bar, is_bar);
      be_card_bar_set_has_two_lines (BE_CARD_BAR (self->bar), has_two_lines);
    }
  if (is_bar)
    {
      be_endpoint_card_focus_bar_before (self, self->title_box);
      gtk_widget_set_visible (self->title_box, FALSE);
    }

  if (has_two_lines)
    gtk_widget_add_css_class (GTK_WIDGET (self), "projected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "projected");
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

  arrange_bar (self);

  if (self->is_folded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "folded");
}

/**
 * be_endpoint_card_update_body:
 *
 * Shows or hides what is below the bar.
 */
void
be_endpoint_card_update_body (BeEndpointCard *self)
{
  gboolean is_expanded = self->is_expanded;
  gboolean is_body_shown = is_expanded || !(self->is_folded || self->is_projected);

  if (!is_body_shown)
    be_endpoint_card_focus_bar_before (self, self->body);
  gtk_widget_set_visible (self->body, is_body_shown);
  if (self->bar != NULL)
    be_card_bar_set_is_expanded (BE_CARD_BAR (self->bar), is_expanded);
}

/**
 * be_endpoint_card_set_is_projected:
 * @is_projected: whether the card is shown to a whole room: as a bar, which
 *   opens for nobody but who presses it
 */
void
be_endpoint_card_set_is_projected (BeEndpointCard *self,
                                   gboolean        is_projected)
{
  if (self->is_projected == is_projected)
    return;

  self->is_projected = is_projected;
  self->is_expanded = self->expands_by_itself && !is_projected;
  be_endpoint_card_arrange (self);
  be_endpoint_card_update_body (self);
  if (!is_projected && gtk_widget_get_visible (self->body))
    be_endpoint_card_focus_body_again (self);
  be_endpoint_card_update (self);
  g_object_notify (G_OBJECT (self), "is-projected");
}

/**
 * be_endpoint_card_get_bar_address:
 *
 * Returns: (nullable): what says the address where the card is folded to a bar;
 *   NULL until it is
 */
GtkWidget *
be_endpoint_card_get_bar_address (BeEndpointCard *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_CARD (self), NULL);

  return self->bar != NULL ? be_card_bar_get_address (BE_CARD_BAR (self->bar)) : NULL;
}

/* One button ends all of them, and says so before it is pressed. */
void
be_endpoint_card_explain_button (BeEndpointCard *self)
{
  guint            n_active = be_stage_get_n_active (self->stage, self->protocol, self->side);
  g_autofree char *text = NULL;

  if (self->side == BE_SIDE_CLIENT && n_active > 1)
    text = be_session_words_dup_stop_all (self->protocol, n_active);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (self->button), text) == 0)
    return;

  gtk_widget_set_tooltip_text (self->button, text);
  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}
