/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-demo-command.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "be-event-log.h"
#include "be-ladder.h"
#include "be-payload-text.h"
#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-udp-client.h"
#include "be-udp-server.h"

#define STANDARD_OUTPUT 1

#define MESSAGE "hello baby"
#define EXPECTED_REPLY "HELLO BABY"

#define DEADLINE_SECONDS 10

#define FINISH_MICROSECONDS G_USEC_PER_SEC

/* More than this of a wrong reply helps nobody. */
#define REPLY_CHARACTERS 80

/**
 * BeDemo:
 *
 * One conversation between a server and a client of this program: it waits
 * for each step's event before it asks for the next, and prints them all.
 *
 * Owns the two sessions, their network thread, and the ladder or else the
 * journal and its log; lives while the command runs.
 */
typedef struct
{
  GMainLoop       *loop;
  BeNetworkThread *network;
  BeLadder        *ladder; /* NULL when the log is JSON */
  BeJournal       *journal;
  BeOutput        *output;
  BeEventLog      *log;

  BeProtocol protocol;
  BeSession *server;
  BeSession *client; /* NULL until the server's port is known */

  GByteArray *reply;
  guint       deadline;
  gboolean    has_timed_out;
} BeDemo;

static gboolean
is_finished (BeDemo *self)
{
  gboolean is_client_active = self->client != NULL && be_session_is_active (self->client);

  return !is_client_active && !be_session_is_active (self->server);
}

static void
quit_when_finished (BeDemo *self)
{
  if (is_finished (self))
    g_main_loop_quit (self->loop);
}

static void
stop (BeDemo *self)
{
  if (self->client != NULL)
    be_session_stop (self->client);
  be_session_stop (self->server);
}

static gboolean
deadline_cb (gpointer user_data)
{
  BeDemo *self = user_data;

  self->deadline = 0;
  self->has_timed_out = TRUE;
  stop (self);
  g_main_loop_quit (self->loop);

  return G_SOURCE_REMOVE;
}

/* The client has all it waited for. A stream says so to the server, which
 * closes then; with datagrams there is nobody to tell. */
static void
finish_conversation (BeDemo *self)
{
  if (self->protocol == BE_PROTOCOL_UDP)
    be_session_stop (self->client);
  else
    be_session_half_close (self->client, BE_PEER_EVERYONE);
}

static void
note_reply (BeDemo              *self,
            const BeEventRecord *record)
{
  gsize length_before = self->reply->len;

  if (record->side != BE_SIDE_CLIENT || !be_call_is_reading (record->call) ||
      !be_event_record_is_data (record))
    return;

  g_byte_array_append (self->reply, be_event_record_payload (record), record->kept_length);
  if (length_before < strlen (EXPECTED_REPLY) && self->reply->len >= strlen (EXPECTED_REPLY))
    finish_conversation (self);
}

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           gpointer            user_data)
{
  BeDemo              *self = user_data;
  const BeEventRecord *record = NULL;

  for (record = be_event_batch_first (batch); record != NULL; record = be_event_batch_next (batch, record))
    {
      if (self->ladder != NULL)
        be_ladder_print_record (self->ladder, record);
      note_reply (self, record);
    }

  fflush (stdout);
}

static void
client_state_changed_cb (BeSession  *client,
                         GParamSpec *pspec,
                         gpointer    user_data)
{
  BeDemo        *self = user_data;
  BeSessionState state = be_session_get_state (client);
  g_autoptr (GBytes) message = g_bytes_new_static (MESSAGE, strlen (MESSAGE));

  if (state == BE_SESSION_RUNNING)
    be_session_send (client, BE_PEER_EVERYONE, message);
  else if (state == BE_SESSION_ENDED || state == BE_SESSION_FAILED)
    be_session_stop (self->server);

  quit_when_finished (self);
}

static void
start_client (BeDemo *self)
{
  BeAddress        local;
  g_autofree char *port = NULL;
  g_autoptr (BeEndpoint) endpoint = NULL;

  be_session_get_local (self->server, &local);
  port = g_strdup_printf ("%u", local.port);
  endpoint = be_endpoint_new (self->protocol, "127.0.0.1", port, NULL);

  if (self->protocol == BE_PROTOCOL_UDP)
    self->client = be_udp_client_new (self->network, endpoint);
  else
    self->client = be_tcp_client_new (self->network, endpoint);

  g_signal_connect (self->client, "notify::state", G_CALLBACK (client_state_changed_cb), self);
  be_session_start (self->client);
}

static void
server_state_changed_cb (BeSession  *server,
                         GParamSpec *pspec,
                         gpointer    user_data)
{
  BeDemo *self = user_data;

  if (be_session_get_state (server) == BE_SESSION_RUNNING)
    start_client (self);

  quit_when_finished (self);
}

static void
start_server (BeDemo *self)
{
  g_autoptr (BeEndpoint) endpoint = be_endpoint_new (self->protocol, "127.0.0.1", "0", NULL);

  if (self->protocol == BE_PROTOCOL_UDP)
    self->server = be_udp_server_new (self->network, endpoint);
  else
    self->server = be_tcp_server_new (self->network, endpoint);

  g_signal_connect (self->server, "notify::state", G_CALLBACK (server_state_changed_cb), self);
  be_session_start (self->server);
}

static void
print_introduction (BeDemo *self)
{
  const char      *protocol = self->protocol == BE_PROTOCOL_UDP ? "UDP" : "TCP";
  g_autofree char *text = NULL;

  /* Translators: %s is TCP or UDP */
  text = g_strdup_printf (_ ("A server and a client on this computer talk over %s, on real sockets. Each row is a socket call that has returned; a letter marks both ends of a connection."), protocol);
  be_ladder_print_text (self->ladder, text);

  g_print ("\n");
  be_ladder_print_heading (self->ladder);
}

/* Returns: (transfer full): how it ended, in words */
static char *
describe_outcome (BeDemo  *self,
                  gboolean is_right)
{
  g_autofree char *reply = NULL;

  if (is_right)
    return g_strdup_printf (_ ("“%s” went to the server and “%s” came back, as it should."),
                            MESSAGE, EXPECTED_REPLY);

  if (self->has_timed_out)
    return g_strdup_printf (ngettext ("The conversation did not end within %d second.",
                                      "The conversation did not end within %d seconds.",
                                      DEADLINE_SECONDS),
                            DEADLINE_SECONDS);

  if (self->reply->len == 0)
    return g_strdup (_ ("There was no answer."));

  reply = be_payload_text_to_display (self->reply->data, self->reply->len, REPLY_CHARACTERS);

  return g_strdup_printf (_ ("The answer was “%s” and not “%s”."), reply, EXPECTED_REPLY);
}

static BeExitStatus
conclude (BeDemo *self)
{
  gboolean is_right = !self->has_timed_out && self->reply->len == strlen (EXPECTED_REPLY) &&
                      memcmp (self->reply->data, EXPECTED_REPLY, self->reply->len) == 0;
  g_autofree char *outcome = describe_outcome (self, is_right);

  if (self->ladder != NULL)
    {
      g_print ("\n");
      be_ladder_print_text (self->ladder, outcome);
    }
  else if (!is_right)
    be_command_tell (outcome);

  return is_right ? BE_EXIT_DONE : BE_EXIT_REFUSED;
}

static void
demo_clear (BeDemo *self)
{
  g_clear_handle_id (&self->deadline, g_source_remove);

  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_signal_handlers_disconnect_by_data (self->server, self);
  g_signal_handlers_disconnect_by_data (self->network, self);

  g_clear_object (&self->client);
  g_clear_object (&self->server);
  g_clear_pointer (&self->log, be_event_log_free);
  g_clear_object (&self->network);
  g_clear_object (&self->journal);
  g_clear_pointer (&self->output, be_output_free);
  g_clear_pointer (&self->ladder, be_ladder_free);
  g_clear_pointer (&self->reply, g_byte_array_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BeDemo, demo_clear)

/* What cannot be written is noticed at the end. */
static void
output_changed_cb (BeOutput *output,
                   gpointer  user_data)
{
}

static void
start_log (BeDemo *self)
{
  self->journal = be_journal_new (BE_JOURNAL_MAX_EVENTS, BE_JOURNAL_MAX_BYTES);
  be_journal_follow (self->journal, self->network);
  self->output = be_output_new (STANDARD_OUTPUT, output_changed_cb, self);
  self->log = be_event_log_new (self->journal, self->output, BE_LOG_JSON);
}

static BeExitStatus
finish_log (BeDemo *self)
{
  be_output_finish (self->output, FINISH_MICROSECONDS);
  if (!be_output_has_failed (self->output))
    return BE_EXIT_DONE;

  be_command_tell (_ ("Not everything could be written to standard output."));

  return BE_EXIT_REFUSED;
}

static BeExitStatus
run_conversation (BeProtocol  protocol,
                  BeLogFormat format)
{
  g_auto (BeDemo) self = {
    .loop = g_main_loop_new (NULL, FALSE),
    .network = be_network_thread_new (),
    .ladder = format == BE_LOG_TEXT ? be_ladder_new () : NULL,
    .protocol = protocol,
    .reply = g_byte_array_new (),
  };
  BeExitStatus status;

  if (self.ladder == NULL)
    start_log (&self);
  g_signal_connect (self.network, "events", G_CALLBACK (events_cb), &self);
  self.deadline = g_timeout_add_seconds (DEADLINE_SECONDS, deadline_cb, &self);

  if (self.ladder != NULL)
    print_introduction (&self);
  start_server (&self);
  g_main_loop_run (self.loop);

  status = conclude (&self);
  if (self.log != NULL && status == BE_EXIT_DONE)
    status = finish_log (&self);

  return status;
}

static gboolean
protocol_from_name (const char *name,
                    BeProtocol *protocol)
{
  if (g_str_equal (name, "tcp"))
    *protocol = BE_PROTOCOL_TCP;
  else if (g_str_equal (name, "udp"))
    *protocol = BE_PROTOCOL_UDP;
  else
    return FALSE;

  return TRUE;
}

static BeExitStatus
run (GStrv *arguments)
{
  g_autofree char   *format_name = NULL;
  const GOptionEntry entries[] = {
    { "log", 'l', 0, G_OPTION_ARG_STRING, &format_name, N_ ("How to print what happens: text (the default) or json"), N_ ("FORMAT") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("demo [tcp|udp]");
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  BeProtocol       protocol = BE_PROTOCOL_TCP;
  BeLogFormat      format = BE_LOG_TEXT;

  g_option_context_set_summary (context, _ (be_demo_command.summary));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, arguments, &error))
    return be_command_refuse_usage (be_demo_command.name, error->message);

  if (g_strv_length (*arguments) > 2)
    return be_command_refuse_usage (be_demo_command.name, _ ("A demonstration takes one protocol at most: tcp or udp."));

  if ((*arguments)[1] != NULL && !protocol_from_name ((*arguments)[1], &protocol))
    {
      /* Translators: %s is what the person typed */
      sentence = g_strdup_printf (_ ("“%s” is no protocol of the demonstration: it is tcp or udp."), (*arguments)[1]);

      return be_command_refuse_usage (be_demo_command.name, sentence);
    }

  if (format_name != NULL && (!be_log_format_from_name (format_name, &format) || format == BE_LOG_OFF))
    {
      /* Translators: %s is what the person typed */
      sentence = g_strdup_printf (_ ("“%s” is no format of the demonstration's log: it is text or json."), format_name);

      return be_command_refuse_usage (be_demo_command.name, sentence);
    }

  return run_conversation (protocol, format);
}

static const char *const options[] = { "--log=", "-l=", NULL };

const BeCommand be_demo_command = {
  .name = "demo",
  .parameters = "[tcp|udp]",
  .summary = N_ ("Let a server and a client talk to each other and print both ends of it"),
  .options = options,
  .run = run,
};
