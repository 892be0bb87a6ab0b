/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a million events cost: memory, appending, filtering, and how long a
 * filter keeps the main loop at once. */

#include "be-journal-filter.h"
#include "be-test-batch.h"

#include <string.h>
#include <time.h>

#define N_EVENTS 1000000u
#define N_CONNECTIONS 64u
#define EVENTS_PER_BATCH 800u /* 50,000 a second, a frame */
#define REPETITIONS 7u
#define MAX_JOURNAL_BYTES (G_GUINT64_CONSTANT (1) << 30)

#define GOAL_BYTES 110.0
#define GOAL_KINDS_MILLISECONDS 10.0
#define GOAL_TEXT_MILLISECONDS 80.0
#define GOAL_LONGEST_MILLISECONDS 16.0

typedef struct
{
  double all;     /* ms, until everything was looked at */
  double work;    /* ms, of the processor */
  double longest; /* ms, of the processor: the most work for the main loop at once */
  guint  n_found;
} Times;

static gboolean is_missed;

static double
get_milliseconds (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

/* Of the processor: what remains of a time when other programs run beside. */
static double
get_work (void)
{
  return (double) clock () * 1000 / CLOCKS_PER_SEC;
}

static void
say (const char *what,
     double      value,
     const char *unit,
     double      goal)
{
  if (goal > 0)
    g_print ("%-44s %9.2f %-8s goal %6.1f  %s\n", what, value, unit, goal, value <= goal ? "reached" : "MISSED");
  else
    g_print ("%-44s %9.2f %s\n", what, value, unit);

  is_missed = is_missed || (goal > 0 && value > goal);
}

/* Each number is text of 16 to 79 bytes; every tenth event is no data, every
 * thousandth failed. The clients take turns. */
static gsize
add_event (BeTestBatch *batch,
           guint        number)
{
  guint         id = 1 + number / 2 % N_CONNECTIONS;
  BeSide        side = number % 2 == 0 ? BE_SIDE_CLIENT : BE_SIDE_SERVER;
  BeEventRecord record = be_test_record (side, number % 4 < 2 ? BE_CALL_SEND : BE_CALL_RECV, id);
  char          text[128];
  gsize         length = 16 + number % 64;

  if (number % 10 == 9)
    {
      record.call = BE_CALL_SHUTDOWN;
      record.result = number % 1000 == 999 ? -1 : 0;
      be_test_batch_add (batch, &record, NULL, 0);
      return 0;
    }

  memset (text, 'e', sizeof text);
  g_snprintf (text, sizeof text, "hello %u, ", number);
  text[strlen (text)] = 'b';
  text[length] = '\0';
  record.position = number * 64;
  be_test_batch_add_data (batch, record, text);

  return length;
}

static BeJournal *
fill (void)
{
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  BeJournal   *journal = be_journal_new (2 * N_EVENTS, MAX_JOURNAL_BYTES);
  BeEventRing *ring;
  gsize        n_payload_bytes = 0;
  double       taken = 0;
  guint        n_hidden;
  guint        i;

  for (i = 0; i < N_EVENTS;)
    {
      double begin;

      be_test_batch_clear (batch);
      do
        n_payload_bytes += add_event (batch, i);
      while (++i % EVENTS_PER_BATCH != 0 && i < N_EVENTS);

      begin = get_work ();
      be_journal_append (journal, be_test_batch_get (batch));
      taken += get_work () - begin;
    }

  ring = be_journal_get_ring (journal, &n_hidden);
  say ("memory beside the payload",
       (double) (be_event_ring_get_bytes (ring) - n_payload_bytes) / N_EVENTS, "B/event", GOAL_BYTES);
  say ("payload", (double) n_payload_bytes / N_EVENTS, "B/event", 0);
  say ("append, with pairing", taken * 1e6 / N_EVENTS, "ns/event", 0);

  return journal;
}

static Times
measure (BeJournal   *journal,
         BeEventKinds kinds,
         guint32      connection,
         const char  *text)
{
  g_autoptr (BeJournalFilter) filter = be_journal_filter_new (journal);
  Times  times = { 0 };
  double begin = get_milliseconds ();
  double work = get_work ();
  double slice = work;

  if (text != NULL)
    be_journal_filter_set_text (filter, text);
  else if (connection != BE_EVENT_NO_CONNECTION)
    be_journal_filter_set_connection (filter, connection);
  else
    be_journal_filter_set_kinds (filter, kinds);
  times.longest = get_work () - slice;

  while (be_journal_filter_is_scanning (filter))
    {
      slice = get_work ();
      g_main_context_iteration (NULL, FALSE);
      times.longest = MAX (times.longest, get_work () - slice);
    }

  times.all = get_milliseconds () - begin;
  times.work = get_work () - work;
  times.n_found = g_list_model_get_n_items (G_LIST_MODEL (filter));

  return times;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double difference = ((const Times *) a)->all - ((const Times *) b)->all;

  return difference < 0 ? -1 : difference > 0;
}

static void
run (BeJournal   *journal,
     const char  *what,
     BeEventKinds kinds,
     guint32      connection,
     const char  *text,
     double       goal)
{
  Times            times[REPETITIONS];
  g_autofree char *longest = g_strdup_printf ("  longest slice of %u runs", REPETITIONS);
  double           longest_slice = 0;
  double           least_work = G_MAXDOUBLE;
  guint            i;

  for (i = 0; i < REPETITIONS; i++)
    {
      times[i] = measure (journal, kinds, connection, text);
      longest_slice = MAX (longest_slice, times[i].longest);
      least_work = MIN (least_work, times[i].work);
    }

  qsort (times, REPETITIONS, sizeof *times, compare);
  say (what, times[REPETITIONS / 2].all, "ms", goal);
  g_print ("  %u found, %.2f to %.2f ms, of the processor %.2f ms\n", times[0].n_found,
           times[0].all, times[REPETITIONS - 1].all, least_work);
  say (longest, longest_slice, "ms", GOAL_LONGEST_MILLISECONDS);
}

/* What a view does for a row: any record at any place. */
static void
look_around (BeJournal *journal)
{
  double  begin = get_work ();
  guint64 sum = 0;
  guint   i;

  for (i = 0; i < N_EVENTS; i++)
    sum += be_journal_get_record (journal, (guint) (i * G_GUINT64_CONSTANT (2654435761) % N_EVENTS))->sequence;

  g_assert_cmpuint (sum, >, 0);
  say ("a record anywhere", (get_work () - begin) * 1e6 / N_EVENTS, "ns", 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (BeJournal) journal = fill ();

  look_around (journal);
  run (journal, "filter by kind, errors", BE_EVENT_KIND_ERRORS, BE_EVENT_NO_CONNECTION, NULL,
       GOAL_KINDS_MILLISECONDS);
  run (journal, "filter by kind, data", BE_EVENT_KIND_DATA, BE_EVENT_NO_CONNECTION, NULL,
       GOAL_KINDS_MILLISECONDS);
  run (journal, "filter by connection", BE_EVENT_KIND_ALL, 3, NULL, 0);
  run (journal, "filter by text, in none", BE_EVENT_KIND_ALL, BE_EVENT_NO_CONNECTION, "goodbye",
       GOAL_TEXT_MILLISECONDS);
  run (journal, "filter by text, in few", BE_EVENT_KIND_ALL, BE_EVENT_NO_CONNECTION, "HELLO 4242",
       GOAL_TEXT_MILLISECONDS);
  run (journal, "filter by text, one letter in nearly all", BE_EVENT_KIND_ALL, BE_EVENT_NO_CONNECTION, "e",
       GOAL_TEXT_MILLISECONDS);
  run (journal, "filter by text, many beginnings", BE_EVENT_KIND_ALL, BE_EVENT_NO_CONNECTION, "eeeeze",
       GOAL_TEXT_MILLISECONDS);
  run (journal, "filter by text, an address", BE_EVENT_KIND_ALL, BE_EVENT_NO_CONNECTION, "127.0.0.1:50003",
       GOAL_TEXT_MILLISECONDS);

  return is_missed ? 1 : 0;
}
