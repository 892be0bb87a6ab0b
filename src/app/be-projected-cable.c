/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-projected-cable.h"

#include "be-magnification.h"
#include "be-wire.h"

static gboolean
has_open (GListModel *sockets,
          guint32     connection)
{
  for (guint i = 0; i < g_list_model_get_n_items (sockets); i++)
    {
      g_autoptr (BeSocketSummary) summary = g_list_model_get_item (sockets, i);

      if (be_socket_summary_is_open (summary) && be_socket_summary_get_connection (summary) == connection)
        return TRUE;
    }

  return FALSE;
}

/**
 * be_projected_cable_find_connection:
 *
 * Returns: the newest connection that is open at both ends, or
 *   %BE_EVENT_NO_CONNECTION
 */
guint32
be_projected_cable_find_connection (BeEndpointCard *server,
                                    BeEndpointCard *client)
{
  GListModel *here = NULL;
  GListModel *there = NULL;

  g_return_val_if_fail (BE_IS_ENDPOINT_CARD (server), BE_EVENT_NO_CONNECTION);
  g_return_val_if_fail (BE_IS_ENDPOINT_CARD (client), BE_EVENT_NO_CONNECTION);

  /* Both have the newest first. */
  here = be_endpoint_card_get_sockets (client);
  there = be_endpoint_card_get_sockets (server);
  for (guint i = 0; i < g_list_model_get_n_items (here); i++)
    {
      g_autoptr (BeSocketSummary) summary = g_list_model_get_item (here, i);
      guint32 connection = be_socket_summary_get_connection (summary);

      if (be_socket_summary_is_open (summary) && connection != BE_EVENT_NO_CONNECTION && has_open (there, connection))
        return connection;
    }

  return BE_EVENT_NO_CONNECTION;
}

/* What stands in a card is of one protocol. */
static gboolean
is_udp (BeEndpointCard *client)
{
  g_autoptr (BeSocketSummary) summary = g_list_model_get_item (be_endpoint_card_get_sockets (client), 0);

  return summary != NULL && be_socket_summary_get_protocol (summary) == BE_PROTOCOL_UDP;
}

static void
draw_line (GtkSnapshot   *snapshot,
           const GdkRGBA *colour,
           double         width,
           double         from,
           double         to,
           double         y)
{
  double factor = be_magnification_get_factor ();

  width *= factor;

  from += BE_BADGE_CLEARANCE * factor;
  to -= BE_BADGE_CLEARANCE * factor;
  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float) from, (float) (y - width / 2), (float) (to - from), (float) width));
}

/**
 * be_projected_cable_snapshot:
 * @widget: what lies over both cards
 *
 * Draws the newest connection between the addresses of both cards, which are
 * folded to bars for a whole room: badge, cable, badge, on the lifelines.
 */
void
be_projected_cable_snapshot (GtkWidget      *widget,
                             GtkSnapshot    *snapshot,
                             BeEndpointCard *server,
                             BeEndpointCard *client)
{
  GtkWidget       *bar_address = be_endpoint_card_get_bar_address (client);
  BeWireGeometry   geometry = be_wire_geometry_for_width (gtk_widget_get_width (widget));
  const BePalette *palette = be_palette_get_default ();
  guint32          connection = be_projected_cable_find_connection (server, client);
  g_autoptr (BeLettering) lettering = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *letter = NULL;
  graphene_rect_t  address;
  double           y;

  if (geometry.is_folded || connection == BE_EVENT_NO_CONNECTION ||
      bar_address == NULL || !gtk_widget_compute_bounds (bar_address, widget, &address))
    return;

  y = address.origin.y + address.size.height / 2;
  lettering = be_lettering_new (gtk_widget_get_pango_context (widget));
  letter = be_pairing_dup_letter (connection);
  layout = be_lettering_make (lettering, BE_FONT_LETTER, letter);

  draw_line (snapshot, &be_palette_get_ink (palette, connection)->strong, is_udp (client) ? BE_NO_CABLE_WIDTH : BE_CABLE_WIDTH,
             geometry.server_x, geometry.client_x, y);
  be_wire_snapshot_badge (snapshot, palette, lettering, connection, layout, FALSE, geometry.server_x, y);
  be_wire_snapshot_badge (snapshot, palette, lettering, connection, layout, FALSE, geometry.client_x, y);
}
