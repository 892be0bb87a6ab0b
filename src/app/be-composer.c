/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-composer.h"

#include <glib/gi18n-lib.h>

#include "be-destination-picker.h"
#include "be-message-history.h"

/**
 * BeComposer:
 *
 * Where one side writes: to whom, what, and how the message ends. What is
 * typed is sent as UTF-8, byte for byte, with the chosen ending behind it and
 * nothing else; how many bytes that is stands there before it is sent.
 *
 * Owns its children and the history, holds a reference to the stage; ends with
 * the window.
 */
struct _BeComposer
{
  GtkWidget parent_instance;

  GtkWidget   *side_button;
  BeDestinationPicker *destination;
  GtkWidget   *frame;
  GtkEntry    *entry;
  GtkLabel    *count;
  GtkWidget   *ending_button;
  GtkLabel    *ending_label;
  GtkWidget   *send_button;

  BeStage          *stage;
  BeMessageHistory *history;
  char             *ending;

  BeSide     side;
  BeProtocol protocol;
  gboolean   is_folded;
  gboolean   is_tight;
  gboolean   can_write;
};

G_DEFINE_FINAL_TYPE (BeComposer, be_composer, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SIDE = 1,
  PROP_IS_FOLDED,
  PROP_IS_TIGHT,
  PROP_ENDING,
  PROP_CAN_WRITE,
} BeComposerProperty;

static GParamSpec *properties[PROP_CAN_WRITE + 1];

static const char *
get_ending_bytes (BeComposer *self)
{
  if (g_strcmp0 (self->ending, "lf") == 0)
    return "\n";
  if (g_strcmp0 (self->ending, "crlf") == 0)
    return "\r\n";

  return "";
}

static gsize
count_bytes (BeComposer *self)
{
  return strlen (gtk_editable_get_text (GTK_EDITABLE (self->entry))) + strlen (get_ending_bytes (self));
}

static const char *
get_placeholder (BeComposer *self)
{
  gboolean is_running = self->stage != NULL && be_stage_get_n_active (self->stage, self->protocol, self->side) > 0;

  if (be_composer_can_write (self))
    return self->side == BE_SIDE_SERVER ? _("Say something as the server") : _("Message");
  if (self->side == BE_SIDE_CLIENT)
    return _("Connect first, then write here");
  if (!is_running)
    return _("Start the server first");

  return self->protocol == BE_PROTOCOL_UDP ? _("Nobody has sent a datagram yet") : _("No client is connected yet");
}

/* Why the button does what it does, or does nothing. */
static const char *
get_send_tooltip (BeComposer *self,
                  gsize       n_bytes)
{
  if (!be_composer_can_write (self))
    return get_placeholder (self);
  if (n_bytes == 0 && self->protocol == BE_PROTOCOL_UDP)
    return _("Sends an empty datagram");
  if (n_bytes == 0)
    return _("A stream has no empty messages: write something first");

  return self->side == BE_SIDE_SERVER ? _("Send as the server") : _("Send as the client");
}

static void
update_actions (BeComposer *self)
{
  gboolean can_send = be_composer_can_write (self) &&
                      (self->protocol == BE_PROTOCOL_UDP || count_bytes (self) > 0);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", can_send);
}

static void
update_count (BeComposer *self)
{
  gsize            n_bytes = count_bytes (self);
  g_autofree char *text = g_strdup_printf (ngettext ("%u byte", "%u bytes", (gulong) n_bytes), (guint) n_bytes);

  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n_bytes > 0);
  gtk_widget_set_tooltip_text (self->send_button, get_send_tooltip (self, n_bytes));
  update_actions (self);
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
update (BeComposer *self)
{
  gboolean    can_write = be_composer_can_write (self);
  const char *ending = get_ending_bytes (self);

  gtk_widget_set_visible (self->side_button, self->is_folded);
  gtk_widget_set_visible (GTK_WIDGET (self->destination), shows_destination (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->destination), can_write);
  be_destination_picker_set_tiny (self->destination, self->is_tight);
  gtk_widget_set_sensitive (self->frame, can_write);
  gtk_entry_set_placeholder_text (self->entry, get_placeholder (self));
  gtk_label_set_text (self->ending_label, *ending == '\n' ? "LF" : "CRLF");
  gtk_widget_set_visible (GTK_WIDGET (self->ending_label), *ending != '\0');
  update_count (self);

  if (self->is_folded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "folded");

  if (self->can_write != can_write)
    {
      self->can_write = can_write;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_WRITE]);
    }
}

static void
stage_changed_cb (BeComposer *self)
{
  be_destination_picker_refresh (self->destination);
  update (self);
}

static void
destination_changed_cb (BeComposer *self)
{
  update (self);
}

static void
text_changed_cb (BeComposer *self)
{
  update_count (self);
}

static void
entry_activated_cb (BeComposer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.send", NULL);
}

static void
show_message (BeComposer *self,
              const char *text)
{
  if (text == NULL)
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers)
{
  GtkWidget  *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  BeComposer *self = BE_COMPOSER (gtk_widget_get_ancestor (entry, BE_TYPE_COMPOSER));

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    gtk_widget_activate_action (GTK_WIDGET (self), "composer.older", NULL);
  else if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    gtk_widget_activate_action (GTK_WIDGET (self), "composer.newer", NULL);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
older_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  BeComposer *self = BE_COMPOSER (widget);

  show_message (self, be_message_history_older (self->history, gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static void
newer_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  BeComposer *self = BE_COMPOSER (widget);

  show_message (self, be_message_history_newer (self->history));
}

static void
send_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BeComposer *self = BE_COMPOSER (widget);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *message = NULL;
  BeSocketSummary *socket = be_destination_picker_get_socket (self->destination);
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gsize            n_bytes = count_bytes (self);

  message = g_strconcat (text, get_ending_bytes (self), NULL);
  bytes = g_bytes_new (message, n_bytes);

  if (socket != NULL)
    be_stage_send (self->stage,
                   be_socket_summary_get_session_id (socket),
                   be_socket_summary_get_peer_id (socket),
                   bytes);
  else
    be_stage_send (self->stage,
                   be_session_get_id (be_stage_get_session (self->stage, self->protocol, self->side)),
                   BE_PEER_EVERYONE,
                   bytes);

  be_message_history_add (self->history, text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
show_side (BeComposer *self)
{
  gboolean is_server = self->side == BE_SIDE_SERVER;

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->side_button), is_server ? _("Server") : _("Client"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _("Write as the server") : _("Write as the client"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _("Server Message") : _("Message"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->send_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _("Send as Server") : _("Send"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->ending_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _("Line ending of the server's messages") : _("Line ending of the client's messages"), -1);
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
    case PROP_ENDING:
      g_value_set_string (value, self->ending);
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
    case PROP_ENDING:
      g_free (self->ending);
      self->ending = g_value_dup_string (value);
      g_object_notify_by_pspec (object, pspec);
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

  G_OBJECT_CLASS (be_composer_parent_class)->dispose (object);
}

static void
be_composer_finalize (GObject *object)
{
  BeComposer *self = BE_COMPOSER (object);

  g_clear_pointer (&self->history, be_message_history_free);
  g_clear_pointer (&self->ending, g_free);

  G_OBJECT_CLASS (be_composer_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, BeComposer, side_button);
  gtk_widget_class_bind_template_child (widget_class, BeComposer, destination);
  gtk_widget_class_bind_template_child (widget_class, BeComposer, frame);
  gtk_widget_class_bind_template_child (widget_class, BeComposer, entry);
  gtk_widget_class_bind_template_child (widget_class, BeComposer, count);
  gtk_widget_class_bind_template_child (widget_class, BeComposer, ending_button);
  gtk_widget_class_bind_template_child (widget_class, BeComposer, ending_label);
  gtk_widget_class_bind_template_child (widget_class, BeComposer, send_button);
  gtk_widget_class_bind_template_callback (widget_class, destination_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
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
  object_class->finalize = be_composer_finalize;

  properties[PROP_SIDE] = g_param_spec_int ("side", NULL, NULL, BE_SIDE_SERVER, BE_SIDE_CLIENT, BE_SIDE_CLIENT,
                                            flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_IS_FOLDED] = g_param_spec_boolean ("is-folded", NULL, NULL, FALSE, flags);
  properties[PROP_IS_TIGHT] = g_param_spec_boolean ("is-tight", NULL, NULL, FALSE, flags);
  /* "none", "lf" or "crlf" */
  properties[PROP_ENDING] = g_param_spec_string ("ending", NULL, NULL, "none", flags);
  properties[PROP_CAN_WRITE] = g_param_spec_boolean ("can-write", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "composer.older", NULL, older_cb);
  gtk_widget_class_install_action (widget_class, "composer.newer", NULL, newer_cb);
  gtk_widget_class_install_property_action (widget_class, "composer.ending", "ending");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "composer.send", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "composer.send", NULL);

  g_type_ensure (BE_TYPE_DESTINATION_PICKER);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "composer");
}

static void
be_composer_init (BeComposer *self)
{
  self->history = be_message_history_new ();
  self->ending = g_strdup ("none");
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
  be_destination_picker_set_sockets (self->destination, self->side, sockets);
  g_signal_connect_object (be_stage_get_sockets (stage, self->side), "notify::n-open",
                           G_CALLBACK (stage_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (stage, "changed", G_CALLBACK (stage_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

void
be_composer_set_protocol (BeComposer *self,
                          BeProtocol  protocol)
{
  g_return_if_fail (BE_IS_COMPOSER (self));

  self->protocol = protocol;
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
 * Returns: TRUE when there is somebody to send to
 */
gboolean
be_composer_can_write (BeComposer *self)
{
  g_return_val_if_fail (BE_IS_COMPOSER (self), FALSE);

  return !be_destination_picker_is_empty (self->destination);
}

GtkWidget *
be_composer_get_entry (BeComposer *self)
{
  g_return_val_if_fail (BE_IS_COMPOSER (self), NULL);

  return GTK_WIDGET (self->entry);
}
