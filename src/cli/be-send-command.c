/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-send-command.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "be-payload-text.h"
#include "be-sender.h"

#define STANDARD_INPUT 0

#define DEFAULT_TIMEOUT_SECONDS 10
#define LONGEST_TIMEOUT_SECONDS 86400

/* What stands on the command line. */
typedef struct
{
  gboolean is_hex;
  char    *file;
  double   timeout;
  char    *log;
  GStrv    rest; /* protocol, address, text */
} Arguments;

static void
arguments_clear (Arguments *self)
{
  g_free (self->file);
  g_free (self->log);
  g_strfreev (self->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
parse_arguments (GStrv     *words,
                 Arguments *arguments,
                 GError   **error)
{
  const GOptionEntry entries[] = {
    { "hex", 'x', 0, G_OPTION_ARG_NONE, &arguments->is_hex, N_ ("TEXT is bytes in hexadecimal, as in 68 69 0a"), NULL },
    { "file", 'f', 0, G_OPTION_ARG_FILENAME, &arguments->file, N_ ("Send what is in FILE"), N_ ("FILE") },
    { "timeout", 't', 0, G_OPTION_ARG_DOUBLE, &arguments->timeout, N_ ("How long to wait when nothing moves (10)"), N_ ("SECONDS") },
    { "log", 'l', 0, G_OPTION_ARG_STRING, &arguments->log, N_ ("Print what happens to standard error: text, json or off (the default)"), N_ ("FORMAT") },
    /* As file names, which are bytes: text is sent as it was typed. */
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->rest, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("send tcp|udp|unix ADDRESS [TEXT…]"));

  g_option_context_set_summary (context, _ (be_send_command.summary));
  g_option_context_set_description (context, _ ("An ADDRESS is a PORT on 127.0.0.1, a HOST:PORT or an [IPv6 address]:PORT; for unix it is a path.\nWithout TEXT standard input is sent, over udp each line of it as a datagram without the line's\nend, and each waits for the reply to the one before. Only the reply goes to standard output."));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return g_option_context_parse_strv (context, words, error);
}

/* Returns: (transfer full) (nullable): what is wrong, in words */
static char *
read_options (const Arguments *arguments,
              BeProtocol      *protocol,
              BeSenderOptions *options)
{
  guint n_words = arguments->rest != NULL ? g_strv_length (arguments->rest) : 0;

  if (n_words < 2)
    return g_strdup (_ ("Say over what and where to send: tcp, udp or unix, and an address."));

  if (!be_command_protocol_from_name (arguments->rest[0], protocol))
    {
      g_autofree char *shown = g_filename_display_name (arguments->rest[0]);

      /* Translators: %s is what the person typed */
      return g_strdup_printf (_ ("“%s” is no protocol: it is tcp, udp or unix."), shown);
    }

  if (arguments->log != NULL && !be_log_format_from_name (arguments->log, &options->log_format))
    /* Translators: %s is what the person typed */
    return g_strdup_printf (_ ("“%s” is no format of the log: it is text, json or off."), arguments->log);

  if (!(arguments->timeout > 0) || arguments->timeout > LONGEST_TIMEOUT_SECONDS)
    return g_strdup (_ ("The time to wait must be more than 0 and at most 86400 seconds."));
  options->timeout = arguments->timeout;

  if (arguments->file != NULL && (n_words > 2 || arguments->is_hex))
    return g_strdup (_ ("Either TEXT or a file can be sent, not both."));

  if (arguments->is_hex && n_words == 2)
    return g_strdup (_ ("With --hex the bytes must stand on the command line."));

  return NULL;
}

/* Returns: (transfer full) (nullable): what TEXT says, or %NULL with @error */
static GBytes *
read_text (const Arguments *arguments,
           GError         **error)
{
  char *text = g_strjoinv (" ", arguments->rest + 2);

  if (arguments->is_hex)
    {
      g_autofree char *digits = text;

      return be_payload_text_parse_hex (digits, error);
    }

  return g_bytes_new_take (text, strlen (text));
}

static GInputStream *
open_file (const char *path,
           GError    **error)
{
#ifdef O_BINARY
  int descriptor = g_open (path, O_RDONLY | O_BINARY, 0);
#else
  int descriptor = g_open (path, O_RDONLY | O_CLOEXEC, 0);
#endif
  int              number = errno;
  g_autofree char *shown = g_filename_display_name (path);

  /* It can be opened, but not read (read(2), EISDIR). */
  if (descriptor >= 0 && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_close (descriptor, NULL);
      descriptor = -1;
      number = EISDIR;
    }
  if (descriptor >= 0)
    return be_sender_input_open_descriptor (descriptor);

  /* Translators: the name of a file, and the system's own words */
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number),
               _ ("%s cannot be opened: %s."), shown, g_strerror (number));

  return NULL;
}

/* Returns: (transfer full) (nullable): what to send, or %NULL with @error */
static BeSenderInput *
open_input (const Arguments *arguments,
            BeProtocol       protocol,
            GError         **error)
{
  g_autoptr (GInputStream) stream = NULL;
  BeSenderPieces pieces = protocol == BE_PROTOCOL_UDP ? BE_SENDER_WHOLE : BE_SENDER_STREAM;

  if (arguments->file != NULL)
    stream = open_file (arguments->file, error);
  else if (arguments->rest[2] != NULL)
    {
      g_autoptr (GBytes) text = read_text (arguments, error);

      if (text != NULL)
        stream = g_memory_input_stream_new_from_bytes (text);
    }
  else
    {
      stream = be_sender_input_open_descriptor (STANDARD_INPUT);
      if (protocol == BE_PROTOCOL_UDP)
        pieces = BE_SENDER_LINES;
    }

  return stream != NULL ? be_sender_input_new (stream, pieces) : NULL;
}

static BeExitStatus
run (GStrv *words)
{
  g_auto (Arguments) arguments = { .timeout = DEFAULT_TIMEOUT_SECONDS };
  g_autoptr (BeEndpoint) endpoint = NULL;
  g_autoptr (BeSenderInput) input = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *complaint = NULL;
  BeSenderOptions  options = { .log_format = BE_LOG_OFF };
  BeProtocol       protocol = BE_PROTOCOL_TCP;

  if (!parse_arguments (words, &arguments, &error))
    return be_command_refuse_usage (be_send_command.name, error->message);

  complaint = read_options (&arguments, &protocol, &options);
  if (complaint != NULL)
    return be_command_refuse_usage (be_send_command.name, complaint);

  endpoint = be_endpoint_new_from_text (protocol, arguments.rest[1], &error);
  if (endpoint != NULL)
    input = open_input (&arguments, protocol, &error);
  if (input == NULL)
    {
      be_command_tell (error->message);
      return BE_EXIT_USAGE;
    }

  options.endpoint = endpoint;
  options.input = input;

  return be_sender_run (&options);
}

static const char *const options[] = { "--hex", "-x", "--file=", "-f=", "--timeout=", "-t=", "--log=", "-l=", NULL };

const BeCommand be_send_command = {
  .name = "send",
  .parameters = N_ ("tcp|udp|unix ADDRESS [TEXT…]"),
  .summary = N_ ("Send text, a file or standard input, and print exactly what comes back"),
  .options = options,
  .run = run,
};
