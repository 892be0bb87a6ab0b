/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-cli-program.h"

#include <glib/gstdio.h>
#include <string.h>

/* Returns: (transfer full): the program and its arguments, which are
 * separated by spaces */
static GStrv
list_words (const char *arguments)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli", "bothends-cli", NULL);
  g_auto (GStrv) words = g_strsplit (arguments, " ", -1);
  g_autoptr (GStrvBuilder) line = g_strv_builder_new ();

  g_strv_builder_add (line, program);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_strv_builder_add (line, words[i]);
    }

  return g_strv_builder_end (line);
}

static GSubprocess *
spawn (const char *arguments)
{
  g_auto (GStrv) words = list_words (arguments);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_newv ((const char *const *) words,
                                            G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                              G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                              G_SUBPROCESS_FLAGS_STDERR_PIPE,
                                            &error);

  g_assert_no_error (error);

  return process;
}

BeCliProgram *
be_cli_program_start (const char *arguments)
{
  BeCliProgram *self = g_new0 (BeCliProgram, 1);

  self->process = spawn (arguments);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));

  return self;
}

void
be_cli_program_free (BeCliProgram *self)
{
  g_assert_null (g_subprocess_get_identifier (self->process));
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  g_free (self);
}

/* Returns: (transfer full) (nullable): NULL at the end */
char *
be_cli_program_read_line (BeCliProgram *self)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (self->output, NULL, NULL, &error);

  g_assert_no_error (error);

  return line;
}

/* Reads a line "listening PROTOCOL HOST:PORT". */
guint16
be_cli_program_read_port (BeCliProgram *self)
{
  g_autofree char *line = be_cli_program_read_line (self);
  guint64          port;

  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "listening "));
  g_assert_true (g_ascii_string_to_unsigned (strrchr (line, ':') + 1, 10, 1, G_MAXUINT16, &port, NULL));

  return (guint16) port;
}

/* Reads its standard output no more. */
void
be_cli_program_close_output (BeCliProgram *self)
{
  g_input_stream_close (G_INPUT_STREAM (self->output), NULL, NULL);
}

static int
wait_for_status (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));

  return g_subprocess_get_exit_status (process);
}

/* Sends a signal (0: none), and returns the exit status. */
int
be_cli_program_end (BeCliProgram *self,
                    int           signal_number)
{
  g_subprocess_send_signal (self->process, signal_number);

  return wait_for_status (self->process);
}

static GBytes *
read_all (GInputStream *stream)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_output_stream_splice (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static char *
dup_text (GBytes *bytes)
{
  gsize       length;
  const char *text = g_bytes_get_data (bytes, &length);

  return length > 0 ? g_strndup (text, length) : g_strdup ("");
}

/* Waits until it ends by itself; @run gets what was not read yet. */
void
be_cli_program_finish (BeCliProgram *self,
                       BeCliRun     *run)
{
  g_autoptr (GBytes) errors = NULL;

  if (!g_input_stream_is_closed (G_INPUT_STREAM (self->output)))
    run->output = read_all (G_INPUT_STREAM (self->output));
  errors = read_all (g_subprocess_get_stderr_pipe (self->process));
  run->errors = dup_text (errors);
  run->status = wait_for_status (self->process);
}

/* Runs the program with @input (nullable) as its standard input, to its end. */
void
be_cli_run (const char *arguments,
            GBytes     *input,
            BeCliRun   *run)
{
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autoptr (GBytes) given = input != NULL ? g_bytes_ref (input) : g_bytes_new_static ("", 0);
  g_autoptr (GBytes) errors = NULL;
  g_autoptr (GError) error = NULL;

  /* It may end before it has read all. */
  if (!g_subprocess_communicate (process, given, NULL, &run->output, &errors, &error))
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
  if (errors != NULL)
    run->errors = dup_text (errors);
  run->status = wait_for_status (process);
}

void
be_cli_run_clear (BeCliRun *run)
{
  g_clear_pointer (&run->output, g_bytes_unref);
  g_clear_pointer (&run->errors, g_free);
}

/* It is done, and printed these bytes and nothing else. */
void
be_cli_assert_output (const BeCliRun *run,
                      const char     *bytes,
                      gsize           length)
{
  g_assert_cmpstr (run->errors, ==, "");
  g_assert_cmpmem (g_bytes_get_data (run->output, NULL), g_bytes_get_size (run->output), bytes, length);
  g_assert_cmpint (run->status, ==, 0);
}

/* It says so in words, and prints nothing on standard output. */
void
be_cli_assert_trouble (const BeCliRun *run,
                       int             status)
{
  g_assert_true (g_str_has_prefix (run->errors, "bothends-cli: "));
  g_assert_cmpuint (g_bytes_get_size (run->output), ==, 0);
  g_assert_cmpint (run->status, ==, status);
}

/* Bytes of all kinds, without a pattern that a shift would hide. */
GBytes *
be_cli_make_bytes (gsize length)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) g_rand_int (random);

  return g_bytes_new_take (bytes, length);
}

/* Makes a file with these bytes; to be freed, and removed. */
char *
be_cli_write_file (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int   descriptor = g_file_open_tmp ("be-test-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (descriptor, NULL);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);

  return path;
}
