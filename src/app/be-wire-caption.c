/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-wire-caption.h"

#include <glib/gi18n-lib.h>

#include "be-magnification.h"
#include "be-socket-summary.h"
#include "be-transfer-match.h"
#include "be-wire-legend.h"

#define HAS_WIRE "be-has-wire"
#define HAS_ARROWS "be-has-arrows"
#define HAS_JOURNAL "be-has-journal"

static GtkWidget *
find_legend (GtkWidget *caption)
{
  GtkWidget *last = gtk_widget_get_last_child (caption);

  return BE_IS_WIRE_LEGEND (last) ? last : NULL;
}

/* Made when it is needed first: an empty window is to start fast. */
static GtkWidget *
make_legend (GtkWidget *caption)
{
  static const char *const classes[] = { "be-small", "be-wire-legend", NULL };
  GtkWidget               *legend = g_object_new (BE_TYPE_WIRE_LEGEND, "css-classes", classes, NULL);

  gtk_box_append (GTK_BOX (caption), legend);

  return legend;
}

/* The title is there while there is a wire, the legend also as long as there
 * are arrows, whoever is at their other end. In a whole room, where there is
 * place for one of them, it is the legend. */
static void
show (GtkWidget *caption)
{
  GtkWidget *legend = find_legend (caption);
  gboolean   has_wire = g_object_get_data (G_OBJECT (caption), HAS_WIRE) != NULL;
  gboolean   has_arrows = g_object_get_data (G_OBJECT (caption), HAS_ARROWS) != NULL;

  if (legend == NULL && (has_wire || has_arrows))
    legend = make_legend (caption);

  for (GtkWidget *child = gtk_widget_get_first_child (caption);
       child != NULL && child != legend;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, has_wire && !be_magnification_is_projected ());

  if (legend != NULL)
    gtk_widget_set_visible (legend, has_wire || has_arrows);
  gtk_widget_set_visible (caption, has_wire || has_arrows);
}

/* Looks at rows until one of them has an arrow. */
static gboolean
has_arrow (BeJournal *journal,
           guint      first,
           guint      n_rows)
{
  for (guint row = first; row < first + n_rows; row++)
    {
      BeTransfer transfer;

      if (be_transfer_set_record (&transfer, be_journal_get_record (journal, row), row))
        return TRUE;
    }

  return FALSE;
}

static void
journal_changed_cb (BeJournal *journal,
                    guint      position,
                    guint      n_removed,
                    guint      n_added,
                    GtkWidget *caption)
{
  gboolean had_arrows = g_object_get_data (G_OBJECT (caption), HAS_ARROWS) != NULL;
  gboolean keeps_rows = g_list_model_get_n_items (G_LIST_MODEL (journal)) > n_added;
  gboolean has_arrows = (had_arrows && keeps_rows) || has_arrow (journal, position, n_added);

  if (has_arrows == had_arrows)
    return;

  g_object_set_data (G_OBJECT (caption), HAS_ARROWS, GINT_TO_POINTER (has_arrows));
  show (caption);
}

static void
follow (GtkWidget *caption,
        BeJournal *journal)
{
  if (g_object_get_data (G_OBJECT (caption), HAS_JOURNAL) != NULL)
    return;

  g_object_set_data (G_OBJECT (caption), HAS_JOURNAL, GINT_TO_POINTER (TRUE));
  g_signal_connect_object (journal, "items-changed", G_CALLBACK (journal_changed_cb), caption, 0);
  journal_changed_cb (journal, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (journal)), caption);
}

static const char *
get_words (gboolean is_loopback,
           gboolean is_udp)
{
  if (is_udp)
    return is_loopback ? _ ("loopback, no connection") : _ ("network, no connection");

  return is_loopback ? _ ("loopback") : _ ("network");
}

/**
 * be_wire_caption_update:
 * @caption: a box of labels, is shown while there is a wire
 * @label: in the caption
 * @sockets: of the client, as BeSocketSummary
 * @journal: always the same; as long as its rows have arrows there is a legend
 *
 * Says of the wire only what is known: whether it leaves this computer, and
 * whether there is a connection, for UDP makes none.
 */
void
be_wire_caption_update (GtkWidget  *caption,
                        GtkLabel   *label,
                        GListModel *sockets,
                        BeJournal  *journal)
{
  guint    n_open = 0;
  gboolean is_loopback = TRUE;
  gboolean is_udp = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (sockets); i++)
    {
      g_autoptr (BeSocketSummary) summary = g_list_model_get_item (sockets, i);
      const BeAddress *peer = be_socket_summary_get_peer (summary);

      if (!be_socket_summary_is_open (summary))
        continue;

      n_open++;
      is_udp = is_udp || be_socket_summary_get_protocol (summary) == BE_PROTOCOL_UDP;
      is_loopback = is_loopback && (peer->family == BE_ADDRESS_UNIX || be_address_is_loopback (peer));
    }

  follow (caption, journal);
  g_object_set_data (G_OBJECT (caption), HAS_WIRE, GINT_TO_POINTER (n_open > 0));
  show (caption);
  gtk_label_set_text (label, get_words (is_loopback, is_udp));
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
