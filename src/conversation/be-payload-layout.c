/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-payload-layout.h"

#include "be-payload-character.h"
#include "be-payload-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A letter of an equal-width font is about half as wide as it is tall. */
#define LETTER_WIDTH 0.5
#define MIN_LETTERS_PER_LINE 8

/* How small a mark is: the name of a control character, or the number of what
 * has no picture. */
#define MARK_SCALE 0.7

/* On both sides of a mark there is this much of a space, half of it in its box. */
#define GAP_SCALE 0.5

/* Where a send ended, between two letters, as a share of a space: no more than
 * a mark has, because a line of marks alone would become taller by it. */
#define BORDER_SCALE MARK_SCALE

/* How faint bytes are that were thrown away: still 4.5:1 on every ground. */
#define LOST_ALPHA 0.72

#define ELLIPSIS 0x2026u

/* The box, on the grid of the interface font. */
#define BOX_PADDING 2.5f
#define BOX_RADIUS 3
#define BOX_STRENGTH 0.6f

/* Around numbers; see be_payload_text_to_display(). */
#define MARK_BEGIN 0x2039u
#define MARK_END 0x203au

#define CONTROL_PICTURE_FIRST 0x2400u
#define CONTROL_PICTURE_DELETE 0x2421u

/* ASCII's names, ISO 646. */
static const char *const control_names[] = {
  "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF",
  "VT", "FF", "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
  "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US"
};

/* A text that is being made of a payload, and how far that was read. */
typedef struct
{
  GString       *text;
  PangoAttrList *attributes;

  const guint8           *bytes;
  gsize                   length;
  gsize                   offset;
  const BePayloadBorders *borders; /* NULL: none are asked for */
  guint                   n_passed;
  GArray                 *ticks;
} Building;

static const char *
get_control_name (gunichar character)
{
  if (character >= CONTROL_PICTURE_FIRST &&
      character < CONTROL_PICTURE_FIRST + G_N_ELEMENTS (control_names))
    return control_names[character - CONTROL_PICTURE_FIRST];

  return character == CONTROL_PICTURE_DELETE ? "DEL" : NULL;
}

static void
add_attribute (PangoAttrList  *attributes,
               PangoAttribute *attribute,
               gsize           start,
               gsize           end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (attributes, attribute);
}

static void
append_gap (GString       *text,
            PangoAttrList *attributes,
            double         scale)
{
  gsize start = text->len;

  g_string_append_c (text, ' ');
  add_attribute (attributes, pango_attr_scale_new (scale), start, text->len);
}

/* A mark is no text: it is small, in a box, and in one piece. The alpha, which
 * changes nothing, is how be_payload_layout_snapshot_boxes () finds it. */
static void
append_mark (GString       *text,
             PangoAttrList *attributes,
             const char    *mark,
             gsize          length)
{
  gsize start = text->len;
  gsize mark_start;

  append_gap (text, attributes, GAP_SCALE);
  mark_start = text->len;
  g_string_append_len (text, mark, (gssize) length);
  add_attribute (attributes, pango_attr_scale_new (MARK_SCALE), mark_start, text->len);
  add_attribute (attributes, pango_attr_foreground_alpha_new (G_MAXUINT16), mark_start, text->len);
  add_attribute (attributes, pango_attr_allow_breaks_new (FALSE), start, text->len);
  append_gap (text, attributes, GAP_SCALE);
}

/* Few fonts have the pictures of control characters, and those are hard to
 * read: their names stand instead. Returns the last byte that was read. */
static const char *
append_character (GString       *text,
                  PangoAttrList *attributes,
                  const char    *at)
{
  gunichar    character = g_utf8_get_char (at);
  const char *name = get_control_name (character);
  const char *next = g_utf8_next_char (at);
  const char *end = character == MARK_BEGIN ? g_utf8_strchr (next, -1, MARK_END) : NULL;

  if (end != NULL)
    {
      append_mark (text, attributes, next, (gsize) (end - next));
      return end;
    }

  if (name != NULL)
    append_mark (text, attributes, name, strlen (name));
  else
    g_string_append_unichar (text, character);

  return at;
}

static void
add_tick (Building *building,
          gsize     index,
          float     share)
{
  const BePayloadTick tick = { (guint) index, share };

  g_array_append_val (building->ticks, tick);
}

/* A send that ended here; a gap makes no place where a line may break. */
static void
append_border (Building *building)
{
  GString *text = building->text;
  gsize    start = text->len;

  if (!building->borders->has_gaps)
    {
      add_tick (building, (gsize) (g_utf8_prev_char (text->str + start) - text->str), 1);
      return;
    }

  append_gap (text, building->attributes, BORDER_SCALE);
  add_attribute (building->attributes, pango_attr_allow_breaks_new (FALSE), start, text->len);
  add_tick (building, start, 0.5f);
}

/* Marks which sends ended behind the bytes that were just shown from @start on,
 * or, where one cut a character, amid them. Returns FALSE at what stands for
 * the rest. */
static gboolean
pass_bytes (Building *building,
            gsize     start,
            gunichar  shown)
{
  const BePayloadBorders *borders = building->borders;
  gsize                   begin = building->offset;
  gunichar                character = 0;
  gsize                   taken;

  if (begin == building->length)
    return FALSE;

  taken = be_payload_character_read (building->bytes + begin, building->length - begin, &character);
  if (shown == ELLIPSIS && (taken == 0 || character != ELLIPSIS))
    return FALSE;

  building->offset += MAX (taken, 1);
  for (; building->n_passed < borders->n_ends && borders->ends[building->n_passed] <= building->offset;
       building->n_passed++)
    {
      gsize end = borders->ends[building->n_passed];

      if (end == building->offset && end < building->length)
        append_border (building);
      else if (end > begin && end < building->offset)
        add_tick (building, start, (float) (end - begin) / (float) taken);
    }

  return TRUE;
}

/* Each line feed begins a line of its own, whatever its length; more of them
 * than fit are cut, but for one at the very end. */
static void
append_lines (Building   *building,
              const char *display)
{
  guint n_lines = 1;

  for (const char *at = display; *at != '\0'; at = g_utf8_next_char (at))
    {
      gsize    start = building->text->len;
      gunichar shown = g_utf8_get_char (at);

      if (*at == '\n' && at[1] == '\0')
        return;

      if (*at == '\n' && ++n_lines > BE_PAYLOAD_LAYOUT_MAX_LINES)
        {
          g_string_append (building->text, "…");
          return;
        }

      at = append_character (building->text, building->attributes, at);
      if (shown != '\n' && building->borders != NULL && !pass_bytes (building, start, shown))
        building->borders = NULL;
    }
}

/* What came and was thrown away, behind what was kept; its border is the last. */
static void
append_lost (Building *building)
{
  const BePayloadBorders *borders = building->borders;
  Building                lost = { building->text, building->attributes };
  g_autofree char        *display = NULL;
  gsize                   start;

  if (borders == NULL || borders->lost_length == 0 || building->text->len == 0)
    return;

  append_border (building);
  start = building->text->len;
  display = be_payload_text_to_display (borders->lost, borders->lost_length, borders->max_lost);
  append_lines (&lost, display);
  add_attribute (building->attributes, pango_attr_strikethrough_new (TRUE), start, building->text->len);
  add_attribute (building->attributes, pango_attr_foreground_alpha_new ((guint16) (LOST_ALPHA * G_MAXUINT16)),
                 start, building->text->len);
}

static PangoLayout *
make_empty (BeLettering *lettering)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (PangoLayout) layout = NULL;

  layout = be_lettering_make (lettering, BE_FONT_PAYLOAD, C_ ("a datagram without bytes", "empty"));
  pango_attr_list_insert (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC));
  pango_layout_set_attributes (layout, attributes);

  return g_steal_pointer (&layout);
}

/**
 * be_payload_layout_make_for_bytes:
 * @lettering: the fonts
 * @bytes: (array length=length): some at least
 * @max_characters: how many are shaped at most; 0: all
 * @borders: (nullable): where sends ended in them, and what is lost behind them
 * @ticks: (nullable): takes where these borders are in the text
 *
 * Returns: (transfer full): a layout in %BE_FONT_PAYLOAD, not yet wrapped
 */
PangoLayout *
be_payload_layout_make_for_bytes (BeLettering            *lettering,
                                  const guint8           *bytes,
                                  gsize                   length,
                                  gsize                   max_characters,
                                  const BePayloadBorders *borders,
                                  GArray                 *ticks)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *display = NULL;
  Building         building = { text, attributes, bytes, length, .borders = borders, .ticks = ticks };

  g_return_val_if_fail (BE_IS_LETTERING (lettering), NULL);
  g_return_val_if_fail (borders == NULL || ticks != NULL, NULL);

  display = be_payload_text_to_display (bytes, length, max_characters);
  append_lines (&building, display);
  append_lost (&building);

  /* A hyphen at the end of a line would be a byte that nobody sent. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  layout = be_lettering_make (lettering, BE_FONT_PAYLOAD, text->len > 0 ? text->str : "…");
  pango_layout_set_attributes (layout, attributes);

  return g_steal_pointer (&layout);
}

/**
 * be_payload_layout_make:
 * @lettering: the fonts
 * @record: an event that moved bytes, lent
 * @width: the most that its bubble may ever have, in pixels
 * @borders: (nullable): where sends ended in it, and what is lost behind it
 * @ticks: (nullable): takes where these borders are in the text
 *
 * Shapes a payload, as far as it can be seen: what lies behind eight lines is
 * not even looked at.
 *
 * Returns: (transfer full): a layout in %BE_FONT_PAYLOAD, not yet wrapped
 */
PangoLayout *
be_payload_layout_make (BeLettering            *lettering,
                        const BeEventRecord    *record,
                        double                  width,
                        const BePayloadBorders *borders,
                        GArray                 *ticks)
{
  double letter;
  gsize  max_characters;

  g_return_val_if_fail (BE_IS_LETTERING (lettering), NULL);
  g_return_val_if_fail (record != NULL, NULL);
  g_return_val_if_fail (borders == NULL || ticks != NULL, NULL);

  if (record->payload_length == 0)
    return make_empty (lettering);

  letter = be_lettering_get_size (lettering, BE_FONT_PAYLOAD) * LETTER_WIDTH;
  max_characters = (gsize) (BE_PAYLOAD_LAYOUT_MAX_LINES * MAX (width / letter, MIN_LETTERS_PER_LINE));

  return be_payload_layout_make_for_bytes (lettering, be_event_record_payload (record), record->kept_length,
                                           max_characters, borders, ticks);
}

static gboolean
is_mark (const PangoLayoutRun *run)
{
  if (run == NULL || (run->item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS) != 0)
    return FALSE;

  for (const GSList *link = run->item->analysis.extra_attrs; link != NULL; link = link->next)
    {
      const PangoAttribute *attribute = link->data;

      if (attribute->klass->type == PANGO_ATTR_FOREGROUND_ALPHA)
        return ((const PangoAttrInt *) attribute)->value == G_MAXUINT16;
    }

  return FALSE;
}

/**
 * be_payload_layout_snapshot_boxes:
 * @layout: of be_payload_layout_make()
 * @snapshot: where to draw
 * @x: the left edge of @layout
 * @y: its top
 * @scale: of the grid
 * @colour: of the text
 *
 * Draws a line around each mark. Lines leave the ground behind the letters as
 * it is, and so their contrast, whatever the colours.
 */
void
be_payload_layout_snapshot_boxes (PangoLayout   *layout,
                                  GtkSnapshot   *snapshot,
                                  double         x,
                                  double         y,
                                  double         scale,
                                  const GdkRGBA *colour)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  const float      padding = BOX_PADDING * (float) scale;
  GdkRGBA          line = *colour;

  line.alpha *= BOX_STRENGTH;

  do
    {
      PangoRectangle  area;
      graphene_rect_t bounds;
      GskRoundedRect  outline;

      if (!is_mark (pango_layout_iter_get_run_readonly (iter)))
        continue;

      pango_layout_iter_get_run_extents (iter, NULL, &area);
      bounds = GRAPHENE_RECT_INIT ((float) x + (float) area.x / PANGO_SCALE - padding,
                                   (float) y + (float) area.y / PANGO_SCALE,
                                   (float) area.width / PANGO_SCALE + 2 * padding,
                                   (float) area.height / PANGO_SCALE);
      gsk_rounded_rect_init_from_rect (&outline, &bounds, BOX_RADIUS * (float) scale);
      gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                                  (GdkRGBA[4]){ line, line, line, line });
    }
  while (pango_layout_iter_next_run (iter));

  pango_layout_iter_free (iter);
}
