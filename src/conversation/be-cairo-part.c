/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-cairo-part.h"

/**
 * be_cairo_part_begin:
 * @bounds: what is drawn lies within them
 *
 * Unlike gtk_snapshot_append_cairo(), records from the origin: what cairo 1.16
 * writes into an SVG file of a recording that begins elsewhere is empty.
 *
 * Returns: (transfer none): what to draw with, until the end
 */
cairo_t *
be_cairo_part_begin (BeCairoPart           *self,
                     const graphene_rect_t *bounds)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (bounds != NULL, NULL);

  self->origin = bounds->origin;
  self->node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, bounds->size.width, bounds->size.height));
  self->cairo = gsk_cairo_node_get_draw_context (self->node);
  cairo_translate (self->cairo, -self->origin.x, -self->origin.y);

  return self->cairo;
}

/**
 * be_cairo_part_end:
 * @snapshot: where the part goes
 */
void
be_cairo_part_end (BeCairoPart *self,
                   GtkSnapshot *snapshot)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));

  g_clear_pointer (&self->cairo, cairo_destroy);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &self->origin);
  gtk_snapshot_append_node (snapshot, self->node);
  gtk_snapshot_restore (snapshot);
  g_clear_pointer (&self->node, gsk_render_node_unref);
}
