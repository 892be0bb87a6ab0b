/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-pane.h"

#include <glib/gi18n-lib.h>

#include "be-shown-sockets.h"
#include "be-socket-row.h"

#define MAX_VISIBLE_ROWS 3
#define PADDING 8
#define MAX_SPARE_ROWS 64

/* Rows above and below those that are visible: more than a step of the wheel
 * scrolls by. */
#define ROWS_AROUND 3

/**
 * BeSocketPane:
 *
 * The sockets of one card: those of its side and of the protocol that is
 * shown, the newest open one first. Three are visible, more are scrolled to,
 * and a line says how many, and how many were closed before those. Owns the list of those sockets, and ends with the
 * card.
 */
struct _BeSocketPane
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkListView       *list;
  GtkLabel          *more;

  BeShownSockets *sockets;
  GPtrArray      *rows;  /* those in use, lent by the list view */
  GPtrArray      *spare; /* those out of use: to make one takes a template and much time */
  guint           sight_tick;

  BeSide side;
};

G_DEFINE_FINAL_TYPE (BeSocketPane, be_socket_pane, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_ROWS_CHANGED,
  SIGNAL_ROWS_MOVED,
} BeSocketPaneSignal;

static guint signals[SIGNAL_ROWS_MOVED + 1];

static int
measure_row (BeSocketPane *self)
{
  int height = 0;

  if (self->rows->len > 0)
    gtk_widget_measure (g_ptr_array_index (self->rows, 0), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);

  return height;
}

static gboolean
is_among (BeSocketPane    *self,
          BeSocketSummary *summary,
          guint            first)
{
  for (guint i = first; i <= first + MAX_VISIBLE_ROWS + 2 * ROWS_AROUND; i++)
    {
      g_autoptr (BeSocketSummary) shown = g_list_model_get_item (G_LIST_MODEL (self->sockets), i);

      if (shown == summary)
        return shown != NULL;
    }

  return FALSE;
}

/* Whether one sees the row of this socket, or soon could. */
static gboolean
is_in_sight (BeSocketPane    *self,
             BeSocketSummary *summary)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  guint          first = (guint) (gtk_adjustment_get_value (adjustment) / MAX (measure_row (self), 1));

  /* To the first ones the list is about to scroll when another comes. */
  return is_among (self, summary, 0) || is_among (self, summary, first - MIN (first, ROWS_AROUND));
}

static void
update_sight (BeSocketPane *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      BeSocketRow *row = g_ptr_array_index (self->rows, i);

      be_socket_row_set_is_in_sight (row, is_in_sight (self, be_socket_row_get_summary (row)));
    }
}

static gboolean
update_sight_cb (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       user_data)
{
  BeSocketPane *self = BE_SOCKET_PANE (widget);

  self->sight_tick = 0;
  update_sight (self);

  return G_SOURCE_REMOVE;
}

static void
update_more (BeSocketPane *self,
             guint         n_rows)
{
  guint            n_more = n_rows > MAX_VISIBLE_ROWS ? n_rows - MAX_VISIBLE_ROWS : 0;
  guint            n_earlier = be_shown_sockets_get_n_earlier (self->sockets);
  g_autofree char *text = NULL;
  g_autofree char *earlier = NULL;
  g_autofree char *both = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->more), n_more > 0);
  text = g_strdup_printf (ngettext ("%u more, scroll to see it", "%u more, scroll to see them", n_more), n_more);
  if (n_earlier > 0)
    {
      earlier = g_strdup_printf (ngettext ("%'u closed earlier", "%'u closed earlier", n_earlier), n_earlier);
      both = g_strdup_printf ("%s · %s", text, earlier);
    }
  gtk_label_set_text (self->more, both != NULL ? both : text);
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
  update_sight (self);
  g_signal_emit (self, signals[SIGNAL_ROWS_CHANGED], 0);
}

/* Also while sizes are allocated, when no text may change. */
static void
rows_moved_cb (BeSocketPane *self)
{
  if (self->sight_tick == 0)
    self->sight_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), update_sight_cb, NULL, NULL);
  g_signal_emit (self, signals[SIGNAL_ROWS_MOVED], 0);
}

/* GtkListView drops the widgets of items that are gone, and asks for others for
 * those that came: the rows are kept for these. */
static void
row_bind_cb (BeSocketPane *self,
             GtkListItem  *item)
{
  g_autoptr (GtkWidget) row = NULL;

  if (self->spare->len > 0)
    row = g_ptr_array_steal_index_fast (self->spare, self->spare->len - 1);
  else
    row = g_object_ref_sink (be_socket_row_new ());

  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, row);
  be_socket_row_set_is_in_sight (BE_SOCKET_ROW (row), is_in_sight (self, gtk_list_item_get_item (item)));
  be_socket_row_set_summary (BE_SOCKET_ROW (row), gtk_list_item_get_item (item));
  g_ptr_array_add (self->rows, row);
}

static void
row_unbind_cb (BeSocketPane *self,
               GtkListItem  *item)
{
  g_autoptr (GtkWidget) row = g_object_ref (gtk_list_item_get_child (item));

  g_ptr_array_remove_fast (self->rows, row);
  be_socket_row_set_summary (BE_SOCKET_ROW (row), NULL);
  gtk_list_item_set_child (item, NULL);
  if (self->spare->len < MAX_SPARE_ROWS)
    g_ptr_array_add (self->spare, g_steal_pointer (&row));
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
      gtk_list_view_set_model (self->list, NULL);
      gtk_widget_unparent (GTK_WIDGET (self->more));
      gtk_widget_unparent (GTK_WIDGET (self->scroller));
    }
  self->scroller = NULL;
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->spare, 0);
  g_clear_object (&self->sockets);

  G_OBJECT_CLASS (be_socket_pane_parent_class)->dispose (object);
}

static void
be_socket_pane_finalize (GObject *object)
{
  BeSocketPane *self = BE_SOCKET_PANE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->spare, g_ptr_array_unref);

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
  gtk_widget_class_bind_template_callback (widget_class, row_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_unbind_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "socketpane");
}

static void
be_socket_pane_init (BeSocketPane *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;
  GtkAdjustment *adjustment = NULL;

  self->rows = g_ptr_array_new ();
  self->spare = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  add_keys (self);

  self->sockets = be_shown_sockets_new ();
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

  be_shown_sockets_set_stage (self->sockets, stage, self->side);
}

void
be_socket_pane_set_protocol (BeSocketPane *self,
                             BeProtocol    protocol)
{
  g_return_if_fail (BE_IS_SOCKET_PANE (self));

  be_shown_sockets_set_protocol (self->sockets, protocol);
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

/**
 * be_socket_pane_list_current:
 *
 * Shows at once what is open now: for commands that act on all that is shown.
 *
 * Returns: the same as be_socket_pane_get_sockets()
 */
GListModel *
be_socket_pane_list_current (BeSocketPane *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_PANE (self), NULL);

  be_shown_sockets_update (self->sockets);

  return G_LIST_MODEL (self->sockets);
}

guint
be_socket_pane_count_open (BeSocketPane *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_PANE (self), 0);

  return be_shown_sockets_get_n_open (self->sockets);
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
