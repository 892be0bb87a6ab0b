/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Two servers in two programs that are made to talk to each other. */

#include "be-cli-program.h"
#include "be-reply-loop.h"
#include "be-stress.h"
#include "be-test.h"

#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_MEGABYTES 128u
#define MEGABYTE (1024u * 1024)

/* A loop hands the turn from one program to the other thousands of times. */
#define MIN_SWITCHES 100
#define SILENCE_MICROSECONDS (G_USEC_PER_SEC / 4)

/* What one of the two has said, read by a thread of its own: who reads a log
 * too slowly misses some of it. With a sanitizer to write it is too slow
 * already, and only the silence at the end is looked at. */
typedef struct
{
  BeCliProgram *program;
  BeAddress     address;
  GThread      *reader;
  guint64       n_switches; /* between threads, when the loop began */
  gint          n_answers;  /* atomic */
  gint          n_silences; /* atomic */
} Server;

static gpointer
read_log (gpointer data)
{
  Server *server = data;
  char   *line;

  while ((line = be_cli_program_read_line (server->program)) != NULL)
    {
      if (strstr (line, ": sent ") != NULL)
        g_atomic_int_inc (&server->n_answers);
      if (strstr (line, "not answered to end a loop") != NULL)
        g_atomic_int_inc (&server->n_silences);
      g_free (line);
    }

  return NULL;
}

static void
start_server (Server     *server,
              guint16     port,
              const char *rule)
{
  const char      *format = be_stress_has_sanitizer () ? "off" : "text";
  g_autofree char *arguments =
    g_strdup_printf ("serve --udp %u --reply %s --log %s", port, rule, format);

  server->program = be_cli_program_start (arguments);
  server->address = (BeAddress){ .family = BE_ADDRESS_IPV4, .bytes = { 127, 0, 0, 1 } };
  server->address.port = be_cli_program_read_port (server->program);
  server->reader = g_thread_new ("reader", read_log, server);
}

static void
end_server (Server *server)
{
  const char *pid = g_subprocess_get_identifier (server->program->process);

  if (!be_stress_has_sanitizer ())
    g_assert_cmpuint (be_stress_get_peak_bytes (pid), <, MAX_MEGABYTES * MEGABYTE);
  g_assert_cmpint (be_cli_program_end (server->program, SIGTERM), ==, 0);
  g_thread_join (server->reader);
  be_cli_program_free (server->program);
}

static void
note_running (const char *status,
              gpointer    data)
{
  gboolean *is_stopped = data;

  if (strstr (status, "\nState:\tT") == NULL)
    *is_stopped = FALSE;
}

static void
add_switches (const char *status,
              gpointer    data)
{
  const char *name = "\nvoluntary_ctxt_switches:";
  const char *line = strstr (status, name);
  guint64    *n_switches = data;

  g_assert_nonnull (line);
  *n_switches += g_ascii_strtoull (line + strlen (name), NULL, 10);
}

/* Shows what the system says of each thread of a program (proc(5)). */
static void
for_each_thread (Server *server,
                 void (*look) (const char *status, gpointer data),
                 gpointer data)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/task", g_subprocess_get_identifier (server->program->process));
  g_autoptr (GDir) tasks = g_dir_open (path, 0, NULL);
  const char *task;

  g_assert_nonnull (tasks);
  while ((task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *status_path = g_build_filename (path, task, "status", NULL);
      g_autofree char *status = NULL;

      g_assert_true (g_file_get_contents (status_path, &status, NULL, NULL));
      look (status, data);
    }
}

/* To stop takes each thread a moment. */
static gboolean
is_stopped (Server *server)
{
  gboolean answer = TRUE;

  for_each_thread (server, note_running, &answer);

  return answer;
}

static guint64
count_switches (Server *server)
{
  guint64 n_switches = 0;

  for_each_thread (server, add_switches, &n_switches);

  return n_switches;
}

/* Whether both have worked, and do nothing any more. */
static gboolean
are_silent (Server *first,
            Server *second)
{
  guint64 n_first = count_switches (first);
  guint64 n_second = count_switches (second);

  if (n_first < first->n_switches + MIN_SWITCHES || n_second < second->n_switches + MIN_SWITCHES)
    return FALSE;

  g_usleep (SILENCE_MICROSECONDS);

  return count_switches (first) == n_first && count_switches (second) == n_second;
}

/* Whoever is stopped reads nothing, but the system keeps it for him; the
 * address that it came from becomes that of the second server. */
static void
start_loop (Server     *first,
            Server     *second,
            const char *rule,
            guint       n_datagrams,
            gboolean    are_different)
{
  const BeAddress    any_port = { .family = BE_ADDRESS_IPV4, .bytes = { 127, 0, 0, 1 } };
  struct sockaddr_in native;
  socklen_t          length = sizeof native;
  int                peer;

  start_server (first, 0, rule);
  g_subprocess_send_signal (first->program->process, SIGSTOP);
  be_test_wait_until (is_stopped (first));
  peer = be_stress_open_datagram_from (&any_port, &first->address);
  g_assert_cmpint (getsockname (peer, (struct sockaddr *) &native, &length), ==, 0);
  for (guint i = 0; i < n_datagrams; i++)
    {
      g_autofree char *text = g_strdup_printf ("hello baby %u", are_different ? i : 0);

      g_assert_cmpint (send (peer, text, strlen (text), 0), ==, strlen (text));
    }
  close (peer);
  start_server (second, GUINT16_FROM_BE (native.sin_port), rule);
  first->n_switches = count_switches (first);
  second->n_switches = count_switches (second);
  g_subprocess_send_signal (first->program->process, SIGCONT);
}

static guint
count_silences (Server *first,
                Server *second)
{
  return (guint) (g_atomic_int_get (&first->n_silences) + g_atomic_int_get (&second->n_silences));
}

static guint
count_answers (Server *first,
               Server *second)
{
  return (guint) (g_atomic_int_get (&first->n_answers) + g_atomic_int_get (&second->n_answers));
}

/* A last exchange with each: all that went before has been read by then. */
static void
assert_answers (Server *server)
{
  const BeAddress local = { .family = BE_ADDRESS_IPV4, .bytes = { 127, 0, 0, 1 } };
  int             peer = be_stress_open_datagram_from (&local, &server->address);
  char            answer[16];

  g_assert_cmpint (send (peer, "12345", 5, 0), ==, 5);
  g_assert_cmpint (be_stress_receive (peer, answer, sizeof answer), ==, 5);
  g_assert_cmpmem (answer, 5, "12345", 5);
  close (peer);
}

static void
test_a_loop_ends (const char *rule,
                  guint       n_datagrams,
                  gboolean    are_different)
{
  const guint row = BE_REPLY_LOOP_LENGTH + BE_REPLY_LOOP_MARKS + n_datagrams;
  Server      first = { 0 };
  Server      second = { 0 };
  guint       n_answers;

  start_loop (&first, &second, rule, n_datagrams, are_different);
  be_test_wait_until (are_silent (&first, &second));
  assert_answers (&first);
  assert_answers (&second);
  end_server (&first);
  end_server (&second);

  if (be_stress_has_sanitizer ())
    return;

  /* One datagram without an answer for each that went round: then nothing was
   * left, and the logs have no answer more than that takes. */
  n_answers = count_answers (&first, &second) - 2;
  g_test_message ("over after %u answers", n_answers);
  g_assert_cmpuint (count_silences (&first, &second), ==, n_datagrams);
  g_assert_cmpuint (n_answers, >=, BE_REPLY_LOOP_LENGTH);
  g_assert_cmpuint (n_answers, <=, 2 * n_datagrams * row);
}

static void
test_a_loop_of_one_datagram_ends (void)
{
  test_a_loop_ends ("upper", 1, FALSE);
}

static void
test_a_loop_of_equal_datagrams_ends (void)
{
  test_a_loop_ends ("upper", 3, FALSE);
}

static void
test_a_loop_of_different_datagrams_ends (void)
{
  test_a_loop_ends ("upper", 4, TRUE);
}

static void
test_a_loop_of_echoes_ends (void)
{
  test_a_loop_ends ("echo", 2, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/stress/udp-loop/of-one-datagram-ends", test_a_loop_of_one_datagram_ends);
  g_test_add_func ("/stress/udp-loop/of-equal-datagrams-ends", test_a_loop_of_equal_datagrams_ends);
  g_test_add_func ("/stress/udp-loop/of-different-datagrams-ends",
                   test_a_loop_of_different_datagrams_ends);
  g_test_add_func ("/stress/udp-loop/of-echoes-ends", test_a_loop_of_echoes_ends);

  return g_test_run ();
}
