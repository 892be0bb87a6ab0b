/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-ladder.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "be-event-text.h"
#include "be-explanation.h"
#include "be-pairing.h"
#include "be-payload-text.h"
#include "be-terminal-text.h"

/* Not 80, after which some terminals begin a new line by themselves.
 * A row: the time, a gap, the server, a space, the lane, a space, the client. */
#define LINE_COLUMNS 79
#define TIME_COLUMNS 8
#define GAP_COLUMNS 2
#define SIDE_COLUMNS 30
#define LANE_COLUMNS 7

#define TEXT_INDENT_COLUMNS (TIME_COLUMNS + GAP_COLUMNS)

G_STATIC_ASSERT (TEXT_INDENT_COLUMNS + SIDE_COLUMNS + 1 + LANE_COLUMNS + 1 + SIDE_COLUMNS <= LINE_COLUMNS);

/* What does not fit on a few lines of a terminal is better read elsewhere. */
#define PAYLOAD_CHARACTERS 200

typedef enum
{
  STYLE_PLAIN,
  STYLE_FAINT,
  STYLE_STRONG,
  STYLE_TROUBLE,
} Style;

/* Select Graphic Rendition (ECMA-48, 8.3.117); undone with 0. */
static const char *const styles[] = {
  [STYLE_PLAIN] = NULL,
  [STYLE_FAINT] = "\033[2m",
  [STYLE_STRONG] = "\033[1m",
  [STYLE_TROUBLE] = "\033[1;31m",
};

struct _BeLadder
{
  BePairing  *pairing;
  GHashTable *states; /* socket_id → BeSystemState, of those that are not closed */

  gint64 start; /* when the first event happened, µs */

  gboolean has_styles; /* standard output is a terminal that knows them */
  gboolean has_lines;  /* and its encoding has lines to draw with */
};

/* One line of one side of a row. */
typedef struct
{
  char *text; /* with styles in it */
  guint columns;
} Line;

static void
line_clear (Line *line)
{
  g_free (line->text);
}

/* In the encoding of the terminal. */
static void
print (const char *text)
{
  g_print ("%s", text);
}

static void
print_padding (guint columns)
{
  g_print ("%*s", (int) columns, "");
}

static void
print_styled (BeLadder   *self,
              const char *text,
              Style       style)
{
  gboolean is_styled = self->has_styles && styles[style] != NULL;

  if (is_styled)
    print (styles[style]);
  print (text);
  if (is_styled)
    print ("\033[0m");
}

static char *
dup_styled (BeLadder   *self,
            const char *text,
            Style       style)
{
  if (!self->has_styles || styles[style] == NULL)
    return g_strdup (text);

  return g_strconcat (styles[style], text, "\033[0m", NULL);
}

/* Adds text beside what is there when it fits, or else below. */
static void
add_text (BeLadder   *self,
          GArray     *cell,
          const char *text,
          Style       style)
{
  guint columns = be_terminal_text_get_width (text);
  g_auto (GStrv) lines = NULL;
  Line *last = cell->len > 0 ? &g_array_index (cell, Line, cell->len - 1) : NULL;

  if (columns == 0)
    return;

  if (last != NULL && strchr (text, '\n') == NULL &&
      last->columns + GAP_COLUMNS + columns <= SIDE_COLUMNS)
    {
      g_autofree char *before = g_steal_pointer (&last->text);
      g_autofree char *styled = dup_styled (self, text, style);

      last->text = g_strdup_printf ("%s%*s%s", before, GAP_COLUMNS, "", styled);
      last->columns += GAP_COLUMNS + columns;
      return;
    }

  lines = be_terminal_text_wrap (text, SIDE_COLUMNS);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      Line line = { dup_styled (self, lines[i], style), be_terminal_text_get_width (lines[i]) };

      g_array_append_val (cell, line);
    }
}

static void
add_payload (BeLadder            *self,
             GArray              *cell,
             const BeEventRecord *record)
{
  g_autofree char *text = NULL;
  g_autofree char *quoted = NULL;

  text = be_payload_text_to_display (be_event_record_payload (record), record->kept_length,
                                     PAYLOAD_CHARACTERS);
  quoted = g_strconcat ("\"", text, "\"", NULL);

  add_text (self, cell, quoted, STYLE_STRONG);
}

/* Returns whether the call left its socket in another state than the one
 * before it; a socket begins closed. A close () always says what is left of its
 * connection, also where that is what was: in TIME_WAIT. */
static gboolean
note_state (BeLadder            *self,
            const BeEventRecord *record)
{
  gpointer      socket = GUINT_TO_POINTER (record->socket_id);
  gpointer      known = g_hash_table_lookup (self->states, socket);
  BeSystemState before = known != NULL ? GPOINTER_TO_UINT (known) : BE_SYSTEM_STATE_CLOSED;

  if (record->state == BE_SYSTEM_STATE_UNKNOWN ||
      (record->state == before && record->call != BE_CALL_CLOSE))
    return FALSE;

  if (record->state == BE_SYSTEM_STATE_CLOSED || record->call == BE_CALL_CLOSE)
    g_hash_table_remove (self->states, socket);
  else
    g_hash_table_insert (self->states, socket, GUINT_TO_POINTER (record->state));

  return TRUE;
}

/* Of close () what it implies; and of what is no TCP no state, but a word. */
static char *
dup_state (BeLadder            *self,
           const BeEventRecord *record)
{
  g_autofree char *text = be_event_text_state (record);

  if (text == NULL)
    return g_strdup (be_system_state_get_label (record->state));
  if (!self->has_lines && g_str_has_prefix (text, "→"))
    return g_strconcat ("->", text + strlen ("→"), NULL);

  return g_steal_pointer (&text);
}

/* The system's name and number of the error; getaddrinfo () has others, and
 * our own limits have none. */
static void
add_error (BeLadder            *self,
           GArray              *cell,
           const BeEventRecord *record)
{
  const char      *name = NULL;
  g_autofree char *text = NULL;

  if (record->error == 0 || record->call == BE_CALL_GETADDRINFO)
    return;

  name = be_explanation_error_name (record->error);
  text = name != NULL ? g_strdup_printf ("%s %d", name, record->error) : g_strdup_printf ("%d", record->error);

  add_text (self, cell, text, STYLE_TROUBLE);
}

/* What the call was made with; a detail that only names the error says less
 * than what follows. */
static char *
dup_headline (const BeEventRecord *record)
{
  g_autofree char *call = be_event_text_call (record);
  g_autofree char *detail = be_event_text_detail (record);
  gboolean         is_needed = detail != NULL && *detail != '\0';

  if (record->error != 0 && g_strcmp0 (detail, be_explanation_error_name (record->error)) == 0)
    is_needed = FALSE;

  return is_needed ? g_strjoin (" ", call, detail, NULL) : g_steal_pointer (&call);
}

/* Returns: (transfer full): an array of Line */
static GArray *
describe_record (BeLadder            *self,
                 const BeEventRecord *record)
{
  GArray          *cell = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autofree char *headline = dup_headline (record);
  gboolean         is_failure = be_event_record_is_failure (record);

  g_array_set_clear_func (cell, (GDestroyNotify) line_clear);

  add_text (self, cell, headline, is_failure ? STYLE_TROUBLE : STYLE_PLAIN);
  if (is_failure)
    add_error (self, cell, record);
  if (be_event_record_is_data (record))
    add_payload (self, cell, record);
  if (note_state (self, record))
    {
      g_autofree char *state = dup_state (self, record);

      add_text (self, cell, state, STYLE_FAINT);
    }

  return cell;
}

static void
print_lifeline (BeLadder   *self,
                const char *letter)
{
  if (letter != NULL)
    print_styled (self, letter, STYLE_STRONG);
  else
    print (self->has_lines ? "│" : "|");
}

/* Which way the bytes of the row go: a send of one side and a recv of the
 * other point in the same direction. */
static void
print_arrow (BeLadder            *self,
             const BeEventRecord *record)
{
  gboolean is_data = record != NULL && be_event_record_is_data (record);

  if (!is_data)
    print_padding (LANE_COLUMNS - 2);
  else if (be_call_is_sending (record->call) == (record->side == BE_SIDE_SERVER))
    print (self->has_lines ? " ──> " : " --> ");
  else
    print (self->has_lines ? " <── " : " <-- ");
}

/* The two lifelines and what crosses between them; @record: (nullable). */
static void
print_lane (BeLadder            *self,
            const BeEventRecord *record,
            const char          *letter)
{
  gboolean is_server = record != NULL && record->side == BE_SIDE_SERVER;
  gboolean is_client = record != NULL && record->side == BE_SIDE_CLIENT;

  print (" ");
  print_lifeline (self, is_server ? letter : NULL);
  print_arrow (self, record);
  print_lifeline (self, is_client ? letter : NULL);
}

static void
print_cells (BeLadder            *self,
             const BeEventRecord *record,
             const char          *letter,
             GArray              *cell)
{
  for (guint i = 0; i < cell->len; i++)
    {
      const Line *line = &g_array_index (cell, Line, i);
      gboolean    is_server = record->side == BE_SIDE_SERVER;

      if (i > 0)
        print_padding (TIME_COLUMNS);
      print_padding (GAP_COLUMNS);

      if (is_server)
        print (line->text);
      print_padding (SIDE_COLUMNS - (is_server ? line->columns : 0));

      print_lane (self, i == 0 ? record : NULL, letter);
      if (!is_server)
        g_print (" %s", line->text);
      print ("\n");
    }
}

static void
print_text (BeLadder   *self,
            const char *text,
            Style       style)
{
  g_auto (GStrv) lines = be_terminal_text_wrap (text, LINE_COLUMNS - TEXT_INDENT_COLUMNS);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      print_padding (TEXT_INDENT_COLUMNS);
      print_styled (self, lines[i], style);
      print ("\n");
    }
}

static void
print_causes (BeLadder            *self,
              const BeEventRecord *record)
{
  g_autofree char *causes = be_explanation_list_causes (record, NULL);
  g_auto (GStrv) lines = NULL;

  if (causes == NULL)
    return;

  lines = g_strsplit (causes, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    print_text (self, lines[i], STYLE_PLAIN);
}

/* Below the row that failed: what happened, why, and what helps. */
static void
print_explanation (BeLadder            *self,
                   const BeEventRecord *record)
{
  g_autofree char *title = be_explanation_get_title (record);
  g_autofree char *reason = be_explanation_get_reason (record);
  g_autofree char *remedy = be_explanation_get_remedy (record);

  if (title != NULL && *title != '\0')
    print_text (self, title, STYLE_TROUBLE);
  if (reason != NULL && *reason != '\0')
    print_text (self, reason, STYLE_PLAIN);
  print_causes (self, record);
  if (remedy != NULL && *remedy != '\0')
    print_text (self, remedy, STYLE_PLAIN);
}

static char *
dup_letter (BeLadder            *self,
            const BeEventRecord *record)
{
  guint32 connection = be_pairing_assign (self->pairing, record);

  return connection != BE_EVENT_NO_CONNECTION ? be_pairing_dup_letter (connection) : NULL;
}

/**
 * be_ladder_new:
 *
 * Returns: (transfer full): a ladder that has printed nothing yet; styles are
 *   used when standard output is a terminal and NO_COLOR is not set
 */
BeLadder *
be_ladder_new (void)
{
  BeLadder *self = g_new0 (BeLadder, 1);

  self->pairing = be_pairing_new ();
  self->states = g_hash_table_new (NULL, NULL);
  self->has_lines = g_get_charset (NULL);
  self->has_styles = g_log_writer_supports_color (fileno (stdout)) &&
                     g_getenv ("NO_COLOR") == NULL &&
                     g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;

  return self;
}

void
be_ladder_free (BeLadder *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->pairing);
  g_clear_pointer (&self->states, g_hash_table_unref);
  g_free (self);
}

/**
 * be_ladder_print_heading:
 *
 * Prints the names of the columns.
 */
void
be_ladder_print_heading (BeLadder *self)
{
  const char *const names[] = { _ ("Time"), _ ("Server"), _ ("Client") };
  const guint       columns[] = { TIME_COLUMNS + GAP_COLUMNS, SIDE_COLUMNS + 1 + LANE_COLUMNS + 1, 0 };

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint width = be_terminal_text_get_width (names[i]);

      print_styled (self, names[i], STYLE_STRONG);
      print_padding (columns[i] > width ? columns[i] - width : 0);
    }
  print ("\n");
}

/**
 * be_ladder_print_record:
 * @record: with its payload behind it
 *
 * Prints one event, and an explanation when it failed. The first one is at
 * the time 0.
 */
void
be_ladder_print_record (BeLadder            *self,
                        const BeEventRecord *record)
{
  g_autofree char *letter = NULL;
  g_autofree char *time = NULL;
  g_autoptr (GArray) cell = NULL;
  guint time_columns = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);

  if (self->start == 0)
    self->start = record->time;

  letter = dup_letter (self, record);
  time = be_event_text_time (record, self->start);
  time_columns = be_terminal_text_get_width (time);

  cell = describe_record (self, record);
  print_styled (self, time, STYLE_FAINT);
  print_padding (time_columns < TIME_COLUMNS ? TIME_COLUMNS - time_columns : 0);
  print_cells (self, record, letter, cell);

  if (be_event_record_is_failure (record))
    print_explanation (self, record);
}

/**
 * be_ladder_print_text:
 * @text: one paragraph, in words
 *
 * Prints a paragraph over the whole width.
 */
void
be_ladder_print_text (BeLadder   *self,
                      const char *text)
{
  g_auto (GStrv) lines = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  lines = be_terminal_text_wrap (text, LINE_COLUMNS);
  for (guint i = 0; lines[i] != NULL; i++)
    g_print ("%s\n", lines[i]);
}
