/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-pane-walk.h"

#include "be-composer.h"
#include "be-endpoint-card.h"

/* Of a composer the message, not to whom it goes; of a card the button, not the
 * address, which is only there to be copied while a socket has it. */
static GtkWidget *
get_main_part (GtkWidget *pane)
{
  if (BE_IS_COMPOSER (pane))
    return be_composer_get_entry (BE_COMPOSER (pane));

  return BE_IS_ENDPOINT_CARD (pane) ? be_endpoint_card_get_button (BE_ENDPOINT_CARD (pane)) : NULL;
}

/* A card that is a bar does not show its button. */
static gboolean
enter_pane (GtkWidget *pane)
{
  GtkWidget *part = get_main_part (pane);

  if (!gtk_widget_get_child_visible (pane))
    return FALSE;

  return (part != NULL && gtk_widget_get_mapped (part) && gtk_widget_is_sensitive (part) && gtk_widget_grab_focus (part)) ||
         gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
}

/**
 * be_pane_walk:
 * @panes: (array length=n_panes): in their order
 * @is_forward: to the next, not to the previous
 *
 * Leads the focus from the pane that has it to another, and round again. A pane
 * in which nothing can be done is passed over. GTK shows where the keyboard is
 * after Tab, but not after a command that moves it.
 */
void
be_pane_walk (GtkWindow  *window,
              GtkWidget **panes,
              guint       n_panes,
              gboolean    is_forward)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  guint      step = is_forward ? 1 : n_panes - 1;
  guint      current = is_forward ? n_panes - 1 : 0;

  for (guint i = 0; i < n_panes && focus != NULL; i++)
    {
      if (focus == panes[i] || gtk_widget_is_ancestor (focus, panes[i]))
        current = i;
    }

  for (guint i = 1; i <= n_panes; i++)
    {
      if (enter_pane (panes[(current + i * step) % n_panes]))
        {
          gtk_window_set_focus_visible (window, TRUE);
          return;
        }
    }
}
