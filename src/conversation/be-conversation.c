/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-conversation-private.h"

#include "be-conversation-layout.h"
#include "be-conversation-resources.h"

#include <adwaita.h>

/**
 * BeConversation:
 *
 * What both ends said, as one list with everything around it: the guide before
 * the first event, the filter bar, the pill that leads to the end.
 *
 * Owns a filter over its journal, of which it holds a reference. It ends with
 * its widget.
 */
G_DEFINE_FINAL_TYPE (BeConversation, be_conversation, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_JOURNAL = 1,
  PROP_SERVER_PORT,
  PROP_SERVER_IS_LOCAL,
  PROP_PROTOCOL,
  PROP_IS_FOLLOWING,
  PROP_SELECTED,
} BeConversationProperty;

static GParamSpec *properties[PROP_SELECTED + 1];

guint be_conversation_signals[BE_CONVERSATION_SIGNAL_MARKED + 1];

/* See be-conversation-private.h. */
guint
be_conversation_count_events (BeConversation *self)
{
  return self->journal != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->journal)) : 0;
}

static void
update_actions (BeConversation *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   has_events = be_conversation_count_events (self) > 0;
  gboolean   can_undo = FALSE;

  if (self->journal != NULL)
    g_object_get (self->journal, "can-undo-clear", &can_undo, NULL);

  gtk_widget_action_set_enabled (widget, "conversation.clear", has_events);
  gtk_widget_action_set_enabled (widget, "conversation.copy", has_events);
  gtk_widget_action_set_enabled (widget, "conversation.undo-clear", can_undo);
}

static void
items_changed_cb (BeConversation *self)
{
  be_conversation_update_page (self);
  update_actions (self);
}

static void
following_changed_cb (BeConversation *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_FOLLOWING]);
}

static void
selected_changed_cb (BeConversation *self)
{
  be_conversation_offer_connection (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
style_changed_cb (BeConversation *self)
{
  if (adw_style_manager_get_dark (adw_style_manager_get_default ()))
    gtk_widget_add_css_class (GTK_WIDGET (self), "be-dark");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "be-dark");
}

/*
 * GtkWidget
 */

static gboolean
be_conversation_grab_focus (GtkWidget *widget)
{
  GtkWidget *list = GTK_WIDGET (BE_CONVERSATION (widget)->list);

  /* GTK asks this too when Tab is about to leave: then it must go on. */
  if (gtk_widget_get_focus_child (widget) != NULL || !gtk_widget_get_mapped (list))
    return FALSE;

  return gtk_widget_grab_focus (list);
}

/*
 * GObject
 */

static void
be_conversation_constructed (GObject *object)
{
  BeConversation  *self = BE_CONVERSATION (object);
  AdwStyleManager *manager = adw_style_manager_get_default ();

  G_OBJECT_CLASS (be_conversation_parent_class)->constructed (object);

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (style_changed_cb),
                           self, G_CONNECT_SWAPPED);
  style_changed_cb (self);
  be_conversation_update_page (self);
  update_actions (self);
}

static void
be_conversation_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  BeConversation *self = BE_CONVERSATION (object);

  switch ((BeConversationProperty) prop_id)
    {
    case PROP_JOURNAL:
      g_value_set_object (value, self->journal);
      break;

    case PROP_SERVER_PORT:
      g_value_set_uint (value, self->server_port);
      break;

    case PROP_SERVER_IS_LOCAL:
      g_value_set_boolean (value, self->server_is_local);
      break;

    case PROP_PROTOCOL:
      g_value_set_int (value, (int) self->protocol);
      break;

    case PROP_IS_FOLLOWING:
      g_value_set_boolean (value, be_conversation_is_following (self));
      break;

    case PROP_SELECTED:
      g_value_set_object (value, be_conversation_get_selected (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_conversation_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  BeConversation *self = BE_CONVERSATION (object);

  switch ((BeConversationProperty) prop_id)
    {
    case PROP_JOURNAL:
      be_conversation_set_journal (self, g_value_get_object (value));
      break;

    case PROP_SERVER_PORT:
      be_conversation_set_server_port (self, g_value_get_uint (value));
      break;

    case PROP_SERVER_IS_LOCAL:
      be_conversation_set_server_is_local (self, g_value_get_boolean (value));
      break;

    case PROP_PROTOCOL:
      be_conversation_set_protocol (self, (BeProtocol) g_value_get_int (value));
      break;

    case PROP_IS_FOLLOWING:
    case PROP_SELECTED:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_conversation_dispose (GObject *object)
{
  BeConversation *self = BE_CONVERSATION (object);

  g_clear_handle_id (&self->words_source, g_source_remove);
  g_clear_weak_pointer (&self->focus_before);
  be_conversation_dispose_menu (self);
  if (self->list != NULL)
    be_event_list_set_filter (self->list, NULL);
  if (self->journal != NULL)
    g_signal_handlers_disconnect_by_data (self->journal, self);
  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_clear_weak_pointer (&self->filter_bar);
  gtk_widget_dispose_template (GTK_WIDGET (self), BE_TYPE_CONVERSATION);
  g_clear_object (&self->filter);
  g_clear_object (&self->journal);

  G_OBJECT_CLASS (be_conversation_parent_class)->dispose (object);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = NULL;
  GdkDisplay *display = gdk_display_get_default ();

  /* Named here, so that the linker takes the resource out of the archive. */
  g_assert (be_conversation_resources_get_resource () != NULL);

  if (display == NULL)
    return;

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/bothends/BothEnds/conversation.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_JOURNAL] =
    g_param_spec_object ("journal", NULL, NULL, BE_TYPE_JOURNAL, writable);
  properties[PROP_SERVER_PORT] =
    g_param_spec_uint ("server-port", NULL, NULL, 0, G_MAXUINT16, 8001, writable);
  properties[PROP_SERVER_IS_LOCAL] =
    g_param_spec_boolean ("server-is-local", NULL, NULL, TRUE, writable);
  properties[PROP_PROTOCOL] =
    g_param_spec_int ("protocol", NULL, NULL, BE_PROTOCOL_TCP, BE_PROTOCOL_UNIX, BE_PROTOCOL_TCP, writable);
  properties[PROP_IS_FOLLOWING] =
    g_param_spec_boolean ("is-following", NULL, NULL, TRUE, readable);
  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, BE_TYPE_EVENT, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
be_conversation_class_init (BeConversationClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = be_conversation_constructed;
  object_class->get_property = be_conversation_get_property;
  object_class->set_property = be_conversation_set_property;
  object_class->dispose = be_conversation_dispose;
  widget_class->grab_focus = be_conversation_grab_focus;

  install_properties (object_class);

  /**
   * BeConversation::cleared:
   * @n_rows: how many rows went
   *
   * The list was emptied on demand; conversation.undo-clear brings it back.
   */
  be_conversation_signals[BE_CONVERSATION_SIGNAL_CLEARED] =
    g_signal_new ("cleared", BE_TYPE_CONVERSATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * BeConversation::copied:
   * @n_rows: how many rows the clipboard has now
   */
  be_conversation_signals[BE_CONVERSATION_SIGNAL_COPIED] =
    g_signal_new ("copied", BE_TYPE_CONVERSATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);

  /* Another connection is that of the row in question: see #BeEventList::marked. */
  be_conversation_signals[BE_CONVERSATION_SIGNAL_MARKED] =
    g_signal_new ("marked", BE_TYPE_CONVERSATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  load_style ();
  g_type_ensure (BE_TYPE_EMPTY_GUIDE);
  g_type_ensure (BE_TYPE_EVENT_LIST);
  g_type_ensure (BE_TYPE_PENDING_ROWS);
  g_type_ensure (BE_TYPE_STATE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/bothends/BothEnds/be-conversation.ui");
  gtk_widget_class_bind_template_child (widget_class, BeConversation, filter_revealer);
  gtk_widget_class_bind_template_child (widget_class, BeConversation, stack);
  gtk_widget_class_bind_template_child (widget_class, BeConversation, guide);
  gtk_widget_class_bind_template_child (widget_class, BeConversation, list);
  gtk_widget_class_bind_template_child (widget_class, BeConversation, pill_revealer);
  gtk_widget_class_bind_template_child (widget_class, BeConversation, pill);
  gtk_widget_class_bind_template_child (widget_class, BeConversation, pill_label);
  gtk_widget_class_bind_template_child (widget_class, BeConversation, pending_rows);
  gtk_widget_class_bind_template_child (widget_class, BeConversation, state_strip);
  gtk_widget_class_bind_template_callback_full (widget_class, "n_new_changed_cb",
                                                G_CALLBACK (be_conversation_n_new_changed));
  gtk_widget_class_bind_template_callback (widget_class, following_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_changed_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "marked_cb", G_CALLBACK (be_conversation_marked));

  be_conversation_install_actions (widget_class);
  be_conversation_install_menu (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, BE_TYPE_CONVERSATION_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "be-conversation");
}

static void
be_conversation_init (BeConversation *self)
{
  self->server_port = 8001;
  self->server_is_local = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  be_conversation_init_menu (self);
}

/**
 * be_conversation_new:
 *
 * Returns: (transfer floating): a conversation without a journal
 */
GtkWidget *
be_conversation_new (void)
{
  return g_object_new (BE_TYPE_CONVERSATION, NULL);
}

/**
 * be_conversation_get_journal:
 * @self: a conversation
 *
 * Returns: (nullable): the journal it shows
 */
BeJournal *
be_conversation_get_journal (BeConversation *self)
{
  g_return_val_if_fail (BE_IS_CONVERSATION (self), NULL);

  return self->journal;
}

/**
 * be_conversation_set_journal:
 * @self: a conversation
 * @journal: (nullable): the journal to show
 */
void
be_conversation_set_journal (BeConversation *self,
                             BeJournal      *journal)
{
  g_return_if_fail (BE_IS_CONVERSATION (self));
  g_return_if_fail (journal == NULL || BE_IS_JOURNAL (journal));

  if (self->journal == journal)
    return;

  if (self->journal != NULL)
    g_signal_handlers_disconnect_by_data (self->journal, self);
  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_clear_object (&self->filter);
  g_set_object (&self->journal, journal);
  self->was_cleared = FALSE;
  self->n_gone_at_clear[0] = self->n_gone_at_clear[1] = 0;

  if (journal != NULL)
    {
      self->filter = be_journal_filter_new (journal);
      g_signal_connect_object (self->filter, "items-changed", G_CALLBACK (items_changed_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (journal, "items-changed", G_CALLBACK (items_changed_cb),
                               self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      g_signal_connect_object (journal, "notify::n-dropped", G_CALLBACK (be_conversation_queue_words),
                               self, G_CONNECT_SWAPPED);
    }

  be_event_list_set_filter (self->list, self->filter);
  if (self->filter_bar != NULL)
    be_filter_bar_set_filter (self->filter_bar, self->filter);
  be_conversation_update_page (self);
  update_actions (self);
  be_conversation_update_note (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOURNAL]);
}

/**
 * be_conversation_set_server_port:
 * @self: a conversation
 * @port: where the server will wait, for the guide
 */
void
be_conversation_set_server_port (BeConversation *self,
                                 guint           port)
{
  g_return_if_fail (BE_IS_CONVERSATION (self));

  if (self->server_port == port)
    return;

  self->server_port = port;
  be_empty_guide_set_server (self->guide, port, self->server_is_local);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER_PORT]);
}

/**
 * be_conversation_set_server_is_local:
 * @self: a conversation
 * @is_local: whether only this computer can reach the server, for the guide
 */
void
be_conversation_set_server_is_local (BeConversation *self,
                                     gboolean        is_local)
{
  g_return_if_fail (BE_IS_CONVERSATION (self));

  if (self->server_is_local == is_local)
    return;

  self->server_is_local = is_local;
  be_empty_guide_set_server (self->guide, self->server_port, is_local);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER_IS_LOCAL]);
}

/**
 * be_conversation_set_protocol:
 * @self: a conversation
 * @protocol: whose words the guide uses
 */
void
be_conversation_set_protocol (BeConversation *self,
                              BeProtocol      protocol)
{
  g_return_if_fail (BE_IS_CONVERSATION (self));

  if (self->protocol == protocol)
    return;

  self->protocol = protocol;
  be_empty_guide_set_protocol (self->guide, protocol);
  be_state_strip_set_protocol (self->state_strip, protocol);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROTOCOL]);
}

/**
 * be_conversation_is_following:
 * @self: a conversation
 *
 * Returns: whether the newest row is in view and stays there
 */
gboolean
be_conversation_is_following (BeConversation *self)
{
  g_return_val_if_fail (BE_IS_CONVERSATION (self), FALSE);

  return self->list == NULL || be_event_list_is_following (self->list);
}

/**
 * be_conversation_get_selected:
 * @self: a conversation
 *
 * Returns: (nullable): the event of the selected row
 */
BeEvent *
be_conversation_get_selected (BeConversation *self)
{
  g_return_val_if_fail (BE_IS_CONVERSATION (self), NULL);

  return self->list != NULL ? be_event_list_get_selected (self->list) : NULL;
}
