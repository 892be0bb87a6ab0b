/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast a session makes its calls, and which of them have not returned. */

#include "be-session-private.h"
#include "be-worker-commands.h"

static guint pending_calls_changed;

void
be_session_install_pace (BeSessionClass *klass)
{
  /**
   * BeSession::pending-calls-changed:
   *
   * be_session_get_pending_calls () has others now. At most once a frame, after
   * the events of the calls that were made before, and never in %BE_PACE_FREE
   * but for the last time when there is nothing any more.
   */
  pending_calls_changed =
    g_signal_new ("pending-calls-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* Before anything else is asked of the new worker. */
void
be_session_apply_pace (BeSession *self)
{
  BeSessionPace *pace = be_session_get_pace (self);
  BeWorker      *worker = be_session_get_worker (self);

  if (pace->pace != BE_PACE_FREE)
    be_worker_post_set_pace (worker, pace->pace, pace->interval_ms);
  if (pace->has_reading)
    be_worker_post_set_reading (worker, 0, pace->reading, pace->reading_interval_ms,
                                pace->recv_size);
}

/* @calls: (transfer none) */
void
be_session_take_pending_calls (BeSession *self,
                               GPtrArray *calls)
{
  g_autoptr (BeSession) keep_alive G_GNUC_UNUSED = g_object_ref (self);
  BeSessionPace                   *pace = be_session_get_pace (self);

  g_clear_pointer (&pace->pending_calls, g_ptr_array_unref);
  pace->pending_calls = g_ptr_array_ref (calls);
  g_signal_emit (self, pending_calls_changed, 0);
}

/**
 * be_session_set_pace:
 * @interval_ms: of %BE_PACE_TIMED
 *
 * When the session makes its calls, from now on; before the start too, then
 * also socket (), bind (), listen () and connect () are held. With
 * %BE_PACE_FREE or %BE_PACE_WATCHED everything that is held is made at once, in
 * order; a close when the sends before it have returned. be_session_stop () is
 * never held, and drops what is.
 */
void
be_session_set_pace (BeSession *self,
                     BePace     pace,
                     guint      interval_ms)
{
  BeSessionPace *asked;
  BeWorker      *worker;

  g_return_if_fail (BE_IS_SESSION (self));

  asked = be_session_get_pace (self);
  asked->pace = pace;
  asked->interval_ms = interval_ms;
  worker = be_session_get_worker (self);
  if (worker != NULL)
    be_worker_post_set_pace (worker, pace, interval_ms);
}

/**
 * be_session_get_asked_pace:
 *
 * Returns: what be_session_set_pace () asked for last
 */
BePace
be_session_get_asked_pace (BeSession *self)
{
  g_return_val_if_fail (BE_IS_SESSION (self), BE_PACE_FREE);

  return be_session_get_pace (self)->pace;
}

/**
 * be_session_set_reading:
 * @socket_id: 0: all, and those to come; one alone only while it is open
 * @interval_ms: of %BE_READING_TIMED
 * @recv_size: how many bytes one read asks for, up to %BE_READING_MAX_BYTES;
 *   0: the whole buffer
 *
 * When a socket reads and how much at once, in whichever pace.
 */
void
be_session_set_reading (BeSession *self,
                        guint32    socket_id,
                        BeReading  reading,
                        guint      interval_ms,
                        guint      recv_size)
{
  BeSessionPace *asked;
  BeWorker      *worker;

  g_return_if_fail (BE_IS_SESSION (self));
  g_return_if_fail (recv_size <= BE_READING_MAX_BYTES);

  asked = be_session_get_pace (self);
  if (socket_id == 0)
    {
      asked->has_reading = TRUE;
      asked->reading = reading;
      asked->reading_interval_ms = interval_ms;
      asked->recv_size = recv_size;
    }
  worker = be_session_get_worker (self);
  if (worker != NULL)
    be_worker_post_set_reading (worker, socket_id, reading, interval_ms, recv_size);
}

/**
 * be_session_step:
 * @pending_id: of a held call; 0: the one held longest of those that would not
 *   wait (%BE_PENDING_READY), and when there is none, of the others
 *
 * Makes one held call. The calls of one socket keep their order: for one that
 * is behind others the first of them is made. Does nothing for a call that has
 * been made already, or is gone.
 */
void
be_session_step (BeSession *self,
                 guint64    pending_id)
{
  BeWorker *worker;

  g_return_if_fail (BE_IS_SESSION (self));

  worker = be_session_get_worker (self);
  if (worker != NULL)
    be_worker_post_step (worker, pending_id);
}

/**
 * be_session_get_pending_calls:
 *
 * The calls that are held, or were made and wait, as of the last
 * #BeSession::pending-calls-changed: at most 64. Those that can be made come
 * before all others, of them those that would not wait, and of those the ones
 * held longest; the last are those behind another call of their socket.
 *
 * Returns: (transfer none) (element-type BePendingCall): in the order in which
 *   they became pending; the array is never changed, another one replaces it
 */
GPtrArray *
be_session_get_pending_calls (BeSession *self)
{
  BeSessionPace *pace;

  g_return_val_if_fail (BE_IS_SESSION (self), NULL);

  pace = be_session_get_pace (self);
  if (pace->pending_calls == NULL)
    pace->pending_calls = g_ptr_array_new_with_free_func ((GDestroyNotify) be_pending_call_unref);

  return pace->pending_calls;
}
