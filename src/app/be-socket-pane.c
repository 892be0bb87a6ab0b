/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-pane.h"

#include <glib/gi18n-lib.h>

#include "be-shown-sockets.h"
#include "be-socket-rows.h"

#define MAX_VISIBLE_ROWS 3

/**
 * BeSocketPane:
 *
 * The sockets of one card: those of its side and of the protocol that is
 * shown, the newest open one first. Three are visible, more are scrolled to,
 * and a line says how many, and how many were closed before those. Owns the list
 * of those sockets, and ends with the card. What shows them is made when there
 * is one: a window starts with none.
 */
struct _BeSocketPane
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller; /* (nullable), like the next two, until there is a socket */
  BeSocketRows      *list;
  GtkLabel          *more;

  BeShownSockets *sockets;
  GPtrArray      *no_rows;
  BeSide          side;
};

G_DEFINE_FINAL_TYPE (BeSocketPane, be_socket_pane, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_ROWS_CHANGED,
  SIGNAL_ROWS_MOVED,
} BeSocketPaneSignal;

static guint signals[SIGNAL_ROWS_MOVED + 1];

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

/* Also while sizes are allocated. */
static void
rows_moved_cb (BeSocketPane *self)
{
  g_signal_emit (self, signals[SIGNAL_ROWS_MOVED], 0);
}

static void
add_list (BeSocketPane *self)
{
  gboolean       is_server = self->side == BE_SIDE_SERVER;
  GtkAdjustment *adjustment = NULL;

  self->list = g_object_new (BE_TYPE_SOCKET_ROWS, NULL);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "child", self->list, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->scroller), GTK_WIDGET (self));
  self->more = g_object_new (GTK_TYPE_LABEL, "visible", FALSE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "be-more-sockets");
  gtk_widget_set_parent (GTK_WIDGET (self->more), GTK_WIDGET (self));

  /* The lifeline is where the badges are: the scrollbar goes to the other edge. */
  gtk_widget_set_direction (GTK_WIDGET (self->scroller), GTK_TEXT_DIR_LTR);
  gtk_scrolled_window_set_placement (self->scroller, is_server ? GTK_CORNER_TOP_RIGHT : GTK_CORNER_TOP_LEFT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _ ("Sockets of the server") : _ ("Sockets of the client"), -1);
  be_socket_rows_set_sockets (self->list, G_LIST_MODEL (self->sockets));

  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (rows_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (rows_moved_cb), self, G_CONNECT_SWAPPED);
}

static void
update_height (BeSocketPane *self,
               guint         n_rows)
{
  if (n_rows <= MAX_VISIBLE_ROWS)
    {
      /* A scrollbar that may appear makes room for itself. */
      gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_NEVER);
      gtk_scrolled_window_set_min_content_height (self->scroller, -1);
    }
  else
    {
      gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
      gtk_scrolled_window_set_min_content_height (self->scroller, be_socket_rows_measure_rows (self->list, MAX_VISIBLE_ROWS));
    }
}

static void
rows_changed_cb (BeSocketPane *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->sockets));

  if (self->scroller == NULL && n_rows > 0)
    add_list (self);
  gtk_widget_set_visible (GTK_WIDGET (self), n_rows > 0);
  if (self->scroller != NULL)
    {
      update_height (self, n_rows);
      update_more (self, n_rows);
      be_socket_rows_scroll_to_first (self->list);
    }
  g_signal_emit (self, signals[SIGNAL_ROWS_CHANGED], 0);
}

/* GObject */

static void
be_socket_pane_dispose (GObject *object)
{
  BeSocketPane *self = BE_SOCKET_PANE (object);

  if (self->scroller != NULL)
    {
      gtk_widget_unparent (GTK_WIDGET (self->more));
      gtk_widget_unparent (GTK_WIDGET (self->scroller));
    }
  self->scroller = NULL;
  g_clear_object (&self->sockets);
  g_clear_pointer (&self->no_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (be_socket_pane_parent_class)->dispose (object);
}

static void
be_socket_pane_class_init (BeSocketPaneClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_socket_pane_dispose;

  /* Sockets came, went, or were closed. */
  signals[SIGNAL_ROWS_CHANGED] = g_signal_new ("rows-changed", BE_TYPE_SOCKET_PANE, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* They stand elsewhere; also emitted while sizes are allocated. */
  signals[SIGNAL_ROWS_MOVED] = g_signal_new ("rows-moved", BE_TYPE_SOCKET_PANE, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "socketpane");
}

static void
be_socket_pane_init (BeSocketPane *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);

  self->no_rows = g_ptr_array_new ();
  self->sockets = be_shown_sockets_new ();
  /* After the list, which shows by then what there is. */
  g_signal_connect_object (self->sockets, "items-changed", G_CALLBACK (rows_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * be_socket_pane_set_side:
 *
 * Whose sockets are shown; before there are any.
 */
void
be_socket_pane_set_side (BeSocketPane *self,
                         BeSide        side)
{
  g_return_if_fail (BE_IS_SOCKET_PANE (self));
  g_return_if_fail (self->scroller == NULL);

  self->side = side;
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
 * Returns: (element-type BeSocketRow): the rows in use
 */
GPtrArray *
be_socket_pane_get_rows (BeSocketPane *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_PANE (self), NULL);

  return self->list != NULL ? be_socket_rows_get_rows (self->list) : self->no_rows;
}

/**
 * be_socket_pane_get_viewport:
 *
 * Returns: (transfer none) (nullable): what clips the rows, if there are any
 */
GtkWidget *
be_socket_pane_get_viewport (BeSocketPane *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_PANE (self), NULL);

  return self->list != NULL ? GTK_WIDGET (self->list) : NULL;
}
