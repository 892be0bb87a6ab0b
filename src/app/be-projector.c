/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-projector.h"

#include "be-wire-caption.h"

/**
 * BeProjector:
 *
 * The mode in which a window is shown to a whole room: large type and strong
 * lines, the settings out of the way, the whole screen, the newest row brought
 * forward. Gives the window the action "projector"; leaving brings back what
 * was before.
 *
 * Owned by the window, whose parts it knows and does not own; it ends with the
 * window, and the size of the type is then as before.
 */
struct _BeProjector
{
  GObject parent_instance;

  GtkApplicationWindow *window; /* (weak) */
  BeZoom               *zoom;   /* (nullable) */
  BeProjectorParts      parts;
  GSimpleAction        *action;

  gboolean is_active;
  gboolean was_fullscreen;
};

G_DEFINE_FINAL_TYPE (BeProjector, be_projector, G_TYPE_OBJECT)

static void
apply (BeProjector *self)
{
  if (self->is_active)
    gtk_widget_add_css_class (GTK_WIDGET (self->window), "be-projected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->window), "be-projected");

  if (self->zoom != NULL)
    be_zoom_set_projected (self->zoom, self->is_active);
  g_object_set (self->parts.server_card, "is-projected", self->is_active, NULL);
  g_object_set (self->parts.client_card, "is-projected", self->is_active, NULL);
  be_panes_set_is_kept_folded (self->parts.composers, self->is_active);
  be_conversation_set_is_projected (self->parts.conversation, self->is_active);
  be_wire_caption_heed_projection (self->parts.wire_caption);
}

static void
change_state_cb (GSimpleAction *action,
                 GVariant      *state,
                 gpointer       user_data)
{
  be_projector_set_active (BE_PROJECTOR (user_data), g_variant_get_boolean (state));
}

/* Who takes the window out of the full screen by other means has left too. */
static void
fullscreened_cb (BeProjector *self)
{
  if (self->is_active && !gtk_window_is_fullscreen (GTK_WINDOW (self->window)))
    be_projector_set_active (self, FALSE);
}

/* GObject */

static void
be_projector_dispose (GObject *object)
{
  BeProjector *self = BE_PROJECTOR (object);

  if (self->zoom != NULL && self->is_active)
    be_zoom_set_projected (self->zoom, FALSE);
  self->is_active = FALSE;
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->action);
  g_clear_object (&self->zoom);

  G_OBJECT_CLASS (be_projector_parent_class)->dispose (object);
}

static void
be_projector_class_init (BeProjectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = be_projector_dispose;
}

static void
be_projector_init (BeProjector *self)
{
  self->action = g_simple_action_new_stateful ("projector", NULL, g_variant_new_boolean (FALSE));
  g_signal_connect_object (self->action, "change-state", G_CALLBACK (change_state_cb), self, 0);
}

/**
 * be_projector_new:
 * @window: what gets the action
 * @zoom: (nullable): what makes the type large
 * @parts: the parts of @window
 *
 * Returns: (transfer full): the mode of @window, which is not active yet
 */
BeProjector *
be_projector_new (GtkApplicationWindow   *window,
                  BeZoom                 *zoom,
                  const BeProjectorParts *parts)
{
  BeProjector *self = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION_WINDOW (window), NULL);
  g_return_val_if_fail (parts != NULL, NULL);

  self = g_object_new (BE_TYPE_PROJECTOR, NULL);
  g_set_weak_pointer (&self->window, window);
  g_set_object (&self->zoom, zoom);
  self->parts = *parts;
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (self->action));
  g_signal_connect_object (window, "notify::fullscreened", G_CALLBACK (fullscreened_cb), self, G_CONNECT_SWAPPED);

  return self;
}

void
be_projector_set_active (BeProjector *self,
                         gboolean     is_active)
{
  GtkWindow *window = NULL;

  g_return_if_fail (BE_IS_PROJECTOR (self));

  if (self->is_active == is_active || self->window == NULL)
    return;

  self->is_active = is_active;
  g_simple_action_set_state (self->action, g_variant_new_boolean (is_active));
  apply (self);

  window = GTK_WINDOW (self->window);
  if (is_active)
    {
      self->was_fullscreen = gtk_window_is_fullscreen (window);
      gtk_window_fullscreen (window);
    }
  else if (!self->was_fullscreen)
    {
      gtk_window_unfullscreen (window);
    }
}
