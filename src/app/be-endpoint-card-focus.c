/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the keyboard is in a card, and where it goes when what has it is about
 * to be out of the way. It goes before that: GTK 4.8 forgets a reference when
 * what has it is hidden twice in a frame. */

#include "be-endpoint-card-private.h"

#include "be-focus.h"

/* What was typed is not selected: it would be gone with the next key. */
static gboolean
give_focus (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;

  return GTK_IS_TEXT (widget) ? gtk_text_grab_focus_without_selecting (GTK_TEXT (widget)) : gtk_widget_grab_focus (widget);
}

/**
 * be_endpoint_card_move_focus:
 *
 * GTK goes by height, and the button stands a little above the address: Tab
 * would lead to it first.
 */
gboolean
be_endpoint_card_move_focus (GtkWidget       *widget,
                             GtkDirectionType direction)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (widget);
  GtkWidget      *stations[] = {
         self->bar, GTK_WIDGET (self->field), self->badge, self->more_clients, self->buttons,
         GTK_WIDGET (self->remedies), GTK_WIDGET (self->pane)
  };
  int step = direction == GTK_DIR_TAB_FORWARD ? 1 : -1;
  int at = step == 1 ? 0 : G_N_ELEMENTS (stations) - 1;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (g_type_class_peek_parent (G_OBJECT_GET_CLASS (self)))->focus (widget, direction);

  for (int i = 0; i < (int) G_N_ELEMENTS (stations); i++)
    {
      if (stations[i] != NULL && be_focus_is_in (stations[i]))
        at = i;
    }

  for (; at >= 0 && at < (int) G_N_ELEMENTS (stations); at += step)
    {
      if (stations[at] != NULL && gtk_widget_get_mapped (stations[at]) && gtk_widget_child_focus (stations[at], direction))
        return TRUE;
    }

  return FALSE;
}

/**
 * be_endpoint_card_focus_button_before:
 * @going: (nullable): what is going to be hidden
 *
 * The button that ends and begins everything stays.
 */
void
be_endpoint_card_focus_button_before (BeEndpointCard *self,
                                      GtkWidget      *going)
{
  if (going != NULL && be_focus_is_in (going))
    gtk_widget_grab_focus (self->button);
}

/**
 * be_endpoint_card_focus_bar_before:
 * @going: a part of the card that the bar is to be seen in place of
 */
void
be_endpoint_card_focus_bar_before (BeEndpointCard *self,
                                   GtkWidget      *going)
{
  if (!be_focus_is_in (going))
    return;

  g_set_weak_pointer (&self->focus_before_bar, gtk_root_get_focus (gtk_widget_get_root (going)));
  if (self->bar == NULL || !gtk_widget_grab_focus (self->bar))
    gtk_root_set_focus (gtk_widget_get_root (going), NULL);
}

/**
 * be_endpoint_card_focus_body_again:
 *
 * The card is open and was a bar. Who had left the bar meanwhile stays there.
 */
void
be_endpoint_card_focus_body_again (BeEndpointCard *self)
{
  GtkWidget *before = self->focus_before_bar;

  g_clear_weak_pointer (&self->focus_before_bar);
  if (self->bar == NULL || !be_focus_is_in (self->bar))
    return;

  if ((before == NULL || !give_focus (before)) && !give_focus (self->button))
    gtk_root_set_focus (gtk_widget_get_root (self->bar), NULL);
}

/**
 * be_endpoint_card_focus_button_for_entry:
 *
 * The entries make room for what runs, and the one that has the focus is to
 * have it again if that fails.
 */
void
be_endpoint_card_focus_button_for_entry (BeEndpointCard *self)
{
  if (be_focus_is_in (GTK_WIDGET (self->field)))
    g_set_weak_pointer (&self->started_from, gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))));
  else
    g_clear_weak_pointer (&self->started_from);

  be_endpoint_card_focus_button_before (self, GTK_WIDGET (self->field));
}

/**
 * be_endpoint_card_focus_entry_again:
 * @has_failed: whether the entries are there again because nothing runs
 *
 * What has to be corrected is in the entry from which it was started.
 */
void
be_endpoint_card_focus_entry_again (BeEndpointCard *self,
                                    gboolean        has_failed)
{
  GtkWidget *entry = self->started_from;

  g_clear_weak_pointer (&self->started_from);
  if (has_failed && entry != NULL && be_focus_is_in (self->button))
    give_focus (entry);
}
