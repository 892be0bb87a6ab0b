/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-composer.h"

#include <glib/gi18n-lib.h>

#include "be-write-obstacle.h"
#include "be-destination-picker.h"
#include "be-lazy-menu.h"
#include "be-message-entry.h"

/**
 * BeComposer:
 *
 * Where one side writes: to whom, what, and the button that sends it. While
 * there is nobody to send to, it says what to do about that; and where this end
 * has said that it sends no more, it says so.
 *
 * Owns its children, holds references to the stage and to the sockets of its
 * side, and ends with the window.
 */
struct _BeComposer
{
  GtkWidget parent_instance;

  GtkWidget           *side_button; /* (nullable) until there is room for one composer only */
  GMenuModel          *side_menu;
  BeDestinationPicker *destination;
  BeMessageEntry      *message;
  GtkWidget           *send_button;

  BeStage    *stage;
  GListModel *sockets; /* of BeSocketSummary, as the card shows them */

  BeSide     side;
  BeProtocol protocol;
  gboolean   is_folded;
  gboolean   is_tight;
  gboolean   can_write;
  guint32    met_session; /* the last in which there was somebody to write to */
};

G_DEFINE_FINAL_TYPE (BeComposer, be_composer, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SIDE = 1,
  PROP_IS_FOLDED,
  PROP_IS_TIGHT,
  PROP_CAN_WRITE,
} BeComposerProperty;

static GParamSpec *properties[PROP_CAN_WRITE + 1];

static guint32
get_session_id (BeComposer *self)
{
  BeSession *session = self->stage != NULL ? be_stage_get_session (self->stage, self->protocol, self->side) : NULL;

  return session != NULL ? be_session_get_id (session) : 0;
}

/* Whether somebody was there, also if only between two looks: the list keeps
 * the newest of those that are closed. */
static gboolean
has_socket_of (BeComposer *self,
               guint32     session_id)
{
  GListModel *sockets = self->stage != NULL ? G_LIST_MODEL (be_stage_get_sockets (self->stage, self->side)) : NULL;
  guint       n_sockets = sockets != NULL ? g_list_model_get_n_items (sockets) : 0;

  for (guint i = n_sockets; i > 0; i--)
    {
      g_autoptr (BeSocketSummary) socket = g_list_model_get_item (sockets, i - 1);

      if (be_socket_summary_get_session_id (socket) == session_id)
        return TRUE;
    }

  return FALSE;
}

static void
remember_meeting (BeComposer *self)
{
  guint32 session_id = get_session_id (self);

  if (session_id != 0 && self->protocol == BE_PROTOCOL_TCP && self->met_session != session_id && has_socket_of (self, session_id))
    self->met_session = session_id;
}

static BeWriteObstacle
find_obstacle (BeComposer *self)
{
  if (!be_destination_picker_is_empty (self->destination))
    return be_write_obstacle_find_ended (be_destination_picker_get_socket (self->destination), self->sockets);

  if (self->stage == NULL || be_stage_get_n_active (self->stage, self->protocol, self->side) == 0)
    return BE_WRITE_OBSTACLE_NOT_STARTED;

  return self->met_session == get_session_id (self) ? BE_WRITE_OBSTACLE_NOBODY_ANY_MORE : BE_WRITE_OBSTACLE_NOBODY_YET;
}

static void
update_actions (BeComposer *self)
{
  gboolean can_send = be_composer_can_write (self) &&
                      (self->protocol == BE_PROTOCOL_UDP || be_message_entry_count_bytes (self->message) > 0);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", can_send);
}

/* To set one makes GTK ask the display where the pointer is, and wait for the
 * answer: only for another text. */
static void
set_tooltip (GtkWidget  *widget,
             const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

static void
update_send_button (BeComposer *self)
{
  set_tooltip (self->send_button,
               be_write_obstacle_get_send_tooltip (self->side, self->protocol, find_obstacle (self),
                                                   be_message_entry_count_bytes (self->message)));
  update_actions (self);
}

/* Somebody may be typing when the other end goes away. Keys must not go to a
 * button then, so the entry stays what it is: only sending is over. An entry
 * with nothing in it and without the focus is not to be written into. */
static void
update_message (BeComposer *self,
                gboolean    can_write)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *message = GTK_WIDGET (self->message);
  gboolean   has_focus = focus != NULL && gtk_widget_is_ancestor (focus, message);

  gtk_widget_set_sensitive (message, can_write || has_focus || be_message_entry_has_draft (self->message));
}

/* What cannot be used any more hands its focus to the entry, before GTK takes
 * it to wherever Tab would lead. */
static void
keep_focus (BeComposer *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean   is_empty = be_destination_picker_is_empty (self->destination);

  if (!self->can_write || focus == NULL || be_composer_can_write (self))
    return;

  if (focus == self->send_button || (is_empty && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->destination))))
    gtk_widget_grab_focus (GTK_WIDGET (self->message));
}

static void
set_can_write (BeComposer *self,
               gboolean    can_write)
{
  update_message (self, can_write);

  if (self->can_write != can_write)
    {
      self->can_write = can_write;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_WRITE]);
    }
}

/* Where there is little room, only when there is something to choose. */
static gboolean
shows_destination (BeComposer *self)
{
  guint n_sockets = be_destination_picker_get_n_sockets (self->destination);

  if (self->is_folded)
    return n_sockets > 1;

  return n_sockets > 0 || (self->side == BE_SIDE_SERVER && !self->is_tight);
}

static void
add_side_button (BeComposer *self)
{
  gboolean is_server = self->side == BE_SIDE_SERVER;

  self->side_button = gtk_menu_button_new ();
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->side_button), TRUE);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->side_button), is_server ? _ ("Server") : _ ("Client"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->side_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _ ("Who writes: the server") : _ ("Who writes: the client"), -1);
  be_lazy_menu_attach (GTK_MENU_BUTTON (self->side_button), self->side_menu);
  gtk_widget_insert_after (self->side_button, GTK_WIDGET (self), NULL);
}

static void
update (BeComposer *self)
{
  gboolean    can_write = be_composer_can_write (self);
  const char *placeholder = NULL;

  remember_meeting (self);
  placeholder = be_write_obstacle_get_placeholder (self->side, self->protocol, find_obstacle (self));
  keep_focus (self);
  if (self->is_folded && self->side_button == NULL)
    add_side_button (self);
  if (self->side_button != NULL)
    gtk_widget_set_visible (self->side_button, self->is_folded);
  gtk_widget_set_visible (GTK_WIDGET (self->destination), shows_destination (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->destination), !be_destination_picker_is_empty (self->destination));
  be_destination_picker_set_tiny (self->destination, self->is_tight);
  be_message_entry_set_placeholder (self->message, placeholder);
  set_tooltip (GTK_WIDGET (self->message), can_write ? NULL : placeholder);

  if (self->is_folded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "folded");

  update_send_button (self);
  set_can_write (self, can_write);
}

static void
stage_changed_cb (BeComposer *self)
{
  be_destination_picker_refresh (self->destination);
  update (self);
}

/* Those who come and go within one batch change no number of open sockets. */
static void
sockets_changed_cb (BeComposer *self)
{
  guint32 met_session = self->met_session;

  remember_meeting (self);
  if (self->met_session != met_session)
    update (self);
}

static void
destination_changed_cb (BeComposer *self)
{
  update (self);
}

static void
message_changed_cb (BeComposer *self)
{
  update_send_button (self);
}

static void
message_activated_cb (BeComposer *self)
{
  if (be_composer_can_write (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "composer.send", NULL);
  else
    be_message_entry_refuse (self->message);
}

static void
send_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BeComposer      *self = BE_COMPOSER (widget);
  BeSession       *session = be_stage_get_session (self->stage, self->protocol, self->side);
  BeSocketSummary *socket = be_destination_picker_get_socket (self->destination);
  g_autoptr (GBytes) bytes = be_message_entry_take (self->message);

  if (socket != NULL)
    be_stage_send (self->stage,
                   be_socket_summary_get_session_id (socket),
                   be_socket_summary_get_peer_id (socket),
                   bytes);
  else if (session != NULL)
    be_stage_send (self->stage, be_session_get_id (session), BE_PEER_EVERYONE, bytes);
}

static void
show_side (BeComposer *self)
{
  gboolean is_server = self->side == BE_SIDE_SERVER;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _ ("Write as the server") : _ ("Write as the client"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->send_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _ ("Send as Server") : _ ("Send"), -1);
  be_message_entry_set_side (self->message, self->side);
}

/* GObject */

static void
be_composer_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BeComposer *self = BE_COMPOSER (object);

  switch ((BeComposerProperty) prop_id)
    {
    case PROP_SIDE:
      g_value_set_int (value, self->side);
      break;
    case PROP_IS_FOLDED:
      g_value_set_boolean (value, self->is_folded);
      break;
    case PROP_IS_TIGHT:
      g_value_set_boolean (value, self->is_tight);
      break;
    case PROP_CAN_WRITE:
      g_value_set_boolean (value, self->can_write);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_composer_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  BeComposer *self = BE_COMPOSER (object);

  switch ((BeComposerProperty) prop_id)
    {
    case PROP_SIDE:
      self->side = (BeSide) g_value_get_int (value);
      show_side (self);
      break;
    case PROP_IS_FOLDED:
      self->is_folded = g_value_get_boolean (value);
      update (self);
      break;
    case PROP_IS_TIGHT:
      self->is_tight = g_value_get_boolean (value);
      update (self);
      break;
    case PROP_CAN_WRITE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_composer_dispose (GObject *object)
{
  BeComposer *self = BE_COMPOSER (object);
  GtkWidget  *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->stage);
  g_clear_object (&self->sockets);

  G_OBJECT_CLASS (be_composer_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, BeComposer, side_menu);
  gtk_widget_class_bind_template_child (widget_class, BeComposer, destination);
  gtk_widget_class_bind_template_child (widget_class, BeComposer, message);
  gtk_widget_class_bind_template_child (widget_class, BeComposer, send_button);
  gtk_widget_class_bind_template_callback (widget_class, destination_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_changed_cb);
}

static void
be_composer_class_init (BeComposerClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_composer_get_property;
  object_class->set_property = be_composer_set_property;
  object_class->dispose = be_composer_dispose;

  properties[PROP_SIDE] = g_param_spec_int ("side", NULL, NULL, BE_SIDE_SERVER, BE_SIDE_CLIENT, BE_SIDE_CLIENT,
                                            flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_IS_FOLDED] = g_param_spec_boolean ("is-folded", NULL, NULL, FALSE, flags);
  properties[PROP_IS_TIGHT] = g_param_spec_boolean ("is-tight", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_WRITE] = g_param_spec_boolean ("can-write", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "composer.send", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "composer.send", NULL);

  g_type_ensure (BE_TYPE_DESTINATION_PICKER);
  g_type_ensure (BE_TYPE_MESSAGE_ENTRY);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "composer");
}

static void
be_composer_init (BeComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * be_composer_set_stage:
 * @sockets: of the composer's side and protocol, as the card shows them
 *
 * Gives the composer the stage it sends on; once.
 */
void
be_composer_set_stage (BeComposer *self,
                       BeStage    *stage,
                       GListModel *sockets)
{
  g_return_if_fail (BE_IS_COMPOSER (self));
  g_return_if_fail (BE_IS_STAGE (stage));
  g_return_if_fail (G_IS_LIST_MODEL (sockets));
  g_return_if_fail (self->stage == NULL);

  self->stage = g_object_ref (stage);
  self->sockets = g_object_ref (sockets);
  be_destination_picker_set_sockets (self->destination, self->side, sockets);
  g_signal_connect_object (be_stage_get_sockets (stage, self->side), "notify::n-open",
                           G_CALLBACK (stage_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (be_stage_get_sockets (stage, self->side), "notify::n-ended-sending",
                           G_CALLBACK (stage_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (be_stage_get_sockets (stage, self->side), "items-changed",
                           G_CALLBACK (sockets_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (stage, "changed", G_CALLBACK (stage_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

void
be_composer_set_protocol (BeComposer *self,
                          BeProtocol  protocol)
{
  g_return_if_fail (BE_IS_COMPOSER (self));

  self->protocol = protocol;
  be_destination_picker_set_protocol (self->destination, protocol);
  update (self);
}

/**
 * be_composer_set_suggested:
 *
 * Whether sending is what to do next.
 */
void
be_composer_set_suggested (BeComposer *self,
                           gboolean    is_suggested)
{
  g_return_if_fail (BE_IS_COMPOSER (self));

  if (is_suggested)
    gtk_widget_add_css_class (self->send_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->send_button, "suggested-action");
}

/**
 * be_composer_can_write:
 *
 * Returns: TRUE when there is somebody to send to, and this end has not said
 *   that it sends no more
 */
gboolean
be_composer_can_write (BeComposer *self)
{
  g_return_val_if_fail (BE_IS_COMPOSER (self), FALSE);

  return find_obstacle (self) == BE_WRITE_OBSTACLE_NONE;
}

GtkWidget *
be_composer_get_entry (BeComposer *self)
{
  g_return_val_if_fail (BE_IS_COMPOSER (self), NULL);

  return be_message_entry_get_entry (self->message);
}
