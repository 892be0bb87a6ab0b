/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-destination-picker.h"

#include <glib/gi18n-lib.h>

#include "be-destination-row.h"

/**
 * BeDestinationPicker:
 *
 * Chooses where a message goes: a server's to everyone or to one of its
 * clients, a client's over one of its connections or from one of its sockets. Only open sockets are
 * offered. Owns its models; ends with the composer.
 */
struct _BeDestinationPicker
{
  GtkWidget parent_instance;

  GtkDropDown *drop_down;

  GtkFilterListModel *open_sockets;
  GListModel         *destinations;

  BeSide     side;
  BeProtocol protocol;
  gboolean   is_tiny;
  guint      n_destinations;
};

G_DEFINE_FINAL_TYPE (BeDestinationPicker, be_destination_picker, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_CHANGED,
} BeDestinationPickerSignal;

static guint signals[SIGNAL_CHANGED + 1];

static gboolean
is_open_cb (gpointer item,
            gpointer user_data)
{
  return be_socket_summary_is_open (item);
}

/* When the one a server's message was for is gone, it is for everyone again; a
 * client's goes over the newest connection. Both stand first. */
static void
destinations_changed_cb (BeDestinationPicker *self,
                         guint                position,
                         guint                n_removed,
                         guint                n_added)
{
  guint n_destinations = g_list_model_get_n_items (self->destinations);

  if (self->side == BE_SIDE_CLIENT && n_destinations > self->n_destinations)
    gtk_drop_down_set_selected (self->drop_down, 0);
  else if (gtk_drop_down_get_selected (self->drop_down) == GTK_INVALID_LIST_POSITION && n_destinations > 0)
    gtk_drop_down_set_selected (self->drop_down, 0);

  self->n_destinations = n_destinations;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
selected_cb (BeDestinationPicker *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_setup_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, be_destination_row_new ());
}

static void
chosen_bind_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item)
{
  GtkWidget           *row = gtk_list_item_get_child (item);
  GtkWidget           *ancestor = gtk_widget_get_ancestor (row, BE_TYPE_DESTINATION_PICKER);
  BeDestinationPicker *self = BE_DESTINATION_PICKER (ancestor);

  be_destination_row_set_item (BE_DESTINATION_ROW (row), gtk_list_item_get_item (item), TRUE,
                               self != NULL && self->is_tiny);
}

static void
offered_bind_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item)
{
  be_destination_row_set_item (BE_DESTINATION_ROW (gtk_list_item_get_child (item)),
                               gtk_list_item_get_item (item), FALSE, FALSE);
}

static GListModel *
with_everyone (GListModel *sockets)
{
  g_autoptr (GtkStringList) everyone = gtk_string_list_new (NULL);
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);

  gtk_string_list_append (everyone, _ ("To everyone"));
  g_list_store_append (parts, everyone);
  g_list_store_append (parts, sockets);

  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts)));
}

static void
show_name (BeDestinationPicker *self)
{
  const char *name = _ ("To whom the server sends");

  if (self->side == BE_SIDE_CLIENT)
    name = self->protocol == BE_PROTOCOL_UDP ? _ ("From which socket the client sends")
                                             : _ ("Over which connection the client sends");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->drop_down), name);
}

/* GObject */

static void
be_destination_picker_dispose (GObject *object)
{
  BeDestinationPicker *self = BE_DESTINATION_PICKER (object);

  if (self->drop_down != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->drop_down));
  self->drop_down = NULL;
  g_clear_object (&self->destinations);
  g_clear_object (&self->open_sockets);

  G_OBJECT_CLASS (be_destination_picker_parent_class)->dispose (object);
}

static void
be_destination_picker_class_init (BeDestinationPickerClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_destination_picker_dispose;

  /* Another destination was chosen, or there are others to choose from. */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", BE_TYPE_DESTINATION_PICKER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-destination-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, BeDestinationPicker, drop_down);
  gtk_widget_class_bind_template_callback (widget_class, row_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, offered_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
be_destination_picker_init (BeDestinationPicker *self)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_open_cb, NULL, NULL));

  self->open_sockets = gtk_filter_list_model_new (NULL, filter);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * be_destination_picker_set_sockets:
 * @sockets: of @side, open and closed, as BeSocketSummary
 *
 * Gives the picker what it offers; once.
 */
void
be_destination_picker_set_sockets (BeDestinationPicker *self,
                                   BeSide               side,
                                   GListModel          *sockets)
{
  g_return_if_fail (BE_IS_DESTINATION_PICKER (self));
  g_return_if_fail (G_IS_LIST_MODEL (sockets));
  g_return_if_fail (self->destinations == NULL);

  self->side = side;
  gtk_filter_list_model_set_model (self->open_sockets, sockets);
  self->destinations = side == BE_SIDE_SERVER ? with_everyone (G_LIST_MODEL (self->open_sockets))
                                              : g_object_ref (G_LIST_MODEL (self->open_sockets));
  gtk_drop_down_set_model (self->drop_down, self->destinations);
  g_signal_connect_object (self->destinations, "items-changed", G_CALLBACK (destinations_changed_cb), self, G_CONNECT_SWAPPED);
  show_name (self);
}

/**
 * be_destination_picker_set_protocol:
 * @protocol: of the sockets that are offered: UDP has no connections
 */
void
be_destination_picker_set_protocol (BeDestinationPicker *self,
                                    BeProtocol           protocol)
{
  g_return_if_fail (BE_IS_DESTINATION_PICKER (self));

  if (self->protocol == protocol)
    return;

  self->protocol = protocol;
  show_name (self);
}

/**
 * be_destination_picker_set_tiny:
 *
 * Whether there is no room for words.
 */
void
be_destination_picker_set_tiny (BeDestinationPicker *self,
                                gboolean             is_tiny)
{
  GListModel *model = NULL;
  guint       selected;

  g_return_if_fail (BE_IS_DESTINATION_PICKER (self));

  if (self->is_tiny == is_tiny)
    return;

  self->is_tiny = is_tiny;
  model = gtk_drop_down_get_model (self->drop_down);
  if (model == NULL)
    return;

  /* Binds the chosen row anew. */
  selected = gtk_drop_down_get_selected (self->drop_down);
  gtk_drop_down_set_selected (self->drop_down, GTK_INVALID_LIST_POSITION);
  gtk_drop_down_set_selected (self->drop_down, selected);
}

/**
 * be_destination_picker_is_empty:
 *
 * Returns: TRUE when nobody is there to send to
 */
gboolean
be_destination_picker_is_empty (BeDestinationPicker *self)
{
  g_return_val_if_fail (BE_IS_DESTINATION_PICKER (self), TRUE);

  return be_destination_picker_get_n_sockets (self) == 0 ||
         gtk_drop_down_get_selected_item (self->drop_down) == NULL;
}

/**
 * be_destination_picker_get_n_sockets:
 *
 * Returns: how many open sockets there are to choose from
 */
guint
be_destination_picker_get_n_sockets (BeDestinationPicker *self)
{
  g_return_val_if_fail (BE_IS_DESTINATION_PICKER (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->open_sockets));
}

/**
 * be_destination_picker_get_socket:
 *
 * Returns: (nullable): NULL for everyone
 */
BeSocketSummary *
be_destination_picker_get_socket (BeDestinationPicker *self)
{
  gpointer item = NULL;

  g_return_val_if_fail (BE_IS_DESTINATION_PICKER (self), NULL);

  item = gtk_drop_down_get_selected_item (self->drop_down);

  return BE_IS_SOCKET_SUMMARY (item) ? item : NULL;
}

/**
 * be_destination_picker_refresh:
 *
 * Looks again which sockets are open.
 */
void
be_destination_picker_refresh (BeDestinationPicker *self)
{
  g_return_if_fail (BE_IS_DESTINATION_PICKER (self));

  gtk_filter_changed (gtk_filter_list_model_get_filter (self->open_sockets), GTK_FILTER_CHANGE_DIFFERENT);
}
