/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window costs the traffic: the rate and the latency of a server in an
 * open window that logs everything, beside those of `bothends-cli serve` which
 * shows nothing, in turns, under the same load from another process. */

#include "be-benchmark.h"
#include "be-window-manager.h"

#include "be-app-test.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define N_ROUNDS 15u
#define MIN_ROUNDS 5u
#define MAX_ROUNDS 60u
#define CONNECTIONS "64"
#define SECONDS "0.5"

/* Other programs may have a processor when a message wants it: they make a round
 * trip longer, and never shorter. */
#define BEST 0.0

/* Window, display, servers and load have both processors of a small machine at
 * work. A round in which other programs had more than this of one processor says
 * something of them, and does not count. The display has a part of it. */
#define MAX_OTHERS_PERCENT 40.0

/* What the test runner takes for "skipped". */
#define EXIT_SKIPPED 77

#define GOAL_RATIO 0.80
#define GOAL_HIGH_MILLISECONDS 1.0

typedef struct
{
  double rate;   /* round trips a second */
  double median; /* ms */
  double high;   /* ms: 99 of 100 take no longer */
} Load;

typedef struct
{
  GArray *rates[2];
  GArray *highs[2];
  GArray *ratios;
  GArray *works;  /* % of a processor, of the main thread */
  GArray *frames; /* a second */
  double  n_frames;
} Results;

enum
{
  HEADLESS,
  WINDOW,
};

static const char *generator;
static const char *cli;
static gboolean    is_busy;

static void
load_ended_cb (GObject      *process,
               GAsyncResult *result,
               gpointer      user_data)
{
  char  **output = user_data;
  GError *error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (process), result, output, NULL, &error);
  g_assert_no_error (error);
}

static Load
put_load_on (guint16 port)
{
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  char *end = NULL;
  Load  load;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_INHERIT_FDS, &error, generator, port_text, CONNECTIONS, SECONDS, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, load_ended_cb, &output);
  be_test_wait_until (output != NULL);
  g_assert_true (g_subprocess_get_successful (process));

  load.rate = g_ascii_strtod (output, &end);
  load.median = g_ascii_strtod (end, &end) / 1000;
  load.high = g_ascii_strtod (end, &end) / 1000;

  return load;
}

/* Of all programs on the machine, ms. */
static double
get_machine_work (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  unsigned long long user, nice_user, system, idle, wait, interrupts, soft;

  g_file_get_contents ("/proc/stat", &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sscanf (text, "cpu %llu %llu %llu %llu %llu %llu %llu",
                           &user, &nice_user, &system, &idle, &wait, &interrupts, &soft),
                   ==, 7);

  return (double) (user + nice_user + system + interrupts + soft) * 1000 / (double) sysconf (_SC_CLK_TCK);
}

static double
get_process_work (const char *identifier)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/stat", identifier);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  unsigned long long user, system;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sscanf (strrchr (text, ')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &system),
                   ==, 2);

  return (double) (user + system) * 1000 / (double) sysconf (_SC_CLK_TCK);
}

/* Of everybody who has no part in this, ms. */
static double
get_others_work (GSubprocess *headless)
{
  struct rusage children;

  getrusage (RUSAGE_CHILDREN, &children);

  return get_machine_work () - get_process_work ("self") - get_process_work (g_subprocess_get_identifier (headless)) -
         (double) (children.ru_utime.tv_sec + children.ru_stime.tv_sec) * 1000 -
         (double) (children.ru_utime.tv_usec + children.ru_stime.tv_usec) / 1000;
}

static guint16
read_port (GSubprocess *process)
{
  g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);

  return (guint16) g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
}

static guint16
start_window_server (BeAppTest *test)
{
  BeAddress local = { 0 };

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  g_assert_true (be_session_get_local (be_stage_get_session (test->stage, BE_PROTOCOL_TCP, BE_SIDE_SERVER), &local));

  return local.port;
}

static double
count_logged (BeAppTest *test)
{
  BeJournal *journal = be_stage_get_journal (test->stage);

  return g_list_model_get_n_items (G_LIST_MODEL (journal)) + (double) be_journal_get_n_dropped (journal);
}

static void
run_round (BeAppTest   *test,
           Results     *results,
           GSubprocess *headless_server,
           guint16      headless_port,
           guint16      window_port)
{
  double others = get_others_work (headless_server);
  double round_begin = be_benchmark_get_milliseconds ();
  Load   headless = put_load_on (headless_port);
  double n_logged = count_logged (test);
  double n_frames = results->n_frames;
  double work = be_benchmark_get_thread_work ();
  double begin = be_benchmark_get_milliseconds ();
  Load   window = put_load_on (window_port);
  double milliseconds = be_benchmark_get_milliseconds () - begin;
  double share = 100 * (be_benchmark_get_thread_work () - work) / milliseconds;
  double ratio = window.rate / headless.rate;

  /* A recv and a send of each. */
  g_assert_cmpfloat (count_logged (test) - n_logged, >=, 2 * window.rate * g_ascii_strtod (SECONDS, NULL));

  others = 100 * (get_others_work (headless_server) - others) / (be_benchmark_get_milliseconds () - round_begin);
  g_print ("  headless %6.0f /s, %5.2f and %5.2f ms; window %6.0f /s, %5.2f and %5.2f ms; ratio %.2f, others %.0f %%%s\n",
           headless.rate, headless.median, headless.high, window.rate, window.median, window.high, ratio, others,
           others > MAX_OTHERS_PERCENT ? ", disturbed" : "");
  if (others > MAX_OTHERS_PERCENT)
    return;

  n_frames = (results->n_frames - n_frames) * 1000 / milliseconds;
  g_array_append_val (results->frames, n_frames);
  g_array_append_val (results->rates[HEADLESS], headless.rate);
  g_array_append_val (results->rates[WINDOW], window.rate);
  g_array_append_val (results->highs[HEADLESS], headless.high);
  g_array_append_val (results->highs[WINDOW], window.high);
  g_array_append_val (results->ratios, ratio);
  g_array_append_val (results->works, share);
}

static void
frame_cb (Results *results)
{
  results->n_frames++;
}

static void
say (Results *results)
{
  be_benchmark_say ("headless, " CONNECTIONS " connections", be_benchmark_get_share (results->rates[HEADLESS], 0.5), "/s");
  be_benchmark_say ("headless, 99 of 100, best of the rounds", be_benchmark_get_share (results->highs[HEADLESS], BEST), "ms");
  be_benchmark_say ("window, " CONNECTIONS " connections", be_benchmark_get_share (results->rates[WINDOW], 0.5), "/s");
  be_benchmark_say ("window, main thread", be_benchmark_get_share (results->works, 0.5), "% CPU");
  be_benchmark_say ("window, frames", be_benchmark_get_share (results->frames, 0.5), "/s");
  be_benchmark_say_at_least ("window / headless, median of the rounds", be_benchmark_get_share (results->ratios, 0.5), "",
                             GOAL_RATIO);
  be_benchmark_say ("window, 99 of 100, best of the rounds", be_benchmark_get_share (results->highs[WINDOW], BEST), "ms");
  be_benchmark_say_at_most ("window, 99 of 100, median of the rounds", be_benchmark_get_share (results->highs[WINDOW], 0.5), "ms",
                            GOAL_HIGH_MILLISECONDS);
}

static void
test_traffic_does_not_mind_the_window (BeAppTest    *test,
                                       gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) headless = NULL;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (test->window));
  Results        results = { 0 };
  guint16        headless_port;
  guint16        window_port;

  for (guint i = 0; i < 2; i++)
    {
      results.rates[i] = g_array_new (FALSE, FALSE, sizeof (double));
      results.highs[i] = g_array_new (FALSE, FALSE, sizeof (double));
    }
  results.ratios = g_array_new (FALSE, FALSE, sizeof (double));
  results.works = g_array_new (FALSE, FALSE, sizeof (double));
  results.frames = g_array_new (FALSE, FALSE, sizeof (double));

  headless = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                               cli, "serve", "--tcp", "127.0.0.1:0", "--log", "off", NULL);
  g_assert_no_error (error);
  headless_port = read_port (headless);
  window_port = start_window_server (test);

  g_print ("\n");
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (frame_cb), &results);
  for (guint i = 0; i < MAX_ROUNDS && results.ratios->len < N_ROUNDS; i++)
    run_round (test, &results, headless, headless_port, window_port);
  g_signal_handlers_disconnect_by_data (clock, &results);
  if (results.ratios->len >= MIN_ROUNDS)
    say (&results);
  else
    is_busy = TRUE;

  g_subprocess_force_exit (headless);
  for (guint i = 0; i < 2; i++)
    {
      g_array_unref (results.rates[i]);
      g_array_unref (results.highs[i]);
    }
  g_array_unref (results.ratios);
  g_array_unref (results.works);
  g_array_unref (results.frames);
}

static void
set_up (BeAppTest    *test,
        gconstpointer data)
{
  be_window_manager_announce ();
  be_app_test_set_up (test, data);
  gtk_window_set_default_size (GTK_WINDOW (test->window), 1360, 820);
}

static void
add_tests (void)
{
  g_test_add ("/benchmark/traffic", BeAppTest, NULL, set_up, test_traffic_does_not_mind_the_window, be_app_test_tear_down);
}

/* benchmark-traffic LOAD-GENERATOR BOTHENDS-CLI */
int
main (int    argc,
      char **argv)
{
  int status;

  g_assert_cmpint (argc, ==, 3);
  generator = argv[1];
  cli = argv[2];
  status = be_app_test_run (1, argv, add_tests);

  if (is_busy)
    {
      g_print ("skipped: other programs keep this machine too busy to measure anything\n");
      return EXIT_SKIPPED;
    }

  return status != 0 ? status : be_benchmark_end ();
}
