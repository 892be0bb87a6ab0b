/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the sheet of a BeSideSheet is made wider and narrower with: dragged, or
 * by the keys of a GtkPaned. */

#include "be-side-sheet-private.h"

#include <glib/gi18n-lib.h>

#define KEY_STEP_WIDTH 16
#define LARGE_KEY_STEP_WIDTH 96

/* As far as it goes: what that is the layout knows. */
#define FAR_WIDTH 100000

static void
step (GtkWidget *handle,
      int        width)
{
  BeSideSheet *self = BE_SIDE_SHEET (gtk_widget_get_parent (handle));

  be_side_sheet_set_width (self, be_side_sheet_get_width (self) + width);
}

static gboolean
key_cb (GtkWidget *handle,
        GVariant  *width,
        gpointer   user_data)
{
  step (handle, g_variant_get_int32 (width));

  return GDK_EVENT_STOP;
}

static void
add_key (GtkShortcutController *controller,
         guint                  key,
         GdkModifierType        modifiers,
         int                    width)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                            gtk_callback_action_new (key_cb, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (width));
  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

/* The sheet is on the right in every language: its edge goes where the arrow
 * points. */
static void
add_keys (GtkWidget *handle)
{
  GtkEventController    *controller = gtk_shortcut_controller_new ();
  GtkShortcutController *keys = GTK_SHORTCUT_CONTROLLER (controller);

  add_key (keys, GDK_KEY_Left, 0, KEY_STEP_WIDTH);
  add_key (keys, GDK_KEY_KP_Left, 0, KEY_STEP_WIDTH);
  add_key (keys, GDK_KEY_Right, 0, -KEY_STEP_WIDTH);
  add_key (keys, GDK_KEY_KP_Right, 0, -KEY_STEP_WIDTH);
  add_key (keys, GDK_KEY_Left, GDK_CONTROL_MASK, LARGE_KEY_STEP_WIDTH);
  add_key (keys, GDK_KEY_Right, GDK_CONTROL_MASK, -LARGE_KEY_STEP_WIDTH);
  add_key (keys, GDK_KEY_Home, 0, FAR_WIDTH);
  add_key (keys, GDK_KEY_End, 0, -FAR_WIDTH);
  gtk_widget_add_controller (handle, controller);
}

/* Not on the handle, which moves. */
static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               gpointer        user_data)
{
  BeSideSheet *self = BE_SIDE_SHEET (user_data);
  int          width = be_side_sheet_get_width (self);
  gboolean     is_on_handle = gtk_widget_get_mapped (self->handle) &&
                          ABS (x - (self->width - width)) <= BE_SIDE_SHEET_HANDLE_WIDTH / 2.0;

  gtk_gesture_set_state (GTK_GESTURE (gesture), is_on_handle ? GTK_EVENT_SEQUENCE_CLAIMED : GTK_EVENT_SEQUENCE_DENIED);
  self->drag_width = width;
}

static void
drag_update_cb (BeSideSheet *self,
                double       x,
                double       y)
{
  be_side_sheet_set_width (self, (int) (self->drag_width - x));
}

/* See be-side-sheet-private.h. */
void
be_side_sheet_make_handle (BeSideSheet *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->handle = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (self->handle, "be-sheet-handle");
  gtk_widget_set_cursor_from_name (self->handle, "col-resize");
  gtk_widget_set_focusable (self->handle, TRUE);
  add_keys (self->handle);
  gtk_widget_set_parent (self->handle, GTK_WIDGET (self));
  be_side_sheet_tell_width (self);

  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/* See be-side-sheet-private.h. */
void
be_side_sheet_tell_width (BeSideSheet *self)
{
  int              width = be_side_sheet_get_width (self);
  g_autofree char *text = NULL;

  if (self->handle == NULL || self->told_width == width)
    return;

  /* GTK hands the value of a separator to nobody. */
  self->told_width = width;
  text = g_strdup_printf (ngettext ("Width of the inspector: %d pixel", "Width of the inspector: %d pixels", (gulong) width),
                          width);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->handle), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}
