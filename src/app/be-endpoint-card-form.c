/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is typed into BeEndpointCard, and what is remembered of it. */

#include "be-endpoint-card-private.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_TCP_PORT "8001"
#define DEFAULT_UDP_PORT "8080"

/**
 * be_endpoint_card_parse_form:
 *
 * A path in place of an address is a stream too.
 *
 * Returns: (transfer full) (nullable): what the form asks for
 */
BeEndpoint *
be_endpoint_card_parse_form (BeEndpointCard *self,
                             GError        **error)
{
  g_autoptr (BeEndpoint) endpoint = NULL;
  const char *host = be_address_field_get_host (self->field);
  const char *port = be_address_field_get_port (self->field);
  const char *local_host = be_endpoint_options_get_local_host (self->options);
  const char *local_port = be_endpoint_options_get_local_port (self->options);

  if (self->protocol == BE_PROTOCOL_TCP && strchr (host, '/') != NULL)
    return be_endpoint_new (BE_PROTOCOL_UNIX, host, NULL, error);

  endpoint = be_endpoint_new (self->protocol, *host != '\0' ? host : BE_ENDPOINT_CARD_DEFAULT_HOST, port, error);
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
                "host", host != NULL ? host : BE_ENDPOINT_CARD_DEFAULT_HOST,
                "port", port != NULL ? port : default_port,
                NULL);
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
  self->is_remembering = TRUE;
  show_remembered (self);
  self->is_remembering = FALSE;
  be_socket_pane_set_protocol (self->pane, protocol);
  be_endpoint_card_show_error (self, NULL);
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
