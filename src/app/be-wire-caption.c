/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-wire-caption.h"

#include <glib/gi18n-lib.h>

#include "be-magnification.h"
#include "be-socket-summary.h"
#include "be-wire-legend.h"

#define HAS_WIRE "be-has-wire"
#define HAS_ROWS "be-has-rows"

static GtkWidget *
find_legend (GtkWidget *caption)
{
  GtkWidget *last = gtk_widget_get_last_child (caption);

  return BE_IS_WIRE_LEGEND (last) ? last : NULL;
}

/* The title is there while there is a wire, the legend also as long as the
 * arrows of a wire that was there may be seen. In a whole room, where there is
 * place for one of them, it is the legend. */
static void
show (GtkWidget *caption)
{
  GtkWidget *legend = find_legend (caption);
  gboolean   has_wire = g_object_get_data (G_OBJECT (caption), HAS_WIRE) != NULL;
  gboolean   has_rows = g_object_get_data (G_OBJECT (caption), HAS_ROWS) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (caption);
       child != NULL && child != legend;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, has_wire && !be_magnification_is_projected ());

  if (legend != NULL)
    gtk_widget_set_visible (legend, has_wire || has_rows);
  gtk_widget_set_visible (caption, has_wire || (legend != NULL && has_rows));
}

static void
journal_changed_cb (GListModel *journal,
                    guint       position,
                    guint       n_removed,
                    guint       n_added,
                    GtkWidget  *caption)
{
  gboolean has_rows = g_list_model_get_n_items (journal) > 0;

  if (has_rows == (g_object_get_data (G_OBJECT (caption), HAS_ROWS) != NULL))
    return;

  g_object_set_data (G_OBJECT (caption), HAS_ROWS, GINT_TO_POINTER (has_rows));
  show (caption);
}

/* Made when it is needed first: an empty window is to start fast. */
static void
make_legend (GtkBox     *caption,
             GListModel *journal)
{
  static const char *const classes[] = { "be-small", "be-wire-legend", NULL };

  if (find_legend (GTK_WIDGET (caption)) != NULL)
    return;

  gtk_box_append (caption, g_object_new (BE_TYPE_WIRE_LEGEND, "css-classes", classes, NULL));
  g_signal_connect_object (journal, "items-changed", G_CALLBACK (journal_changed_cb), caption, 0);
}

/**
 * be_wire_caption_update:
 * @caption: a box of labels, is shown while there is a wire
 * @label: in the caption
 * @sockets: of the client, as BeSocketSummary
 * @journal: always the same; as long as it has rows the legend of a wire that
 *   was there stays
 *
 * Says of the wire only what is known: whether it leaves this computer.
 */
void
be_wire_caption_update (GtkWidget  *caption,
                        GtkLabel   *label,
                        GListModel *sockets,
                        GListModel *journal)
{
  guint    n_open = 0;
  gboolean is_loopback = TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (sockets); i++)
    {
      g_autoptr (BeSocketSummary) summary = g_list_model_get_item (sockets, i);
      const BeAddress *peer = be_socket_summary_get_peer (summary);

      if (!be_socket_summary_is_open (summary))
        continue;

      n_open++;
      is_loopback = is_loopback && (peer->family == BE_ADDRESS_UNIX || be_address_is_loopback (peer));
    }

  if (n_open > 0)
    make_legend (GTK_BOX (caption), journal);
  g_object_set_data (G_OBJECT (caption), HAS_WIRE, GINT_TO_POINTER (n_open > 0));
  g_object_set_data (G_OBJECT (caption), HAS_ROWS, GINT_TO_POINTER (g_list_model_get_n_items (journal) > 0));
  show (caption);
  gtk_label_set_text (label, is_loopback ? _ ("loopback") : _ ("network"));
}

/**
 * be_wire_caption_heed_projection:
 * @caption: as for be_wire_caption_update ()
 *
 * To be told when the conversation is shown to a whole room, and when no more.
 */
void
be_wire_caption_heed_projection (GtkWidget *caption)
{
  g_return_if_fail (GTK_IS_BOX (caption));

  show (caption);
}
