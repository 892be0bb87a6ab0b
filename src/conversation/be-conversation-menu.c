/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with one row of a BeConversation: its menu, and looking at
 * it closely, for which the window has a place. */

#include "be-conversation-private.h"

#include "be-message-window.h"

static gboolean
selected_has_message (BeConversation *self)
{
  BeEvent *selected = be_conversation_get_selected (self);

  return selected != NULL && be_event_record_is_data (be_event_get_record (selected));
}

static void
show_message_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  BeConversation *self = BE_CONVERSATION (widget);
  GtkRoot        *root = gtk_widget_get_root (widget);
  GtkWidget      *window = NULL;

  if (!selected_has_message (self))
    return;

  window = be_message_window_new (be_conversation_get_selected (self));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

static void
inspect_row_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.inspect", NULL);
}

/* What moved no bytes has no message; what there is of it, the inspector has. */
static void
open_row_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  BeConversation *self = BE_CONVERSATION (widget);

  if (selected_has_message (self))
    show_message_action (widget, name, parameter);
  else if (be_conversation_get_selected (self) != NULL)
    inspect_row_action (widget, name, parameter);
}

static GtkWidget *
make_menu (BeConversation *self)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/bothends/BothEnds/be-row-menu.ui");
  GtkWidget *menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (gtk_builder_get_object (builder, "row_menu")));

  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  gtk_widget_set_parent (menu, GTK_WIDGET (self));

  return menu;
}

static void
open_menu (BeConversation     *self,
           const GdkRectangle *place)
{
  if (self->row_menu == NULL)
    self->row_menu = make_menu (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conversation.show-message", selected_has_message (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_menu), place);
  gtk_popover_popup (GTK_POPOVER (self->row_menu));
}

/* By the keyboard: at the row that has it. */
static void
row_menu_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  BeConversation *self = BE_CONVERSATION (widget);
  GtkWidget      *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  graphene_rect_t bounds;

  if (row == NULL || be_conversation_get_selected (self) == NULL ||
      !gtk_widget_compute_bounds (row, widget, &bounds))
    return;

  open_menu (self, &(GdkRectangle){ (int) (bounds.origin.x + bounds.size.width / 2), (int) bounds.origin.y, 1, (int) bounds.size.height });
}

static void
secondary_pressed_cb (BeConversation *self,
                      int             n_press,
                      double          x,
                      double          y)
{
  graphene_point_t place;

  if (!be_event_list_select_at (self->list, x, y) ||
      !gtk_widget_compute_point (GTK_WIDGET (self->list), GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &place))
    return;

  open_menu (self, &(GdkRectangle){ (int) place.x, (int) place.y, 1, 1 });
}

/* See be-conversation-private.h. */
void
be_conversation_install_menu (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "conversation.open-row", NULL, open_row_action);
  gtk_widget_class_install_action (widget_class, "conversation.show-message", NULL, show_message_action);
  gtk_widget_class_install_action (widget_class, "conversation.inspect-row", NULL, inspect_row_action);
  gtk_widget_class_install_action (widget_class, "conversation.row-menu", NULL, row_menu_action);
}

/* See be-conversation-private.h. */
void
be_conversation_init_menu (BeConversation *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (secondary_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
}

/* See be-conversation-private.h. */
void
be_conversation_dispose_menu (BeConversation *self)
{
  g_clear_pointer (&self->row_menu, gtk_widget_unparent);
}
