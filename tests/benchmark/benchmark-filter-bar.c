/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the window stands still while somebody types into the filter bar
 * and presses its buttons, with a million events held. */

#include "be-benchmark-traffic.h"
#include "be-benchmark.h"

#include "be-app-test.h"
#include "be-conversation-private.h"

#include <string.h>

#define N_EVENTS 1000000u
#define EVENTS_PER_BATCH 800u
#define MAX_JOURNAL_BYTES (G_GUINT64_CONSTANT (1) << 30)
/* As fast as a good typist. */
#define KEY_MILLISECONDS 80.0
/* Longer than the entry waits for the next key. */
#define MIN_SETTLE_MILLISECONDS 250.0
#define MAX_SETTLE_MILLISECONDS 10000.0
#define REPETITIONS 3u

#define GOAL_BLOCK_MILLISECONDS 16.0

typedef struct
{
  BeConversation *conversation;
  BeFilterBar    *bar;
  double          longest; /* ms, of the processor, that the main loop was away */
} Benchmark;

static void
note_block (Benchmark *self,
            double     begin)
{
  self->longest = MAX (self->longest, be_benchmark_get_thread_work () - begin);
}

static void
iterate (Benchmark *self)
{
  double begin = be_benchmark_get_thread_work ();

  g_main_context_iteration (NULL, FALSE);
  note_block (self, begin);
}

static void
run_for (Benchmark *self,
         double     milliseconds)
{
  double end = be_benchmark_get_milliseconds () + milliseconds;

  while (be_benchmark_get_milliseconds () < end)
    iterate (self);
}

/* Returns how long it took until everything was looked at. */
static double
settle (Benchmark *self)
{
  double begin = be_benchmark_get_milliseconds ();
  double done = begin;

  while (be_benchmark_get_milliseconds () - begin < MIN_SETTLE_MILLISECONDS ||
         be_journal_filter_is_scanning (self->conversation->filter))
    {
      g_assert_cmpfloat (be_benchmark_get_milliseconds () - begin, <, MAX_SETTLE_MILLISECONDS);
      if (be_journal_filter_is_scanning (self->conversation->filter))
        done = be_benchmark_get_milliseconds ();
      iterate (self);
    }

  return done - begin;
}

static void
say (Benchmark  *self,
     const char *what,
     double      time)
{
  g_autofree char *line = g_strdup_printf ("%s, longest block", what);

  be_benchmark_say_at_most (line, self->longest, "ms", GOAL_BLOCK_MILLISECONDS);
  if (time > 0)
    g_print ("  %u rows found, all after %.0f ms\n",
             g_list_model_get_n_items (G_LIST_MODEL (self->conversation->filter)), time);
  self->longest = 0;
}

static void
type (Benchmark  *self,
      const char *query)
{
  GtkEditable     *entry = GTK_EDITABLE (be_app_test_find_type (GTK_WIDGET (self->bar), GTK_TYPE_SEARCH_ENTRY, 0));
  g_autofree char *what = g_strdup_printf ("typing \"%s\"", query);
  double           longest = 0;
  double           time = 0;

  for (guint i = 0; i < REPETITIONS; i++)
    {
      gtk_editable_set_text (entry, "");
      settle (self);
      self->longest = 0;

      for (const char *key = query; *key != '\0'; key++)
        {
          double begin = be_benchmark_get_thread_work ();
          int    position = -1;

          gtk_editable_insert_text (entry, key, 1, &position);
          note_block (self, begin);
          run_for (self, KEY_MILLISECONDS);
        }
      time = settle (self);
      longest = MAX (longest, self->longest);
    }

  self->longest = longest;
  say (self, what, time);
  gtk_editable_set_text (entry, "");
  settle (self);
  say (self, "nothing to look for again", 0);
}

static void
press (Benchmark  *self,
       const char *what,
       guint       position)
{
  GtkWidget *button = be_app_test_find_type (GTK_WIDGET (self->bar), GTK_TYPE_TOGGLE_BUTTON, position);
  GtkWidget *all = be_app_test_find_type (GTK_WIDGET (self->bar), GTK_TYPE_TOGGLE_BUTTON, 0);
  double     begin = be_benchmark_get_thread_work ();
  double     time;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  note_block (self, begin);
  time = settle (self);
  say (self, what, time);

  begin = be_benchmark_get_thread_work ();
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (all), TRUE);
  note_block (self, begin);
  settle (self);
  say (self, "all again", 0);
}

static BeJournal *
make_journal (void)
{
  BeJournal *journal = be_journal_new (N_EVENTS, MAX_JOURNAL_BYTES);
  g_autoptr (BeBenchmarkTraffic) traffic = be_benchmark_traffic_new (1, 2);

  for (guint i = 0; i < N_EVENTS / EVENTS_PER_BATCH; i++)
    be_journal_append (journal, be_benchmark_traffic_next (traffic, EVENTS_PER_BATCH));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (journal)), ==, N_EVENTS);

  return journal;
}

static void
test_filters_without_standing_still (BeAppTest    *test,
                                     gconstpointer data)
{
  GtkWidget *conversation = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_CONVERSATION, 0);
  Benchmark  self = { .conversation = BE_CONVERSATION (conversation) };
  g_autoptr (BeJournal) journal = make_journal ();

  g_print ("\n");
  be_conversation_set_journal (self.conversation, journal);
  gtk_widget_activate_action (conversation, "conversation.find", NULL);
  self.bar = self.conversation->filter_bar;
  settle (&self);
  self.longest = 0;

  type (&self, "weather");
  type (&self, "127.0.0.1:20017");
  type (&self, "not there at all");
  press (&self, "data", 1);
  press (&self, "states", 2);
  press (&self, "errors", 3);
}

static void
add_tests (void)
{
  be_app_test_add ("/benchmark/filter-bar", test_filters_without_standing_still);
}

int
main (int    argc,
      char **argv)
{
  int status = be_app_test_run (argc, argv, add_tests);

  return status != 0 ? status : be_benchmark_end ();
}
