/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-pending-row-private.h"

#include <glib/gi18n-lib.h>

#include "be-event-record.h"

#define DASH_LENGTH 5.0
#define DASH_GAP 3.5
#define DASH_WIDTH 1.6
#define NEXT_WIDTH 2.6
#define INNER_RING 15.0
#define OUTER_RING 19.0
#define INNER_STRENGTH 0.32f
#define OUTER_STRENGTH 0.16f
#define DOT_RADIUS 11.0
#define SIGN_SIZE 14
#define FOCUS_WIDTH 2.0f
#define FOCUS_RADIUS 9.0f

static const BeInk *
get_ink (BePendingRow    *self,
         const BePalette *palette)
{
  return be_palette_get_ink (palette, self->connection == BE_EVENT_NO_CONNECTION ? 0 : self->connection);
}

static void
append_circle (GtkSnapshot   *snapshot,
               double         x,
               double         y,
               double         radius,
               const GdkRGBA *colour)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) (x - radius), (float) (y - radius),
                                               (float) (2 * radius), (float) (2 * radius));
  GskRoundedRect  outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, (float) radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

/* What waits breathes; what is held stands still. */
static void
draw_rings (BePendingRow *self,
            GtkSnapshot  *snapshot,
            const BeInk  *ink)
{
  const BePendingPlacement *placement = &self->placement;
  double                    grown = self->pulse >= 0 ? self->pulse : 1;
  GdkRGBA                   inner = ink->strong;
  GdkRGBA                   outer = ink->strong;

  inner.alpha = INNER_STRENGTH;
  outer.alpha = self->pulse >= 0 ? OUTER_STRENGTH * (float) (1.5 - grown) : OUTER_STRENGTH;
  append_circle (snapshot, placement->badge_x, placement->centre,
                 (INNER_RING + (OUTER_RING - INNER_RING) * grown) * placement->scale, &outer);
  append_circle (snapshot, placement->badge_x, placement->centre, INNER_RING * placement->scale, &inner);
}

/* Without a connection there is no letter: the sign of its end. */
static void
draw_sign (BePendingRow *self,
           GtkSnapshot  *snapshot,
           const BeInk  *ink)
{
  const BePendingPlacement *placement = &self->placement;
  GtkWidget                *widget = GTK_WIDGET (self);
  double                    size = SIGN_SIZE * placement->scale;
  const char               *name = self->call->side == BE_SIDE_SERVER ? "be-server-symbolic" : "be-client-symbolic";
  g_autoptr (GtkIconPaintable) icon =
    gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), name, NULL,
                                SIGN_SIZE, gtk_widget_get_scale_factor (widget), GTK_TEXT_DIR_NONE, 0);

  append_circle (snapshot, placement->badge_x, placement->centre, DOT_RADIUS * placement->scale, &ink->strong);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (placement->badge_x - size / 2),
                                                          (float) (placement->centre - size / 2)));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size, &ink->on_strong, 1);
  gtk_snapshot_restore (snapshot);
}

/* Solid is what Next Call makes; what is only to come is dashed. */
static void
draw_capsule (BePendingRow *self,
              GtkSnapshot  *snapshot,
              const BeInk  *ink)
{
  static const double    dashes[] = { DASH_LENGTH, DASH_GAP };
  const graphene_rect_t *bounds = &self->placement.capsule;
  double                 width = (self->is_next ? NEXT_WIDTH : DASH_WIDTH) * self->placement.scale;
  double                 radius = bounds->size.height / 2 - width / 2;
  double                 left = bounds->origin.x + width / 2 + radius;
  double                 right = bounds->origin.x + bounds->size.width - width / 2 - radius;
  double                 middle = bounds->origin.y + bounds->size.height / 2;
  cairo_t               *cairo = gtk_snapshot_append_cairo (snapshot, bounds);

  cairo_new_sub_path (cairo);
  cairo_arc (cairo, right, middle, radius, -G_PI_2, G_PI_2);
  cairo_arc (cairo, left, middle, radius, G_PI_2, 3 * G_PI_2);
  cairo_close_path (cairo);
  gdk_cairo_set_source_rgba (cairo, &ink->tint);
  cairo_fill_preserve (cairo);
  gdk_cairo_set_source_rgba (cairo, &ink->strong);
  cairo_set_line_width (cairo, width);
  if (!self->is_next)
    cairo_set_dash (cairo, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cairo);
  cairo_destroy (cairo);
}

static void
draw_piece (BePendingRow  *self,
            GtkSnapshot   *snapshot,
            BePendingPiece piece,
            BeFont         font,
            const GdkRGBA *colour)
{
  if (self->pieces[piece] != NULL)
    be_lettering_snapshot (self->lettering, snapshot, self->pieces[piece], font,
                           self->placement.x[piece], self->placement.y[piece], colour);
}

static void
draw_focus (BePendingRow    *self,
            GtkSnapshot     *snapshot,
            const BePalette *palette)
{
  const float     widths[4] = { FOCUS_WIDTH, FOCUS_WIDTH, FOCUS_WIDTH, FOCUS_WIDTH };
  const GdkRGBA   colours[4] = { palette->text, palette->text, palette->text, palette->text };
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                                               (float) gtk_widget_get_height (GTK_WIDGET (self)));
  GskRoundedRect  outline;

  graphene_rect_inset (&bounds, 1, 1);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, FOCUS_RADIUS);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

void
be_pending_row_draw (BePendingRow *self,
                     GtkSnapshot  *snapshot)
{
  const BePalette *palette = be_palette_get_default ();
  const BeInk     *ink = get_ink (self, palette);
  GtkStateFlags    flags = gtk_widget_get_state_flags (GTK_WIDGET (self));
  gboolean         has_payload = self->pieces[BE_PENDING_PIECE_PAYLOAD] != NULL;

  draw_rings (self, snapshot, ink);
  if (self->connection == BE_EVENT_NO_CONNECTION)
    draw_sign (self, snapshot, ink);
  else
    be_wire_snapshot_badge (snapshot, palette, self->lettering, self->connection,
                            self->pieces[BE_PENDING_PIECE_LETTER], FALSE,
                            self->placement.badge_x, self->placement.centre);
  draw_capsule (self, snapshot, ink);
  draw_piece (self, snapshot, BE_PENDING_PIECE_PAYLOAD, BE_FONT_PAYLOAD, &ink->on_tint);
  draw_piece (self, snapshot, BE_PENDING_PIECE_TITLE, BE_FONT_SMALL, has_payload ? &palette->text : &ink->on_tint);
  if (self->placement.has_words)
    draw_piece (self, snapshot, BE_PENDING_PIECE_WORDS, BE_FONT_SMALL, &palette->small_text);
  if (flags & GTK_STATE_FLAG_FOCUS_VISIBLE)
    draw_focus (self, snapshot, palette);
}

/* See be-pending-row-private.h: what the pointer tells of the call. */
void
be_pending_row_update_hints (BePendingRow *self)
{
  gboolean is_held = self->call->state == BE_PENDING_HELD;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), is_held ? "pointer" : NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               is_held ? NULL
                                       : _ ("To the class this is a blocking call. The program itself waits for all of its sockets at once, so that they are O_NONBLOCK."));
}

/**
 * be_pending_row_set_is_next:
 * @is_next: whether it is this call that Next Call makes
 */
void
be_pending_row_set_is_next (BePendingRow *self,
                            gboolean      is_next)
{
  g_return_if_fail (BE_IS_PENDING_ROW (self));

  if (self->is_next == is_next)
    return;

  self->is_next = is_next;
  if (is_next)
    /* TRANSLATORS: to a call that Next Call makes */
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    _ ("Next Call makes this one"), -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
be_pending_row_get_is_next (BePendingRow *self)
{
  g_return_val_if_fail (BE_IS_PENDING_ROW (self), FALSE);

  return self->is_next;
}
