/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What BeEndpointCard says of its options without opening them. */

#include "be-endpoint-card-private.h"

#include <glib/gi18n-lib.h>

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
                             : be_endpoint_new (self->protocol, *host != '\0' ? host : BE_ENDPOINT_CARD_DEFAULT_HOST, "0", NULL);
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
