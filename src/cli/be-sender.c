/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-sender.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "be-event-queue.h"
#include "be-stop-signals.h"
#include "be-tcp-client.h"
#include "be-udp-client.h"

#define STANDARD_OUTPUT 1
#define STANDARD_ERROR 2

/* What may be on its way in each direction. Events of both travel in one
 * queue, which must have room for all: it leaves out what has none. */
#define SEND_WINDOW_BYTES (1024u * 1024)
#define READ_WINDOW_BYTES (2u * 1024 * 1024)

G_STATIC_ASSERT (SEND_WINDOW_BYTES + READ_WINDOW_BYTES < BE_EVENT_QUEUE_FULL_BYTES);

/* The next piece often waits for an event: each comes at once. */
#define BATCH_BYTES 1

#define FINISH_MICROSECONDS G_USEC_PER_SEC

/**
 * BeSender:
 *
 * One client that sends what it is given and writes what comes back to
 * standard output. A stream goes out while its answer comes in, and is
 * half-closed behind the last byte; of datagrams each waits for the answer to
 * the one before.
 *
 * Owns the session, its network thread, and the journal when there is a log;
 * lives while the command runs.
 */
typedef struct
{
  const BeSenderOptions *options;
  gboolean               is_stream;

  GMainLoop       *loop;
  BeStopSignals   *signals;
  BeNetworkThread *network;
  BeSession       *session;
  BeOutput        *output;
  BeOutput        *errors;
  BeJournal       *journal; /* NULL without a log */
  BeEventLog      *log;

  GCancellable *cancellable;
  gboolean      is_reading_input;
  gboolean      has_input_ended;
  gsize         n_unsent;         /* bytes asked for and not sent yet */
  gsize         n_to_allow;       /* bytes of events that are taken care of when the output is */
  gboolean      is_reply_awaited; /* to a datagram */
  gboolean      is_looked_up;

  guint timeout;

  gboolean     has_trouble;     /* told already */
  gboolean     is_asked_to_end; /* by a signal: what was not written then is not */
  BeExitStatus status;
} BeSender;

static void update (BeSender *self);

static void
stop (BeSender *self)
{
  g_cancellable_cancel (self->cancellable);
  be_session_stop (self->session);
}

/* What went wrong first explains the rest. Returns whether this was it. */
static gboolean
note_trouble (BeSender *self)
{
  if (self->has_trouble)
    return FALSE;

  self->has_trouble = TRUE;
  self->status = BE_EXIT_REFUSED;

  return TRUE;
}

static void
fail (BeSender   *self,
      const char *sentence)
{
  if (note_trouble (self))
    be_command_tell (sentence);
  stop (self);
}

static void
asked_to_stop_cb (gpointer user_data)
{
  BeSender *self = user_data;

  /* Not told: who asked knows. Who asks twice does not want to wait. */
  if (self->is_asked_to_end)
    g_main_loop_quit (self->loop);
  self->is_asked_to_end = TRUE;
  note_trouble (self);
  stop (self);
  update (self);
}

static void
output_changed_cb (BeOutput *output,
                   gpointer  user_data)
{
  BeSender *self = user_data;

  if (be_output_has_failed (output))
    fail (self, _ ("Nothing can be written to standard output any more."));
  update (self);
}

/* A log that nobody reads is no reason to stop. */
static void
errors_changed_cb (BeOutput *output,
                   gpointer  user_data)
{
}

/* Input */

static void
finish_input (BeSender *self)
{
  self->has_input_ended = TRUE;
  if (self->is_stream)
    be_session_half_close (self->session, BE_PEER_EVERYONE);
  else
    stop (self);
}

static void
send_piece (BeSender *self,
            GBytes   *piece)
{
  if (self->is_stream)
    self->n_unsent += g_bytes_get_size (piece);
  else
    self->is_reply_awaited = TRUE;

  be_session_send (self->session, BE_PEER_EVERYONE, piece);
}

static void
input_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  BeSender *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = be_sender_input_next_finish (BE_SENDER_INPUT (object), result, &error);

  self->is_reading_input = FALSE;
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* Translators: %s is the system's own words */
      g_autofree char *sentence = g_strdup_printf (_ ("What is to be sent cannot be read: %s."), error->message);

      fail (self, sentence);
    }
  else if (piece != NULL)
    send_piece (self, piece);
  else if (error == NULL)
    finish_input (self);

  update (self);
}

static gboolean
is_connected (BeSender *self)
{
  BeSessionState state = be_session_get_state (self->session);

  return state == BE_SESSION_RUNNING || state == BE_SESSION_ENDING;
}

static void
read_next (BeSender *self)
{
  if (!is_connected (self) || self->has_input_ended || self->is_reading_input || self->has_trouble)
    return;

  if (self->n_unsent >= SEND_WINDOW_BYTES || self->is_reply_awaited)
    return;

  self->is_reading_input = TRUE;
  be_sender_input_next_async (self->options->input, self->cancellable, input_read_cb, self);
}

/* Events */

static void
take_reply (BeSender            *self,
            const BeEventRecord *record)
{
  if (!self->is_stream && !self->is_reply_awaited)
    return;

  if (record->kept_length < record->payload_length)
    {
      fail (self, _ ("More came back than could be taken, so that a part of it is lost."));
      return;
    }

  self->is_reply_awaited = FALSE;
  self->n_to_allow += record->size;
  be_output_write (self->output, be_event_record_payload (record), record->kept_length);
}

static void
note_failure (BeSender            *self,
              const BeEventRecord *record)
{
  if (record->flags & BE_EVENT_MORE)
    return;

  if (note_trouble (self))
    be_command_explain_failure (self->options->endpoint, record);
  stop (self);
}

static void
note_record (BeSender            *self,
             const BeEventRecord *record)
{
  if (record->call == BE_CALL_GETADDRINFO)
    self->is_looked_up = TRUE;

  if (be_event_record_is_failure (record))
    note_failure (self, record);
  else if (be_call_is_reading (record->call) && be_event_record_is_data (record))
    take_reply (self, record);
  else if (be_call_is_sending (record->call) && self->is_stream)
    self->n_unsent -= MIN (self->n_unsent, (gsize) record->result);
}

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           gpointer            user_data)
{
  BeSender *self = user_data;

  for (const BeEventRecord *record = be_event_batch_first (batch);
       record != NULL;
       record = be_event_batch_next (batch, record))
    note_record (self, record);

  if (batch->n_lost > 0)
    fail (self, _ ("More came back than could be taken, so that a part of it is lost."));
  update (self);
}

/* Time */

/* While a name is looked up nobody else counts the time; a connect () has its
 * own clock; and it is not the network that is slow to give us input or to
 * take our output. */
static gboolean
is_network_awaited (BeSender *self)
{
  BeAddress address;

  if (!is_connected (self))
    return !self->is_looked_up && !be_endpoint_get_address (self->options->endpoint, &address);

  if (be_output_get_waiting (self->output) > 0)
    return FALSE;

  return self->is_stream ? self->n_unsent > 0 || self->has_input_ended : self->is_reply_awaited;
}

static gboolean
timeout_cb (gpointer user_data)
{
  BeSender        *self = user_data;
  g_autofree char *address = be_endpoint_to_string (self->options->endpoint);
  g_autofree char *sentence = NULL;

  self->timeout = 0;
  if (self->is_stream)
    /* Translators: %s is an address, %g a number of seconds */
    sentence = g_strdup_printf (_ ("%s: nothing has moved for %g s, so nobody waits any longer."), address, self->options->timeout);
  else
    /* Translators: %s is an address, %g a number of seconds */
    sentence = g_strdup_printf (_ ("%s: no reply within %g s. A datagram may be lost on the way, or the server does not answer."), address, self->options->timeout);
  fail (self, sentence);

  return G_SOURCE_REMOVE;
}

static void
restart_clocks (BeSender *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (is_network_awaited (self) && !self->has_trouble)
    self->timeout = g_timeout_add ((guint) ceil (self->options->timeout * 1000), timeout_cb, self);
}

/* The end */

static void
conclude (BeSender *self)
{
  if (self->n_unsent > 0 && note_trouble (self))
    be_command_tell (_ ("The other end closed before all was sent."));

  g_cancellable_cancel (self->cancellable);
  if (!self->is_reading_input &&
      (be_output_get_waiting (self->output) == 0 || self->is_asked_to_end))
    g_main_loop_quit (self->loop);
}

/* After anything has happened. */
static void
update (BeSender *self)
{
  if (!be_session_is_active (self->session))
    {
      conclude (self);
      return;
    }

  if (self->n_to_allow > 0 && be_output_get_waiting (self->output) == 0)
    {
      if (self->is_stream)
        be_tcp_client_allow_reads (BE_TCP_CLIENT (self->session), self->n_to_allow);
      self->n_to_allow = 0;
    }

  read_next (self);
  restart_clocks (self);
}

static void
start_session (BeSender *self)
{
  BeEndpoint *endpoint = self->options->endpoint;

  if (self->is_stream)
    {
      BeTcpClient *client;

      self->session = be_tcp_client_new (self->network, endpoint);
      client = BE_TCP_CLIENT (self->session);
      be_tcp_client_set_connect_timeout (client, (guint) ceil (self->options->timeout));
      be_tcp_client_set_read_window (client, READ_WINDOW_BYTES);
    }
  else
    self->session = be_udp_client_new (self->network, endpoint);

  be_session_start (self->session);
}

static void
start_log (BeSender *self)
{
  if (self->options->log_format == BE_LOG_OFF)
    return;

  self->journal = be_journal_new (BE_JOURNAL_MAX_EVENTS, BE_JOURNAL_MAX_BYTES);
  be_journal_follow (self->journal, self->network);
  self->errors = be_output_new (STANDARD_ERROR, errors_changed_cb, self);
  self->log = be_event_log_new (self->journal, self->errors, self->options->log_format);
}

static void
sender_clear (BeSender *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->network, self);

  g_clear_pointer (&self->signals, be_stop_signals_free);
  g_clear_object (&self->session);
  g_clear_pointer (&self->log, be_event_log_free);
  g_clear_object (&self->network);
  g_clear_object (&self->journal);
  g_clear_pointer (&self->errors, be_output_free);
  g_clear_pointer (&self->output, be_output_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BeSender, sender_clear)

/**
 * be_sender_run:
 *
 * Sends, and writes the reply to standard output.
 *
 * Returns: how it ended
 */
BeExitStatus
be_sender_run (const BeSenderOptions *options)
{
  g_auto (BeSender) self = {
    .options = options,
    .is_stream = be_endpoint_get_protocol (options->endpoint) != BE_PROTOCOL_UDP,
    .loop = g_main_loop_new (NULL, FALSE),
    .network = be_network_thread_new (),
    .cancellable = g_cancellable_new (),
    .status = BE_EXIT_DONE,
  };

  be_network_thread_set_batch_bytes (self.network, BATCH_BYTES);
  self.signals = be_stop_signals_new (asked_to_stop_cb, &self);
  self.output = be_output_new (STANDARD_OUTPUT, output_changed_cb, &self);
  start_log (&self);
  g_signal_connect (self.network, "events", G_CALLBACK (events_cb), &self);

  start_session (&self);
  restart_clocks (&self);
  g_main_loop_run (self.loop);

  if (self.errors != NULL)
    be_output_finish (self.errors, FINISH_MICROSECONDS);

  return self.status;
}
