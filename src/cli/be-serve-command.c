/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-serve-command.h"

#include <glib/gi18n-lib.h>

#include "be-service.h"
#include "be-tcp-server.h"

#define MAX_CLIENTS_LIMIT 1000000

/* What stands on the command line. */
typedef struct
{
  GStrv    tcp;
  GStrv    udp;
  GStrv    paths;
  char    *reply;
  int      backlog;
  int      max_clients;
  gboolean is_once;
  char    *log;
} Arguments;

static void
arguments_clear (Arguments *self)
{
  g_strfreev (self->tcp);
  g_strfreev (self->udp);
  g_strfreev (self->paths);
  g_free (self->reply);
  g_free (self->log);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
parse_arguments (GStrv     *words,
                 Arguments *arguments,
                 GError   **error)
{
  const GOptionEntry entries[] = {
    { "tcp", 't', 0, G_OPTION_ARG_STRING_ARRAY, &arguments->tcp, N_ ("Listen on a TCP port; may be given several times, as the next two may"), N_ ("ADDRESS") },
    { "udp", 'u', 0, G_OPTION_ARG_STRING_ARRAY, &arguments->udp, N_ ("Receive datagrams on a UDP port"), N_ ("ADDRESS") },
    { "unix", 'x', 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->paths, N_ ("Listen on a path of this computer"), N_ ("PATH") },
    { "reply", 'r', 0, G_OPTION_ARG_STRING, &arguments->reply, N_ ("What to answer: upper, the same in capital letters (the default), echo, or none"), N_ ("RULE") },
    { "backlog", 0, 0, G_OPTION_ARG_INT, &arguments->backlog, N_ ("How many clients may wait to be accepted (5)"), N_ ("N") },
    { "max-clients", 0, 0, G_OPTION_ARG_INT, &arguments->max_clients, N_ ("How many clients may be there at once (10000)"), N_ ("N") },
    { "once", '1', 0, G_OPTION_ARG_NONE, &arguments->is_once, N_ ("Serve one client, or one datagram, and exit"), NULL },
    { "log", 'l', 0, G_OPTION_ARG_STRING, &arguments->log, N_ ("How to print what happens: text (the default), json or off"), N_ ("FORMAT") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("serve");

  g_option_context_set_summary (context, _ (be_serve_command.summary));
  g_option_context_set_description (context, _ ("An ADDRESS is a PORT on 127.0.0.1, a HOST:PORT or an [IPv6 address]:PORT. For port 0 the\nsystem chooses one, and the line “listening …” says which.\nThe name localhost has two addresses on most computers, and [::1] comes first: a server on it\ndoes not hear who calls 127.0.0.1."));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return g_option_context_parse_strv (context, words, error);
}

static gboolean
add_endpoints (GPtrArray         *endpoints,
               BeProtocol         protocol,
               const char *const *texts,
               GError           **error)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      BeEndpoint *endpoint = be_endpoint_new_from_text (protocol, texts[i], error);

      if (endpoint == NULL)
        return FALSE;
      g_ptr_array_add (endpoints, endpoint);
    }

  return TRUE;
}

/* Returns: (transfer full) (nullable): what is wrong, in words */
static char *
read_options (const Arguments  *arguments,
              BeServiceOptions *options)
{
  if (arguments->reply != NULL && !be_reply_rule_from_name (arguments->reply, &options->reply_rule))
    /* Translators: %s is what the person typed */
    return g_strdup_printf (_ ("“%s” is no way to reply: it is upper, echo or none."), arguments->reply);

  if (arguments->log != NULL && !be_log_format_from_name (arguments->log, &options->log_format))
    /* Translators: %s is what the person typed */
    return g_strdup_printf (_ ("“%s” is no format of the log: it is text, json or off."), arguments->log);

  if (arguments->backlog < 0)
    return g_strdup (_ ("The backlog must not be negative."));

  if (arguments->max_clients < 1 || arguments->max_clients > MAX_CLIENTS_LIMIT)
    return g_strdup_printf (ngettext ("The number of clients must be from 1 to %d.",
                                      "The number of clients must be from 1 to %d.",
                                      MAX_CLIENTS_LIMIT),
                            MAX_CLIENTS_LIMIT);

  options->backlog = (guint) arguments->backlog;
  options->max_clients = (guint) arguments->max_clients;
  options->is_once = arguments->is_once;

  return NULL;
}

static BeExitStatus
run (GStrv *words)
{
  g_auto (Arguments) arguments = { .backlog = BE_TCP_SERVER_BACKLOG, .max_clients = BE_TCP_SERVER_MAX_CLIENTS };
  g_autoptr (GPtrArray) endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) be_endpoint_unref);
  BeServiceOptions options = { .endpoints = endpoints, .reply_rule = BE_REPLY_UPPER, .log_format = BE_LOG_TEXT };
  g_autoptr (GError) error = NULL;
  g_autofree char *complaint = NULL;

  if (!parse_arguments (words, &arguments, &error))
    return be_command_refuse_usage (be_serve_command.name, error->message);

  if ((*words)[1] != NULL)
    {
      /* Translators: %s is what the person typed */
      complaint = g_strdup_printf (_ ("“%s” stands there without an option such as --tcp."), (*words)[1]);
      return be_command_refuse_usage (be_serve_command.name, complaint);
    }

  complaint = read_options (&arguments, &options);
  if (complaint != NULL)
    return be_command_refuse_usage (be_serve_command.name, complaint);

  if (!add_endpoints (endpoints, BE_PROTOCOL_TCP, (const char *const *) arguments.tcp, &error) ||
      !add_endpoints (endpoints, BE_PROTOCOL_UDP, (const char *const *) arguments.udp, &error) ||
      !add_endpoints (endpoints, BE_PROTOCOL_UNIX, (const char *const *) arguments.paths, &error))
    {
      be_command_tell (error->message);
      return BE_EXIT_USAGE;
    }

  if (endpoints->len == 0)
    return be_command_refuse_usage (be_serve_command.name, _ ("There is nothing to serve: give --tcp, --udp or --unix."));

  return be_service_run (&options);
}

static const char *const options[] = { "--tcp=", "-t=", "--udp=", "-u=", "--unix=", "-x=", "--reply=", "-r=", "--backlog=", "--max-clients=", "--once", "-1", "--log=", "-l=", NULL };

const BeCommand be_serve_command = {
  .name = "serve",
  .parameters = N_ ("[--tcp ADDRESS]… [--udp ADDRESS]… [--unix PATH]…"),
  .summary = N_ ("Run servers that answer whoever comes, and print what happens"),
  .options = options,
  .run = run,
};
