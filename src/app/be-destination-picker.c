/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-destination-picker.h"

#include <glib/gi18n-lib.h>

#include "be-destination-row.h"

#define MAX_LIST_HEIGHT 400

/**
 * BeDestinationPicker:
 *
 * Chooses where a message goes: a server's to everyone or to one of its
 * clients, a client's over one of its connections or from one of its sockets. Only open sockets are
 * offered, as they are when the list is opened: it is made then, and what a
 * crowd does costs nothing before. Owns a reference to what is chosen; ends with
 * the composer.
 */
struct _BeDestinationPicker
{
  GtkWidget parent_instance;

  GtkMenuButton    *button;
  BeDestinationRow *row;

  GListModel      *sockets; /* of BeSocketSummary, open and closed */
  BeSocketSummary *chosen;  /* (nullable): NULL for everyone, or nobody */
  GtkStringObject *everyone;
  GtkWidget       *chosen_row; /* (nullable): in the list, weak */
  guint            forget_source;

  BeSide     side;
  BeProtocol protocol;
  gboolean   is_tiny;
  guint      n_sockets; /* open */
};

G_DEFINE_FINAL_TYPE (BeDestinationPicker, be_destination_picker, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_CHANGED,
} BeDestinationPickerSignal;

static guint signals[SIGNAL_CHANGED + 1];

static gpointer
get_chosen_item (BeDestinationPicker *self)
{
  return self->chosen == NULL && self->side == BE_SIDE_SERVER ? (gpointer) self->everyone : (gpointer) self->chosen;
}

static void
show_chosen (BeDestinationPicker *self)
{
  gpointer         item = get_chosen_item (self);
  g_autofree char *name = item != NULL ? be_destination_row_dup_name (item) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  name != NULL ? name : "", -1);
  gtk_widget_set_visible (GTK_WIDGET (self->row), item != NULL);
  if (item != NULL)
    be_destination_row_show_chosen (self->row, item, self->is_tiny);
}

static void
choose (BeDestinationPicker *self,
        BeSocketSummary     *socket)
{
  g_set_object (&self->chosen, socket);
  show_chosen (self);
}

/* When the one a server's message was for is gone, it is for everyone again; a
 * client's goes over the newest connection, which stands first. */
static void
update (BeDestinationPicker *self)
{
  guint    n_all = g_list_model_get_n_items (self->sockets);
  guint    n_open = 0;
  gboolean is_there = FALSE;
  g_autoptr (BeSocketSummary) newest = NULL;

  for (guint i = 0; i < n_all; i++)
    {
      g_autoptr (BeSocketSummary) socket = g_list_model_get_item (self->sockets, i);

      if (!be_socket_summary_is_open (socket))
        continue;

      n_open++;
      is_there = is_there || socket == self->chosen;
      if (newest == NULL)
        newest = g_steal_pointer (&socket);
    }

  if (self->side == BE_SIDE_CLIENT && (!is_there || n_open > self->n_sockets))
    choose (self, newest);
  else if (self->chosen != NULL && !is_there)
    choose (self, NULL);

  self->n_sockets = n_open;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The list */

static GListStore *
list_open (BeDestinationPicker *self)
{
  GListStore *open = g_list_store_new (G_TYPE_OBJECT);
  guint       n_sockets = self->sockets != NULL ? g_list_model_get_n_items (self->sockets) : 0;

  for (guint i = 0; i < n_sockets; i++)
    {
      g_autoptr (BeSocketSummary) socket = g_list_model_get_item (self->sockets, i);

      if (be_socket_summary_is_open (socket))
        g_list_store_append (open, socket);
    }

  return open;
}

static void
row_setup_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, be_destination_row_new ());
}

static void
row_bind_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             BeDestinationPicker      *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  gpointer   offered = gtk_list_item_get_item (item);
  gboolean   is_chosen = offered == get_chosen_item (self);

  be_destination_row_show_offered (BE_DESTINATION_ROW (row), offered, is_chosen);
  if (is_chosen)
    g_set_weak_pointer (&self->chosen_row, row);
}

/* A socket that was closed since is not chosen. */
static void
activated_cb (BeDestinationPicker *self,
              guint                position,
              GtkListView         *list)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), position);
  BeSocketSummary *socket = BE_IS_SOCKET_SUMMARY (item) ? BE_SOCKET_SUMMARY (item) : NULL;

  gtk_menu_button_popdown (self->button);
  if (socket == NULL || be_socket_summary_is_open (socket))
    choose (self, socket);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The keyboard begins at what is chosen, also far down; the list makes its row when
 * it is scrolled there. */
static gboolean
focus_chosen_cb (GtkWidget     *list,
                 GdkFrameClock *clock,
                 gpointer       user_data)
{
  GtkWidget *self = gtk_widget_get_ancestor (list, BE_TYPE_DESTINATION_PICKER);

  if (self != NULL && BE_DESTINATION_PICKER (self)->chosen_row != NULL)
    gtk_widget_grab_focus (gtk_widget_get_parent (BE_DESTINATION_PICKER (self)->chosen_row));

  return G_SOURCE_REMOVE;
}

static void
list_mapped_cb (BeDestinationPicker *self,
                GtkWidget           *list)
{
  GtkSelectionModel *items = gtk_list_view_get_model (GTK_LIST_VIEW (list));

  gtk_widget_activate_action (list, "list.scroll-to-item", "u", gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (items)));
  gtk_widget_add_tick_callback (list, focus_chosen_cb, NULL, NULL);
}

static GtkWidget *
make_list (BeDestinationPicker *self)
{
  GListStore         *items = list_open (self);
  GtkSingleSelection *selection = NULL;
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget          *list = NULL;
  guint               chosen = 0;

  g_signal_connect (factory, "setup", G_CALLBACK (row_setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (row_bind_cb), self, 0);
  if (self->side == BE_SIDE_SERVER)
    g_list_store_insert (items, 0, self->everyone);
  if (self->chosen != NULL)
    g_list_store_find (items, self->chosen, &chosen);

  selection = gtk_single_selection_new (G_LIST_MODEL (items));
  gtk_single_selection_set_selected (selection, chosen);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_widget_get_tooltip_text (GTK_WIDGET (self->button)), -1);
  g_signal_connect_object (list, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "map", G_CALLBACK (list_mapped_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  return list;
}

static gboolean
forget_popover_cb (gpointer user_data)
{
  BeDestinationPicker *self = user_data;

  self->forget_source = 0;
  if (!gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (self->button))))
    gtk_menu_button_set_popover (self->button, NULL);

  return G_SOURCE_REMOVE;
}

/* It refers to sockets; but not in the middle of its own signal. */
static void
popover_closed_cb (BeDestinationPicker *self)
{
  if (self->forget_source == 0)
    self->forget_source = g_idle_add (forget_popover_cb, self);
}

static void
make_popover_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  BeDestinationPicker *self = user_data;
  GtkWidget           *popover = gtk_popover_new ();
  GtkWidget           *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_LIST_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_list (self));
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_widget_add_css_class (popover, "menu");
  g_signal_connect_object (popover, "closed", G_CALLBACK (popover_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, popover);
}

static void
show_name (BeDestinationPicker *self)
{
  const char *name = _ ("To whom the server sends");

  if (self->side == BE_SIDE_CLIENT)
    name = self->protocol == BE_PROTOCOL_UDP ? _ ("From which socket the client sends")
                                             : _ ("Over which connection the client sends");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
}

/* GObject */

static void
be_destination_picker_dispose (GObject *object)
{
  BeDestinationPicker *self = BE_DESTINATION_PICKER (object);

  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  g_clear_handle_id (&self->forget_source, g_source_remove);
  g_clear_weak_pointer (&self->chosen_row);
  g_clear_object (&self->chosen);
  g_clear_object (&self->everyone);
  g_clear_object (&self->sockets);

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

  g_type_ensure (BE_TYPE_DESTINATION_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-destination-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, BeDestinationPicker, button);
  gtk_widget_class_bind_template_child (widget_class, BeDestinationPicker, row);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
be_destination_picker_init (BeDestinationPicker *self)
{
  self->everyone = gtk_string_object_new (_ ("To everyone"));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, make_popover_cb, self, NULL);
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
  g_return_if_fail (self->sockets == NULL);

  self->side = side;
  self->sockets = g_object_ref (sockets);
  g_signal_connect_object (sockets, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  show_name (self);
  show_chosen (self);
  update (self);
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
  g_return_if_fail (BE_IS_DESTINATION_PICKER (self));

  if (self->is_tiny == is_tiny)
    return;

  self->is_tiny = is_tiny;
  show_chosen (self);
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

  return self->n_sockets == 0;
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

  return self->n_sockets;
}

/**
 * be_destination_picker_get_socket:
 *
 * Returns: (nullable): NULL for everyone
 */
BeSocketSummary *
be_destination_picker_get_socket (BeDestinationPicker *self)
{
  g_return_val_if_fail (BE_IS_DESTINATION_PICKER (self), NULL);

  return self->chosen;
}

/**
 * be_destination_picker_refresh:
 *
 * Looks again whether the socket that is chosen is open.
 */
void
be_destination_picker_refresh (BeDestinationPicker *self)
{
  g_return_if_fail (BE_IS_DESTINATION_PICKER (self));

  if (self->chosen != NULL && !be_socket_summary_is_open (self->chosen))
    update (self);
}
