/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-ladder-mermaid.h"

#include "be-event-text.h"
#include "be-explanation.h"
#include "be-mermaid-participants.h"
#include "be-mermaid-text.h"
#include "be-pairing.h"
#include "be-payload-text.h"
#include "be-transfer-links.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A sequence diagram of more rows nobody reads. */
#define MAX_ROWS 1000u

#define MAX_PAYLOAD_CHARACTERS 80u

typedef struct
{
  BeJournalFilter *filter;
  guint            first;
  guint            end;
  GArray          *links; /* of BeTransferLink, in the order of their lines */
  guint            next_link;

  BeMermaidParticipants *participants;
  GString               *lines;
} Writer;

static const BeEventRecord *
get_record (const Writer *self,
            guint         row)
{
  return be_journal_filter_get_record (self->filter, row);
}

/*
 * Lines
 */

static char *
dup_payload (const BeEventRecord *record)
{
  if (!be_event_record_is_data (record) || record->kept_length == 0)
    return NULL;

  return be_payload_text_to_display (be_event_record_payload (record), record->kept_length, MAX_PAYLOAD_CHARACTERS);
}

static char *
dup_state (const BeEventRecord *record)
{
  if (be_event_record_is_data (record) || (record->flags & BE_EVENT_CANCELLED))
    return NULL;

  return be_event_text_state (record);
}

/* As a row says it: the call, which connection it took from the queue, what it did, and the bytes or the state after it. */
static char *
describe (const BeEventRecord *record)
{
  g_autofree char *call = be_event_text_call (record);
  g_autofree char *detail = be_event_text_detail (record);
  g_autofree char *payload = dup_payload (record);
  g_autofree char *state = dup_state (record);
  g_autofree char *letter = NULL;
  g_autofree char *title = NULL;
  g_autofree char *number = NULL;
  GString         *text = g_string_new (call);

  if (record->call == BE_CALL_ACCEPT && record->connection != BE_EVENT_NO_CONNECTION)
    {
      letter = be_pairing_dup_letter (record->connection);
      g_string_append_printf (text, " %s", letter);
    }
  if (*detail != '\0')
    g_string_append_printf (text, " %s", detail);
  if (be_event_record_is_failure (record))
    {
      title = be_explanation_get_title (record);
      number = be_explanation_get_number (record);
      g_string_append_printf (text, ": %s", title);
      if (number != NULL)
        g_string_append_printf (text, " (%s)", number);
    }
  else if (payload != NULL)
    g_string_append_printf (text, ": %s", payload);
  else if (state != NULL)
    g_string_append_printf (text, ", %s", state);

  return g_string_free (text, FALSE);
}

static void
add_message (Writer     *self,
             const char *from,
             const char *arrow,
             const char *to,
             const char *label)
{
  g_string_append_printf (self->lines, "    %s%s%s: ", from, arrow, to);
  be_mermaid_text_append (self->lines, label);
  g_string_append_c (self->lines, '\n');
}

static void
add_note (Writer              *self,
          const BeEventRecord *record)
{
  g_autofree char *label = describe (record);

  g_string_append_printf (self->lines, "    Note over %s: ", be_mermaid_participants_get (self->participants, record, record->side));
  be_mermaid_text_append (self->lines, label);
  g_string_append_c (self->lines, '\n');
}

static void
add_inferred (Writer     *self,
              const char *from,
              const char *to,
              const char *words)
{
  /* TRANSLATORS: names of TCP segments, such as "FIN": what no call of ours told of */
  g_autofree char *label = g_strdup_printf (_ ("%s (inferred)"), words);

  add_message (self, from, "-->>", to, label);
}

/* The datagram, if its row is there, and what the call that was told infers. */
static void
add_refusal (Writer               *self,
             const BeTransferLink *link,
             const char           *from,
             const char           *to,
             const char           *what)
{
  g_autofree char *refused = NULL;

  if (link->from != BE_TRANSFER_NO_ROW)
    {
      /* TRANSLATORS: a call that sent a datagram, and its bytes */
      refused = g_strdup_printf (_ ("(refused) %s"), what);
      add_message (self, from, "-x", to, refused);
    }
  add_inferred (self, to, from, be_transfer_get_segments (BE_TRANSFER_BY_ICMP));
}

static void
add_link (Writer               *self,
          const BeTransferLink *link)
{
  const BeEventRecord *record = get_record (self, link->from != BE_TRANSFER_NO_ROW ? link->from : link->to);
  const char          *from = be_mermaid_participants_get (self->participants, record, link->from_side);
  const char          *to = be_mermaid_participants_get (self->participants, record, 1 - link->from_side);
  const char          *words = be_transfer_get_segments (link->means);
  g_autofree char     *what = describe (record);
  g_autofree char     *label = NULL;

  if (link->means == BE_TRANSFER_BY_ICMP)
    {
      add_refusal (self, link, from, to, what);
      return;
    }

  if (link->outcome == BE_TRANSFER_UNANSWERED)
    {
      /* TRANSLATORS: the name of a TCP segment, "SYN" */
      label = g_strdup_printf (_ ("%s (inferred), no answer"), words);
      add_message (self, from, "--x", to, label);
      return;
    }

  if (words != NULL)
    {
      add_inferred (self, from, to, link->is_also_acknowledgement ? BE_TRANSFER_FIN_ACK : words);
      if (link->is_acknowledged)
        add_inferred (self, to, from, "ACK");
      return;
    }

  switch ((BeTransferOutcome) link->outcome)
    {
    case BE_TRANSFER_LOST:
      /* TRANSLATORS: a call that sent a datagram, and its bytes */
      label = g_strdup_printf (_ ("(lost) %s"), what);
      add_message (self, from, "-x", to, label);
      break;
    case BE_TRANSFER_WAITING:
      /* TRANSLATORS: a call that sent something, and its bytes */
      label = g_strdup_printf (_ ("(not read yet) %s"), what);
      add_message (self, from, "--)", to, label);
      break;
    case BE_TRANSFER_ARRIVED:
    case BE_TRANSFER_FOREIGN:
    case BE_TRANSFER_REFUSED:
    case BE_TRANSFER_REFUSED_ELSEWHERE:
    case BE_TRANSFER_UNANSWERED:
    default:
      add_message (self, from, "->>", to, what);
    }
}

/* The row at which the line of a link stands: where it arrives, if it does. */
static guint
get_place (const BeTransferLink *link)
{
  return link->to != BE_TRANSFER_NO_ROW && !(link->is_late && link->means == BE_TRANSFER_BY_FIN) ? link->to : link->from;
}

static int
compare_links (gconstpointer a,
               gconstpointer b)
{
  const BeTransferLink *first = a;
  const BeTransferLink *second = b;

  if (get_place (first) != get_place (second))
    return get_place (first) < get_place (second) ? -1 : 1;

  return first->from < second->from ? -1 : first->from > second->from;
}

/* A row that its arrows tell all of needs no note: bytes that left here, or
 * that came as they were sent. */
static gboolean
is_told (const Writer *self,
         guint         row,
         guint         n_here,
         gboolean      leaves)
{
  const BeEventRecord  *record = get_record (self, row);
  const BeTransferLink *link;

  if (!be_event_record_is_data (record) || be_event_record_is_failure (record))
    return FALSE;
  if (be_call_is_sending (record->call))
    return leaves || n_here > 0;
  if (n_here != 1)
    return FALSE;

  link = &g_array_index (self->links, BeTransferLink, self->next_link);

  return link->from == BE_TRANSFER_NO_ROW || get_record (self, link->from)->payload_length == record->payload_length;
}

static void
add_row (Writer         *self,
         guint           row,
         const gboolean *leaves)
{
  guint    n_here = 0;
  gboolean needs_note;

  while (self->next_link + n_here < self->links->len &&
         get_place (&g_array_index (self->links, BeTransferLink, self->next_link + n_here)) == row)
    n_here++;

  needs_note = !is_told (self, row, n_here, leaves[row - self->first]);
  for (guint i = 0; i < n_here; i++)
    add_link (self, &g_array_index (self->links, BeTransferLink, self->next_link + i));
  self->next_link += n_here;
  if (needs_note)
    add_note (self, get_record (self, row));
  be_mermaid_participants_note (self->participants, get_record (self, row));
}

static void
find_links (Writer *self)
{
  g_autoptr (BeTransferLinks) finder = be_transfer_links_new ();
  const BeTransferLink *links;
  guint                 n_links;

  be_transfer_links_update (finder, self->filter, self->first, self->end - 1);
  links = be_transfer_links_get (finder, &n_links);
  for (guint i = 0; i < n_links; i++)
    if (get_place (&links[i]) >= self->first && get_place (&links[i]) < self->end)
      g_array_append_val (self->links, links[i]);
  g_array_sort (self->links, compare_links);
}

static void
add_rows (Writer *self)
{
  g_autofree gboolean *leaves = g_new0 (gboolean, self->end - self->first);

  find_links (self);
  for (guint i = 0; i < self->links->len; i++)
    {
      guint from = g_array_index (self->links, BeTransferLink, i).from;

      if (from != BE_TRANSFER_NO_ROW && from >= self->first)
        leaves[from - self->first] = TRUE;
    }

  for (guint row = self->first; row < self->end; row++)
    add_row (self, row, leaves);
}

/*
 * The whole
 */

static char *
join (const Writer *self)
{
  GString *text = g_string_new ("sequenceDiagram\n");

  if (self->first > 0)
    {
      g_autofree char *note = g_strdup_printf (ngettext ("%'u older row is left out.", "%'u older rows are left out.", self->first),
                                               self->first);

      g_string_append (text, "    %% ");
      be_mermaid_text_append (text, note);
      g_string_append_c (text, '\n');
    }

  be_mermaid_participants_append (self->participants, text);
  g_string_append_len (text, self->lines->str, (gssize) self->lines->len);

  return g_string_free (text, FALSE);
}

static char *
write_newest (BeJournalFilter *filter,
              guint            n_rows)
{
  Writer self = { .filter = filter };
  char  *text;

  self.end = g_list_model_get_n_items (G_LIST_MODEL (filter));
  self.first = self.end - n_rows;
  self.links = g_array_new (FALSE, FALSE, sizeof (BeTransferLink));
  self.participants = be_mermaid_participants_new (be_journal_get_pairing (be_journal_filter_get_journal (filter)));
  self.lines = g_string_new (NULL);

  if (n_rows > 0)
    add_rows (&self);
  text = join (&self);

  g_array_unref (self.links);
  be_mermaid_participants_free (self.participants);
  g_string_free (self.lines, TRUE);

  return text;
}

/**
 * be_ladder_mermaid_make:
 * @filter: the rows
 * @n_rows: (out) (optional): how many of them are in the text, the newest
 *
 * Writes what the lane shows as a sequence diagram of Mermaid: a solid arrow
 * for what was sent and received, a dashed one for what the system is inferred
 * to have sent, a cross for what was lost or not answered, and a note for every other row.
 *
 * Returns: (transfer full): a text of at most %BE_LADDER_MERMAID_MAX_BYTES
 */
char *
be_ladder_mermaid_make (BeJournalFilter *filter,
                        guint           *n_rows)
{
  guint n;
  char *text;

  g_return_val_if_fail (BE_IS_JOURNAL_FILTER (filter), NULL);

  n = MIN (g_list_model_get_n_items (G_LIST_MODEL (filter)), MAX_ROWS);
  text = write_newest (filter, n);

  /* Rows are not equally long; each turn takes away a tenth more than seems due. */
  while (strlen (text) > BE_LADDER_MERMAID_MAX_BYTES && n > 0)
    {
      n = (guint) ((guint64) n * 9 * BE_LADDER_MERMAID_MAX_BYTES / (10 * strlen (text)));
      g_free (text);
      text = write_newest (filter, n);
    }

  if (n_rows != NULL)
    *n_rows = n;

  return text;
}
