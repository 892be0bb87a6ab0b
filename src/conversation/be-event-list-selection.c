/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One selected row, by mouse and by keyboard: the selecting half of
 * BeEventList. */

#include "be-event-list-private.h"

typedef enum
{
  MOVE_UP,
  MOVE_DOWN,
  MOVE_PAGE_UP,
  MOVE_PAGE_DOWN,
  MOVE_HOME,
  MOVE_END,
} Move;

static guint marked_signal;

static guint32
connection_of (BeEventList *self,
               guint64      sequence)
{
  const BeEventRecord *record;
  guint                position;

  if (sequence == 0 || self->filter == NULL)
    return BE_EVENT_NO_CONNECTION;

  position = be_event_list_find_sequence (self, sequence);
  if (position >= be_row_heights_get_length (self->heights))
    return BE_EVENT_NO_CONNECTION;

  record = be_journal_filter_get_record (self->filter, position);

  return record->sequence == sequence ? record->connection : BE_EVENT_NO_CONNECTION;
}

/* See be-event-list-private.h. */
void
be_event_list_mark_connection (BeEventList *self)
{
  guint32 connection = connection_of (self, self->hovered_sequence);

  if (connection == BE_EVENT_NO_CONNECTION)
    connection = connection_of (self, self->selected_sequence);
  if (self->marked_connection == connection)
    return;

  self->marked_connection = connection;
  g_signal_emit (self, marked_signal, 0, connection);
}

static void
set_selected (BeEventList *self,
              BeEvent     *event)
{
  self->selected_sequence = event != NULL ? be_event_get_sequence (event) : 0;

  be_event_list_mark_connection (self);
  if (g_set_object (&self->selected, event))
    g_object_notify_by_pspec (G_OBJECT (self), be_event_list_properties[PROP_SELECTED]);
}

/* The view moves by as little as shows the whole row. */
static void
scroll_to (BeEventList *self,
           guint        position)
{
  BeEventRow *row;
  double      value;
  double      top;
  double      bottom;

  /* A row that is far away has to exist before its height is known. */
  if (be_event_list_find_row (self, position) == NULL)
    {
      gboolean is_below = position > self->first_position;
      guint64  sequence = be_journal_filter_get_record (self->filter, position)->sequence;

      be_event_list_set_is_following (self, FALSE);
      self->anchor_sequence = sequence;
      self->anchor_offset = is_below ? -self->height / 2.0 : 0;
      be_event_list_settle (self);
    }

  row = be_event_list_find_row (self, position);
  if (row == NULL)
    return;

  value = self->value;

  top = be_event_list_get_row_top (self, row, position);
  bottom = top + be_event_row_get_height (row);
  if (position == 0)
    top = 0;
  if (position == be_row_heights_get_length (self->heights) - 1)
    bottom = self->upper;

  if (top < self->value)
    value = top;
  else if (bottom > self->value + self->height)
    value = MIN (top, bottom - self->height);

  be_event_list_heed_move (self);
  be_event_list_anchor_at (self, value);
  be_event_list_set_is_following (self, value + self->height >= self->upper);
  be_event_list_settle (self);
}

static guint
find_target (BeEventList *self,
             Move         move)
{
  guint  last = be_row_heights_get_length (self->heights) - 1;
  guint  selected = be_event_list_get_selected_position (self);
  gint64 top = (gint64) self->value - self->note_height;
  guint  visible_first = be_row_heights_find (self->heights, top);
  guint  visible_last = be_row_heights_find (self->heights, top + self->height);
  guint  n_visible = MAX (visible_last - visible_first, 2) - 1;

  if (move == MOVE_HOME)
    return 0;
  if (move == MOVE_END)
    return last;

  /* Nothing selected: begin with what is in view. */
  if (selected == GTK_INVALID_LIST_POSITION)
    return visible_last;

  switch (move)
    {
    case MOVE_UP:
      return selected - MIN (selected, 1);
    case MOVE_DOWN:
      return MIN (selected + 1, last);
    case MOVE_PAGE_UP:
      return selected - MIN (selected, n_visible);
    case MOVE_PAGE_DOWN:
      return MIN (selected + n_visible, last);
    case MOVE_HOME:
    case MOVE_END:
    default:
      return selected;
    }
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  BeEventList *self = BE_EVENT_LIST (widget);
  BeEventRow  *row;
  guint        target;
  int          move = 0;

  if (be_row_heights_get_length (self->heights) == 0 || self->height == 0)
    return GDK_EVENT_PROPAGATE;

  be_event_list_settle (self);
  g_variant_get (arguments, "(i)", &move);
  target = find_target (self, (Move) move);
  scroll_to (self, target);
  be_event_list_select (self, target);
  gtk_widget_queue_allocate (widget);

  row = be_event_list_find_row (self, target);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));

  return GDK_EVENT_STOP;
}

static gboolean
unselect_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  BeEventList *self = BE_EVENT_LIST (widget);

  if (self->selected == NULL)
    return GDK_EVENT_PROPAGATE;

  be_event_list_select (self, GTK_INVALID_LIST_POSITION);

  return GDK_EVENT_STOP;
}

static void
clicked_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  BeEventList *self = BE_EVENT_LIST (user_data);

  if (be_event_list_select_at (self, x, y) && n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "conversation.open-row", NULL);
}

/* The list is one stop of the Tab key: its arrow keys go on inside. */
static gboolean
be_event_list_focus (GtkWidget       *widget,
                     GtkDirectionType direction)
{
  BeEventList *self = BE_EVENT_LIST (widget);
  BeEventRow  *row = NULL;
  guint        selected;

  if (gtk_widget_has_focus (widget) || gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;

  selected = be_event_list_get_selected_position (self);
  if (selected != GTK_INVALID_LIST_POSITION)
    row = be_event_list_find_row (self, selected);

  return gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : widget);
}

/* GTK draws anew what has the focus when its style changes with that; the list
 * draws its frame without a style. */
static void
be_event_list_state_flags_changed (GtkWidget    *widget,
                                   GtkStateFlags previous)
{
  const GtkStateFlags shown = GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_VISIBLE;
  GtkStateFlags       changed = previous ^ gtk_widget_get_state_flags (widget);

  GTK_WIDGET_CLASS (g_type_class_peek_parent (G_OBJECT_GET_CLASS (widget)))->state_flags_changed (widget, previous);

  if (changed & shown)
    gtk_widget_queue_draw (widget);
}

static void
add_move (GtkWidgetClass *widget_class,
          guint           key,
          guint           keypad_key,
          Move            move)
{
  gtk_widget_class_add_binding (widget_class, key, 0, move_cb, "(i)", (int) move);
  gtk_widget_class_add_binding (widget_class, keypad_key, 0, move_cb, "(i)", (int) move);
}

/* See be-event-list-private.h. */
void
be_event_list_class_init_selection (GtkWidgetClass *widget_class)
{
  /**
   * BeEventList::marked:
   * @connection: that of the row below the pointer, or else of the selected
   *   one; %BE_EVENT_NO_CONNECTION when there is none
   */
  marked_signal = g_signal_new ("marked", G_TYPE_FROM_CLASS (widget_class), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  widget_class->focus = be_event_list_focus;
  widget_class->state_flags_changed = be_event_list_state_flags_changed;

  add_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, MOVE_UP);
  add_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, MOVE_DOWN);
  add_move (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, MOVE_PAGE_UP);
  add_move (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, MOVE_PAGE_DOWN);
  add_move (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, MOVE_HOME);
  add_move (widget_class, GDK_KEY_End, GDK_KEY_KP_End, MOVE_END);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, unselect_cb, NULL);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "conversation.open-row", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "conversation.open-row", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_ALT_MASK, "conversation.inspect-row", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_ALT_MASK, "conversation.inspect-row", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "conversation.row-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "conversation.row-menu", NULL);

  /* Here, not around the entry of the filter bar, where it copies a word. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "conversation.copy-row", NULL);
}

/* See be-event-list-private.h. */
void
be_event_list_init_selection (BeEventList *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->marked_connection = BE_EVENT_NO_CONNECTION;
  g_signal_connect_object (click, "released", G_CALLBACK (clicked_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* Forgets a selected event that fell off or that the filter hides. */
void
be_event_list_update_selection (BeEventList *self)
{
  if (self->selected != NULL &&
      be_event_list_get_selected_position (self) == GTK_INVALID_LIST_POSITION)
    set_selected (self, NULL);
}

/**
 * be_event_list_get_selected:
 * @self: a list
 *
 * Returns: (nullable): the selected event
 */
BeEvent *
be_event_list_get_selected (BeEventList *self)
{
  g_return_val_if_fail (BE_IS_EVENT_LIST (self), NULL);

  return self->selected;
}

/**
 * be_event_list_get_selected_position:
 * @self: a list
 *
 * Returns: where the selected event is now, or %GTK_INVALID_LIST_POSITION
 */
guint
be_event_list_get_selected_position (BeEventList *self)
{
  guint position;

  g_return_val_if_fail (BE_IS_EVENT_LIST (self), GTK_INVALID_LIST_POSITION);

  if (self->selected_sequence == 0)
    return GTK_INVALID_LIST_POSITION;

  position = be_event_list_find_sequence (self, self->selected_sequence);
  if (position >= be_row_heights_get_length (self->heights) ||
      be_journal_filter_get_record (self->filter, position)->sequence != self->selected_sequence)
    return GTK_INVALID_LIST_POSITION;

  return position;
}

/**
 * be_event_list_select:
 * @self: a list
 * @position: an event's position, or %GTK_INVALID_LIST_POSITION for none
 */
void
be_event_list_select (BeEventList *self,
                      guint        position)
{
  g_autoptr (BeEvent) event = NULL;

  g_return_if_fail (BE_IS_EVENT_LIST (self));
  g_return_if_fail (position == GTK_INVALID_LIST_POSITION ||
                    position < be_row_heights_get_length (self->heights));

  if (position != GTK_INVALID_LIST_POSITION)
    {
      const BeEventRecord *record = be_journal_filter_get_record (self->filter, position);

      if (record->sequence == self->selected_sequence)
        return;
      event = be_event_new (record);
    }

  set_selected (self, event);

  for (guint i = 0; i < self->rows->len; i++)
    {
      BeEventRow *row = g_ptr_array_index (self->rows, i);

      be_event_row_set_is_selected (row, self->selected_sequence != 0 &&
                                           be_event_row_get_sequence (row) == self->selected_sequence);
    }

  be_event_list_mark_links (self);
  be_event_list_queue_settle_at_once (self);
}

/**
 * be_event_list_select_at:
 * @self: a list
 * @x: a place in it, from its left edge
 * @y: and from the upper edge of what is in view
 *
 * Selects the row there and gives it the keyboard; where there is none, none is
 * selected.
 *
 * Returns: whether there is a row
 */
gboolean
be_event_list_select_at (BeEventList *self,
                         double       x,
                         double       y)
{
  GtkWidget *picked;
  guint      index = 0;

  g_return_val_if_fail (BE_IS_EVENT_LIST (self), FALSE);

  picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  if (picked == NULL || !g_ptr_array_find (self->rows, picked, &index))
    {
      be_event_list_select (self, GTK_INVALID_LIST_POSITION);
      gtk_widget_grab_focus (GTK_WIDGET (self));
      return FALSE;
    }

  be_event_list_select (self, self->first_position + index);
  gtk_widget_grab_focus (picked);

  return TRUE;
}
