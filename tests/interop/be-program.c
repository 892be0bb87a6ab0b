/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-program.h"

#include <stdarg.h>
#include <string.h>

#include "be-test.h"

#define READ_BYTES (64 * 1024)

/* A pipe that can be written to takes this much without blocking (PIPE_BUF,
 * pipe(7)); a write that blocked would keep us from reading the answer. */
#define WRITE_BYTES 4096

/* What a program wrote into one of its two outputs, and whether it is done. */
typedef struct
{
  GInputStream *stream; /* unowned */
  GCancellable *cancellable;
  GString      *bytes; /* any, and a NUL behind them */
  gboolean      has_ended;
} Output;

struct _BeProgram
{
  GSubprocess  *process;
  GCancellable *cancellable;
  gboolean      has_exited;
  GBytes       *writing; /* NULL when the program has taken all */
  gsize         written;

  Output output;
  Output errors;
  gsize  expected; /* bytes of the output that were right so far */
};

static void read_next (Output *self);

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Output *self = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      self->has_ended = TRUE;
      return;
    }

  g_string_append_len (self->bytes, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  read_next (self);
}

static void
read_next (Output *self)
{
  g_input_stream_read_bytes_async (self->stream, READ_BYTES, G_PRIORITY_DEFAULT, self->cancellable, read_cb, self);
}

static void
output_start (Output       *self,
              GInputStream *stream,
              GCancellable *cancellable)
{
  self->stream = stream;
  self->cancellable = cancellable;
  self->bytes = g_string_new (NULL);
  read_next (self);
}

static void
exited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BeProgram *self = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  self->has_exited = TRUE;
}

static void write_next (BeProgram *self);

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BeProgram *self = user_data;
  g_autoptr (GError) error = NULL;
  gssize written = g_output_stream_write_finish (G_OUTPUT_STREAM (object), result, &error);

  g_assert_no_error (error);
  self->written += (gsize) written;
  write_next (self);
}

static void
write_next (BeProgram *self)
{
  gsize         length = 0;
  const guint8 *data = g_bytes_get_data (self->writing, &length);

  if (self->written == length)
    {
      g_clear_pointer (&self->writing, g_bytes_unref);
      return;
    }

  g_output_stream_write_async (g_subprocess_get_stdin_pipe (self->process), data + self->written,
                               MIN (length - self->written, WRITE_BYTES),
                               G_PRIORITY_DEFAULT, NULL, written_cb, self);
}

/**
 * be_program_is_missing:
 *
 * Skips the test when this system has no program @name.
 *
 * Returns: whether it has none
 */
gboolean
be_program_is_missing (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);
  g_autofree char *sentence = NULL;

  if (path != NULL)
    return FALSE;

  sentence = g_strdup_printf ("The program %s is not installed", name);
  g_test_skip (sentence);

  return TRUE;
}

/**
 * be_program_find_free_port:
 *
 * For programs that cannot say which port the system gave them.
 *
 * Returns: a port of 127.0.0.1 that nobody used a moment ago
 */
guint16
be_program_find_free_port (GSocketType type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) asked = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GSocket) socket = NULL;

  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, type, G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_assert_no_error (error);
  g_socket_bind (socket, asked, FALSE, &error);
  g_assert_no_error (error);
  given = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given));
}

static BeProgram *
start (const char *const *arguments)
{
  BeProgram *self = g_new0 (BeProgram, 1);
  g_autoptr (GError) error = NULL;

  self->cancellable = g_cancellable_new ();
  self->process = g_subprocess_newv (arguments,
                                     G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                       G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                       G_SUBPROCESS_FLAGS_STDERR_PIPE,
                                     &error);
  g_assert_no_error (error);

  output_start (&self->output, g_subprocess_get_stdout_pipe (self->process), self->cancellable);
  output_start (&self->errors, g_subprocess_get_stderr_pipe (self->process), self->cancellable);
  g_subprocess_wait_async (self->process, NULL, exited_cb, self);

  return self;
}

/**
 * be_program_start:
 * @name: of the program, followed by its arguments and %NULL
 *
 * Returns: (transfer full): the program, running
 */
BeProgram *
be_program_start (const char *name,
                  ...)
{
  const char *arguments[BE_PROGRAM_MAX_ARGUMENTS + 1] = { name, NULL };
  va_list     rest;

  va_start (rest, name);
  for (guint i = 1; arguments[i - 1] != NULL; i++)
    {
      g_assert_cmpuint (i, <, G_N_ELEMENTS (arguments));
      arguments[i] = va_arg (rest, const char *);
    }
  va_end (rest);

  return start (arguments);
}

/**
 * be_program_start_python:
 * @script: one of this directory, which takes 127.0.0.1 and @port
 */
BeProgram *
be_program_start_python (const char *script,
                         guint16     port)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "interop", script, NULL);
  g_autofree char *text = g_strdup_printf ("%u", port);

  return be_program_start ("python3", path, "127.0.0.1", text, NULL);
}

void
be_program_free (BeProgram *self)
{
  g_assert_null (self->writing);
  g_subprocess_force_exit (self->process);
  be_test_wait_until (self->has_exited);

  /* Its children may hold the other ends of the pipes. */
  g_cancellable_cancel (self->cancellable);
  be_test_wait_until (self->output.has_ended && self->errors.has_ended);

  g_clear_object (&self->process);
  g_clear_object (&self->cancellable);
  g_string_free (self->output.bytes, TRUE);
  g_string_free (self->errors.bytes, TRUE);
  g_free (self);
}

static const char *
find (Output     *self,
      const char *text)
{
  return g_strstr_len (self->bytes->str, (gssize) self->bytes->len, text);
}

/**
 * be_program_await_message:
 *
 * Waits until the program writes @message into its standard error.
 *
 * Returns: FALSE when it has ended without doing so
 */
gboolean
be_program_await_message (BeProgram  *self,
                          const char *message)
{
  be_test_wait_until (find (&self->errors, message) != NULL || self->errors.has_ended);

  return find (&self->errors, message) != NULL;
}

static gboolean
has_line_after (Output     *self,
                const char *prefix)
{
  const char *found = find (self, prefix);

  return found != NULL && memchr (found, '\n', self->bytes->len - (gsize) (found - self->bytes->str)) != NULL;
}

/**
 * be_program_read_port:
 * @prefix: (nullable): what stands before the number in standard error, or
 *   NULL when the number is the first line of standard output
 *
 * Waits until the program says where it listens.
 */
guint16
be_program_read_port (BeProgram  *self,
                      const char *prefix)
{
  Output     *output = prefix != NULL ? &self->errors : &self->output;
  const char *before = prefix != NULL ? prefix : "";
  guint64     port = 0;

  be_test_wait_until (output->has_ended || has_line_after (output, before));
  if (!has_line_after (output, before))
    g_error ("The program ended and said: %.*s", (int) self->errors.bytes->len, self->errors.bytes->str);

  port = g_ascii_strtoull (find (output, before) + strlen (before), NULL, 10);
  g_assert_cmpuint (port, >, 0);
  g_assert_cmpuint (port, <=, G_MAXUINT16);
  if (prefix == NULL)
    self->expected = (gsize) (strchr (output->bytes->str, '\n') - output->bytes->str) + 1;

  return (guint16) port;
}

/**
 * be_program_write:
 *
 * Gives the program something to read. Returns before it has.
 */
void
be_program_write (BeProgram *self,
                  GBytes    *bytes)
{
  be_test_wait_until (self->writing == NULL);

  self->writing = g_bytes_ref (bytes);
  self->written = 0;
  write_next (self);
}

void
be_program_write_text (BeProgram  *self,
                       const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  be_program_write (self, bytes);
}

/**
 * be_program_end_input:
 *
 * Closes the program's standard input when it has taken all.
 */
void
be_program_end_input (BeProgram *self)
{
  g_autoptr (GError) error = NULL;

  be_test_wait_until (self->writing == NULL);
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, &error);
  g_assert_no_error (error);
}

/**
 * be_program_expect:
 *
 * Waits until the program has written that much, which must be the same bytes.
 */
void
be_program_expect (BeProgram *self,
                   GBytes    *bytes)
{
  gsize         length = 0;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  be_test_wait_until (self->output.has_ended || self->output.bytes->len >= self->expected + length);

  g_assert_cmpmem (self->output.bytes->str + self->expected,
                   MIN (self->output.bytes->len - self->expected, length), data, length);
  self->expected += length;
}

void
be_program_expect_text (BeProgram  *self,
                        const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  be_program_expect (self, bytes);
}

/**
 * be_program_expect_exit:
 *
 * Waits until the program ends by itself, successfully and without having
 * written anything that was not expected.
 */
void
be_program_expect_exit (BeProgram *self)
{
  be_test_wait_until (self->has_exited && self->output.has_ended);

  g_assert_cmpuint (self->output.bytes->len, ==, self->expected);
  g_assert_true (g_subprocess_get_if_exited (self->process));
  g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
}
