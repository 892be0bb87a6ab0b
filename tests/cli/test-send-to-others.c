/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What bothends-cli send makes of other ends than bothends-cli serve: nobody,
 * and servers that do as they like. */

#include <glib/gstdio.h>
#include <string.h>

#include "be-cli-program.h"
#include "be-test-nobody.h"

#define LONG_BYTES (10u * 1000 * 1000)
#define PUSHED_BYTES (40u * 1000 * 1000)

static void
test_refusal_is_explained (void)
{
  static const struct
  {
    const char *protocol;
    GSocket *(*make_nobody) (BeAddress *address);
  } cases[] = {
    { "tcp", be_test_nobody_listens },
    { "udp", be_test_nobody_receives },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BeAddress address;
      g_autoptr (GSocket) nobody = cases[i].make_nobody (&address);
      g_autofree char *arguments = g_strdup_printf ("send %s %u hello", cases[i].protocol, address.port);
      g_auto (BeCliRun) run = { 0 };

      be_cli_run (arguments, NULL, &run);
      be_cli_assert_trouble (&run, 1);
      g_assert_nonnull (strstr (run.errors, "Nobody"));
      g_assert_nonnull (strstr (run.errors, "ECONNREFUSED "));
      g_assert_nonnull (strstr (run.errors, "Likely causes: 1. "));
      g_assert_nonnull (strstr (run.errors, "Start a"));
      /* The program ends, and its socket with it. */
      g_assert_null (strstr (run.errors, "stays as it is"));
    }
}

static void
test_name_that_nobody_knows_is_explained (void)
{
  g_auto (BeCliRun) run = { 0 };

  be_cli_run ("send tcp nobody.invalid:80 hello --timeout 5", NULL, &run);
  be_cli_assert_trouble (&run, 1);
}

/* A server of another kind: it does its part with one client and ends. */
typedef struct
{
  GSocketListener *listener;
  guint16          port;
  GBytes          *answer;
  gsize            n_read_first; /* what it takes before it answers */
  gboolean         waits;        /* does not close before other_server_end () */
  GThread         *thread;
  GAsyncQueue     *ending;
} OtherServer;

static gpointer
serve_one (gpointer data)
{
  OtherServer *self = data;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (self->listener, NULL, NULL, NULL);
  GInputStream    *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autofree char *taken = g_malloc (self->n_read_first + 1);

  g_input_stream_read_all (input, taken, self->n_read_first, NULL, NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             g_bytes_get_data (self->answer, NULL), g_bytes_get_size (self->answer),
                             NULL, NULL, NULL);
  if (self->waits)
    g_async_queue_pop (self->ending);

  return NULL;
}

static void
other_server_start (OtherServer *self,
                    GBytes      *answer)
{
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_listener_new ();
  self->answer = answer;
  self->port = g_socket_listener_add_any_inet_port (self->listener, NULL, &error);
  g_assert_no_error (error);
  self->ending = g_async_queue_new ();
  self->thread = g_thread_new ("other server", serve_one, self);
}

static void
other_server_end (OtherServer *self)
{
  g_async_queue_push (self->ending, self);
  g_thread_join (self->thread);
  g_clear_pointer (&self->ending, g_async_queue_unref);
  g_socket_listener_close (self->listener);
  g_clear_object (&self->listener);
}

static void
test_long_reply_to_a_short_question_is_whole (void)
{
  g_autoptr (GBytes) answer = be_cli_make_bytes (PUSHED_BYTES);
  OtherServer      other = { .n_read_first = 2 };
  g_autofree char *arguments = NULL;
  g_auto (BeCliRun) run = { 0 };

  other_server_start (&other, answer);
  arguments = g_strdup_printf ("send tcp %u hi", other.port);
  be_cli_run (arguments, NULL, &run);
  other_server_end (&other);

  g_assert_cmpstr (run.errors, ==, "");
  g_assert_true (g_bytes_equal (run.output, answer));
  g_assert_cmpint (run.status, ==, 0);
}

static void
test_server_that_leaves_early_is_told (void)
{
  g_autoptr (GBytes) answer = g_bytes_new_static ("enough", 6);
  g_autoptr (GBytes) bytes = be_cli_make_bytes (LONG_BYTES);
  g_autofree char *path = be_cli_write_file (bytes);
  OtherServer      other = { .n_read_first = 1000 };
  g_autofree char *arguments = NULL;
  g_auto (BeCliRun) run = { 0 };

  other_server_start (&other, answer);
  arguments = g_strdup_printf ("send tcp %u --file %s", other.port, path);
  be_cli_run (arguments, NULL, &run);
  other_server_end (&other);

  g_assert_cmpint (run.status, ==, 1);
  g_assert_true (g_str_has_prefix (run.errors, "bothends-cli: "));
  g_unlink (path);
}

static void
test_server_that_never_closes_ends_the_wait (void)
{
  g_autoptr (GBytes) answer = g_bytes_new_static ("so far", 6);
  OtherServer      other = { .n_read_first = 2, .waits = TRUE };
  g_autofree char *arguments = NULL;
  g_auto (BeCliRun) run = { 0 };

  other_server_start (&other, answer);
  arguments = g_strdup_printf ("send tcp %u hi --timeout 0.3", other.port);
  be_cli_run (arguments, NULL, &run);
  other_server_end (&other);

  g_assert_cmpint (run.status, ==, 1);
  g_assert_nonnull (strstr (run.errors, "0.3 s"));
  g_assert_cmpmem (g_bytes_get_data (run.output, NULL), g_bytes_get_size (run.output), "so far", 6);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/send-to-others/refusal-is-explained", test_refusal_is_explained);
  g_test_add_func ("/send-to-others/name-that-nobody-knows-is-explained", test_name_that_nobody_knows_is_explained);
  g_test_add_func ("/send-to-others/long-reply-to-a-short-question-is-whole", test_long_reply_to_a_short_question_is_whole);
  g_test_add_func ("/send-to-others/server-that-leaves-early-is-told", test_server_that_leaves_early_is_told);
  g_test_add_func ("/send-to-others/server-that-never-closes-ends-the-wait", test_server_that_never_closes_ends_the_wait);

  return g_test_run ();
}
