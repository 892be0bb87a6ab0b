/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-endpoint-card-private.h"

#include "be-magnification.h"
#include "be-session-words.h"

/* Room for the badge of the newest connection, which stands on the lifeline. */
#define ADDRESS_TO_ARROW 10
#define EDGE_TO_ADDRESS 35

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

/* In large type the address gets a line of its own, at the card's lifeline. */
static void
arrange_bar (BeEndpointCard *self)
{
  GtkWidget *address = GTK_WIDGET (self->bar_address);
  gboolean   has_two_lines = self->is_projected && !self->is_folded;
  gboolean   is_server = self->side == BE_SIDE_SERVER;
  double     factor = be_magnification_get_factor ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bar_lines),
                                  has_two_lines ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_valign (gtk_widget_get_next_sibling (self->bar_lines), has_two_lines ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_widget_set_margin_end (address, has_two_lines && is_server ? (int) (ADDRESS_TO_ARROW * factor) : 0);
  gtk_widget_set_margin_start (address, has_two_lines && !is_server ? (int) (EDGE_TO_ADDRESS * factor) : 0);
  gtk_label_set_xalign (self->bar_address, has_two_lines && !is_server ? 0 : 1);

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

  gtk_widget_set_visible (self->bar, self->is_folded || self->is_projected);
  gtk_widget_set_visible (self->title_box, !self->is_folded && !self->is_projected);
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

  gtk_widget_set_visible (self->body, is_expanded || !(self->is_folded || self->is_projected));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->bar), is_expanded);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_STATE_EXPANDED, is_expanded, -1);
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
  be_endpoint_card_update (self);
  g_object_notify (G_OBJECT (self), "is-projected");
}

/**
 * be_endpoint_card_get_bar_address:
 *
 * Returns: what says the address where the card is folded to a bar
 */
GtkWidget *
be_endpoint_card_get_bar_address (BeEndpointCard *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_CARD (self), NULL);

  return GTK_WIDGET (self->bar_address);
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
