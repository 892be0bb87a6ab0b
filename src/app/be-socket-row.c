/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-row-private.h"

#include "be-frame-beat.h"
#include "be-socket-words.h"

#define SHORT_COUNT_FROM 1000000

G_DEFINE_FINAL_TYPE (BeSocketRow, be_socket_row, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SUMMARY = 1,
} BeSocketRowProperty;

static GParamSpec *properties[PROP_SUMMARY + 1];

static void
update_accessible_name (BeSocketRow *self)
{
  g_autofree char *name = be_socket_words_dup_name (self->summary);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update_actions (BeSocketRow *self)
{
  gboolean   is_open = self->summary != NULL && be_socket_summary_is_open (self->summary);
  gboolean   is_stream = is_open && be_socket_summary_get_state (self->summary) < BE_SYSTEM_STATE_UDP_BOUND;
  gboolean   has_socket = is_open && !be_socket_words_is_datagram_peer (self->summary);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "socket.close", has_socket);
  gtk_widget_action_set_enabled (widget, "socket.show-reading", is_open);
  gtk_widget_action_set_enabled (widget, "socket.half-close", is_stream);
  gtk_widget_action_set_enabled (widget, "socket.reset", is_stream);
  gtk_widget_action_set_enabled (widget, "socket.inspect", self->summary != NULL);
  gtk_widget_action_set_enabled (widget, "socket.copy", self->summary != NULL);
}

static void
set_count (GtkLabel   *label,
           const char *arrow,
           guint64     n_bytes)
{
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  count = n_bytes < SHORT_COUNT_FROM ? g_strdup_printf ("%" G_GUINT64_FORMAT, n_bytes) : g_format_size (n_bytes);
  text = g_strdup_printf ("%s %s", arrow, count);
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
update_texts (BeSocketRow *self)
{
  g_autofree char *words = be_socket_words_dup_state (self->summary);

  g_object_set (self->chip,
                "label", words,
                "kind", be_chip_kind_for_state (be_socket_summary_get_state (self->summary)),
                NULL);
  set_count (self->sent, "↑", be_socket_summary_get_bytes_sent (self->summary));
  set_count (self->received, "↓", be_socket_summary_get_bytes_received (self->summary));
}

static void
update (BeSocketRow *self)
{
  gboolean is_open;

  update_actions (self);
  if (self->summary == NULL)
    return;

  is_open = be_socket_summary_is_open (self->summary);
  g_object_set (self->badge,
                "connection", be_socket_summary_get_connection (self->summary),
                "is-hollow", !is_open,
                NULL);
  update_accessible_name (self);
  if (is_open)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "be-over");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "be-over");
  update_texts (self);
}

/* What stays the same as long as the row shows this socket. */
static void
update_identity (BeSocketRow *self)
{
  gboolean is_server = be_socket_summary_get_side (self->summary) == BE_SIDE_SERVER;

  gtk_widget_set_direction (GTK_WIDGET (self), is_server ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  gtk_label_set_xalign (self->addresses, is_server ? 1 : 0);
  gtk_label_set_xalign (self->one_address, is_server ? 1 : 0);
  be_socket_words_show_addresses (self->summary, self->addresses, self->one_address);
}

static gboolean
update_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  BeSocketRow *self = BE_SOCKET_ROW (widget);
  gint64       now = gdk_frame_clock_get_frame_time (clock);

  /* All rows together, because another text makes the whole window be laid out. */
  if (!be_frame_beat_is_due (now, self->update_time))
    return G_SOURCE_CONTINUE;

  self->update_tick = 0;
  self->update_time = now;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
forget_update (BeSocketRow *self)
{
  if (self->update_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->update_tick);
  self->update_tick = 0;
  self->update_time = g_get_monotonic_time ();
}

static void
summary_changed_cb (BeSocketRow *self)
{
  if (self->update_tick == 0)
    self->update_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), update_tick_cb, NULL, NULL);
}

static void
command_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BeSocketRow     *self = BE_SOCKET_ROW (widget);
  const char      *verb = action_name + strlen ("socket.");
  g_autofree char *command = g_strdup_printf ("endpoint.%s-peer", verb);

  if (self->summary != NULL)
    gtk_widget_activate_action (widget, command, "(uu)",
                                be_socket_summary_get_session_id (self->summary),
                                be_socket_summary_get_peer_id (self->summary));
}

/* A UDP server has one socket for all of its rows. */
static void
inspect_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BeSocketRow *self = BE_SOCKET_ROW (widget);

  if (self->summary != NULL)
    gtk_widget_activate_action (widget, "win.inspect-socket", "(uuuu)",
                                be_socket_summary_get_session_id (self->summary),
                                be_socket_summary_get_socket_id (self->summary),
                                be_socket_summary_get_connection (self->summary),
                                be_socket_summary_get_side (self->summary));
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BeSocketRow     *self = BE_SOCKET_ROW (widget);
  g_autofree char *local = be_address_to_string (be_socket_summary_get_local (self->summary));
  g_autofree char *peer = be_address_to_string (be_socket_summary_get_peer (self->summary));
  g_autofree char *text = g_strdup_printf ("%s %s", local, peer);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
menu_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BeSocketRow *self = BE_SOCKET_ROW (widget);

  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->menu);
      gtk_widget_set_parent (self->popover, widget);
    }
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
clicked_cb (BeSocketRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "socket.menu", NULL);
}

/* GtkWidget */

/* The exact numbers, also when the row leaves them out. It is asked for when
 * somebody points at the row: to set a text makes GTK ask the display where the
 * pointer is, and wait for the answer. */
static gboolean
be_socket_row_query_tooltip (GtkWidget  *widget,
                             int         x,
                             int         y,
                             gboolean    is_keyboard,
                             GtkTooltip *tooltip)
{
  BeSocketRow     *self = BE_SOCKET_ROW (widget);
  g_autofree char *text = NULL;

  if (self->summary == NULL)
    return FALSE;

  text = be_socket_words_dup_tooltip (self->summary);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

/* GObject */

static void
be_socket_row_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  BeSocketRow *self = BE_SOCKET_ROW (object);

  switch ((BeSocketRowProperty) prop_id)
    {
    case PROP_SUMMARY:
      g_value_set_object (value, self->summary);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_socket_row_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  BeSocketRow *self = BE_SOCKET_ROW (object);

  switch ((BeSocketRowProperty) prop_id)
    {
    case PROP_SUMMARY:
      be_socket_row_set_summary (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_socket_row_dispose (GObject *object)
{
  BeSocketRow *self = BE_SOCKET_ROW (object);
  GtkWidget   *child = NULL;

  g_clear_object (&self->signals);
  g_clear_object (&self->summary);
  self->popover = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (be_socket_row_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const guint menu_keys[] = { GDK_KEY_Menu, GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };

  for (guint i = 0; i < G_N_ELEMENTS (menu_keys); i++)
    gtk_widget_class_add_binding_action (widget_class, menu_keys[i], 0, "socket.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "socket.menu", NULL);
  /* The menu names the last one. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "socket.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "socket.close", NULL);
}

static void
be_socket_row_class_init (BeSocketRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_socket_row_get_property;
  object_class->set_property = be_socket_row_set_property;
  object_class->dispose = be_socket_row_dispose;
  widget_class->query_tooltip = be_socket_row_query_tooltip;
  widget_class->measure = be_socket_row_measure;
  widget_class->size_allocate = be_socket_row_size_allocate;

  properties[PROP_SUMMARY] = g_param_spec_object ("summary", NULL, NULL, BE_TYPE_SOCKET_SUMMARY,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_install_action (widget_class, "socket.close", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "socket.half-close", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "socket.reset", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "socket.show-reading", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "socket.inspect", NULL, inspect_cb);
  gtk_widget_class_install_action (widget_class, "socket.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "socket.menu", NULL, menu_cb);

  add_keys (widget_class);
  g_type_ensure (BE_TYPE_BADGE);
  g_type_ensure (BE_TYPE_STATE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-socket-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BeSocketRow, badge);
  gtk_widget_class_bind_template_child (widget_class, BeSocketRow, badge_place);
  gtk_widget_class_bind_template_child (widget_class, BeSocketRow, addresses);
  gtk_widget_class_bind_template_child (widget_class, BeSocketRow, one_address);
  gtk_widget_class_bind_template_child (widget_class, BeSocketRow, chip);
  gtk_widget_class_bind_template_child (widget_class, BeSocketRow, sent);
  gtk_widget_class_bind_template_child (widget_class, BeSocketRow, received);
  gtk_widget_class_bind_template_child (widget_class, BeSocketRow, menu);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "socketrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
be_socket_row_init (BeSocketRow *self)
{
  self->signals = g_signal_group_new (BE_TYPE_SOCKET_SUMMARY);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (summary_changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (GTK_WIDGET (self->addresses), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->one_address), GTK_TEXT_DIR_LTR);
  update_actions (self);
}

GtkWidget *
be_socket_row_new (void)
{
  return g_object_new (BE_TYPE_SOCKET_ROW, NULL);
}

/**
 * be_socket_row_get_summary:
 *
 * Returns: (nullable): NULL while the row is not in use
 */
BeSocketSummary *
be_socket_row_get_summary (BeSocketRow *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_ROW (self), NULL);

  return self->summary;
}

void
be_socket_row_set_summary (BeSocketRow     *self,
                           BeSocketSummary *summary)
{
  g_return_if_fail (BE_IS_SOCKET_ROW (self));

  if (!g_set_object (&self->summary, summary))
    return;

  /* A menu must not act on another socket than that for which it was opened. */
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_group_set_target (self->signals, summary);
  forget_update (self);
  if (summary != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    be_socket_words_get_offer (summary), -1);
  if (summary != NULL)
    update_identity (self);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

/**
 * be_socket_row_get_position:
 *
 * Returns: the place of its socket in the list
 */
guint
be_socket_row_get_position (BeSocketRow *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_ROW (self), 0);

  return self->position;
}

void
be_socket_row_set_position (BeSocketRow *self,
                            guint        position)
{
  g_return_if_fail (BE_IS_SOCKET_ROW (self));

  self->position = position;
  self->was_open = self->summary != NULL && be_socket_summary_is_open (self->summary);
}

/**
 * be_socket_row_was_closed:
 *
 * Returns: whether its socket was closed since the row has its position
 */
gboolean
be_socket_row_was_closed (BeSocketRow *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_ROW (self), FALSE);

  return self->was_open && self->summary != NULL && !be_socket_summary_is_open (self->summary);
}

/**
 * be_socket_row_say_place:
 * @n_sockets: how many there are in the list; not all of them have a row
 */
void
be_socket_row_say_place (BeSocketRow *self,
                         guint        n_sockets)
{
  g_return_if_fail (BE_IS_SOCKET_ROW (self));

  gtk_accessible_update_relation (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) self->position + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n_sockets, -1);
}

/**
 * be_socket_row_popdown:
 *
 * Closes what was opened at the row.
 */
void
be_socket_row_popdown (BeSocketRow *self)
{
  g_return_if_fail (BE_IS_SOCKET_ROW (self));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_popdown (GTK_POPOVER (child));
}

/**
 * be_socket_row_get_badge:
 *
 * Where the cable of this connection begins.
 */
GtkWidget *
be_socket_row_get_badge (BeSocketRow *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_ROW (self), NULL);

  return GTK_WIDGET (self->badge);
}
