/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands at an arrow that leads to no row: where it leads, or what became of it. */

#include "be-wire-arrows-private.h"

#include <glib/gi18n-lib.h>

/**
 * be_wire_get_label_room:
 * @geometry: where the lane is
 *
 * Returns: how wide the address at a stub may be, in pixels
 */
double
be_wire_get_label_room (const BeWireGeometry *geometry)
{
  g_return_val_if_fail (geometry != NULL, 0);

  return MAX (geometry->lane_width * (1 - BE_WIRE_STUB_SHARE) - 2 * BE_WIRE_BADGE_REACH, 1);
}

/**
 * be_wire_needs_label:
 * @link: what went from row to row
 *
 * Returns: whether its arrow says where it leads, or why it leads nowhere. The
 *   RST of a refused connect () does not: the SYN before it has said so.
 */
gboolean
be_wire_needs_label (const BeTransferLink *link)
{
  g_return_val_if_fail (link != NULL, FALSE);

  switch (be_wire_get_kind (link))
    {
    case BE_WIRE_ARROW_TO_STUB:
    case BE_WIRE_ARROW_FROM_STUB:
    case BE_WIRE_ARROW_UNANSWERED:
    case BE_WIRE_ARROW_REFUSED_DATAGRAM:
    case BE_WIRE_ARROW_REFUSED_DATAGRAM_BY_STUB:
      return TRUE;
    case BE_WIRE_ARROW_REFUSED:
    case BE_WIRE_ARROW_REFUSED_BY_STUB:
      return link->means == BE_TRANSFER_BY_SYN;
    case BE_WIRE_ARROW_WHOLE:
    case BE_WIRE_ARROW_LOST:
    case BE_WIRE_ARROW_WAITING:
    default:
      return FALSE;
    }
}

/* The FIN or RST at a stub has no room in its line. */
static gboolean
names_segment (const BeTransferLink *link)
{
  return link->outcome == BE_TRANSFER_FOREIGN && (link->means == BE_TRANSFER_BY_FIN || link->means == BE_TRANSFER_BY_RST);
}

/**
 * be_wire_repeats_label:
 * @link: what went from row to row
 *
 * Returns: whether its label is not left out where the row above has the same
 *   stub: it says more than the address
 */
gboolean
be_wire_repeats_label (const BeTransferLink *link)
{
  g_return_val_if_fail (link != NULL, FALSE);

  return link->outcome != BE_TRANSFER_FOREIGN || names_segment (link);
}

static char *
dup_label (const BeTransferLink *link,
           const BeEventRecord  *record)
{
  BeWireArrowKind kind = be_wire_get_kind (link);

  if (kind == BE_WIRE_ARROW_UNANSWERED)
    return g_strdup (C_ ("to a SYN", "no answer"));
  if (kind == BE_WIRE_ARROW_REFUSED)
    return g_strdup_printf (_ ("no socket listens on port %u"), record->peer.port);
  if (kind == BE_WIRE_ARROW_REFUSED_DATAGRAM)
    {
      g_autofree char *address = be_address_to_string (&record->peer);

      /* TRANSLATORS: a datagram, at an address with its port */
      return g_strdup_printf (_ ("no UDP socket takes it at %s"), address);
    }
  if (names_segment (link))
    return g_strdup (be_transfer_get_segments ((BeTransferMeans) link->means));

  return be_address_to_string (&record->peer);
}

/**
 * be_wire_make_label:
 * @lettering: the fonts
 * @geometry: where the lane is
 * @link: what needs a label
 * @record: the event at its row
 *
 * Returns: (transfer full): the address at a stub, or what came to it; or what
 *   became of a SYN or a datagram
 */
PangoLayout *
be_wire_make_label (BeLettering          *lettering,
                    const BeWireGeometry *geometry,
                    const BeTransferLink *link,
                    const BeEventRecord  *record)
{
  BeWireArrowKind  kind = be_wire_get_kind (link);
  double           room = be_wire_get_label_room (geometry);
  g_autofree char *text = NULL;
  PangoLayout     *layout;

  g_return_val_if_fail (record != NULL, NULL);

  text = dup_label (link, record);
  if (kind == BE_WIRE_ARROW_REFUSED || kind == BE_WIRE_ARROW_REFUSED_DATAGRAM)
    room = MAX (geometry->server_x - 3 * BE_WIRE_BADGE_REACH, 1);
  else if (kind == BE_WIRE_ARROW_REFUSED_BY_STUB || kind == BE_WIRE_ARROW_REFUSED_DATAGRAM_BY_STUB)
    room = MAX (geometry->lane_width * (1 - BE_WIRE_REFUSED_STUB_SHARE) - 2 * BE_WIRE_BADGE_REACH, 1);

  layout = be_lettering_make (lettering, BE_FONT_TIME, text);
  pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);

  return layout;
}
