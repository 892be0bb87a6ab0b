/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-pane.h"

#include <glib/gi18n-lib.h>

#include "be-socket-row.h"

#define MAX_VISIBLE_ROWS 3
#define PADDING 8

/**
 * BeSocketPane:
 *
 * The sockets of one card: those of its side and of the protocol that is
 * shown, the newest open one first. Three are visible, more are scrolled to,
 * and a line says how many. Owns the filtered model and
 * holds a reference to the stage; ends with the card.
 */
struct _BeSocketPane
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkListView       *list;
  GtkLabel          *more;

  BeStage            *stage;
  GtkFilterListModel *filtered;
  GtkSortListModel   *sockets;
  GPtrArray          *rows; /* those in use, lent by the list view */

  BeSide     side;
  BeProtocol protocol;
};

G_DEFINE_FINAL_TYPE (BeSocketPane, be_socket_pane, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_ROWS_CHANGED,
  SIGNAL_ROWS_MOVED,
} BeSocketPaneSignal;

static guint signals[SIGNAL_ROWS_MOVED + 1];

static gboolean
is_of_protocol_cb (gpointer item,
                   gpointer user_data)
{
  BeSocketPane *self = BE_SOCKET_PANE (user_data);
  BeProtocol    protocol = BE_PROTOCOL_TCP;

  return self->stage != NULL &&
         be_stage_knows_protocol (self->stage, be_socket_summary_get_session_id (item), &protocol) &&
         protocol == self->protocol;
}

/* What lives and what is new must be in sight. The connection is the same at
 * both ends, so that these more often stand beside each other. */
static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  gboolean is_a_open = be_socket_summary_is_open ((BeSocketSummary *) a);
  gboolean is_b_open = be_socket_summary_is_open ((BeSocketSummary *) b);
  guint32  connection_a = be_socket_summary_get_connection ((BeSocketSummary *) a);
  guint32  connection_b = be_socket_summary_get_connection ((BeSocketSummary *) b);

  if (is_a_open != is_b_open)
    return is_b_open - is_a_open;

  return (connection_b > connection_a) - (connection_b < connection_a);
}

static int
measure_row (BeSocketPane *self)
{
  int height = 0;

  if (self->rows->len > 0)
    gtk_widget_measure (g_ptr_array_index (self->rows, 0), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);

  return height;
}

static void
update_more (BeSocketPane *self,
             guint         n_rows)
{
  guint            n_more = n_rows > MAX_VISIBLE_ROWS ? n_rows - MAX_VISIBLE_ROWS : 0;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->more), n_more > 0);
  text = g_strdup_printf (ngettext ("%u more, scroll to see it", "%u more, scroll to see them", n_more), n_more);
  gtk_label_set_text (self->more, text);
}

/* The list view keeps the row in place at which one looked, also when that is
 * over and a new one stands above it. */
static void
scroll_to_newest (BeSocketPane *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->sockets)) > MAX_VISIBLE_ROWS)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
}

static void
rows_changed_cb (BeSocketPane *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->sockets));

  gtk_widget_set_visible (GTK_WIDGET (self), n_rows > 0);
  if (n_rows <= MAX_VISIBLE_ROWS)
    {
      /* A scrollbar that may appear makes room for itself. */
      gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_NEVER);
      gtk_scrolled_window_set_min_content_height (self->scroller, -1);
    }
  else
    {
      gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
      gtk_scrolled_window_set_min_content_height (self->scroller, MAX_VISIBLE_ROWS * measure_row (self) + PADDING);
    }
  update_more (self, n_rows);
  scroll_to_newest (self);
  g_signal_emit (self, signals[SIGNAL_ROWS_CHANGED], 0);
}

static void
n_open_changed_cb (BeSocketPane *self)
{
  gtk_sorter_changed (gtk_sort_list_model_get_sorter (self->sockets), GTK_SORTER_CHANGE_DIFFERENT);
  scroll_to_newest (self);
  g_signal_emit (self, signals[SIGNAL_ROWS_CHANGED], 0);
}

static void
rows_moved_cb (BeSocketPane *self)
{
  g_signal_emit (self, signals[SIGNAL_ROWS_MOVED], 0);
}

static void
row_setup_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, be_socket_row_new ());
  gtk_list_item_set_activatable (item, FALSE);
}

static BeSocketPane *
pane_of (GtkWidget *row)
{
  return BE_SOCKET_PANE (gtk_widget_get_ancestor (row, BE_TYPE_SOCKET_PANE));
}

static void
row_bind_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  GtkWidget    *row = gtk_list_item_get_child (item);
  BeSocketPane *self = pane_of (row);

  be_socket_row_set_summary (BE_SOCKET_ROW (row), gtk_list_item_get_item (item));
  if (self == NULL)
    return;

  g_ptr_array_add (self->rows, row);
}

static void
row_unbind_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  GtkWidget    *row = gtk_list_item_get_child (item);
  BeSocketPane *self = pane_of (row);

  be_socket_row_set_summary (BE_SOCKET_ROW (row), NULL);
  if (self != NULL)
    g_ptr_array_remove (self->rows, row);
}

/* The keyboard is on the item of the list; what it can do is in the row, its
 * child, to which no key comes by itself. */
static gboolean
key_cb (GtkWidget *widget,
        GVariant  *action,
        gpointer   user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return BE_IS_SOCKET_ROW (row) && gtk_widget_is_ancestor (row, widget) &&
         gtk_widget_activate_action (row, g_variant_get_string (action, NULL), NULL);
}

static void
add_key (GtkShortcutController *controller,
         guint                  key,
         GdkModifierType        modifiers,
         const char            *action)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                            gtk_callback_action_new (key_cb, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_string (action));
  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

static void
add_keys (BeSocketPane *self)
{
  GtkEventController    *controller = gtk_shortcut_controller_new ();
  GtkShortcutController *shortcuts = GTK_SHORTCUT_CONTROLLER (controller);

  add_key (shortcuts, GDK_KEY_Delete, 0, "socket.close");
  add_key (shortcuts, GDK_KEY_KP_Delete, 0, "socket.close");
  add_key (shortcuts, GDK_KEY_Menu, 0, "socket.menu");
  add_key (shortcuts, GDK_KEY_F10, GDK_SHIFT_MASK, "socket.menu");
  add_key (shortcuts, GDK_KEY_Return, 0, "socket.menu");
  add_key (shortcuts, GDK_KEY_KP_Enter, 0, "socket.menu");
  add_key (shortcuts, GDK_KEY_space, 0, "socket.menu");

  /* Before the item of the list, which takes Return and Space for itself. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* GObject */

static void
be_socket_pane_dispose (GObject *object)
{
  BeSocketPane *self = BE_SOCKET_PANE (object);

  if (self->scroller != NULL)
    {
      g_ptr_array_set_size (self->rows, 0);
      gtk_list_view_set_model (self->list, NULL);
      gtk_widget_unparent (GTK_WIDGET (self->more));
      gtk_widget_unparent (GTK_WIDGET (self->scroller));
    }
  self->scroller = NULL;
  g_clear_object (&self->sockets);
  g_clear_object (&self->filtered);
  g_clear_object (&self->stage);

  G_OBJECT_CLASS (be_socket_pane_parent_class)->dispose (object);
}

static void
be_socket_pane_finalize (GObject *object)
{
  BeSocketPane *self = BE_SOCKET_PANE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (be_socket_pane_parent_class)->finalize (object);
}

static void
be_socket_pane_class_init (BeSocketPaneClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_socket_pane_dispose;
  object_class->finalize = be_socket_pane_finalize;

  /* Sockets came, went, or were closed. */
  signals[SIGNAL_ROWS_CHANGED] = g_signal_new ("rows-changed", BE_TYPE_SOCKET_PANE, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* They stand elsewhere; also emitted while sizes are allocated. */
  signals[SIGNAL_ROWS_MOVED] = g_signal_new ("rows-moved", BE_TYPE_SOCKET_PANE, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-socket-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, BeSocketPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPane, list);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPane, more);
  gtk_widget_class_bind_template_callback (widget_class, row_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_unbind_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "socketpane");
}

static void
be_socket_pane_init (BeSocketPane *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;
  GtkFilter     *filter = GTK_FILTER (gtk_custom_filter_new (is_of_protocol_cb, self, NULL));
  GtkSorter     *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, NULL, NULL));
  GtkAdjustment *adjustment = NULL;

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  add_keys (self);

  self->filtered = gtk_filter_list_model_new (NULL, filter);
  self->sockets = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)), sorter);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->sockets)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->sockets, "items-changed", G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);

  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (rows_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (rows_moved_cb), self, G_CONNECT_SWAPPED);
}

void
be_socket_pane_set_side (BeSocketPane *self,
                         BeSide        side)
{
  gboolean is_server = side == BE_SIDE_SERVER;

  g_return_if_fail (BE_IS_SOCKET_PANE (self));

  self->side = side;

  /* The lifeline is where the badges are: the scrollbar goes to the other edge. */
  gtk_widget_set_direction (GTK_WIDGET (self->scroller), GTK_TEXT_DIR_LTR);
  gtk_scrolled_window_set_placement (self->scroller, is_server ? GTK_CORNER_TOP_RIGHT : GTK_CORNER_TOP_LEFT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _ ("Sockets of the server") : _ ("Sockets of the client"), -1);
}

/**
 * be_socket_pane_set_stage:
 *
 * Gives the pane the stage whose sockets it shows; once, after its side.
 */
void
be_socket_pane_set_stage (BeSocketPane *self,
                          BeStage      *stage)
{
  g_return_if_fail (BE_IS_SOCKET_PANE (self));
  g_return_if_fail (BE_IS_STAGE (stage));

  g_set_object (&self->stage, stage);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (be_stage_get_sockets (stage, self->side)));
  g_signal_connect_object (be_stage_get_sockets (stage, self->side), "notify::n-open",
                           G_CALLBACK (n_open_changed_cb), self, G_CONNECT_SWAPPED);
}

void
be_socket_pane_set_protocol (BeSocketPane *self,
                             BeProtocol    protocol)
{
  g_return_if_fail (BE_IS_SOCKET_PANE (self));

  if (self->protocol == protocol)
    return;

  self->protocol = protocol;
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->filtered), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * be_socket_pane_get_sockets:
 *
 * Returns: what is shown, as BeSocketSummary
 */
GListModel *
be_socket_pane_get_sockets (BeSocketPane *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_PANE (self), NULL);

  return G_LIST_MODEL (self->sockets);
}

guint
be_socket_pane_count_open (BeSocketPane *self)
{
  GListModel *sockets = NULL;
  guint       n_open = 0;

  g_return_val_if_fail (BE_IS_SOCKET_PANE (self), 0);

  sockets = G_LIST_MODEL (self->sockets);
  for (guint i = 0; i < g_list_model_get_n_items (sockets); i++)
    {
      g_autoptr (BeSocketSummary) summary = g_list_model_get_item (sockets, i);

      if (be_socket_summary_is_open (summary))
        n_open++;
    }

  return n_open;
}

/**
 * be_socket_pane_get_rows:
 *
 * Returns: (element-type BeSocketRow): the rows in use, in no order
 */
GPtrArray *
be_socket_pane_get_rows (BeSocketPane *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_PANE (self), NULL);

  return self->rows;
}
