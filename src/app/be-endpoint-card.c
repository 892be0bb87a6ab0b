/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-endpoint-card-private.h"

#include <glib/gi18n-lib.h>

#include "be-lazy-menu.h"
#include "be-more-clients.h"
#include "be-payload-text.h"
#include "be-session-words.h"

#define MENUS_RESOURCE "/io/github/bothends/BothEnds/ui/be-endpoint-card-menus.ui"

G_DEFINE_FINAL_TYPE (BeEndpointCard, be_endpoint_card, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SIDE = 1,
  PROP_IS_FOLDED,
  PROP_IS_TIGHT,
  PROP_IS_PROJECTED,
  PROP_PORT,
  PROP_IS_LOCAL,
} BeEndpointCardProperty;

static GParamSpec *properties[PROP_IS_LOCAL + 1];

typedef enum
{
  SIGNAL_ROWS_CHANGED,
} BeEndpointCardSignal;

static guint signals[SIGNAL_ROWS_CHANGED + 1];

static void
update_chip (BeEndpointCard *self,
             guint           n_open)
{
  BeChipKind       kind = BE_CHIP_CLOSED;
  g_autofree char *words = NULL;

  words = be_session_words_describe (self->stage, self->protocol, self->side, n_open, &kind);
  g_object_set (self->chip, "label", words, "kind", kind, NULL);
  if (self->bar != NULL)
    be_card_bar_set_state (BE_CARD_BAR (self->bar), words, kind);

  /* What needs an act is open; what runs is one line. A failure is looked at. */
  if (self->expands_by_itself != (self->is_suggested || kind == BE_CHIP_FAILED))
    {
      self->expands_by_itself = !self->expands_by_itself;
      self->is_expanded = self->expands_by_itself && !self->is_projected;
    }
  be_endpoint_card_update_body (self);
}

static void
update_address (BeEndpointCard *self,
                BeSession      *session,
                gboolean        is_running)
{
  g_autofree char *host = NULL;
  g_autofree char *shown_host = NULL;
  g_autofree char *short_text = NULL;
  g_autofree char *projected_text = NULL;
  BeEndpoint      *endpoint = NULL;
  BeAddress        local = { 0 };
  gboolean         is_bare;
  guint            port;

  if (!is_running || session == NULL)
    {
      g_autofree char *typed = g_strdup_printf ("%s:%s", be_address_field_get_host (self->field), be_address_field_get_port (self->field));

      be_address_field_show_entries (self->field);
      short_text = be_payload_text_to_display ((const guint8 *) typed, strlen (typed), 0);
      if (self->bar != NULL)
        be_card_bar_set_address (BE_CARD_BAR (self->bar), short_text);
      return;
    }

  endpoint = be_session_get_endpoint (session);
  host = g_strdup (be_endpoint_get_host (endpoint));
  port = be_endpoint_get_port (endpoint);

  /* What the socket says, which port 0 or a name did not. */
  if (self->side == BE_SIDE_SERVER && be_session_get_local (session, &local) && local.family != BE_ADDRESS_UNIX)
    {
      g_free (host);
      host = be_address_host_to_string (&local);
      port = local.port;
    }

  is_bare = port != 0 && *host != '[' && strchr (host, ':') != NULL;
  shown_host = g_strdup_printf (is_bare ? "[%s]" : "%s", host); /* RFC 3986, 3.2.2 */
  be_address_field_show_running (self->field, shown_host, port);
  short_text = port == 0 ? g_strdup (host) : g_strdup_printf ("%s:%u", shown_host, port);
  if (self->is_projected && self->side == BE_SIDE_CLIENT)
    projected_text = be_endpoint_card_dup_projected_address (self, short_text);
  if (self->bar != NULL)
    be_card_bar_set_address (BE_CARD_BAR (self->bar), projected_text != NULL ? projected_text : short_text);
}

/* What a card needs that runs, and no window that starts. */
static void
add_running_buttons (BeEndpointCard *self)
{
  gboolean    is_server = self->side == BE_SIDE_SERVER;
  const char *menu_label = is_server ? _ ("More for the server") : _ ("More for the client");

  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "be-arrow-down-symbolic");
  gtk_widget_set_tooltip_text (self->menu_button, menu_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, menu_label, -1);
  be_lazy_menu_attach_resource (GTK_MENU_BUTTON (self->menu_button), MENUS_RESOURCE, is_server ? "server_menu" : "client_menu");
  gtk_box_append (GTK_BOX (self->buttons), self->menu_button);

  if (is_server)
    return;

  self->more_clients = g_object_new (BE_TYPE_MORE_CLIENTS, NULL);
  gtk_box_append (GTK_BOX (self->title_box), self->more_clients);
}

/* Of an action that is not allowed yet the button would lose the focus. */
static void
set_button_action (BeEndpointCard *self,
                   const char     *action_name)
{
  if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (self->button)), action_name) == 0)
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), action_name, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
}

static void
update_buttons (BeEndpointCard *self,
                gboolean        is_running)
{
  gboolean    is_server = self->side == BE_SIDE_SERVER;
  const char *start_label = is_server ? _ ("Start Server") : _ ("Connect");
  const char *stop_label = be_session_words_get_stop (self->protocol, self->side);

  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->button)), is_running ? stop_label : start_label) != 0)
    {
      gtk_button_set_label (GTK_BUTTON (self->button), is_running ? stop_label : start_label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      is_running ? be_session_words_get_spoken_stop (self->protocol, self->side) : start_label, -1);
    }
  set_button_action (self, is_running ? "endpoint.stop" : "endpoint.start");
  if (is_running && self->menu_button == NULL)
    add_running_buttons (self);
  if (!is_running)
    {
      be_endpoint_card_focus_button_before (self, self->menu_button);
      be_endpoint_card_focus_button_before (self, self->more_clients);
    }
  if (self->menu_button != NULL)
    gtk_widget_set_visible (self->menu_button, is_running);
  if (self->more_clients != NULL)
    gtk_widget_set_visible (self->more_clients, is_running);

  if (self->is_suggested)
    gtk_widget_add_css_class (self->button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->button, "suggested-action");
}

void
be_endpoint_card_update (BeEndpointCard *self)
{
  BeSession *session = NULL;
  gboolean   is_running;
  guint      n_open;

  if (self->stage == NULL)
    return;

  n_open = be_socket_pane_count_open (self->pane);
  session = be_stage_get_session (self->stage, self->protocol, self->side);
  is_running = be_stage_get_n_active (self->stage, self->protocol, self->side) > 0;

  if (is_running)
    be_endpoint_card_show_error (self, NULL);
  update_address (self, session, is_running);
  update_buttons (self, is_running);
  update_chip (self, n_open);
  be_endpoint_options_configure (self->options, self->side, self->protocol, is_running);
  be_endpoint_card_update_badge (self, is_running ? session : NULL);
  be_endpoint_card_update_actions (self, session, is_running, n_open);
  be_endpoint_card_update_remedies (self);
  if (!is_running || be_session_get_state (session) == BE_SESSION_RUNNING)
    be_endpoint_card_focus_entry_again (self, !is_running);
  be_accept_queue_set_server (BE_ACCEPT_QUEUE (self->queue), be_stage_get_states (self->stage),
                              self->side == BE_SIDE_SERVER && is_running ? be_session_get_id (session) : 0);
  be_connecting_line_set_states (self->connecting, self->side == BE_SIDE_CLIENT && self->protocol == BE_PROTOCOL_TCP
                                                     ? be_stage_get_states (self->stage)
                                                     : NULL);
}

static void
rows_changed_cb (BeEndpointCard *self)
{
  be_endpoint_card_update (self);
  g_signal_emit (self, signals[SIGNAL_ROWS_CHANGED], 0);
}

static void
rows_moved_cb (BeEndpointCard *self)
{
  g_signal_emit (self, signals[SIGNAL_ROWS_CHANGED], 0);
}

static void
field_activated_cb (BeEndpointCard *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "endpoint.start", NULL);
}

static void
field_edited_cb (BeEndpointCard *self)
{
  be_endpoint_card_show_error (self, NULL);
  be_endpoint_card_forget_failure (self);
  be_endpoint_card_update (self);
}

static void
host_changed_cb (BeEndpointCard *self)
{
  be_endpoint_options_set_host (self->options, be_address_field_get_host (self->field));
}

static void
port_changed_cb (BeEndpointCard *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PORT]);
}

static void
reach_chosen_cb (BeEndpointCard *self)
{
  g_autofree char *reach = NULL;

  g_object_get (self->options, "reach", &reach, NULL);
  if (g_strcmp0 (reach, "loopback") == 0 && *be_address_field_get_host (self->field) != '\0')
    g_object_set (self->field, "host", "127.0.0.1", NULL);
  else if (g_strcmp0 (reach, "network") == 0)
    g_object_set (self->field, "host", "0.0.0.0", NULL);
}

static void
options_changed_cb (BeEndpointCard *self)
{
  if (self->stage == NULL)
    return;

  if (self->side == BE_SIDE_SERVER)
    be_stage_set_reply_rule (self->stage, self->protocol, be_endpoint_options_get_reply_rule (self->options));
  be_endpoint_card_show_error (self, NULL);
  be_endpoint_card_update (self);
}

static void
show_side (BeEndpointCard *self)
{
  gboolean    is_server = self->side == BE_SIDE_SERVER;
  const char *icon = is_server ? "be-server-symbolic" : "be-client-symbolic";
  const char *title = is_server ? _ ("Server") : _ ("Client");

  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_tooltip_text (self->badge, _ ("Options"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "endpoint.ten", !is_server);
  be_socket_pane_set_side (self->pane, self->side);
  be_address_field_set_side (self->field, self->side);
  be_endpoint_options_configure (self->options, self->side, self->protocol, FALSE);
}

/* GObject */

static void
be_endpoint_card_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (object);

  switch ((BeEndpointCardProperty) prop_id)
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
    case PROP_IS_PROJECTED:
      g_value_set_boolean (value, self->is_projected);
      break;
    case PROP_PORT:
      g_value_set_string (value, be_endpoint_card_get_port (self));
      break;
    case PROP_IS_LOCAL:
      g_value_set_boolean (value, self->is_local);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_endpoint_card_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (object);

  switch ((BeEndpointCardProperty) prop_id)
    {
    case PROP_SIDE:
      self->side = (BeSide) g_value_get_int (value);
      show_side (self);
      break;
    case PROP_IS_FOLDED:
      self->is_folded = g_value_get_boolean (value);
      be_endpoint_card_arrange (self);
      be_endpoint_card_update_body (self);
      break;
    case PROP_IS_TIGHT:
      self->is_tight = g_value_get_boolean (value);
      be_endpoint_card_arrange (self);
      break;
    case PROP_IS_PROJECTED:
      be_endpoint_card_set_is_projected (self, g_value_get_boolean (value));
      break;
    case PROP_PORT:
      be_endpoint_card_set_port (self, g_value_get_string (value));
      break;
    case PROP_IS_LOCAL:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_endpoint_card_dispose (GObject *object)
{
  BeEndpointCard *self = BE_ENDPOINT_CARD (object);

  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  g_clear_pointer (&self->queue, gtk_widget_unparent);
  g_clear_object (&self->settings);
  g_clear_object (&self->stage);
  g_clear_weak_pointer (&self->server_card);
  g_clear_weak_pointer (&self->focus_before_bar);
  g_clear_weak_pointer (&self->started_from);
  g_clear_pointer (&self->projected_address, g_free);

  G_OBJECT_CLASS (be_endpoint_card_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-endpoint-card.ui");
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, body);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, title_box);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, icon);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, title);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, chip);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, field);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, badge);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, badge_icon);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, badge_label);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, options);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, button);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, error);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, pane);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, connecting);
  gtk_widget_class_bind_template_child (widget_class, BeEndpointCard, queue);
  gtk_widget_class_bind_template_callback (widget_class, field_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, host_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, port_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reach_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, options_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rows_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rows_moved_cb);
}

static void
be_endpoint_card_class_init (BeEndpointCardClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_endpoint_card_get_property;
  object_class->set_property = be_endpoint_card_set_property;
  object_class->dispose = be_endpoint_card_dispose;
  widget_class->focus = be_endpoint_card_move_focus;

  properties[PROP_SIDE] = g_param_spec_int ("side", NULL, NULL, BE_SIDE_SERVER, BE_SIDE_CLIENT, BE_SIDE_SERVER,
                                            flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_IS_FOLDED] = g_param_spec_boolean ("is-folded", NULL, NULL, FALSE, flags);
  properties[PROP_IS_TIGHT] = g_param_spec_boolean ("is-tight", NULL, NULL, FALSE, flags);
  properties[PROP_IS_PROJECTED] = g_param_spec_boolean ("is-projected", NULL, NULL, FALSE, flags);
  properties[PROP_PORT] = g_param_spec_string ("port", NULL, NULL, "", flags);
  properties[PROP_IS_LOCAL] = g_param_spec_boolean ("is-local", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* Rows came, went, moved, or are in another state: cables end elsewhere. */
  signals[SIGNAL_ROWS_CHANGED] = g_signal_new ("rows-changed", BE_TYPE_ENDPOINT_CARD, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 0);

  be_endpoint_card_install_actions (widget_class);
  be_endpoint_card_install_remedies (widget_class);
  be_endpoint_card_install_reading (widget_class);
  be_more_clients_install_action (widget_class);

  g_type_ensure (BE_TYPE_STATE_CHIP);
  g_type_ensure (BE_TYPE_ADDRESS_FIELD);
  g_type_ensure (BE_TYPE_ENDPOINT_OPTIONS);
  g_type_ensure (BE_TYPE_SOCKET_PANE);
  g_type_ensure (BE_TYPE_ACCEPT_QUEUE);
  g_type_ensure (BE_TYPE_CONNECTING_LINE);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "endpointcard");
}

static void
be_endpoint_card_init (BeEndpointCard *self)
{
  GtkLayoutManager *layout = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->queue, "notify::visible", G_CALLBACK (rows_moved_cb), self, G_CONNECT_SWAPPED);
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}
