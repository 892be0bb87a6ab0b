/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* When the play bar is there, and what the keyboard finds on it. */

#include "be-pacing-private.h"

#include "be-focus.h"
#include "be-play-bar.h"

/* What has the keyboard goes before it is hidden: GTK 4.8 forgets a reference
 * when that happens twice in a frame. */
static void
move_focus (BePacing *self)
{
  if (be_focus_is_in (self->bar) && !gtk_widget_grab_focus (GTK_WIDGET (self->conversation)))
    gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
}

/* Also without stepping where reads wait for Next: else nothing would say so. */
void
be_pacing_show_bar (BePacing *self)
{
  gboolean is_shown = self->is_open || be_pacing_reads_wait (self);

  if (self->bar == NULL && is_shown)
    {
      g_set_weak_pointer (&self->bar, be_play_bar_new (self));
      gtk_box_append (self->bar_place, self->bar);
    }

  if (self->bar == NULL)
    return;

  if (!is_shown || (!self->is_open && !be_play_bar_has_next_focus (BE_PLAY_BAR (self->bar))))
    move_focus (self);
  gtk_widget_set_visible (self->bar, is_shown);
}

/* Between two calls nothing is held for a moment: who presses Next with the
 * keyboard finds it again. */
void
be_pacing_enable_next (BePacing *self)
{
  GSimpleAction *action = G_SIMPLE_ACTION (be_pacing_find_action (self, "step-next"));
  GtkWindow     *window = GTK_WINDOW (self->window);
  gboolean       has_next = be_pacing_get_next (self) != NULL;

  if (g_action_get_enabled (G_ACTION (action)) == has_next)
    return;

  if (!has_next && self->bar != NULL && be_play_bar_has_next_focus (BE_PLAY_BAR (self->bar)))
    {
      self->is_next_focused = TRUE;
      gtk_window_set_focus (window, NULL);
    }

  g_simple_action_set_enabled (action, has_next);
  if (has_next && self->is_next_focused)
    {
      self->is_next_focused = FALSE;
      if (self->bar != NULL && gtk_window_get_focus (window) == NULL)
        be_play_bar_focus_next (BE_PLAY_BAR (self->bar));
    }
}
