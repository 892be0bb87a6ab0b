/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The borders of sends in what a recv took: a stream keeps the bytes, but not
 * these. They are known only when both ends are ours, and only after the other
 * rows were looked at; so they come to a row that is placed already, and never
 * make it taller. */

#include "be-row-borders.h"

#include "be-payload-layout.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define LOST_LINE_WIDTH 1.5
#define DASH_LENGTH 3.0
#define DASH_GAP 2.0

/* How many characters of what was thrown away are tried, until they fit. */
#define MAX_LOST_CHARACTERS 64

static void
keep_ends (BeRowContent       *content,
           const BeRowBorders *borders)
{
  if (content->ends == NULL)
    {
      content->ends = g_array_new (FALSE, FALSE, sizeof (guint32));
      content->ticks = g_array_new (FALSE, FALSE, sizeof (BePayloadTick));
    }
  g_array_set_size (content->ends, 0);
  g_array_append_vals (content->ends, borders->ends, borders->n_ends);
}

static gboolean
ends_are_same (const BeRowContent *content,
               const BeRowBorders *borders)
{
  guint n_ends = content->ends != NULL ? content->ends->len : 0;

  return n_ends == borders->n_ends &&
         (n_ends == 0 || memcmp (content->ends->data, borders->ends, n_ends * sizeof (guint32)) == 0);
}

static char *
dup_count (const BeRowContent *content)
{
  if (content->n_sends > 1)
    /* TRANSLATORS: how many calls of send () one call of recv () has bytes of */
    return g_strdup_printf (ngettext ("%u send, 1 recv", "%u sends, 1 recv", content->n_sends), content->n_sends);

  if (content->n_recvs > 1)
    /* TRANSLATORS: how many calls of recv () took what one call of send () sent */
    return g_strdup_printf (ngettext ("1 send, %u recv", "1 send, %u recvs", content->n_recvs), content->n_recvs);

  return NULL;
}

static char *
dup_short_count (const BeRowContent *content)
{
  if (content->n_sends > 1)
    /* TRANSLATORS: how many calls of send () one call of recv () has bytes of; the short form */
    return g_strdup_printf (ngettext ("%u send", "%u sends", content->n_sends), content->n_sends);

  if (content->n_recvs > 1)
    /* TRANSLATORS: how many calls of recv () took what one call of send () sent; the short form */
    return g_strdup_printf (ngettext ("%u recv", "%u recvs", content->n_recvs), content->n_recvs);

  return NULL;
}

static void
fill_counts (BeRowContent       *content,
             const BeRowSetting *setting)
{
  g_autofree char *count = dup_count (content);
  g_autofree char *short_count = dup_short_count (content);

  content->chip_kind = BE_CHIP_CHANGING;
  for (guint i = 0; i < G_N_ELEMENTS (content->counts); i++)
    g_clear_object (&content->counts[i]);
  if (count == NULL || short_count == NULL)
    return;

  content->counts[0] = be_lettering_share (setting->lettering, BE_FONT_CHIP, count);
  content->counts[1] = be_lettering_share (setting->lettering, BE_FONT_CHIP, short_count);
}

/* Returns whether the row is as tall as it was. */
static gboolean
try_borders (BeRowContent           *content,
             BeRowPlacement         *placement,
             const BeRowSetting     *setting,
             const BeEventRecord    *record,
             const BePayloadBorders *borders,
             double                  height)
{
  g_clear_object (&content->pieces[BE_PIECE_PAYLOAD]);
  if (content->ticks != NULL)
    g_array_set_size (content->ticks, 0);

  content->pieces[BE_PIECE_PAYLOAD] = be_payload_layout_make (setting->lettering, record,
                                                              be_row_content_get_payload_width (setting),
                                                              borders, content->ticks);
  be_row_placement_compute (placement, content, setting);

  return placement->height == height;
}

/* With as much of what was thrown away as there is room for. */
static void
fit_lost (BeRowContent        *content,
          BeRowPlacement      *placement,
          const BeRowSetting  *setting,
          const BeEventRecord *record,
          BePayloadBorders    *borders,
          double               height)
{
  for (borders->max_lost = MAX_LOST_CHARACTERS; borders->max_lost > 0; borders->max_lost /= 2)
    if (try_borders (content, placement, setting, record, borders, height))
      return;

  try_borders (content, placement, setting, record, NULL, height);
}

static void
fit (BeRowContent        *content,
     BeRowPlacement      *placement,
     const BeRowSetting  *setting,
     const BeEventRecord *record,
     const BeRowBorders  *from)
{
  const double     height = placement->height;
  BePayloadBorders borders = { from->ends, from->n_ends, from->lost, from->lost_length, .has_gaps = TRUE };

  if (from->lost_length > 0)
    fit_lost (content, placement, setting, record, &borders, height);
  else if (from->n_ends == 0)
    try_borders (content, placement, setting, record, NULL, height);
  else if (!try_borders (content, placement, setting, record, &borders, height))
    {
      borders.has_gaps = FALSE;
      try_borders (content, placement, setting, record, &borders, height);
    }
}

/**
 * be_row_borders_set:
 * @content: of a row that is placed
 * @placement: the same row's; made anew when the borders are others
 * @setting: what all rows share
 * @record: the event of the row, with its payload
 * @borders: what is known now
 *
 * Costs nothing where the row shows these borders already.
 *
 * Returns: whether they are others
 */
gboolean
be_row_borders_set (BeRowContent        *content,
                    BeRowPlacement      *placement,
                    const BeRowSetting  *setting,
                    const BeEventRecord *record,
                    const BeRowBorders  *borders)
{
  g_return_val_if_fail (content != NULL, FALSE);
  g_return_val_if_fail (placement != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);
  g_return_val_if_fail (borders != NULL, FALSE);

  if (content->n_sends == borders->n_sends && content->n_recvs == borders->n_recvs &&
      content->n_lost == borders->lost_length && ends_are_same (content, borders))
    return FALSE;

  content->n_sends = borders->n_sends;
  content->n_recvs = borders->n_recvs;
  content->n_lost = (guint) borders->lost_length;
  keep_ends (content, borders);
  fill_counts (content, setting);
  fit (content, placement, setting, record, borders);

  return TRUE;
}

/**
 * be_row_borders_are_known:
 *
 * Returns: whether the row says anything of the other end
 */
gboolean
be_row_borders_are_known (const BeRowContent *content)
{
  g_return_val_if_fail (content != NULL, FALSE);

  return content->n_sends > 0 || content->n_recvs > 0 || content->n_lost > 0;
}

/**
 * be_row_borders_forget:
 *
 * The row shows another event from now on.
 */
void
be_row_borders_forget (BeRowContent *content)
{
  content->n_sends = content->n_recvs = content->n_lost = 0;
  for (guint i = 0; i < G_N_ELEMENTS (content->counts); i++)
    g_clear_object (&content->counts[i]);
  if (content->ends == NULL)
    return;

  g_array_set_size (content->ends, 0);
  g_array_set_size (content->ticks, 0);
}

/**
 * be_row_borders_dup_sentence:
 * @sentence: what a screen reader says of the event itself
 *
 * Returns: (transfer full): the same, with what is known of the other end
 */
char *
be_row_borders_dup_sentence (const BeRowContent *content,
                             const char         *sentence)
{
  g_return_val_if_fail (content != NULL, NULL);

  if (content->n_sends > 1)
    /* TRANSLATORS: %s is what a recv () took; then of how many calls of send () */
    return g_strdup_printf (ngettext ("%s. It holds bytes of %u send.", "%s. It holds bytes of %u sends.",
                                      content->n_sends),
                            sentence, content->n_sends);

  if (content->n_recvs > 1)
    /* TRANSLATORS: %s is what a send () sent; then how many calls of recv () took it */
    return g_strdup_printf (ngettext ("%s. It arrived in %u recv.", "%s. It arrived in %u recvs.",
                                      content->n_recvs),
                            sentence, content->n_recvs);

  if (content->n_lost > 0)
    return g_strdup_printf (ngettext ("%s. %'u byte more was sent.", "%s. %'u bytes more were sent.",
                                      content->n_lost),
                            sentence, content->n_lost);

  return g_strdup (sentence);
}

/*
 * Drawing
 */

/**
 * be_row_borders_get_lost_x:
 * @x: (out): where what was thrown away begins
 *
 * Returns: whether the bubble ends there, and what is behind is drawn as not
 *   there; in several lines the letters alone tell
 */
gboolean
be_row_borders_get_lost_x (const BeRowContent   *content,
                           const BeRowPlacement *placement,
                           double               *x)
{
  PangoLayout *layout = content->pieces[BE_PIECE_PAYLOAD];

  if (content->n_lost == 0 || layout == NULL || content->ticks->len == 0 || pango_layout_get_line_count (layout) > 1)
    return FALSE;

  *x = round (placement->x[BE_PIECE_PAYLOAD]) +
       be_payload_ticks_get_x (layout, &g_array_index (content->ticks, BePayloadTick, content->ticks->len - 1));

  return TRUE;
}

/**
 * be_row_borders_snapshot_lost:
 * @lost_x: of be_row_borders_get_lost_x()
 * @colour: of its dashed border
 *
 * Draws the part of the bubble that would have what was thrown away.
 */
void
be_row_borders_snapshot_lost (GtkSnapshot          *snapshot,
                              const BeRowPlacement *placement,
                              double                lost_x,
                              const GdkRGBA        *colour)
{
  const graphene_rect_t *bounds = &placement->bubble;
  const double           line = LOST_LINE_WIDTH * placement->scale;
  const double           top = bounds->origin.y + line / 2;
  const double           bottom = bounds->origin.y + bounds->size.height - line / 2;
  const double           right = bounds->origin.x + bounds->size.width - line / 2;
  const double           radius = MIN ((bottom - top) / 2, right - lost_x);
  cairo_t               *cairo = gtk_snapshot_append_cairo (snapshot, bounds);

  gdk_cairo_set_source_rgba (cairo, colour);
  cairo_set_line_width (cairo, line);
  cairo_set_dash (cairo, (double[]){ DASH_LENGTH * placement->scale, DASH_GAP * placement->scale }, 2, 0);
  cairo_move_to (cairo, lost_x, top);
  cairo_arc (cairo, right - radius, top + radius, radius, -G_PI_2, 0);
  cairo_arc (cairo, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_line_to (cairo, lost_x, bottom);
  cairo_close_path (cairo);
  cairo_stroke (cairo);
  cairo_destroy (cairo);
}

/**
 * be_row_borders_snapshot:
 * @snapshot: where to draw
 * @content: what the row says
 * @placement: where it says it
 * @text_top: the top of the payload's text
 * @colour: of the ticks
 *
 * Draws a dashed tick where each send ended: through the whole bubble when it
 * has one line, otherwise through the line.
 */
void
be_row_borders_snapshot (GtkSnapshot          *snapshot,
                         const BeRowContent   *content,
                         const BeRowPlacement *placement,
                         double                text_top,
                         const GdkRGBA        *colour)
{
  const graphene_rect_t *bubble = &placement->bubble;

  if (content->ticks == NULL || content->ticks->len == 0 || content->n_lost > 0)
    return;

  be_payload_ticks_snapshot (content->ticks, content->pieces[BE_PIECE_PAYLOAD], snapshot,
                             round (placement->x[BE_PIECE_PAYLOAD]), text_top, bubble->origin.y,
                             bubble->origin.y + bubble->size.height, placement->scale, colour);
}
