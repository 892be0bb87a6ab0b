/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-worker-commands.h"

/**
 * Command:
 *
 * One thing that a worker is asked to do; crosses to the network thread,
 * which frees it.
 */
typedef struct
{
  BeWorker      *worker;
  guint32        peer_id;
  GBytes        *bytes;
  BeWorkerEnding ending;
  BeAddress     *addresses;
  guint          n_addresses;
  gsize          n_bytes;
  BeEventRecord *record;
  BePace         pace;
  BeReading      reading;
  guint          interval_ms;
  guint          recv_size;
  guint32        socket_id;
  guint64        pending_id;
} Command;

static Command *
command_new (BeWorker *worker)
{
  Command *self = g_new0 (Command, 1);

  self->worker = worker;

  return self;
}

static void
command_free (Command *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->addresses, g_free);
  g_clear_pointer (&self->record, g_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Command, command_free)

static void
run_open (gpointer data)
{
  g_autoptr (Command) command = data;

  command->worker->klass->open (command->worker, command->addresses, command->n_addresses);
}

static void
run_report (gpointer data)
{
  g_autoptr (Command) command = data;
  gsize         length;
  const guint8 *payload = g_bytes_get_data (command->bytes, &length);

  command->record->kept_length = (guint32) length;
  be_network_thread_report (command->worker->network, command->record, payload, FALSE);
}

static void
run_send (gpointer data)
{
  g_autoptr (Command) command = data;

  command->worker->klass->send (command->worker, command->peer_id, command->bytes);
}

static void
run_end_peer (gpointer data)
{
  g_autoptr (Command) command = data;

  command->worker->klass->end_peer (command->worker, command->peer_id, command->ending);
}

static void
run_stop_listening (gpointer data)
{
  g_autoptr (Command) command = data;

  command->worker->klass->stop_listening (command->worker);
}

static void
run_allow_reads (gpointer data)
{
  g_autoptr (Command) command = data;

  command->worker->klass->allow_reads (command->worker, command->n_bytes);
}

static void
run_set_pace (gpointer data)
{
  g_autoptr (Command) command = data;

  be_worker_set_pace (command->worker, command->pace, command->interval_ms);
}

static void
run_set_reading (gpointer data)
{
  g_autoptr (Command) command = data;

  be_worker_set_reading (command->worker, command->socket_id, command->reading,
                         command->interval_ms, command->recv_size);
}

static void
run_step (gpointer data)
{
  g_autoptr (Command) command = data;

  be_worker_step (command->worker, command->pending_id);
}

static void
run_stop (gpointer data)
{
  g_autoptr (Command) command = data;

  command->worker->klass->stop (command->worker);
}

static void
run_free (gpointer data)
{
  g_autoptr (Command) command = data;

  command->worker->klass->stop (command->worker);
  be_worker_clear_gate (command->worker);
  command->worker->klass->free (command->worker);
}

static void
post (BeNetworkFunc func,
      Command      *command)
{
  be_network_thread_post (command->worker->network, func, command);
}

void
be_worker_post_open (BeWorker        *worker,
                     const BeAddress *addresses,
                     guint            n_addresses)
{
  Command *command = command_new (worker);

  command->addresses = g_memdup2 (addresses, n_addresses * sizeof *addresses);
  command->n_addresses = n_addresses;
  post (run_open, command);
}

/**
 * be_worker_post_report:
 * @record: copied; of a call that was made on another thread, with its time
 * @payload: its bytes
 *
 * Reports an event from the network thread, which alone writes them.
 */
void
be_worker_post_report (BeWorker            *worker,
                       const BeEventRecord *record,
                       GBytes              *payload)
{
  Command *command = command_new (worker);

  command->record = g_memdup2 (record, sizeof *record);
  command->bytes = g_bytes_ref (payload);
  post (run_report, command);
}

void
be_worker_post_send (BeWorker *worker,
                     guint32   peer_id,
                     GBytes   *bytes)
{
  Command *command = command_new (worker);

  command->peer_id = peer_id;
  command->bytes = g_bytes_ref (bytes);
  post (run_send, command);
}

void
be_worker_post_end_peer (BeWorker      *worker,
                         guint32        peer_id,
                         BeWorkerEnding ending)
{
  Command *command = command_new (worker);

  command->peer_id = peer_id;
  command->ending = ending;
  post (run_end_peer, command);
}

/**
 * be_worker_post_stop_listening:
 *
 * Does nothing for a worker that listens to nobody.
 */
void
be_worker_post_stop_listening (BeWorker *worker)
{
  if (worker->klass->stop_listening == NULL)
    return;

  post (run_stop_listening, command_new (worker));
}

/**
 * be_worker_post_allow_reads:
 *
 * Does nothing for a worker that has no read window.
 */
void
be_worker_post_allow_reads (BeWorker *worker,
                            gsize     n_bytes)
{
  Command *command;

  if (worker->klass->allow_reads == NULL)
    return;

  command = command_new (worker);
  command->n_bytes = n_bytes;
  post (run_allow_reads, command);
}

void
be_worker_post_set_pace (BeWorker *worker,
                         BePace    pace,
                         guint     interval_ms)
{
  Command *command = command_new (worker);

  command->pace = pace;
  command->interval_ms = interval_ms;
  post (run_set_pace, command);
}

void
be_worker_post_set_reading (BeWorker *worker,
                            guint32   socket_id,
                            BeReading reading,
                            guint     interval_ms,
                            guint     recv_size)
{
  Command *command = command_new (worker);

  command->socket_id = socket_id;
  command->reading = reading;
  command->interval_ms = interval_ms;
  command->recv_size = recv_size;
  post (run_set_reading, command);
}

void
be_worker_post_step (BeWorker *worker,
                     guint64   pending_id)
{
  Command *command = command_new (worker);

  command->pending_id = pending_id;
  post (run_step, command);
}

void
be_worker_post_stop (BeWorker *worker)
{
  post (run_stop, command_new (worker));
}

/**
 * be_worker_post_free:
 *
 * Stops the worker and frees it; nothing may be asked of it after that.
 */
void
be_worker_post_free (BeWorker *worker)
{
  post (run_free, command_new (worker));
}
