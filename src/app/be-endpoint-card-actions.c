/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-endpoint-card-private.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_HOST "127.0.0.1"
#define DEFAULT_TCP_PORT "8001"
#define DEFAULT_UDP_PORT "8080"

/* What the form asks for; a path in place of an address is a stream too. */
static BeEndpoint *
parse_form (BeEndpointCard *self,
            GError        **error)
{
  g_autoptr (BeEndpoint) endpoint = NULL;
  const char *host = be_address_field_get_host (self->field);
  const char *port = be_address_field_get_port (self->field);
  const char *local_host = be_endpoint_options_get_local_host (self->options);
  const char *local_port = be_endpoint_options_get_local_port (self->options);

  if (self->protocol == BE_PROTOCOL_TCP && strchr (host, '/') != NULL)
    return be_endpoint_new (BE_PROTOCOL_UNIX, host, NULL, error);

  endpoint = be_endpoint_new (self->protocol, *host != '\0' ? host : DEFAULT_HOST, port, error);
  if (endpoint == NULL || self->side == BE_SIDE_SERVER)
    return g_steal_pointer (&endpoint);

  /* bind() takes it for "any free one"; to call it means nothing. */
  if (be_endpoint_get_port (endpoint) == 0)
    {
      g_set_error_literal (error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_PORT,
                           _ ("A client calls a port from 1 to 65535. Type the port of the server."));
      return NULL;
    }

  if (*local_host == '\0' && *local_port == '\0')
    return g_steal_pointer (&endpoint);

  return be_endpoint_with_local (endpoint, local_host, local_port, error);
}

/* Commands */

static void
start_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (widget);
  GtkWidget      *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gboolean        is_from_field = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->field));
  g_autoptr (BeEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;

  endpoint = parse_form (self, &error);
  be_endpoint_card_show_error (self, error);
  if (endpoint == NULL)
    return;

  if (self->side == BE_SIDE_SERVER)
    be_stage_start_server (self->stage, endpoint, be_endpoint_options_get_backlog (self->options),
                           be_endpoint_options_get_reply_rule (self->options));
  else
    be_stage_connect (self->stage, endpoint, be_endpoint_options_get_timeout (self->options));

  /* The entries make room for what runs, and the focus they had goes nowhere. */
  if (is_from_field && self->side == BE_SIDE_CLIENT)
    gtk_widget_activate_action (widget, "win.await-connection", NULL);
}

static void
stop_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (widget);

  be_stage_stop (self->stage, self->protocol, self->side);
}

static void
stop_listening_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  be_stage_stop_listening (BE_ENDPOINT_CARD (widget)->stage);
}

static void
forget_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (widget);

  be_socket_list_clear_closed (be_stage_get_sockets (self->stage, self->side));
  be_socket_pane_list_current (self->pane);
}

static void
command_peer (BeEndpointCard *self,
              const char     *verb,
              guint32         session_id,
              guint32         peer_id)
{
  if (g_str_has_prefix (verb, "half-close"))
    be_stage_half_close (self->stage, session_id, peer_id);
  else if (g_str_has_prefix (verb, "reset"))
    be_stage_reset_peer (self->stage, session_id, peer_id);
  else
    be_stage_close_peer (self->stage, session_id, peer_id);
}

static void
peer_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  guint32 session_id = 0;
  guint32 peer_id = 0;

  g_variant_get (parameter, "(uu)", &session_id, &peer_id);
  command_peer (BE_ENDPOINT_CARD (widget), action_name + strlen ("endpoint."), session_id, peer_id);
}

static void
all_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (widget);
  GListModel     *sockets = be_socket_pane_list_current (self->pane);
  BeSession      *session = be_stage_get_session (self->stage, self->protocol, self->side);
  const char     *verb = action_name + strlen ("endpoint.");

  if (self->side == BE_SIDE_SERVER)
    {
      if (session != NULL)
        command_peer (self, verb, be_session_get_id (session), BE_PEER_EVERYONE);
      return;
    }

  for (guint i = g_list_model_get_n_items (sockets); i > 0; i--)
    {
      g_autoptr (BeSocketSummary) summary = g_list_model_get_item (sockets, i - 1);

      if (be_socket_summary_is_open (summary))
        command_peer (self, verb,
                      be_socket_summary_get_session_id (summary),
                      be_socket_summary_get_peer_id (summary));
    }
}

void
be_endpoint_card_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "endpoint.start", NULL, start_cb);
  gtk_widget_class_install_action (widget_class, "endpoint.another", NULL, start_cb);
  gtk_widget_class_install_action (widget_class, "endpoint.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "endpoint.stop-listening", NULL, stop_listening_cb);
  gtk_widget_class_install_action (widget_class, "endpoint.close-all", NULL, all_cb);
  gtk_widget_class_install_action (widget_class, "endpoint.half-close-all", NULL, all_cb);
  gtk_widget_class_install_action (widget_class, "endpoint.reset-all", NULL, all_cb);
  gtk_widget_class_install_action (widget_class, "endpoint.close-peer", "(uu)", peer_cb);
  gtk_widget_class_install_action (widget_class, "endpoint.half-close-peer", "(uu)", peer_cb);
  gtk_widget_class_install_action (widget_class, "endpoint.reset-peer", "(uu)", peer_cb);
  gtk_widget_class_install_action (widget_class, "endpoint.forget", NULL, forget_cb);
}

void
be_endpoint_card_update_actions (BeEndpointCard *self,
                                 BeSession      *session,
                                 gboolean        is_running,
                                 guint           n_open)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   is_stream = self->protocol == BE_PROTOCOL_TCP;
  gboolean   is_server = self->side == BE_SIDE_SERVER;
  gboolean   is_listening = is_server && is_stream && session != NULL &&
                          be_session_get_state (session) == BE_SESSION_RUNNING;
  guint n_sockets = g_list_model_get_n_items (be_socket_pane_get_sockets (self->pane));

  gtk_widget_action_set_enabled (widget, "endpoint.start", !is_running);
  gtk_widget_action_set_enabled (widget, "endpoint.stop", is_running);
  gtk_widget_action_set_enabled (widget, "endpoint.another", !is_server);
  gtk_widget_action_set_enabled (widget, "endpoint.stop-listening", is_listening);
  gtk_widget_action_set_enabled (widget, "endpoint.close-all", n_open > 0);
  gtk_widget_action_set_enabled (widget, "endpoint.half-close-all", is_stream && n_open > 0);
  gtk_widget_action_set_enabled (widget, "endpoint.reset-all", is_stream && n_open > 0);
  gtk_widget_action_set_enabled (widget, "endpoint.forget", n_sockets > n_open);
  be_endpoint_card_explain_button (self);
}

/* What the card says of them */

static void
show_badge (BeEndpointCard *self,
            const char     *icon_name,
            const char     *text,
            gboolean        is_warning)
{
  /* Called for every change on the stage; GTK would lay out anew each time. */
  if (g_strcmp0 (gtk_label_get_text (self->badge_label), text) == 0)
    return;

  gtk_image_set_from_icon_name (self->badge_icon, icon_name);
  gtk_label_set_text (self->badge_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->badge), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);

  if (is_warning)
    gtk_widget_add_css_class (self->badge, "warning");
  else
    gtk_widget_remove_css_class (self->badge, "warning");
}

static void
update_server_badge (BeEndpointCard *self,
                     BeSession      *session)
{
  g_autoptr (BeEndpoint) endpoint = NULL;
  BeAddress   address = { 0 };
  const char *host = be_address_field_get_host (self->field);
  gboolean    is_known;
  gboolean    is_local;

  endpoint = session != NULL ? be_endpoint_ref (be_session_get_endpoint (session))
                             : be_endpoint_new (self->protocol, *host != '\0' ? host : DEFAULT_HOST, "0", NULL);
  is_known = (session != NULL && be_session_get_local (session, &address)) ||
             (endpoint != NULL && be_endpoint_get_address (endpoint, &address));

  is_local = strchr (host, '/') != NULL || address.family == BE_ADDRESS_UNIX || g_str_equal (host, "localhost") ||
             (is_known && be_address_is_loopback (&address));

  if (is_local)
    show_badge (self, "be-shield-symbolic", _ ("this computer only"), FALSE);
  else if (is_known)
    show_badge (self, "be-warning-symbolic", _ ("open to the network"), TRUE);
  else
    show_badge (self, "be-options-symbolic", _ ("options"), FALSE);

  if (self->is_local != is_local)
    {
      self->is_local = is_local;
      g_object_notify (G_OBJECT (self), "is-local");
    }
}

static void
update_client_badge (BeEndpointCard *self)
{
  const char      *host = be_endpoint_options_get_local_host (self->options);
  const char      *port = be_endpoint_options_get_local_port (self->options);
  g_autofree char *text = NULL;

  if (*port == '\0' || g_str_equal (port, "0"))
    {
      text = *host == '\0' ? g_strdup (_ ("port chosen by the system")) : g_strdup_printf (C_ ("local address of a client", "from %s"), host);
      show_badge (self, "be-shuffle-symbolic", text, FALSE);
      return;
    }

  text = *host == '\0' ? g_strdup_printf (_ ("from port %s"), port) : g_strdup_printf (_ ("from %s, port %s"), host, port);
  show_badge (self, "be-options-symbolic", text, FALSE);
}

void
be_endpoint_card_update_badge (BeEndpointCard *self,
                               BeSession      *session)
{
  if (self->side == BE_SIDE_SERVER)
    update_server_badge (self, session);
  else
    update_client_badge (self);
}

/* Marks the field that is to blame and says under it what is wrong. */
void
be_endpoint_card_show_error (BeEndpointCard *self,
                             const GError   *error)
{
  gboolean is_in_options;

  be_address_field_mark (self->field, error);
  is_in_options = be_endpoint_options_mark (self->options, error);

  gtk_label_set_text (self->error, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
  if (is_in_options)
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->badge));
}

static char *
dup_key (BeEndpointCard *self,
         const char     *what)
{
  return g_strdup_printf ("%s-%s-%s",
                          self->protocol == BE_PROTOCOL_UDP ? "udp" : "tcp",
                          self->side == BE_SIDE_SERVER ? "server" : "client",
                          what);
}

/* Before another protocol is shown. Without settings the card keeps what was
 * typed, for as long as it lives. */
static void
remember (BeEndpointCard *self)
{
  g_autofree char *address_key = dup_key (self, "address");
  g_autofree char *port_key = dup_key (self, "port");

  if (self->settings != NULL)
    return;

  g_object_set_data_full (G_OBJECT (self), address_key, g_strdup (be_address_field_get_host (self->field)), g_free);
  g_object_set_data_full (G_OBJECT (self), port_key, g_strdup (be_address_field_get_port (self->field)), g_free);
}

static void
show_remembered (BeEndpointCard *self)
{
  const char      *default_port = self->protocol == BE_PROTOCOL_UDP ? DEFAULT_UDP_PORT : DEFAULT_TCP_PORT;
  g_autofree char *address_key = dup_key (self, "address");
  g_autofree char *port_key = dup_key (self, "port");
  const char      *host = g_object_get_data (G_OBJECT (self), address_key);
  const char      *port = g_object_get_data (G_OBJECT (self), port_key);

  be_endpoint_card_show_reading (self);
  if (self->settings != NULL)
    {
      /* A binding that is only replaced still hears of the first change that
       * the new one makes, and would save it under the other protocol. */
      g_settings_unbind (self->field, "host");
      g_settings_unbind (self->field, "port");
      g_settings_bind (self->settings, address_key, self->field, "host", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (self->settings, port_key, self->field, "port", G_SETTINGS_BIND_DEFAULT);
      return;
    }

  g_object_set (self->field,
                "host", host != NULL ? host : DEFAULT_HOST,
                "port", port != NULL ? port : default_port,
                NULL);
}

/**
 * be_endpoint_card_set_stage:
 *
 * Gives the card the stage that it shows and commands; once.
 */
void
be_endpoint_card_set_stage (BeEndpointCard *self,
                            BeStage        *stage)
{
  g_return_if_fail (BE_IS_ENDPOINT_CARD (self));
  g_return_if_fail (BE_IS_STAGE (stage));
  g_return_if_fail (self->stage == NULL);

  self->stage = g_object_ref (stage);
  g_signal_connect_object (stage, "changed", G_CALLBACK (be_endpoint_card_update), self, G_CONNECT_SWAPPED);
  be_socket_pane_set_stage (self->pane, stage);
  be_endpoint_card_update (self);
}

/**
 * be_endpoint_card_set_settings:
 * @settings: (nullable): where addresses and ports are remembered, if they are
 */
void
be_endpoint_card_set_settings (BeEndpointCard *self,
                               GSettings      *settings)
{
  g_return_if_fail (BE_IS_ENDPOINT_CARD (self));

  g_set_object (&self->settings, settings);
  show_remembered (self);
}

/**
 * be_endpoint_card_set_protocol:
 *
 * Which pair of ends is shown: TCP or UDP. Nothing is stopped by it.
 */
void
be_endpoint_card_set_protocol (BeEndpointCard *self,
                               BeProtocol      protocol)
{
  g_return_if_fail (BE_IS_ENDPOINT_CARD (self));

  if (self->protocol == protocol)
    return;

  remember (self);
  self->protocol = protocol;
  show_remembered (self);
  be_socket_pane_set_protocol (self->pane, protocol);
  be_endpoint_card_show_error (self, NULL);
  be_endpoint_card_update (self);
}

/**
 * be_endpoint_card_set_suggested:
 *
 * Whether this card's button is what to press next.
 */
void
be_endpoint_card_set_suggested (BeEndpointCard *self,
                                gboolean        is_suggested)
{
  g_return_if_fail (BE_IS_ENDPOINT_CARD (self));

  if (self->is_suggested == is_suggested)
    return;

  self->is_suggested = is_suggested;
  be_endpoint_card_update (self);
}

const char *
be_endpoint_card_get_port (BeEndpointCard *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_CARD (self), NULL);

  return be_address_field_get_port (self->field);
}

void
be_endpoint_card_set_port (BeEndpointCard *self,
                           const char     *port)
{
  g_return_if_fail (BE_IS_ENDPOINT_CARD (self));

  g_object_set (self->field, "port", port, NULL);
}

GtkWidget *
be_endpoint_card_get_button (BeEndpointCard *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_CARD (self), NULL);

  return self->button;
}

/**
 * be_endpoint_card_get_sockets:
 *
 * Returns: the sockets that the card shows, as BeSocketSummary
 */
GListModel *
be_endpoint_card_get_sockets (BeEndpointCard *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_CARD (self), NULL);

  return be_socket_pane_get_sockets (self->pane);
}

/**
 * be_endpoint_card_get_rows:
 *
 * Returns: (element-type BeSocketRow): the rows in use, in no order
 */
GPtrArray *
be_endpoint_card_get_rows (BeEndpointCard *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_CARD (self), NULL);

  return be_socket_pane_get_rows (self->pane);
}

/**
 * be_endpoint_card_get_viewport:
 *
 * Returns: what clips the rows
 */
GtkWidget *
be_endpoint_card_get_viewport (BeEndpointCard *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_CARD (self), NULL);

  return GTK_WIDGET (self->pane);
}
