/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the card offers when its side has failed. The buttons stand in the card
 * and not in the rows: rows are recycled pictures that the keyboard passes by
 * as one stop of Tab, the row may have scrolled away, and only here is known
 * whether a remedy still applies. */

#include "be-endpoint-card-private.h"

#include "be-descriptor-limit.h"
#include "be-free-port.h"
#include "be-remedy.h"

#include <glib/gi18n-lib.h>

#define LOOPBACK "127.0.0.1"
#define BUTTON_SPACING 8

static const char *const action_names[BE_N_REMEDIES] = {
  [BE_REMEDY_START_SERVER] = "endpoint.start-server-here",
  [BE_REMEDY_CALL_SERVER] = "endpoint.call-server",
  [BE_REMEDY_TRY_LOOPBACK] = "endpoint.try-loopback",
  [BE_REMEDY_NEXT_PORT] = "endpoint.use-next-port",
  [BE_REMEDY_RAISE_LIMIT] = "endpoint.raise-limit",
};

static const BeEventRecord *
get_failure (BeEndpointCard *self)
{
  return be_stage_get_failure (self->stage, self->protocol, self->side);
}

/* Where the server of this window listens, if that is not what was called. */
static gboolean
find_other_server (BeEndpointCard      *self,
                   const BeEventRecord *failure,
                   BeAddress           *local)
{
  BeSession *server = be_stage_get_session (self->stage, self->protocol, BE_SIDE_SERVER);

  if (server == NULL || be_session_get_state (server) != BE_SESSION_RUNNING || !be_session_get_local (server, local))
    return FALSE;

  return local->family != BE_ADDRESS_UNIX && local->port != failure->peer.port;
}

/* A card that runs is helped by a higher limit alone, unless it is a UDP
 * client, which lives on. */
static gboolean
applies (BeEndpointCard *self,
         BeRemedy        remedy)
{
  const BeEventRecord *failure = get_failure (self);
  BeAddress            local;

  /* First what costs nothing: this is asked for every change on the stage. */
  if (failure == NULL ||
      (remedy == BE_REMEDY_START_SERVER &&
       (self->server_card == NULL || be_stage_get_n_active (self->stage, self->protocol, BE_SIDE_SERVER) > 0)))
    return FALSE;

  if (!be_remedy_helps (remedy, failure))
    return FALSE;

  if (remedy == BE_REMEDY_START_SERVER)
    return TRUE;
  if (remedy == BE_REMEDY_RAISE_LIMIT)
    return TRUE;

  if (be_stage_get_n_active (self->stage, self->protocol, self->side) > 0)
    return FALSE;

  return remedy != BE_REMEDY_CALL_SERVER || find_other_server (self, failure, &local);
}

static void
start_at (BeEndpointCard *self,
          const char     *host,
          guint           port)
{
  g_autofree char *port_text = g_strdup_printf ("%u", port);

  if (host != NULL)
    g_object_set (self->field, "host", host, NULL);
  if (port != 0)
    be_endpoint_card_set_port (self, port_text);

  gtk_widget_activate_action (GTK_WIDGET (self), "endpoint.start", NULL);
}

static void
start_server_here_cb (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BeEndpointCard      *self = BE_ENDPOINT_CARD (widget);
  const BeEventRecord *failure = get_failure (self);
  g_autofree char     *host = NULL;

  if (failure == NULL || self->server_card == NULL)
    return;

  host = be_address_host_to_string (&failure->peer);
  start_at (self->server_card, host, failure->peer.port);
}

static void
call_server_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BeEndpointCard      *self = BE_ENDPOINT_CARD (widget);
  const BeEventRecord *failure = get_failure (self);
  g_autofree char     *host = NULL;
  BeAddress            local;

  if (failure == NULL || !find_other_server (self, failure, &local))
    return;

  host = be_address_is_any (&local) ? g_strdup (LOOPBACK) : be_address_host_to_string (&local);
  start_at (self, host, local.port);
}

static void
try_loopback_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  start_at (BE_ENDPOINT_CARD (widget), LOOPBACK, 0);
}

static void
use_next_port_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BeEndpointCard      *self = BE_ENDPOINT_CARD (widget);
  const BeEventRecord *failure = get_failure (self);
  g_autoptr (GError) error = NULL;
  guint16 port = 0;

  if (failure == NULL)
    return;

  port = be_free_port_find_next (&failure->local,
                                 self->protocol == BE_PROTOCOL_UDP ? G_SOCKET_TYPE_DATAGRAM : G_SOCKET_TYPE_STREAM);
  if (port != 0)
    {
      start_at (self, NULL, port);
      return;
    }

  g_set_error_literal (&error, BE_ENDPOINT_ERROR, BE_ENDPOINT_ERROR_PORT,
                       _ ("None of the next ports is free. For port 0 the system chooses one."));
  be_endpoint_card_show_error (self, error);
}

/* A listener tries again by itself; a client is asked to. */
static void
raise_limit_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (widget);

  be_descriptor_limit_raise ();
  if (be_stage_get_n_active (self->stage, self->protocol, self->side) == 0)
    start_at (self, NULL, 0);
  be_endpoint_card_update (self);
}

void
be_endpoint_card_install_remedies (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, action_names[BE_REMEDY_START_SERVER], NULL, start_server_here_cb);
  gtk_widget_class_install_action (widget_class, action_names[BE_REMEDY_CALL_SERVER], NULL, call_server_cb);
  gtk_widget_class_install_action (widget_class, action_names[BE_REMEDY_TRY_LOOPBACK], NULL, try_loopback_cb);
  gtk_widget_class_install_action (widget_class, action_names[BE_REMEDY_NEXT_PORT], NULL, use_next_port_cb);
  gtk_widget_class_install_action (widget_class, action_names[BE_REMEDY_RAISE_LIMIT], NULL, raise_limit_cb);
}

/* A button for each remedy, of which those are seen that apply. Not before one
 * does: nothing has failed when a window starts. */
static void
add_buttons (BeEndpointCard *self)
{
  self->remedies = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, BUTTON_SPACING));
  gtk_widget_add_css_class (GTK_WIDGET (self->remedies), "be-card-remedies");
  gtk_widget_insert_after (GTK_WIDGET (self->remedies), self->body, GTK_WIDGET (self->error));

  for (BeRemedy remedy = BE_REMEDY_NONE + 1; remedy < BE_N_REMEDIES; remedy++)
    {
      GtkWidget *button = gtk_button_new_with_label (be_remedy_get_label (remedy));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_names[remedy]);
      gtk_widget_set_visible (button, FALSE);
      gtk_box_append (self->remedies, button);
    }
}

/* The keyboard must not be lost with the button that it pressed; once the
 * action is disabled nobody knows that it was there. */
static void
hide_button (BeEndpointCard *self,
             GtkWidget      *button)
{
  if (gtk_widget_is_focus (button))
    gtk_widget_grab_focus (self->button);

  gtk_widget_set_visible (button, FALSE);
}

/**
 * be_endpoint_card_update_remedies:
 *
 * Called for every change on the stage.
 */
void
be_endpoint_card_update_remedies (BeEndpointCard *self)
{
  GtkWidget *button = NULL;
  gboolean   is_shown[BE_N_REMEDIES] = { FALSE };
  gboolean   is_any_shown = FALSE;

  for (BeRemedy remedy = BE_REMEDY_NONE + 1; remedy < BE_N_REMEDIES; remedy++)
    {
      is_shown[remedy] = applies (self, remedy);
      is_any_shown = is_any_shown || is_shown[remedy];
    }

  if (is_any_shown && self->remedies == NULL)
    add_buttons (self);
  if (self->remedies != NULL)
    button = gtk_widget_get_first_child (GTK_WIDGET (self->remedies));

  for (BeRemedy remedy = BE_REMEDY_NONE + 1; remedy < BE_N_REMEDIES; remedy++)
    {
      if (button != NULL && !is_shown[remedy] && gtk_widget_get_visible (button))
        hide_button (self, button);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), action_names[remedy], is_shown[remedy]);
      if (button == NULL)
        continue;

      gtk_widget_set_visible (button, is_shown[remedy]);
      button = gtk_widget_get_next_sibling (button);
    }

  if (self->remedies != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->remedies), is_any_shown);
}

/**
 * be_endpoint_card_forget_failure:
 *
 * The address was edited: what failed was another one.
 */
void
be_endpoint_card_forget_failure (BeEndpointCard *self)
{
  if (self->stage != NULL && !self->is_remembering &&
      be_stage_get_n_active (self->stage, self->protocol, self->side) == 0)
    be_stage_forget_failure (self->stage, self->protocol, self->side);
}

/**
 * be_endpoint_card_set_server_card:
 * @server_card: (nullable): lent; the card that can start what this one calls
 */
void
be_endpoint_card_set_server_card (BeEndpointCard *self,
                                  BeEndpointCard *server_card)
{
  g_return_if_fail (BE_IS_ENDPOINT_CARD (self));
  g_return_if_fail (server_card == NULL || BE_IS_ENDPOINT_CARD (server_card));

  g_set_weak_pointer (&self->server_card, server_card);
}
