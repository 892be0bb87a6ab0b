/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-chip.h"

#include "be-cairo-part.h"
#include "be-event-text.h"
#include "be-outcome.h"

#include <glib/gi18n-lib.h>

#define CHIP_HEIGHT 18.0
#define CHIP_PADDING 9.0
#define DOT_SIZE 4.5
#define DOT_GAP 6.0
#define DASHED_LINE_WIDTH 1.2
#define DASH_LENGTH 4.0
#define DASH_GAP 2.5

/**
 * be_chip_kind_for_state:
 * @state: what the system says of a socket
 *
 * Returns: the kind of chip that shows it
 */
BeChipKind
be_chip_kind_for_state (BeSystemState state)
{
  switch (state)
    {
    case BE_SYSTEM_STATE_LISTEN:
    case BE_SYSTEM_STATE_ESTABLISHED:
    case BE_SYSTEM_STATE_UDP_BOUND:
    case BE_SYSTEM_STATE_UDP_CONNECTED:
      return BE_CHIP_OPEN;

    case BE_SYSTEM_STATE_SYN_SENT:
    case BE_SYSTEM_STATE_SYN_RECEIVED:
    case BE_SYSTEM_STATE_FIN_WAIT_1:
    case BE_SYSTEM_STATE_FIN_WAIT_2:
    case BE_SYSTEM_STATE_CLOSE_WAIT:
    case BE_SYSTEM_STATE_CLOSING:
    case BE_SYSTEM_STATE_LAST_ACK:
    case BE_SYSTEM_STATE_TIME_WAIT:
      return BE_CHIP_CHANGING;

    case BE_SYSTEM_STATE_UNKNOWN:
    case BE_SYSTEM_STATE_CLOSED:
    default:
      return BE_CHIP_CLOSED;
    }
}

/* One word or two; the card below the row has the sentences. What is not here
 * has failed. */
static const char *const failures[BE_N_OUTCOMES] = {
  [BE_OUTCOME_REFUSED] = NC_ ("outcome of a call", "refused"),
  [BE_OUTCOME_REFUSED_PATH] = NC_ ("outcome of a call", "refused"),
  [BE_OUTCOME_NO_SUCH_PATH] = NC_ ("outcome of a call", "not found"),
  [BE_OUTCOME_NO_SUCH_FOLDER] = NC_ ("outcome of a call", "not found"),
  [BE_OUTCOME_NO_ANSWER] = NC_ ("outcome of a call", "timed out"),
  [BE_OUTCOME_FELL_SILENT] = NC_ ("outcome of a call", "timed out"),
  [BE_OUTCOME_HOST_UNREACHABLE] = NC_ ("outcome of a call", "unreachable"),
  [BE_OUTCOME_NETWORK_UNREACHABLE] = NC_ ("outcome of a call", "unreachable"),
  [BE_OUTCOME_NAME_NOT_FOUND] = NC_ ("outcome of a call", "not found"),
  [BE_OUTCOME_NAME_NOT_ANSWERED] = NC_ ("outcome of a call", "no answer"),
  [BE_OUTCOME_PORT_IN_USE] = NC_ ("outcome of a call", "in use"),
  [BE_OUTCOME_PORT_HAS_LISTENER] = NC_ ("outcome of a call", "in use"),
  [BE_OUTCOME_PORT_HAS_CONNECTION] = NC_ ("outcome of a call", "in use"),
  [BE_OUTCOME_PORT_IN_TIME_WAIT] = NC_ ("outcome of a call", "in use"),
  [BE_OUTCOME_PATH_IN_USE] = NC_ ("outcome of a call", "in use"),
  [BE_OUTCOME_PAIR_IN_USE] = NC_ ("outcome of a call", "in use"),
  [BE_OUTCOME_ADDRESS_NOT_OURS] = NC_ ("outcome of a call", "not available"),
  [BE_OUTCOME_NO_LOCAL_ADDRESS] = NC_ ("outcome of a call", "not available"),
  [BE_OUTCOME_PRIVILEGED_PORT] = NC_ ("outcome of a call", "forbidden"),
  [BE_OUTCOME_FORBIDDEN_FOLDER] = NC_ ("outcome of a call", "forbidden"),
  [BE_OUTCOME_FORBIDDEN_PATH] = NC_ ("outcome of a call", "forbidden"),
  [BE_OUTCOME_FORBIDDEN] = NC_ ("outcome of a call", "forbidden"),
  [BE_OUTCOME_RESET] = NC_ ("outcome of a call", "reset"),
  [BE_OUTCOME_BROKEN_PIPE] = NC_ ("outcome of a call", "broken pipe"),
  [BE_OUTCOME_MESSAGE_TOO_LONG] = NC_ ("outcome of a call", "too long"),
  [BE_OUTCOME_DATAGRAM_TRUNCATED] = NC_ ("outcome of a call", "cut"),
  [BE_OUTCOME_DATAGRAM_REFUSED] = NC_ ("outcome of a call", "refused"),
  [BE_OUTCOME_NO_DESCRIPTORS] = NC_ ("outcome of a call", "too many"),
  [BE_OUTCOME_CLIENT_LIMIT] = NC_ ("outcome of a call", "too many"),
};

static char *
dup_failure_text (const BeEventRecord *record)
{
  const char *text = failures[be_outcome_from_record (record)];

  if (text == NULL)
    return g_strdup (C_ ("outcome of a call", "failed"));

  return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "outcome of a call", text));
}

/**
 * be_chip_dup_text:
 * @record: an event
 * @kind: (out): the kind of chip
 *
 * What the chip of a row says: the state after the call, where the call made
 * one, or in one word how it failed.
 *
 * Returns: (transfer full) (nullable): a short text
 */
char *
be_chip_dup_text (const BeEventRecord *record,
                  BeChipKind          *kind)
{
  g_return_val_if_fail (record != NULL, NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  *kind = be_chip_kind_for_state (record->state);

  if (record->flags & BE_EVENT_CANCELLED)
    {
      *kind = BE_CHIP_CLOSED;
      return g_strdup (C_ ("outcome of a call", "cancelled"));
    }

  if (be_event_record_is_failure (record))
    {
      *kind = BE_CHIP_FAILED;
      return dup_failure_text (record);
    }

  return be_event_text_state (record);
}

/**
 * be_chip_get_width:
 * @lettering: the fonts
 * @label: what the chip says, shaped in %BE_FONT_CHIP
 * @has_dot: whether a dot stands before it
 *
 * Returns: the width in pixels
 */
double
be_chip_get_width (BeLettering *lettering,
                   PangoLayout *label,
                   gboolean     has_dot)
{
  double scale = be_lettering_get_scale (lettering);
  double dot = has_dot ? (DOT_SIZE + DOT_GAP) * scale : 0;

  return be_lettering_get_width (label) + 2 * CHIP_PADDING * scale + dot;
}

double
be_chip_get_height (BeLettering *lettering)
{
  return CHIP_HEIGHT * be_lettering_get_scale (lettering);
}

static void
append_capsule (GtkSnapshot   *snapshot,
                double         x,
                double         y,
                double         width,
                double         height,
                const GdkRGBA *colour)
{
  graphene_rect_t bounds;
  GskRoundedRect  outline;

  bounds = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, (float) (height / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

/* A ring that is closed says that the system was asked. */
static void
append_ring (GtkSnapshot   *snapshot,
             double         x,
             double         y,
             double         width,
             double         height,
             const GdkRGBA *colour)
{
  graphene_rect_t bounds;
  GskRoundedRect  outline;

  bounds = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, (float) (height / 2));
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
}

/**
 * be_chip_snapshot:
 * @snapshot: where to draw
 * @palette: the colours
 * @lettering: the fonts
 * @label: what the chip says, shaped in %BE_FONT_CHIP
 * @kind: its colour
 * @has_dot: whether a dot stands before the text
 * @x: its left edge
 * @centre: the height of its middle
 */
void
be_chip_snapshot (GtkSnapshot     *snapshot,
                  const BePalette *palette,
                  BeLettering     *lettering,
                  PangoLayout     *label,
                  BeChipKind       kind,
                  gboolean         has_dot,
                  double           x,
                  double           centre)
{
  const BeInk *ink = &palette->chips[kind];
  double       scale = be_lettering_get_scale (lettering);
  double       width = be_chip_get_width (lettering, label, has_dot);
  double       height = be_chip_get_height (lettering);

  append_capsule (snapshot, x, centre - height / 2, width, height, &ink->tint);
  if (palette->is_high_contrast)
    append_ring (snapshot, x, centre - height / 2, width, height, &ink->on_tint);

  x += CHIP_PADDING * scale;
  if (has_dot)
    {
      double size = DOT_SIZE * scale;

      append_capsule (snapshot, x, centre - size / 2, size, size, &ink->on_tint);
      x += (DOT_SIZE + DOT_GAP) * scale;
    }
  be_lettering_snapshot (lettering, snapshot, label, BE_FONT_CHIP, x, centre, &ink->on_tint);
}

static void
append_dashes (GtkSnapshot   *snapshot,
               double         scale,
               double         x,
               double         centre,
               double         width,
               double         height,
               const GdkRGBA *colour)
{
  double       radius = height / 2 - DASHED_LINE_WIDTH * scale / 2;
  const double dashes[] = { DASH_LENGTH * scale, DASH_GAP * scale };
  BeCairoPart  part;
  cairo_t     *cairo;

  cairo = be_cairo_part_begin (&part, &GRAPHENE_RECT_INIT ((float) x, (float) (centre - height / 2), (float) width, (float) height));
  cairo_arc (cairo, x + height / 2, centre, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cairo, x + width - height / 2, centre, radius, -G_PI / 2, G_PI / 2);
  cairo_close_path (cairo);
  gdk_cairo_set_source_rgba (cairo, colour);
  cairo_set_line_width (cairo, DASHED_LINE_WIDTH * scale);
  cairo_set_dash (cairo, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cairo);
  be_cairo_part_end (&part, snapshot);
}

/**
 * be_chip_snapshot_implied:
 * @snapshot: where to draw
 * @palette: the colours
 * @lettering: the fonts
 * @label: what the chip says, shaped in %BE_FONT_CHIP
 * @kind: its colour
 * @x: its left edge
 * @centre: the height of its middle
 *
 * Draws a chip with a dashed line around it, and no other: the system was not asked.
 */
void
be_chip_snapshot_implied (GtkSnapshot     *snapshot,
                          const BePalette *palette,
                          BeLettering     *lettering,
                          PangoLayout     *label,
                          BeChipKind       kind,
                          double           x,
                          double           centre)
{
  const BeInk *ink = &palette->chips[kind];
  double       scale = be_lettering_get_scale (lettering);
  double       width = be_chip_get_width (lettering, label, FALSE);
  double       height = be_chip_get_height (lettering);

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));

  append_capsule (snapshot, x, centre - height / 2, width, height, &ink->tint);
  append_dashes (snapshot, scale, x, centre, width, height, &ink->on_tint);
  be_lettering_snapshot (lettering, snapshot, label, BE_FONT_CHIP, x + CHIP_PADDING * scale, centre, &ink->on_tint);
}
