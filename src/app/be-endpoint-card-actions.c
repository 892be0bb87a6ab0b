/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-endpoint-card-private.h"

#include "be-focus.h"

#include <glib/gi18n-lib.h>

static void
start_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (widget);
  gboolean        is_from_field = be_focus_is_in (GTK_WIDGET (self->field));
  g_autoptr (BeEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;

  endpoint = be_endpoint_card_parse_form (self, &error);
  be_endpoint_card_show_error (self, error);
  if (endpoint == NULL)
    return;

  be_endpoint_card_focus_button_for_entry (self);
  if (self->side == BE_SIDE_SERVER)
    be_stage_start_server (self->stage, endpoint, be_endpoint_options_get_backlog (self->options),
                           be_endpoint_options_get_reply_rule (self->options));
  else
    be_stage_connect (self->stage, endpoint, be_endpoint_options_get_timeout (self->options));

  if (is_from_field && self->side == BE_SIDE_CLIENT)
    gtk_widget_activate_action (widget, "win.await-connection", NULL);
}

static void
stop_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (widget);

  g_clear_weak_pointer (&self->started_from);
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

static guint32
find_connection (GListModel *sockets,
                 guint32     socket_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (sockets); i++)
    {
      g_autoptr (BeSocketSummary) summary = g_list_model_get_item (sockets, i);

      if (be_socket_summary_get_socket_id (summary) == socket_id)
        return be_socket_summary_get_connection (summary);
    }

  return BE_EVENT_NO_CONNECTION;
}

/* The socket of the card itself; those of its peers have rows. */
static void
inspect_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (widget);
  BeSession      *session = be_stage_get_session (self->stage, self->protocol, self->side);
  guint32         socket_id = be_stage_get_socket_id (self->stage, self->protocol, self->side);
  guint32         connection = BE_EVENT_NO_CONNECTION;

  if (session == NULL || socket_id == 0)
    return;

  if (self->side == BE_SIDE_CLIENT)
    connection = find_connection (be_socket_pane_list_current (self->pane), socket_id);
  gtk_widget_activate_action (widget, "win.inspect-socket", "(uuuu)",
                              be_session_get_id (session), socket_id, connection, self->side);
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
  gtk_widget_class_install_action (widget_class, "endpoint.inspect-listening", NULL, inspect_cb);
  gtk_widget_class_install_action (widget_class, "endpoint.inspect", NULL, inspect_cb);
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
  gboolean has_socket = session != NULL && be_session_is_active (session) &&
                        be_stage_get_socket_id (self->stage, self->protocol, self->side) != 0;
  guint n_sockets = g_list_model_get_n_items (be_socket_pane_get_sockets (self->pane));

  gtk_widget_action_set_enabled (widget, "endpoint.start", !is_running);
  gtk_widget_action_set_enabled (widget, "endpoint.stop", is_running);
  gtk_widget_action_set_enabled (widget, "endpoint.another", !is_server);
  gtk_widget_action_set_enabled (widget, "endpoint.stop-listening", is_listening);
  gtk_widget_action_set_enabled (widget, "endpoint.close-all", n_open > 0 && (is_stream || !is_server));
  gtk_widget_action_set_enabled (widget, "endpoint.half-close-all", is_stream && n_open > 0);
  gtk_widget_action_set_enabled (widget, "endpoint.reset-all", is_stream && n_open > 0);
  gtk_widget_action_set_enabled (widget, "endpoint.forget", n_sockets > n_open);
  gtk_widget_action_set_enabled (widget, "endpoint.inspect-listening", has_socket && is_listening);
  gtk_widget_action_set_enabled (widget, "endpoint.inspect", has_socket && !(is_server && is_stream));
  be_endpoint_card_explain_button (self);
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
  be_endpoint_card_follow_other_end (self);
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
 * Returns: (element-type BeSocketRow): the rows in use
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
 * Returns: (nullable): what clips the rows, if there are any
 */
GtkWidget *
be_endpoint_card_get_viewport (BeEndpointCard *self)
{
  g_return_val_if_fail (BE_IS_ENDPOINT_CARD (self), NULL);

  return be_socket_pane_get_viewport (self->pane);
}
