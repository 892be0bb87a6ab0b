/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-message-entry.h"

#include <glib/gi18n-lib.h>

#include "be-lazy-menu.h"
#include "be-message-history.h"

/**
 * BeMessageEntry:
 *
 * One message before it is sent: what is typed, how it ends, and how many
 * bytes that is. The bytes are UTF-8 as it was typed, with the chosen ending
 * behind it and nothing else. The arrow keys bring earlier messages back.
 *
 * Owns its children and the history; ends with the composer.
 */
struct _BeMessageEntry
{
  GtkWidget parent_instance;

  GtkEntry   *entry;
  GtkLabel   *count;
  GtkWidget  *ending_button;
  GMenuModel *ending_menu;
  GtkLabel   *ending_label;

  BeMessageHistory *history;
  char             *ending;
};

G_DEFINE_FINAL_TYPE (BeMessageEntry, be_message_entry, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_ENDING = 1,
} BeMessageEntryProperty;

static GParamSpec *properties[PROP_ENDING + 1];

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATED,
} BeMessageEntrySignal;

static guint signals[SIGNAL_ACTIVATED + 1];

static const char *
get_text (BeMessageEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static const char *
get_ending_bytes (BeMessageEntry *self)
{
  if (g_strcmp0 (self->ending, "lf") == 0)
    return "\n";
  if (g_strcmp0 (self->ending, "crlf") == 0)
    return "\r\n";

  return "";
}

static void
update_count (BeMessageEntry *self)
{
  gsize            n_bytes = be_message_entry_count_bytes (self);
  g_autofree char *text = g_strdup_printf (ngettext ("%u byte", "%u bytes", (gulong) n_bytes), (guint) n_bytes);

  if (g_strcmp0 (gtk_label_get_text (self->count), text) != 0)
    gtk_label_set_text (self->count, text);
  gtk_widget_remove_css_class (GTK_WIDGET (self->count), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->count), n_bytes > 0);
}

static void
set_ending (BeMessageEntry *self,
            const char     *ending)
{
  if (g_strcmp0 (self->ending, ending) == 0)
    return;

  g_free (self->ending);
  self->ending = g_strdup (ending);
  gtk_label_set_text (self->ending_label, g_strcmp0 (ending, "lf") == 0 ? "LF" : "CRLF");
  gtk_widget_set_visible (GTK_WIDGET (self->ending_label), *get_ending_bytes (self) != '\0');
  update_count (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENDING]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
text_changed_cb (BeMessageEntry *self)
{
  update_count (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
entry_activated_cb (BeMessageEntry *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers)
{
  GtkWidget *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    return gtk_widget_activate_action (entry, "message.older", NULL);
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    return gtk_widget_activate_action (entry, "message.newer", NULL);

  return GDK_EVENT_PROPAGATE;
}

static void
history_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BeMessageEntry *self = BE_MESSAGE_ENTRY (widget);
  const char     *text = NULL;

  if (g_str_equal (action_name, "message.older"))
    text = be_message_history_older (self->history, get_text (self));
  else
    text = be_message_history_newer (self->history);
  if (text == NULL)
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/* GtkWidget */

static gboolean
be_message_entry_grab_focus (GtkWidget *widget)
{
  /* GTK asks this too when Shift+Tab is about to leave: then it must go on. */
  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;

  /* A draft that is selected would be gone with the next key. */
  return gtk_entry_grab_focus_without_selecting (BE_MESSAGE_ENTRY (widget)->entry);
}

/* GObject */

static void
be_message_entry_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  BeMessageEntry *self = BE_MESSAGE_ENTRY (object);

  switch ((BeMessageEntryProperty) prop_id)
    {
    case PROP_ENDING:
      g_value_set_string (value, self->ending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_message_entry_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  BeMessageEntry *self = BE_MESSAGE_ENTRY (object);

  switch ((BeMessageEntryProperty) prop_id)
    {
    case PROP_ENDING:
      set_ending (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_message_entry_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (be_message_entry_parent_class)->dispose (object);
}

static void
be_message_entry_finalize (GObject *object)
{
  BeMessageEntry *self = BE_MESSAGE_ENTRY (object);

  g_clear_pointer (&self->history, be_message_history_free);
  g_clear_pointer (&self->ending, g_free);

  G_OBJECT_CLASS (be_message_entry_parent_class)->finalize (object);
}

static void
be_message_entry_class_init (BeMessageEntryClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_message_entry_get_property;
  object_class->set_property = be_message_entry_set_property;
  object_class->dispose = be_message_entry_dispose;
  object_class->finalize = be_message_entry_finalize;
  widget_class->grab_focus = be_message_entry_grab_focus;

  /* "none", "lf" or "crlf" */
  properties[PROP_ENDING] = g_param_spec_string ("ending", NULL, NULL, "none",
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* There are other bytes to send. */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", BE_TYPE_MESSAGE_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* Enter was pressed. */
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", BE_TYPE_MESSAGE_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "message.older", NULL, history_cb);
  gtk_widget_class_install_action (widget_class, "message.newer", NULL, history_cb);
  gtk_widget_class_install_property_action (widget_class, "message.ending", "ending");

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-message-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, BeMessageEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, BeMessageEntry, count);
  gtk_widget_class_bind_template_child (widget_class, BeMessageEntry, ending_button);
  gtk_widget_class_bind_template_child (widget_class, BeMessageEntry, ending_menu);
  gtk_widget_class_bind_template_child (widget_class, BeMessageEntry, ending_label);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "messageentry");
}

static void
be_message_entry_init (BeMessageEntry *self)
{
  self->history = be_message_history_new ();
  self->ending = g_strdup ("none");
  gtk_widget_init_template (GTK_WIDGET (self));
  be_lazy_menu_attach (GTK_MENU_BUTTON (self->ending_button), self->ending_menu);
}

/**
 * be_message_entry_set_side:
 *
 * Names the controls for those who do not see where they stand.
 */
void
be_message_entry_set_side (BeMessageEntry *self,
                           BeSide          side)
{
  gboolean is_server = side == BE_SIDE_SERVER;

  g_return_if_fail (BE_IS_MESSAGE_ENTRY (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _ ("Server Message") : _ ("Message"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->ending_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _ ("Line ending of the server's messages")
                                            : _ ("Line ending of the client's messages"),
                                  -1);
}

void
be_message_entry_set_placeholder (BeMessageEntry *self,
                                  const char     *text)
{
  g_return_if_fail (BE_IS_MESSAGE_ENTRY (self));

  if (g_strcmp0 (gtk_entry_get_placeholder_text (self->entry), text) == 0)
    return;

  gtk_entry_set_placeholder_text (self->entry, text);
  update_count (self);
}

/**
 * be_message_entry_refuse:
 *
 * What stands there cannot be sent now. Says beside it what the empty entry would
 * say, until that or the text changes.
 */
void
be_message_entry_refuse (BeMessageEntry *self)
{
  g_return_if_fail (BE_IS_MESSAGE_ENTRY (self));

  if (!be_message_entry_has_draft (self))
    return; /* it is to be read there */

  gtk_label_set_text (self->count, gtk_entry_get_placeholder_text (self->entry));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->count), TRUE);
  gtk_widget_error_bell (GTK_WIDGET (self->entry));
}

gsize
be_message_entry_count_bytes (BeMessageEntry *self)
{
  g_return_val_if_fail (BE_IS_MESSAGE_ENTRY (self), 0);

  return strlen (get_text (self)) + strlen (get_ending_bytes (self));
}

/**
 * be_message_entry_has_draft:
 *
 * Returns: TRUE when something is typed that was not sent
 */
gboolean
be_message_entry_has_draft (BeMessageEntry *self)
{
  g_return_val_if_fail (BE_IS_MESSAGE_ENTRY (self), FALSE);

  return *get_text (self) != '\0';
}

/**
 * be_message_entry_take:
 *
 * Takes the message to send it: it goes into the history, and the entry is
 * empty again and has the focus.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
be_message_entry_take (BeMessageEntry *self)
{
  g_autofree char *message = NULL;
  gsize            n_bytes;

  g_return_val_if_fail (BE_IS_MESSAGE_ENTRY (self), NULL);

  n_bytes = be_message_entry_count_bytes (self);
  message = g_strconcat (get_text (self), get_ending_bytes (self), NULL);

  be_message_history_add (self->history, get_text (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));

  return g_bytes_new_take (g_steal_pointer (&message), n_bytes);
}

GtkWidget *
be_message_entry_get_entry (BeMessageEntry *self)
{
  g_return_val_if_fail (BE_IS_MESSAGE_ENTRY (self), NULL);

  return GTK_WIDGET (self->entry);
}
