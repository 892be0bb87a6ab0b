/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-service.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#ifdef G_OS_UNIX
#include <sys/resource.h>
#include <unistd.h>
#endif

#include "be-stop-signals.h"
#include "be-tcp-server.h"
#include "be-udp-server.h"

#define STANDARD_OUTPUT 1

/* While servers start, their events are fetched more often than once a frame:
 * somebody may wait for the line that says that they listen. */
#define START_TURN_MILLISECONDS 1
#define START_TURNS 100

/* What the program opens beside the sockets of clients. */
#define OTHER_DESCRIPTORS 64

/* A limit lower than this was set by somebody who meant it. */
#define CUSTOMARY_DESCRIPTORS 256

/* Where nobody reads the journal, it need not reach back far. */
#define UNREAD_JOURNAL_EVENTS 2048
#define UNREAD_JOURNAL_BYTES (256u * 1024)

/* Nor is it worth to copy more of long payloads than it can hold for a moment. */
#define UNREAD_PAYLOAD_BYTES (128u * 1024)
#define UNREAD_PAYLOAD_BYTES_PER_SECOND (1000u * 1000)

/* Events and journal stay in the processor's cache. */
#define BATCH_BYTES (128u * 1024)

#define FINISH_MICROSECONDS G_USEC_PER_SEC

/**
 * BeService:
 *
 * Servers that run until they are stopped, or until one client has been
 * served. The journal holds what happens, whether it is printed or not.
 *
 * Owns the sessions, their network thread, the journal and its log; lives
 * while the command runs.
 */
typedef struct
{
  const BeServiceOptions *options;

  GMainLoop       *loop;
  BeStopSignals   *signals;
  BeNetworkThread *network;
  BeJournal       *journal;
  BeOutput        *output;
  BeEventLog      *log; /* NULL until all servers listen, and without a log */
  GPtrArray       *servers;

  guint   n_starting;
  guint   start_turn;
  guint   n_start_turns;
  guint32 served_session; /* of the one client; 0: none yet */
  guint64 n_lost;

  gboolean     is_stopping;
  BeExitStatus status;
} BeService;

static void
stop (BeService   *self,
      BeExitStatus status)
{
  if (self->is_stopping)
    return;

  self->is_stopping = TRUE;
  self->status = status;
  for (guint i = 0; i < self->servers->len; i++)
    be_session_stop (g_ptr_array_index (self->servers, i));
}

static void
asked_to_stop_cb (gpointer user_data)
{
  BeService *self = user_data;

  /* Who asks twice does not want to wait. */
  if (self->is_stopping)
    g_main_loop_quit (self->loop);
  stop (self, BE_EXIT_DONE);
}

static void
output_changed_cb (BeOutput *output,
                   gpointer  user_data)
{
  BeService *self = user_data;

  if (!be_output_has_failed (output) || self->is_stopping)
    return;

  be_command_tell (_ ("Nothing can be written to standard output any more, so the service ends."));
  stop (self, BE_EXIT_REFUSED);
}

static gboolean
start_turn_cb (gpointer user_data)
{
  BeService *self = user_data;

  be_network_thread_flush (self->network);
  if (self->n_starting > 0 && ++self->n_start_turns < START_TURNS)
    return G_SOURCE_CONTINUE;

  self->start_turn = 0;

  return G_SOURCE_REMOVE;
}

/* A line for programs, the same in every language. */
static void
print_listening (BeService *self,
                 BeSession *server)
{
  BeEndpoint      *endpoint = be_session_get_endpoint (server);
  BeProtocol       protocol = be_endpoint_get_protocol (endpoint);
  BeAddress        local;
  g_autofree char *address = NULL;
  g_autofree char *line = NULL;

  if (protocol != BE_PROTOCOL_UNIX && be_session_get_local (server, &local))
    address = be_address_to_string (&local);
  else
    address = be_endpoint_to_string (endpoint);

  line = g_strdup_printf ("listening %s %s\n", be_command_get_protocol_name (protocol), address);
  be_output_write (self->output, (const guint8 *) line, strlen (line));
}

/* Not before all of them listen: who reads a line relies on a service that
 * stays. */
static void
print_all_listening (BeService *self)
{
  for (guint i = 0; i < self->servers->len; i++)
    {
      BeSession *server = g_ptr_array_index (self->servers, i);

      if (be_session_get_state (server) == BE_SESSION_RUNNING)
        print_listening (self, server);
    }
}

static gboolean
is_any_active (BeService *self)
{
  for (guint i = 0; i < self->servers->len; i++)
    {
      if (be_session_is_active (g_ptr_array_index (self->servers, i)))
        return TRUE;
    }

  return FALSE;
}

static void
server_state_changed_cb (BeSession  *server,
                         GParamSpec *pspec,
                         gpointer    user_data)
{
  BeService     *self = user_data;
  BeSessionState state = be_session_get_state (server);

  /* 0 already when the one client came before this server listened. */
  if (state == BE_SESSION_RUNNING && self->n_starting > 0 && !self->is_stopping)
    {
      self->n_starting--;
      if (self->n_starting == 0)
        print_all_listening (self);
    }

  /* Servers that were not started yet are not active either. */
  if (self->n_starting == 0 || self->is_stopping)
    {
      if (!is_any_active (self))
        g_main_loop_quit (self->loop);
    }
}

static BeSession *
find_server (BeService *self,
             guint32    session_id)
{
  for (guint i = 0; i < self->servers->len; i++)
    {
      BeSession *server = g_ptr_array_index (self->servers, i);

      if (be_session_get_id (server) == session_id)
        return server;
    }

  return NULL;
}

static void
begin_log (BeService *self)
{
  if (self->log == NULL && self->options->log_format != BE_LOG_OFF)
    self->log = be_event_log_new (self->journal, self->output, self->options->log_format);
}

static void
note_failure (BeService           *self,
              const BeEventRecord *record)
{
  BeSession *server = find_server (self, record->session_id);

  if (self->is_stopping || server == NULL || be_session_get_state (server) != BE_SESSION_FAILED)
    return;

  /* With the call that failed, also when not all servers listen yet. */
  begin_log (self);
  be_command_explain_failure (be_session_get_endpoint (server), record);
  if (self->servers->len > 1)
    be_command_tell (_ ("Nothing is served: when one server cannot listen, the others are stopped too."));
  stop (self, BE_EXIT_REFUSED);
  if (!is_any_active (self))
    g_main_loop_quit (self->loop);
}

/* Whether the one client is there: a stream was accepted, a datagram answered. */
static gboolean
begins_to_serve (BeService           *self,
                 const BeEventRecord *record)
{
  if (record->protocol != BE_PROTOCOL_UDP)
    return record->call == BE_CALL_ACCEPT && record->result >= 0;

  if (self->options->reply_rule == BE_REPLY_NONE)
    return record->call == BE_CALL_RECVFROM && record->result >= 0;

  return record->call == BE_CALL_SENDTO;
}

/* Nobody but this client is served; a session of streams ends when it goes. */
static void
serve_only (BeService           *self,
            const BeEventRecord *record)
{
  self->served_session = record->session_id;
  if (self->n_starting > 0)
    print_all_listening (self);
  self->n_starting = 0;

  for (guint i = 0; i < self->servers->len; i++)
    {
      BeSession *server = g_ptr_array_index (self->servers, i);

      if (be_session_get_id (server) == record->session_id && BE_IS_TCP_SERVER (server))
        be_tcp_server_stop_listening (BE_TCP_SERVER (server));
      else
        be_session_stop (server);
    }
}

static void
note_records (BeService          *self,
              const BeEventBatch *batch)
{
  for (const BeEventRecord *record = be_event_batch_first (batch);
       record != NULL;
       record = be_event_batch_next (batch, record))
    {
      if (be_event_record_is_failure (record))
        note_failure (self, record);

      if (self->options->is_once && self->served_session == 0 && begins_to_serve (self, record))
        serve_only (self, record);
    }
}

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           gpointer            user_data)
{
  BeService *self = user_data;

  self->n_lost += batch->n_lost;

  /* The lines that say who listens stand before everything else. */
  if (self->n_starting == 0 && !self->is_stopping)
    begin_log (self);

  if (self->n_starting > 0 || (self->options->is_once && self->served_session == 0))
    note_records (self, batch);
}

static BeJournal *
make_journal (BeLogFormat log_format)
{
  if (log_format == BE_LOG_OFF)
    return be_journal_new (UNREAD_JOURNAL_EVENTS, UNREAD_JOURNAL_BYTES);

  return be_journal_new (BE_JOURNAL_MAX_EVENTS, BE_JOURNAL_MAX_BYTES);
}

static void
add_server (BeService  *self,
            BeEndpoint *endpoint)
{
  const BeServiceOptions *options = self->options;
  BeSession              *server;

  if (be_endpoint_get_protocol (endpoint) == BE_PROTOCOL_UDP)
    {
      server = be_udp_server_new (self->network, endpoint);
      be_udp_server_set_reply_rule (BE_UDP_SERVER (server), options->reply_rule);
    }
  else
    {
      server = be_tcp_server_new (self->network, endpoint);
      be_tcp_server_set_reply_rule (BE_TCP_SERVER (server), options->reply_rule);
      be_tcp_server_set_backlog (BE_TCP_SERVER (server), options->backlog);
      be_tcp_server_set_max_clients (BE_TCP_SERVER (server),
                                     options->is_once ? 1 : options->max_clients);
    }

  g_signal_connect (server, "notify::state", G_CALLBACK (server_state_changed_cb), self);
  g_ptr_array_add (self->servers, server);
}

/* The system's limit for one program is often 1,024, and may be raised to a
 * harder one (getrlimit(2)). */
static void
raise_descriptor_limit (guint n_clients)
{
#ifdef G_OS_UNIX
  struct rlimit limit;
  rlim_t        wanted = (rlim_t) n_clients + OTHER_DESCRIPTORS;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted ||
      limit.rlim_cur < CUSTOMARY_DESCRIPTORS)
    return;

  limit.rlim_cur = MIN (wanted, limit.rlim_max);
  setrlimit (RLIMIT_NOFILE, &limit);
#endif
}

static void
start (BeService *self)
{
  for (guint i = 0; i < self->options->endpoints->len; i++)
    add_server (self, g_ptr_array_index (self->options->endpoints, i));

  self->n_starting = self->servers->len;
  self->start_turn = g_timeout_add (START_TURN_MILLISECONDS, start_turn_cb, self);
  for (guint i = 0; i < self->servers->len; i++)
    be_session_start (g_ptr_array_index (self->servers, i));
}

/* What the log has not got is told, and not on standard output. */
static void
tell_what_is_missing (BeService *self)
{
  guint            n_missing;
  g_autofree char *sentence = NULL;

  if (self->log == NULL)
    return;

  n_missing = (guint) MIN (self->n_lost + be_event_log_get_n_left_out (self->log), G_MAXUINT);
  if (n_missing == 0)
    return;

  sentence = g_strdup_printf (ngettext ("%'u event is missing in the log: more happened than could be kept or printed.",
                                        "%'u events are missing in the log: more happened than could be kept or printed.",
                                        n_missing),
                              n_missing);
  be_command_tell (sentence);
}

static void
service_clear (BeService *self)
{
  g_clear_handle_id (&self->start_turn, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->network, self);
  for (guint i = 0; i < self->servers->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->servers, i), self);

  g_clear_pointer (&self->signals, be_stop_signals_free);
  g_clear_pointer (&self->servers, g_ptr_array_unref);
  g_clear_pointer (&self->log, be_event_log_free);
  g_clear_object (&self->network);
  g_clear_object (&self->journal);
  g_clear_pointer (&self->output, be_output_free);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BeService, service_clear)

/**
 * be_service_run:
 *
 * Serves. Prints `listening PROTOCOL ADDRESS` for each server as soon as all of
 * them listen, and then the log.
 *
 * Returns: how it ended
 */
BeExitStatus
be_service_run (const BeServiceOptions *options)
{
  g_auto (BeService) self = {
    .options = options,
    .loop = g_main_loop_new (NULL, FALSE),
    .network = be_network_thread_new (),
    .journal = make_journal (options->log_format),
    .servers = g_ptr_array_new_with_free_func (g_object_unref),
    .status = BE_EXIT_DONE,
  };

  raise_descriptor_limit (options->max_clients);
  self.signals = be_stop_signals_new (asked_to_stop_cb, &self);
  self.output = be_output_new (STANDARD_OUTPUT, output_changed_cb, &self);
  be_journal_follow (self.journal, self.network);
  g_signal_connect (self.network, "events", G_CALLBACK (events_cb), &self);

  be_network_thread_set_batch_bytes (self.network, BATCH_BYTES);
  if (options->log_format == BE_LOG_OFF)
    be_network_thread_set_payload_credit (self.network, UNREAD_PAYLOAD_BYTES, UNREAD_PAYLOAD_BYTES_PER_SECOND);
  start (&self);
  g_main_loop_run (self.loop);

  be_output_finish (self.output, FINISH_MICROSECONDS);
  tell_what_is_missing (&self);

  return self.status;
}
