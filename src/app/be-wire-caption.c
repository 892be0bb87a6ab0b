/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-wire-caption.h"

#include <glib/gi18n-lib.h>

#include "be-socket-summary.h"
#include "be-wire-legend.h"

/* Made when it is needed first: an empty window is to start fast. */
static void
show_legend (GtkBox *caption)
{
  static const char *const classes[] = { "be-small", "be-wire-legend", NULL };

  if (!BE_IS_WIRE_LEGEND (gtk_widget_get_last_child (GTK_WIDGET (caption))))
    gtk_box_append (caption, g_object_new (BE_TYPE_WIRE_LEGEND, "css-classes", classes, NULL));
}

/**
 * be_wire_caption_update:
 * @caption: a box, is shown while there is a wire
 * @label: in the caption
 * @sockets: of the client, as BeSocketSummary
 *
 * Says of the wire only what is known: whether it leaves this computer.
 */
void
be_wire_caption_update (GtkWidget  *caption,
                        GtkLabel   *label,
                        GListModel *sockets)
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
    show_legend (GTK_BOX (caption));
  gtk_widget_set_visible (caption, n_open > 0);
  gtk_label_set_text (label, is_loopback ? _ ("loopback") : _ ("network"));
}
