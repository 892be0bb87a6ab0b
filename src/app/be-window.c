/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-window.h"

#include <glib/gi18n-lib.h>

#include "be-application.h"
#include "be-cables.h"
#include "be-composer.h"
#include "be-conversation.h"
#include "be-endpoint-card.h"
#include "be-header-title.h"
#include "be-help.h"
#include "be-inspection.h"
#include "be-ladder-export.h"
#include "be-lazy-menu.h"
#include "be-more-clients.h"
#include "be-pane-walk.h"
#include "be-pacing.h"
#include "be-panes.h"
#include "be-projector.h"
#include "be-protocol-mark.h"
#include "be-suggestion.h"
#include "be-wire-caption.h"

#define N_PROTOCOLS 2
#define PRIMARY_MENU_RESOURCE "/io/github/bothends/BothEnds/ui/be-primary-menu.ui"

/**
 * BeWindow:
 *
 * The shell: two cards on top, the conversation below them, a composer for
 * each side at the bottom. It chooses the protocol that is shown; what happens
 * it learns from the stage, which it owns and which ends with it, sockets and
 * all.
 */
struct _BeWindow
{
  AdwApplicationWindow parent_instance;

  BeSideSheet     *side_sheet;
  BePanes         *cards;
  BeEndpointCard  *server_card;
  BeEndpointCard  *client_card;
  GtkButton       *tcp_button;
  GtkButton       *udp_button;
  GtkMenuButton   *menu_button;
  GtkWidget       *caption;
  GtkLabel        *wire_label;
  BeCables        *cables;
  AdwToastOverlay *toasts;
  BeConversation  *conversation;
  GtkBox          *play_place;
  BePanes         *composers;
  BeComposer      *server_composer;
  BeComposer      *client_composer;

  BeStage      *stage;
  GSettings    *settings;
  BeSuggestion *suggestion;
  BeProjector  *projector;
  BePacing     *pacing;
  BeInspection *inspection;
  char         *followed_ports[N_PROTOCOLS];
  BeProtocol    protocol;
};

G_DEFINE_FINAL_TYPE (BeWindow, be_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum
{
  PROP_PROTOCOL = 1,
  PROP_COMPOSER,
} BeWindowProperty;

static GParamSpec *properties[PROP_COMPOSER + 1];

/* For the template: what has no room in a narrow header is in the menu. */
static gboolean
is_false (gpointer object,
          gboolean value)
{
  return !value;
}

/* A server on port 0 has a real port as soon as it listens; a client that was
 * to call port 0 meant that one. */
static void
follow_port (BeWindow *self)
{
  BeSession       *session = be_stage_get_session (self->stage, self->protocol, BE_SIDE_SERVER);
  const char      *client_port = be_endpoint_card_get_port (self->client_card);
  char           **followed = &self->followed_ports[self->protocol == BE_PROTOCOL_UDP];
  g_autofree char *port = NULL;
  BeAddress        local = { 0 };

  if (session == NULL || be_session_get_state (session) != BE_SESSION_RUNNING ||
      be_endpoint_get_port (be_session_get_endpoint (session)) != 0 ||
      !be_session_get_local (session, &local) || local.port == 0)
    return;

  port = g_strdup_printf ("%u", local.port);
  if (g_strcmp0 (port, *followed) == 0)
    return;

  if (g_str_equal (client_port, "0") || g_strcmp0 (client_port, *followed) == 0)
    {
      be_endpoint_card_set_port (self->client_card, port);
      g_free (*followed);
      *followed = g_steal_pointer (&port);
    }
}

static void
stage_changed_cb (BeWindow *self)
{
  be_protocol_mark_update (self->tcp_button, self->stage, BE_PROTOCOL_TCP);
  be_protocol_mark_update (self->udp_button, self->stage, BE_PROTOCOL_UDP);
  follow_port (self);
  be_suggestion_update (self->suggestion, self->stage, self->protocol);
  be_wire_caption_update (self->caption, self->wire_label, be_endpoint_card_get_sockets (self->client_card),
                          be_stage_get_journal (self->stage));
}

static void
can_write_changed_cb (BeWindow *self)
{
  if (self->suggestion == NULL)
    return; /* the template is being built */

  be_suggestion_update (self->suggestion, self->stage, self->protocol);
  be_wire_caption_update (self->caption, self->wire_label, be_endpoint_card_get_sockets (self->client_card),
                          be_stage_get_journal (self->stage));
}

static void
server_place_changed_cb (BeWindow *self)
{
  guint64  port = g_ascii_strtoull (be_endpoint_card_get_port (self->server_card), NULL, 10);
  gboolean is_local = FALSE;

  g_object_get (self->server_card, "is-local", &is_local, NULL);
  be_conversation_set_server_is_local (self->conversation, is_local);
  if (port <= G_MAXUINT16)
    be_conversation_set_server_port (self->conversation, (guint) port);
}

static void
conversation_cleared_cb (BeWindow *self,
                         guint     n_rows)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u row cleared", "%u rows cleared", n_rows), n_rows);
  AdwToast        *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_action_name (toast, "win.undo-clear");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
conversation_copied_cb (BeWindow *self,
                        guint     n_rows)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u row copied", "%u rows copied", n_rows), n_rows);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (title));
}

/* Commands */

static void
conversation_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BeWindow        *self = BE_WINDOW (widget);
  g_autofree char *command = g_strconcat ("conversation.", action_name + strlen ("win."), NULL);

  gtk_widget_activate_action (GTK_WIDGET (self->conversation), command, NULL);
}

static void
toggle_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  BeWindow  *self = BE_WINDOW (widget);
  BeSide     side = g_str_equal (action_name, "win.toggle-server") ? BE_SIDE_SERVER : BE_SIDE_CLIENT;
  gboolean   is_active = be_stage_get_n_active (self->stage, self->protocol, side) > 0;
  GtkWidget *card = GTK_WIDGET (side == BE_SIDE_SERVER ? self->server_card : self->client_card);

  gtk_widget_activate_action (card, is_active ? "endpoint.stop" : "endpoint.start", NULL);
  if (side == BE_SIDE_CLIENT && !is_active)
    gtk_widget_activate_action (widget, "win.await-connection", NULL);
}

static void
await_connection_cb (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BeWindow *self = BE_WINDOW (widget);

  be_suggestion_await_connection (self->suggestion,
                                  be_stage_get_n_active (self->stage, self->protocol, BE_SIDE_CLIENT) > 0);
}

static void
pane_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BeWindow  *self = BE_WINDOW (widget);
  GtkWidget *panes[] = {
    GTK_WIDGET (self->server_card), GTK_WIDGET (self->client_card), GTK_WIDGET (self->conversation),
    GTK_WIDGET (self->server_composer), GTK_WIDGET (self->client_composer),
    be_side_sheet_get_sheet (self->side_sheet)
  };
  guint n_panes = G_N_ELEMENTS (panes) - (panes[G_N_ELEMENTS (panes) - 1] == NULL ? 1 : 0);

  be_pane_walk (GTK_WINDOW (self), panes, n_panes, g_str_equal (action_name, "win.next-pane"));
}

static void
help_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  be_help_show (GTK_WINDOW (widget));
}

/* GObject */

static void
set_protocol (BeWindow  *self,
              BeProtocol protocol)
{
  if (self->protocol == protocol)
    return;

  self->protocol = protocol;
  be_endpoint_card_set_protocol (self->server_card, protocol);
  be_endpoint_card_set_protocol (self->client_card, protocol);
  be_composer_set_protocol (self->server_composer, protocol);
  be_composer_set_protocol (self->client_composer, protocol);
  be_conversation_set_protocol (self->conversation, protocol);
  stage_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROTOCOL]);
}

static void
set_composer (BeWindow   *self,
              const char *name)
{
  gboolean is_server = g_strcmp0 (name, "server") == 0;

  be_panes_set_shown_side (self->composers, is_server ? BE_SIDE_SERVER : BE_SIDE_CLIENT);
  gtk_widget_grab_focus (be_composer_get_entry (is_server ? self->server_composer : self->client_composer));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPOSER]);
}

static void
be_window_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  BeWindow *self = BE_WINDOW (object);
  int       shown_side = BE_SIDE_CLIENT;

  switch ((BeWindowProperty) prop_id)
    {
    case PROP_PROTOCOL:
      g_value_set_string (value, self->protocol == BE_PROTOCOL_UDP ? "udp" : "tcp");
      break;
    case PROP_COMPOSER:
      if (self->composers != NULL)
        g_object_get (self->composers, "shown-side", &shown_side, NULL);
      g_value_set_string (value, shown_side == BE_SIDE_SERVER ? "server" : "client");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_window_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  BeWindow *self = BE_WINDOW (object);

  switch ((BeWindowProperty) prop_id)
    {
    case PROP_PROTOCOL:
      set_protocol (self, g_strcmp0 (g_value_get_string (value), "udp") == 0 ? BE_PROTOCOL_UDP : BE_PROTOCOL_TCP);
      break;
    case PROP_COMPOSER:
      set_composer (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_window_dispose (GObject *object)
{
  BeWindow *self = BE_WINDOW (object);

  g_clear_object (&self->projector);
  g_clear_object (&self->pacing);
  g_clear_object (&self->inspection);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), NULL);
  g_clear_object (&self->suggestion);
  g_clear_object (&self->settings);
  g_clear_object (&self->stage);

  G_OBJECT_CLASS (be_window_parent_class)->dispose (object);
}

static void
be_window_finalize (GObject *object)
{
  BeWindow *self = BE_WINDOW (object);

  for (guint i = 0; i < N_PROTOCOLS; i++)
    g_clear_pointer (&self->followed_ports[i], g_free);

  G_OBJECT_CLASS (be_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "win.protocol", "protocol");
  gtk_widget_class_install_property_action (widget_class, "win.composer", "composer");
  gtk_widget_class_install_action (widget_class, "win.find", NULL, conversation_cb);
  gtk_widget_class_install_action (widget_class, "win.copy", NULL, conversation_cb);
  gtk_widget_class_install_action (widget_class, "win.clear", NULL, conversation_cb);
  gtk_widget_class_install_action (widget_class, "win.undo-clear", NULL, conversation_cb);
  gtk_widget_class_install_action (widget_class, "win.toggle-server", NULL, toggle_cb);
  gtk_widget_class_install_action (widget_class, "win.toggle-client", NULL, toggle_cb);
  gtk_widget_class_install_action (widget_class, "win.await-connection", NULL, await_connection_cb);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, help_cb);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, pane_cb);
  gtk_widget_class_install_action (widget_class, "win.previous-pane", NULL, pane_cb);
}

static void
be_window_class_init (BeWindowClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_window_get_property;
  object_class->set_property = be_window_set_property;
  object_class->dispose = be_window_dispose;
  object_class->finalize = be_window_finalize;

  /* "tcp" or "udp": the pair of ends that is shown */
  properties[PROP_PROTOCOL] = g_param_spec_string ("protocol", NULL, NULL, "tcp", flags);
  /* "server" or "client": who writes when there is room for one */
  properties[PROP_COMPOSER] = g_param_spec_string ("composer", NULL, NULL, "client", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  install_actions (widget_class);

  g_type_ensure (BE_TYPE_CABLES);
  g_type_ensure (BE_TYPE_COMPOSER);
  g_type_ensure (BE_TYPE_CONVERSATION);
  g_type_ensure (BE_TYPE_ENDPOINT_CARD);
  g_type_ensure (BE_TYPE_HEADER_TITLE);
  g_type_ensure (BE_TYPE_PANES);
  g_type_ensure (BE_TYPE_SIDE_SHEET);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BeWindow, side_sheet);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, cards);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, server_card);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, client_card);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, tcp_button);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, udp_button);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, caption);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, wire_label);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, cables);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, conversation);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, play_place);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, composers);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, server_composer);
  gtk_widget_class_bind_template_child (widget_class, BeWindow, client_composer);
  gtk_widget_class_bind_template_callback (widget_class, conversation_cleared_cb);
  gtk_widget_class_bind_template_callback (widget_class, conversation_copied_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_false);
  gtk_widget_class_bind_template_callback (widget_class, can_write_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, server_place_changed_cb);
}

static void
be_window_init (BeWindow *self)
{
  self->stage = be_stage_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  be_lazy_menu_attach_resource (self->menu_button, PRIMARY_MENU_RESOURCE, "primary_menu");
  self->suggestion = be_suggestion_new (GTK_WINDOW (self), self->server_card, self->client_card,
                                        self->client_composer);

  be_conversation_set_journal (self->conversation, be_stage_get_journal (self->stage));
  be_conversation_set_states (self->conversation, be_stage_get_states (self->stage));
  be_cables_set_conversation (self->cables, self->conversation);
  be_ladder_export_attach (GTK_APPLICATION_WINDOW (self), self->toasts, self->conversation);
  be_endpoint_card_set_server_card (self->client_card, self->server_card);
  be_endpoint_card_set_stage (self->server_card, self->stage);
  be_endpoint_card_set_stage (self->client_card, self->stage);
  be_composer_set_stage (self->server_composer, self->stage, be_endpoint_card_get_sockets (self->server_card));
  be_composer_set_stage (self->client_composer, self->stage, be_endpoint_card_get_sockets (self->client_card));
  g_signal_connect_object (self->stage, "changed", G_CALLBACK (stage_changed_cb), self, G_CONNECT_SWAPPED);

  self->pacing = be_pacing_new (GTK_APPLICATION_WINDOW (self), self->stage, self->conversation, self->play_place);

  stage_changed_cb (self);
}

/**
 * be_window_new:
 * @settings: (nullable): where the window remembers what was chosen, if it is
 *   to remember
 */
GtkWidget *
be_window_new (GtkApplication *application,
               GSettings      *settings)
{
  BeWindow        *self = g_object_new (BE_TYPE_WINDOW, "application", application, NULL);
  BeZoom          *zoom = BE_IS_APPLICATION (application) ? be_application_get_zoom (BE_APPLICATION (application)) : NULL;
  BeProjectorParts parts = { self->server_card, self->client_card, self->composers, self->conversation, self->caption };

  be_more_clients_add_actions (G_ACTION_MAP (self), GTK_WIDGET (self->client_card));
  self->projector = be_projector_new (GTK_APPLICATION_WINDOW (self), zoom, &parts);
  self->inspection = be_inspection_new (GTK_APPLICATION_WINDOW (self), self->side_sheet, self->conversation,
                                        self->stage);

  be_endpoint_card_set_settings (self->server_card, settings);
  be_endpoint_card_set_settings (self->client_card, settings);

  if (g_set_object (&self->settings, settings))
    {
      g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "is-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "protocol", self, "protocol", G_SETTINGS_BIND_DEFAULT);
    }

  gtk_widget_grab_focus (be_endpoint_card_get_button (self->server_card));

  return GTK_WIDGET (self);
}

BeStage *
be_window_get_stage (BeWindow *self)
{
  g_return_val_if_fail (BE_IS_WINDOW (self), NULL);

  return self->stage;
}
