/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-payload-layout.h"

#include "be-payload-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A letter of an equal-width font is about half as wide as it is tall. */
#define LETTER_WIDTH 0.5
#define MIN_LETTERS_PER_LINE 8

/* How small and how faint the name of a control character is. */
#define NAME_SCALE 0.68
#define NAME_ALPHA ((guint16) (G_MAXUINT16 * 0.75))

/* After a name, so that two of them are not read as one. */
#define GAP_SCALE 0.35

#define CONTROL_PICTURE_FIRST 0x2400u
#define CONTROL_PICTURE_DELETE 0x2421u

/* ASCII's names, ISO 646. */
static const char *const control_names[] = {
  "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF",
  "VT", "FF", "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
  "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US"
};

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

/* Few fonts have the pictures of control characters, and those are hard to
 * read: their names stand in small letters instead. */
static void
append_character (GString       *text,
                  PangoAttrList *attributes,
                  gunichar       character)
{
  const char *name = get_control_name (character);
  gsize       start = text->len;

  if (name == NULL)
    {
      g_string_append_unichar (text, character);
      return;
    }

  g_string_append (text, name);
  add_attribute (attributes, pango_attr_scale_new (NAME_SCALE), start, text->len);
  add_attribute (attributes, pango_attr_foreground_alpha_new (NAME_ALPHA), start, text->len);

  start = text->len;
  g_string_append_c (text, ' ');
  add_attribute (attributes, pango_attr_scale_new (GAP_SCALE), start, text->len);
}

/* Each line feed begins a line of its own, whatever its length; more of them
 * than fit are cut, but for one at the very end. */
static void
append_lines (GString       *text,
              PangoAttrList *attributes,
              const char    *display)
{
  guint n_lines = 1;

  for (const char *at = display; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (*at == '\n' && at[1] == '\0')
        return;

      if (*at == '\n' && ++n_lines > BE_PAYLOAD_LAYOUT_MAX_LINES)
        {
          g_string_append (text, "…");
          return;
        }

      append_character (text, attributes, g_utf8_get_char (at));
    }
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
 * be_payload_layout_make:
 * @lettering: the fonts
 * @record: an event that moved bytes, lent
 * @width: the most that its bubble may ever have, in pixels
 *
 * Shapes a payload, as far as it can be seen: what lies behind eight lines is
 * not even looked at.
 *
 * Returns: (transfer full): a layout in %BE_FONT_PAYLOAD, not yet wrapped
 */
PangoLayout *
be_payload_layout_make (BeLettering         *lettering,
                        const BeEventRecord *record,
                        double               width)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (GString) text = NULL;
  g_autofree char *display = NULL;
  double           letter;
  gsize            max_characters;

  g_return_val_if_fail (BE_IS_LETTERING (lettering), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  if (record->payload_length == 0)
    return make_empty (lettering);

  letter = be_lettering_get_size (lettering, BE_FONT_PAYLOAD) * LETTER_WIDTH;
  max_characters = (gsize) (BE_PAYLOAD_LAYOUT_MAX_LINES * MAX (width / letter, MIN_LETTERS_PER_LINE));
  display = be_payload_text_to_display (be_event_record_payload (record), record->kept_length,
                                        max_characters);

  attributes = pango_attr_list_new ();
  text = g_string_new (NULL);
  append_lines (text, attributes, display);

  /* A hyphen at the end of a line would be a byte that nobody sent. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  layout = be_lettering_make (lettering, BE_FONT_PAYLOAD, text->len > 0 ? text->str : "…");
  pango_layout_set_attributes (layout, attributes);

  return g_steal_pointer (&layout);
}
