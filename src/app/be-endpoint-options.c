/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-endpoint-options.h"

#include <glib/gi18n-lib.h>

/* What stands in the template. */
#define DEFAULT_BACKLOG 5
#define DEFAULT_TIMEOUT_SECONDS 10

/**
 * BeEndpointOptions:
 *
 * What an endpoint can be told beside its address: of a server who may
 * connect, what it answers and its backlog; of a client the local address it
 * calls from and its patience. Holds the choices and acts on none of them;
 * ends with the button whose popover it is.
 */
struct _BeEndpointOptions
{
  GtkPopover parent_instance;

  /* all of these are NULL until it is shown first */
  GtkWidget     *server_page;
  GtkWidget     *backlog_row;
  GtkSpinButton *backlog_spin;
  GtkDropDown   *reply_drop_down;

  GtkWidget     *client_page;
  GtkEntry      *local_host_entry;
  GtkEntry      *local_port_entry;
  GtkWidget     *timeout_label;
  GtkSpinButton *timeout_spin;

  GtkBox          *lines;
  BeReaderOptions *reader;

  char      *reach;
  BeSide     side;
  BeProtocol protocol;
  gboolean   is_running;
};

G_DEFINE_FINAL_TYPE (BeEndpointOptions, be_endpoint_options, GTK_TYPE_POPOVER)

typedef enum
{
  PROP_REACH = 1,
} BeEndpointOptionsProperty;

static GParamSpec *properties[PROP_REACH + 1];

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_READER_MADE,
} BeEndpointOptionsSignal;

static guint signals[SIGNAL_READER_MADE + 1];

static void
set_reach (BeEndpointOptions *self,
           const char        *reach)
{
  if (g_strcmp0 (self->reach, reach) == 0)
    return;

  g_free (self->reach);
  self->reach = g_strdup (reach);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REACH]);
}

static void
mark (GtkEntry   *entry,
      const char *sentence)
{
  if (sentence == NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }

  gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry),
                               GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}

static void
local_changed_cb (BeEndpointOptions *self)
{
  be_endpoint_options_mark (self, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
reply_selected_cb (BeEndpointOptions *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
update_pages (BeEndpointOptions *self)
{
  gboolean is_stream = self->protocol != BE_PROTOCOL_UDP;

  if (self->lines == NULL)
    return;

  gtk_widget_set_visible (self->server_page, self->side == BE_SIDE_SERVER);
  gtk_widget_set_visible (self->client_page, self->side == BE_SIDE_CLIENT);
  gtk_widget_set_visible (self->backlog_row, is_stream);
  gtk_widget_set_visible (self->timeout_label, is_stream);
  gtk_widget_set_visible (GTK_WIDGET (self->timeout_spin), is_stream);
  gtk_widget_set_sensitive (self->backlog_row, !self->is_running);
}

/* GtkWidget */

/* A window opens faster without what few people look for. */
static void
be_endpoint_options_show (GtkWidget *widget)
{
  BeEndpointOptions *self = BE_ENDPOINT_OPTIONS (widget);

  if (self->reader == NULL)
    {
      gtk_widget_init_template (widget);
      update_pages (self);
      self->reader = g_object_new (BE_TYPE_READER_OPTIONS, NULL);
      gtk_box_append (self->lines, GTK_WIDGET (self->reader));
      g_signal_emit (self, signals[SIGNAL_READER_MADE], 0);
    }

  GTK_WIDGET_CLASS (be_endpoint_options_parent_class)->show (widget);
}

/* GObject */

static void
be_endpoint_options_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  BeEndpointOptions *self = BE_ENDPOINT_OPTIONS (object);

  switch ((BeEndpointOptionsProperty) prop_id)
    {
    case PROP_REACH:
      g_value_set_string (value, self->reach);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_endpoint_options_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  BeEndpointOptions *self = BE_ENDPOINT_OPTIONS (object);

  switch ((BeEndpointOptionsProperty) prop_id)
    {
    case PROP_REACH:
      set_reach (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_endpoint_options_finalize (GObject *object)
{
  BeEndpointOptions *self = BE_ENDPOINT_OPTIONS (object);

  g_clear_pointer (&self->reach, g_free);

  G_OBJECT_CLASS (be_endpoint_options_parent_class)->finalize (object);
}

static void
be_endpoint_options_class_init (BeEndpointOptionsClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_endpoint_options_get_property;
  object_class->set_property = be_endpoint_options_set_property;
  object_class->finalize = be_endpoint_options_finalize;
  widget_class->show = be_endpoint_options_show;

  /**
   * BeEndpointOptions:reach:
   *
   * "loopback", "network", or "other" for an address that is neither.
   */
  properties[PROP_REACH] = g_param_spec_string ("reach", NULL, NULL, "other",
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* Something other than the reach was chosen. */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", BE_TYPE_ENDPOINT_OPTIONS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* be_endpoint_options_get_reader () is there now. */
  signals[SIGNAL_READER_MADE] = g_signal_new ("reader-made", BE_TYPE_ENDPOINT_OPTIONS, G_SIGNAL_RUN_LAST, 0,
                                              NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_property_action (widget_class, "options.reach", "reach");

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-endpoint-options.ui");
  gtk_widget_class_bind_template_child (widget_class, BeEndpointOptions, server_page);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointOptions, backlog_row);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointOptions, backlog_spin);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointOptions, reply_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointOptions, client_page);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointOptions, local_host_entry);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointOptions, local_port_entry);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointOptions, timeout_label);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointOptions, timeout_spin);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointOptions, lines);
  gtk_widget_class_bind_template_callback (widget_class, local_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reply_selected_cb);
}

static void
be_endpoint_options_init (BeEndpointOptions *self)
{
  self->reach = g_strdup ("other");
}

/**
 * be_endpoint_options_configure:
 * @is_running: what cannot change under a running endpoint is insensitive then
 *
 * Shows what makes sense for one side of one protocol.
 */
void
be_endpoint_options_configure (BeEndpointOptions *self,
                               BeSide             side,
                               BeProtocol         protocol,
                               gboolean           is_running)
{
  g_return_if_fail (BE_IS_ENDPOINT_OPTIONS (self));

  self->side = side;
  self->protocol = protocol;
  self->is_running = is_running;
  update_pages (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "options.reach", !is_running);
}

/**
 * be_endpoint_options_set_host:
 *
 * Tells which address the form has, so that the choice of who may connect
 * agrees with it.
 */
void
be_endpoint_options_set_host (BeEndpointOptions *self,
                              const char        *host)
{
  g_return_if_fail (BE_IS_ENDPOINT_OPTIONS (self));
  g_return_if_fail (host != NULL);

  if (g_str_equal (host, "127.0.0.1") || *host == '\0')
    set_reach (self, "loopback");
  else if (g_str_equal (host, "0.0.0.0"))
    set_reach (self, "network");
  else
    set_reach (self, "other");
}

guint
be_endpoint_options_get_backlog (BeEndpointOptions *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_OPTIONS (self), 0);

  return self->lines != NULL ? (guint) gtk_spin_button_get_value_as_int (self->backlog_spin) : DEFAULT_BACKLOG;
}

guint
be_endpoint_options_get_timeout (BeEndpointOptions *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_OPTIONS (self), 0);

  return self->lines != NULL ? (guint) gtk_spin_button_get_value_as_int (self->timeout_spin) : DEFAULT_TIMEOUT_SECONDS;
}

BeReplyRule
be_endpoint_options_get_reply_rule (BeEndpointOptions *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_OPTIONS (self), BE_REPLY_UPPER);

  return self->lines != NULL ? (BeReplyRule) gtk_drop_down_get_selected (self->reply_drop_down) : BE_REPLY_UPPER;
}

const char *
be_endpoint_options_get_local_host (BeEndpointOptions *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_OPTIONS (self), NULL);

  return self->lines != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->local_host_entry)) : "";
}

const char *
be_endpoint_options_get_local_port (BeEndpointOptions *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_OPTIONS (self), NULL);

  return self->lines != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->local_port_entry)) : "";
}

/**
 * be_endpoint_options_mark:
 * @error: (nullable): what be_endpoint_with_local () said, or NULL
 *
 * Returns: FALSE when none of these entries is to blame
 */
gboolean
be_endpoint_options_mark (BeEndpointOptions *self,
                          const GError      *error)
{
  gboolean is_host;
  gboolean is_port;

  g_return_val_if_fail (BE_IS_ENDPOINT_OPTIONS (self), FALSE);

  if (self->lines == NULL)
    return FALSE;

  is_host = g_error_matches (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_LOCAL_HOST);
  is_port = g_error_matches (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_LOCAL_PORT);
  mark (self->local_host_entry, is_host ? error->message : NULL);
  mark (self->local_port_entry, is_port ? error->message : NULL);

  return is_host || is_port;
}

/**
 * be_endpoint_options_get_reader:
 *
 * Returns: (nullable): when the sockets of this side read, and how much at
 *   once; NULL until the options are shown first
 */
BeReaderOptions *
be_endpoint_options_get_reader (BeEndpointOptions *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_OPTIONS (self), NULL);

  return self->reader;
}
