/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How smooth the window stays while events come in: frames a second, and the
 * work of a frame, at the end of the conversation and scrolled up. */

#include "be-benchmark-traffic.h"
#include "be-benchmark.h"
#include "be-window-manager.h"

#include "be-app-test.h"
#include "be-event-list.h"
#include "be-stage-private.h"

#define WIDTH 1360
#define HEIGHT 820
#define BATCH_MILLISECONDS 16
#define WARM_UP_MILLISECONDS 700.0
#define ROUND_MILLISECONDS 3000.0
/* Other programs may disturb a round: the best of each value counts. */
#define MAX_ROUNDS 6

/* Timers are late by a part of a millisecond. */
#define FRAMES_TOLERANCE 0.5
#define GOAL_WORK_MILLISECONDS 12.0

typedef enum
{
  VIEW_FOLLOWS,
  VIEW_RESTS,
  VIEW_SCROLLS,
} View;

typedef struct
{
  const char *name;
  double      events_per_second;
  View        view;
  double      goal_frames; /* a second */
} Case;

typedef struct
{
  double frames; /* a second */
  double median; /* ms, of a frame */
  double high;   /* ms, of a frame: 95 of 100 take no longer */
  double work;   /* ms, of a frame, of the processor: 95 of 100 take no more */
  double intake; /* ms, of a batch of events, on the way to the list */
} Result;

typedef struct
{
  BeAppTest           test;
  BeEventList        *list;
  GtkAdjustment      *adjustment;
  BeBenchmarkTraffic *traffic;

  double events_per_second;
  double begin;
  guint  n_events;
  double direction;
  View   view;

  GArray *times;
  GArray *works;
  GArray *intakes;
  double  frame_begin;
  double  frame_work_begin;
} Benchmark;

static void
before_paint_cb (GdkFrameClock *clock,
                 Benchmark     *self)
{
  self->frame_begin = be_benchmark_get_milliseconds ();
  self->frame_work_begin = be_benchmark_get_thread_work ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                Benchmark     *self)
{
  double time = be_benchmark_get_milliseconds () - self->frame_begin;
  double work = be_benchmark_get_thread_work () - self->frame_work_begin;

  g_array_append_val (self->times, time);
  g_array_append_val (self->works, work);
}

/* What a wheel does. At an end it turns back. */
static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  Benchmark *self = user_data;
  double     end = gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment);
  double     value = gtk_adjustment_get_value (self->adjustment);

  if (self->view != VIEW_SCROLLS)
    return G_SOURCE_CONTINUE;

  if (value < HEIGHT)
    self->direction = 1;
  else if (value > end - HEIGHT)
    self->direction = -1;
  gtk_adjustment_set_value (self->adjustment, value + self->direction * gtk_adjustment_get_step_increment (self->adjustment));

  return G_SOURCE_CONTINUE;
}

/* In place of the network thread, which hands on a batch every 16 ms: its
 * signal reaches the journal, the lists of sockets and the cards. */
static gboolean
feed_cb (gpointer user_data)
{
  Benchmark          *self = user_data;
  double              elapsed = be_benchmark_get_milliseconds () - self->begin;
  guint               n_due = (guint) (elapsed * self->events_per_second / 1000);
  const BeEventBatch *batch = NULL;
  double              intake;

  if (n_due <= self->n_events)
    return G_SOURCE_CONTINUE;

  batch = be_benchmark_traffic_next (self->traffic, n_due - self->n_events);
  self->n_events = n_due;

  intake = be_benchmark_get_thread_work ();
  g_signal_emit_by_name (self->test.stage->network, "events", batch);
  intake = be_benchmark_get_thread_work () - intake;
  g_array_append_val (self->intakes, intake);

  return G_SOURCE_CONTINUE;
}

static void
run_for (double milliseconds)
{
  double end = be_benchmark_get_milliseconds () + milliseconds;

  while (be_benchmark_get_milliseconds () < end)
    g_main_context_iteration (NULL, TRUE);
}

static void
take_view (Benchmark *self,
           View       view)
{
  self->view = view;
  if (view == VIEW_FOLLOWS)
    be_event_list_scroll_to_end (self->list);
  else
    gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_upper (self->adjustment) / 2);
}

static Result
measure (Benchmark  *self,
         const Case *wanted)
{
  Result result = { 0 };
  double begin;

  self->events_per_second = wanted->events_per_second;
  self->begin = be_benchmark_get_milliseconds ();
  self->n_events = 0;
  run_for (WARM_UP_MILLISECONDS / 2);
  take_view (self, wanted->view);
  run_for (WARM_UP_MILLISECONDS / 2);

  g_array_set_size (self->times, 0);
  g_array_set_size (self->works, 0);
  g_array_set_size (self->intakes, 0);
  begin = be_benchmark_get_milliseconds ();
  run_for (ROUND_MILLISECONDS);
  g_assert_cmpint (be_event_list_is_following (self->list), ==, wanted->view == VIEW_FOLLOWS);

  result.frames = self->times->len * 1000.0 / (be_benchmark_get_milliseconds () - begin);
  result.median = be_benchmark_get_share (self->times, 0.5);
  result.high = be_benchmark_get_share (self->times, 0.95);
  result.work = be_benchmark_get_share (self->works, 0.95);
  result.intake = be_benchmark_get_share (self->intakes, 0.5);

  return result;
}

static void
run (Benchmark  *self,
     const Case *wanted)
{
  Result   best = { 0, G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE };
  gboolean is_reached = FALSE;
  guint    n_rounds = 0;

  do
    {
      Result result = measure (self, wanted);

      is_reached = result.frames >= wanted->goal_frames - FRAMES_TOLERANCE &&
                   result.high <= GOAL_WORK_MILLISECONDS;
      if (is_reached || result.high < best.high)
        best = result;
    }
  while (++n_rounds < MAX_ROUNDS && !is_reached);

  g_print ("\n%s, %.0f events a second\n", wanted->name, wanted->events_per_second);
  be_benchmark_say_at_least ("  frames", best.frames, "/s", wanted->goal_frames - FRAMES_TOLERANCE);
  be_benchmark_say ("  a frame, median", best.median, "ms");
  be_benchmark_say_at_most ("  a frame, 95 of 100", best.high, "ms", GOAL_WORK_MILLISECONDS);
  be_benchmark_say ("  a frame, 95 of 100, of the processor", best.work, "ms");
  be_benchmark_say ("  a batch of 16 ms, median, of the processor", best.intake, "ms");
}

/* A server and a client that are real, so that both cards are at work. */
static void
start_sessions (BeAppTest *test)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
}

static void
test_stays_smooth (BeAppTest    *test,
                   gconstpointer data)
{
  static const Case cases[] = {
    { "At the end", 10000, VIEW_FOLLOWS, 60 },
    { "At the end", 50000, VIEW_FOLLOWS, 50 },
    { "Scrolled up", 10000, VIEW_RESTS, 60 },
    { "Scrolled up", 50000, VIEW_RESTS, 50 },
    { "While scrolling", 10000, VIEW_SCROLLS, 60 },
    { "While scrolling", 50000, VIEW_SCROLLS, 50 },
  };
  Benchmark      self = { .test = *test, .direction = -1 };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (test->window));
  guint          feeding;
  guint          scrolling;

  start_sessions (test);
  self.list = BE_EVENT_LIST (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_EVENT_LIST, 0));
  self.adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self.list));
  self.traffic = be_benchmark_traffic_new (be_session_get_id (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER)),
                                           be_session_get_id (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_CLIENT)));
  self.times = g_array_new (FALSE, FALSE, sizeof (double));
  self.works = g_array_new (FALSE, FALSE, sizeof (double));
  self.intakes = g_array_new (FALSE, FALSE, sizeof (double));

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &self);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), &self);
  feeding = g_timeout_add (BATCH_MILLISECONDS, feed_cb, &self);
  scrolling = gtk_widget_add_tick_callback (GTK_WIDGET (self.list), scroll_cb, &self, NULL);

  g_print ("\nThe window at %d x %d\n", gtk_widget_get_width (GTK_WIDGET (test->window)),
           gtk_widget_get_height (GTK_WIDGET (test->window)));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run (&self, &cases[i]);

  gtk_widget_remove_tick_callback (GTK_WIDGET (self.list), scrolling);
  g_source_remove (feeding);
  g_signal_handlers_disconnect_by_data (clock, &self);
  be_benchmark_traffic_free (self.traffic);
  g_array_unref (self.times);
  g_array_unref (self.works);
  g_array_unref (self.intakes);
}

static void
set_up (BeAppTest    *test,
        gconstpointer data)
{
  be_window_manager_announce ();
  be_app_test_set_up (test, data);
  gtk_window_set_default_size (GTK_WINDOW (test->window), WIDTH, HEIGHT);
}

static void
add_tests (void)
{
  g_test_add ("/benchmark/frames", BeAppTest, NULL, set_up, test_stays_smooth, be_app_test_tear_down);
}

int
main (int    argc,
      char **argv)
{
  int status = be_app_test_run (argc, argv, add_tests);

  return status != 0 ? status : be_benchmark_end ();
}
