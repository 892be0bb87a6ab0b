/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-inquiry.h"

#include "be-session-private.h"
#include "be-socket.h"

#include <glib/gi18n-lib.h>

/**
 * Inquiry:
 *
 * One question on its way to the network thread. Owns the task that takes the
 * answer back; the worker is there as long as commands of its session run,
 * which all come before its end.
 */
typedef struct
{
  GTask         *task;
  BeWorker      *worker;
  guint32        socket_id;
  guint32        peer_id; /* of its events: 0 of a server's own socket, whether it listens yet or not */
  gboolean       sets_option;
  BeSocketOption option;
  int            value;
} Inquiry;

static void
inquiry_free (Inquiry *self)
{
  g_clear_object (&self->task);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Inquiry, inquiry_free)

static void
return_closed (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "%s", _ ("This socket is closed"));
}

/* The network thread */

/* Where the system has no state to tell: UDP, and streams with a path. */
static BeSystemState
get_implied_state (const BeWorker *worker)
{
  if (worker->protocol != BE_PROTOCOL_UDP)
    return BE_SYSTEM_STATE_ESTABLISHED;

  return worker->side == BE_SIDE_SERVER ? BE_SYSTEM_STATE_UDP_BOUND : BE_SYSTEM_STATE_UDP_CONNECTED;
}

static void
read_report (const Inquiry  *self,
             BeSocket        socket,
             BeSocketReport *report)
{
  be_socket_report_read (report, socket, get_implied_state (self->worker));
  report->socket_id = self->socket_id;
  report->waits_with_epoll = be_network_thread_get_poller (self->worker->network)->klass->is_epoll;
}

static void
report_call (const Inquiry        *self,
             const BeSocketReport *report,
             int                   error)
{
  BeEventRecord record;

  be_worker_begin_record (self->worker, &record, BE_CALL_SETSOCKOPT, self->socket_id);
  record.peer_id = self->peer_id;
  record.local = report->local;
  record.peer = report->peer;
  record.state = (guint8) report->state;
  record.flags = BE_EVENT_ON_REQUEST;
  record.detail = self->option;
  record.position = (guint64) (gint64) self->value;
  be_worker_report (self->worker, &record, error == 0 ? 0 : -1, error);
}

/* What was asked for is not what is answered: that is read again. */
static void
set_option (const Inquiry  *self,
            BeSocket        socket,
            BeSocketReport *report)
{
  BeOptionRefusal refusal = be_socket_option_check_value (self->option, &report->traits, self->value);
  int             error = 0;

  if (refusal == BE_OPTION_ALLOWED)
    {
      be_socket_report_set_option (report, socket, self->option, self->value, &error);
      report_call (self, report, error);
      if (self->option == BE_SOCKET_OPTION_LINGER)
        self->worker->has_set_linger = TRUE;
      read_report (self, socket, report);
    }

  report->refusal = refusal;
  report->set_error = error;
}

static void
run_inquiry (gpointer data)
{
  g_autoptr (Inquiry) self = data;
  g_autofree BeSocketReport *report = NULL;
  BeSocket                   socket = self->worker->klass->find_socket (self->worker, self->socket_id, &self->peer_id);

  if (socket == BE_SOCKET_NONE)
    {
      return_closed (self->task);
      return;
    }

  report = g_new (BeSocketReport, 1);
  read_report (self, socket, report);
  if (self->sets_option)
    set_option (self, socket, report);

  g_task_return_pointer (self->task, g_steal_pointer (&report), g_free);
}

/* The session's thread */

/* The task holds no session: who lets go of one must not have to wait. */
static Inquiry *
inquiry_new (gpointer            tag,
             guint32             socket_id,
             GCancellable       *cancellable,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  Inquiry *self = g_new0 (Inquiry, 1);

  self->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, tag);
  self->socket_id = socket_id;

  return self;
}

static void
post (BeSession *session,
      Inquiry   *inquiry)
{
  inquiry->worker = be_session_get_worker (session);
  if (inquiry->worker != NULL)
    {
      be_network_thread_post (be_session_get_network (session), run_inquiry, inquiry);
      return;
    }

  return_closed (inquiry->task);
  inquiry_free (inquiry);
}

/**
 * be_session_inquire_async:
 * @socket_id: one of the session's sockets: of events, not a descriptor
 *
 * Asks the system all that it says of a socket.
 */
void
be_session_inquire_async (BeSession          *self,
                          guint32             socket_id,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (BE_IS_SESSION (self));

  post (self, inquiry_new (be_session_inquire_async, socket_id, cancellable, callback, user_data));
}

/**
 * be_session_set_option_async:
 * @value: the number, %TRUE or %FALSE, or of SO_LINGER the seconds or
 *   %BE_SOCKET_LINGER_OFF
 *
 * Sets an option, unless we refuse that ourselves, and reads everything again.
 * The call that was made is an event; what we refuse is no call.
 */
void
be_session_set_option_async (BeSession          *self,
                             guint32             socket_id,
                             BeSocketOption      option,
                             int                 value,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  Inquiry *inquiry;

  g_return_if_fail (BE_IS_SESSION (self));
  g_return_if_fail ((guint) option < BE_N_SOCKET_OPTIONS);

  inquiry = inquiry_new (be_session_set_option_async, socket_id, cancellable, callback, user_data);
  inquiry->sets_option = TRUE;
  inquiry->option = option;
  inquiry->value = value;
  post (self, inquiry);
}

/**
 * be_session_inquire_finish:
 *
 * For either question.
 *
 * Returns: (transfer full) (nullable): the answer, for g_free (); %NULL with
 *   %G_IO_ERROR_CLOSED when there is no such socket any more
 */
BeSocketReport *
be_session_inquire_finish (GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
