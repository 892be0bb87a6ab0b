/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-more-clients.h"

#define N_AT_ONCE 10

/**
 * BeMoreClients:
 *
 * Two small buttons in the card of the client: one client more, and ten. Knows
 * nothing but the names of the card's actions; ends with the card.
 */
struct _BeMoreClients
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (BeMoreClients, be_more_clients, GTK_TYPE_WIDGET)

static void
ten_cb (GtkWidget  *card,
        const char *action_name,
        GVariant   *parameter)
{
  for (guint i = 0; i < N_AT_ONCE; i++)
    gtk_widget_activate_action (card, "endpoint.another", NULL);
}

static void
activate_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  gboolean is_ten = g_str_equal (g_action_get_name (G_ACTION (action)), "ten-clients");

  gtk_widget_activate_action (GTK_WIDGET (user_data), is_ten ? "endpoint.ten" : "endpoint.another", NULL);
}

static void
be_more_clients_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (be_more_clients_parent_class)->dispose (object);
}

static void
be_more_clients_class_init (BeMoreClientsClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_more_clients_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-more-clients.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "moreclients");
}

static void
be_more_clients_init (BeMoreClients *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * be_more_clients_install_action:
 * @card_class: has the action endpoint.another
 *
 * Gives it endpoint.ten.
 */
void
be_more_clients_install_action (GtkWidgetClass *card_class)
{
  gtk_widget_class_install_action (card_class, "endpoint.ten", NULL, ten_cb);
}

/**
 * be_more_clients_add_actions:
 * @map: what gets the actions "another-client" and "ten-clients": a window
 * @client_card: the card in it that has clients
 */
void
be_more_clients_add_actions (GActionMap *map,
                             GtkWidget  *client_card)
{
  static const char *const names[] = { "another-client", "ten-clients" };

  g_return_if_fail (G_IS_ACTION_MAP (map));
  g_return_if_fail (GTK_IS_WIDGET (client_card));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (activate_cb), client_card, 0);
      g_action_map_add_action (map, G_ACTION (action));
    }
}
