/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A program that has no descriptor left for those who come. */

#define _GNU_SOURCE

#include "be-cli-program.h"
#include "be-test-peer.h"
#include "be-test.h"
#include "be-usage.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define N_DESCRIPTORS 64
#define N_CLIENTS 100

/* For how long it is looked at, and how much of a processor it may use then. */
#define REST_MICROSECONDS (3 * G_USEC_PER_SEC / 2)
#define REST_PERCENT 2

/* From when there is room until somebody who waits has an answer: the server
 * knows at once of who leaves, and looks now and then whether the system has
 * room again. */
#define LEFT_MICROSECONDS (G_USEC_PER_SEC / 20)
#define RAISED_MICROSECONDS (3 * G_USEC_PER_SEC / 10)
#define ROUNDS 5

typedef struct
{
  BeCliProgram *program;
  pid_t         process;
  GPtrArray    *clients; /* of GSocket, in the order in which they came */
  guint         n_gone;  /* of them, the first ones */
  guint         n_served;
} Service;

static BeAddress
get_address (guint16 port)
{
  return (BeAddress){ .family = BE_ADDRESS_IPV4, .port = port, .bytes = { 127, 0, 0, 1 } };
}

/* A child begins with the limits of its parent. */
static BeCliProgram *
start_program (void)
{
  struct rlimit previous;
  struct rlimit limit;
  BeCliProgram *program;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &previous), ==, 0);
  limit = previous;
  limit.rlim_cur = N_DESCRIPTORS;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  program = be_cli_program_start ("serve --tcp 0 --backlog 128 --log json");
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &previous), ==, 0);

  return program;
}

static gboolean
says_no_descriptor_is_left (const char *line)
{
  return strstr (line, "\"call\":\"accept\"") != NULL &&
         strstr (line, "\"error_name\":\"EMFILE\"") != NULL;
}

/* Reads until it says that no more can come; returns how many have come till then. */
static guint
read_arrivals (BeCliProgram *program)
{
  guint n_arrivals = 0;

  while (TRUE)
    {
      g_autofree char *line = be_cli_program_read_line (program);

      g_assert_nonnull (line);
      if (says_no_descriptor_is_left (line))
        return n_arrivals;
      if (strstr (line, "\"call\":\"accept\"") != NULL)
        n_arrivals++;
    }
}

static void
service_start (Service *self)
{
  BeAddress address;

  self->program = start_program ();
  self->process = (pid_t) g_ascii_strtoll (g_subprocess_get_identifier (self->program->process),
                                           NULL, 10);
  address = get_address (be_cli_program_read_port (self->program));
  self->clients = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < N_CLIENTS; i++)
    g_ptr_array_add (self->clients, be_test_peer_connect (&address));
  self->n_gone = 0;
  self->n_served = read_arrivals (self->program);
  g_assert_cmpuint (self->n_served, >, 0);
  g_assert_cmpuint (self->n_served, <, N_DESCRIPTORS);
}

static char *
read_to_the_end (Service *self)
{
  g_auto (BeCliRun) run = { 0 };
  gsize       length;
  const char *bytes;

  g_subprocess_send_signal (self->program->process, SIGTERM);
  be_cli_program_finish (self->program, &run);
  g_assert_cmpstr (run.errors, ==, "");
  g_assert_cmpint (run.status, ==, 0);
  bytes = g_bytes_get_data (run.output, &length);

  return g_strndup (bytes, length);
}

/* It ends as it should, and has not said more often that no descriptor is left
 * than it could accept somebody before. */
static void
service_end (Service *self,
             guint    n_times)
{
  g_autofree char *output = read_to_the_end (self);
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  guint n_told = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n_told += says_no_descriptor_is_left (lines[i]) ? 1 : 0;
  g_assert_cmpuint (n_told, <=, n_times);

  g_clear_pointer (&self->clients, g_ptr_array_unref);
  g_clear_pointer (&self->program, be_cli_program_free);
}

static gboolean
has_something_to_read (GDataInputStream *output)
{
  GInputStream *pipe = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (output));

  return g_buffered_input_stream_get_available (G_BUFFERED_INPUT_STREAM (output)) > 0 ||
         g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (pipe));
}

static void
assert_served (GSocket *client)
{
  be_test_peer_send (client, "served?", 7);
  be_test_peer_expect (client, "SERVED?");
}

static void
test_rests_when_no_descriptor_is_left (void)
{
  Service service;
  gint64  cpu;

  service_start (&service);
  cpu = be_usage_get_cpu_time_of (service.process);
  be_usage_for (REST_MICROSECONDS);
  cpu = be_usage_get_cpu_time_of (service.process) - cpu;
  g_test_message ("%u of %u clients are served; those who wait cost %.1f ms in %d ms.",
                  service.n_served, N_CLIENTS, (double) cpu / 1000, (int) (REST_MICROSECONDS / 1000));
  g_assert_cmpint (cpu, <=, REST_MICROSECONDS * REST_PERCENT / 100);

  /* It has said so once, and nothing else since. */
  g_assert_false (has_something_to_read (service.program->output));
  for (guint i = 0; i < service.n_served; i++)
    assert_served (service.clients->pdata[i]);
  service_end (&service, 0);
}

static void
leave (Service *self)
{
  g_socket_close (self->clients->pdata[self->n_gone++], NULL);
}

/* Room for one more, beside those who are there. */
static void
raise_limit (Service *self)
{
  struct rlimit limit;

  g_assert_cmpint (prlimit (self->process, RLIMIT_NOFILE, NULL, &limit), ==, 0);
  limit.rlim_cur++;
  g_assert_cmpint (prlimit (self->process, RLIMIT_NOFILE, &limit, NULL), ==, 0);
}

static gint64
measure_next (Service *self,
              void (*make_room) (Service *self))
{
  GSocket *next = self->clients->pdata[self->n_gone + self->n_served];
  gint64   start = g_get_monotonic_time ();

  be_test_peer_send (next, "let me in", 9);
  make_room (self);
  be_test_peer_expect (next, "LET ME IN");

  return g_get_monotonic_time () - start;
}

/* The best of some: another program may have the processor for a while. */
static void
check_next_is_served (void (*make_room) (Service *self),
                      gint64 within)
{
  Service service;
  gint64  least = G_MAXINT64;

  service_start (&service);
  for (guint round = 0; round < ROUNDS; round++)
    {
      guint  n_gone = service.n_gone;
      gint64 time = measure_next (&service, make_room);

      least = MIN (least, time);
      g_test_message ("The next was served after %d ms.", (int) (time / 1000));
      if (service.n_gone == n_gone)
        service.n_served++;
    }
  g_assert_cmpint (least, <=, within);

  /* Nobody had to go for it. */
  for (guint i = 0; i < service.n_served; i++)
    assert_served (service.clients->pdata[service.n_gone + i]);
  service_end (&service, ROUNDS);
}

static void
test_serves_the_next_when_one_leaves (void)
{
  check_next_is_served (leave, LEFT_MICROSECONDS);
}

static void
test_serves_the_next_when_the_limit_is_raised (void)
{
  check_next_is_served (raise_limit, RAISED_MICROSECONDS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/descriptors/rests-when-no-descriptor-is-left",
                   test_rests_when_no_descriptor_is_left);
  g_test_add_func ("/descriptors/serves-the-next-when-one-leaves",
                   test_serves_the_next_when_one_leaves);
  g_test_add_func ("/descriptors/serves-the-next-when-the-limit-is-raised",
                   test_serves_the_next_when_the_limit_is_raised);

  return g_test_run ();
}
