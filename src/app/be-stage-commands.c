/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stage-private.h"

#include "be-tcp-client.h"
#include "be-tcp-server.h"
#include "be-udp-client.h"
#include "be-udp-server.h"

/* As of be_session_get_pending_calls (). */
#define MAX_TOLD_CALLS 64

/* What can be asked of the stage. None of it answers: what came of it is
 * heard from the sessions. */

static gpointer
ref_session (gconstpointer session,
             gpointer      user_data)
{
  return g_object_ref ((gpointer) session);
}

/**
 * be_stage_start_server:
 * @backlog: of listen(), TCP only
 *
 * Starts the server of the endpoint's protocol, unless it is running.
 */
void
be_stage_start_server (BeStage    *self,
                       BeEndpoint *endpoint,
                       guint       backlog,
                       BeReplyRule rule)
{
  g_autoptr (BeSession) session = NULL;
  BeProtocol protocol;

  g_return_if_fail (BE_IS_STAGE (self));
  g_return_if_fail (endpoint != NULL);

  protocol = be_stage_shown_as (be_endpoint_get_protocol (endpoint));
  if (be_stage_get_n_active (self, protocol, BE_SIDE_SERVER) > 0)
    return;

  if (protocol == BE_PROTOCOL_UDP)
    {
      session = be_udp_server_new (self->network, endpoint);
      be_udp_server_set_reply_rule (BE_UDP_SERVER (session), rule);
    }
  else
    {
      session = be_tcp_server_new (self->network, endpoint);
      be_tcp_server_set_backlog (BE_TCP_SERVER (session), backlog);
      be_tcp_server_set_reply_rule (BE_TCP_SERVER (session), rule);
    }

  be_stage_begin (self, session);
}

/**
 * be_stage_set_reply_rule:
 *
 * Changes what the running server of @protocol answers from now on.
 */
void
be_stage_set_reply_rule (BeStage    *self,
                         BeProtocol  protocol,
                         BeReplyRule rule)
{
  BeSession *session = NULL;

  g_return_if_fail (BE_IS_STAGE (self));

  session = be_stage_get_session (self, protocol, BE_SIDE_SERVER);
  if (session == NULL || !be_session_is_active (session))
    return;

  if (BE_IS_UDP_SERVER (session))
    be_udp_server_set_reply_rule (BE_UDP_SERVER (session), rule);
  else
    be_tcp_server_set_reply_rule (BE_TCP_SERVER (session), rule);
}

/**
 * be_stage_stop_listening:
 *
 * The TCP server takes no more clients and keeps those it has.
 */
void
be_stage_stop_listening (BeStage *self)
{
  BeSession *session = NULL;

  g_return_if_fail (BE_IS_STAGE (self));

  session = be_stage_get_session (self, BE_PROTOCOL_TCP, BE_SIDE_SERVER);
  if (session != NULL && be_session_is_active (session))
    be_tcp_server_stop_listening (BE_TCP_SERVER (session));
}

/**
 * be_stage_connect:
 * @timeout_seconds: how long connect() may take, TCP only
 *
 * Starts a client; one more when others of its protocol are active.
 */
void
be_stage_connect (BeStage    *self,
                  BeEndpoint *endpoint,
                  guint       timeout_seconds)
{
  g_autoptr (BeSession) session = NULL;

  g_return_if_fail (BE_IS_STAGE (self));
  g_return_if_fail (endpoint != NULL);

  if (be_endpoint_get_protocol (endpoint) == BE_PROTOCOL_UDP)
    {
      session = be_udp_client_new (self->network, endpoint);
    }
  else
    {
      session = be_tcp_client_new (self->network, endpoint);
      be_tcp_client_set_connect_timeout (BE_TCP_CLIENT (session), timeout_seconds);
    }

  be_stage_begin (self, session);
}

/* What is far back in the queue of a thousand sends is not told: then too the
 * second time is for good. */
static gboolean
is_close_held (BeSession *session)
{
  GPtrArray *calls = be_session_get_pending_calls (session);
  guint      n_held = 0;

  for (guint i = 0; i < calls->len; i++)
    {
      const BePendingCall *call = g_ptr_array_index (calls, i);

      if (call->state != BE_PENDING_HELD)
        continue;
      if (call->call == BE_CALL_CLOSE)
        return TRUE;
      n_held++;
    }

  return n_held >= MAX_TOLD_CALLS;
}

/* The close () of a client is a call like the others, and where its calls are
 * held it waits for its turn too. What only begins is given up at once. */
static gboolean
is_to_close_in_turn (BeSession *session)
{
  BePace         pace = be_session_get_asked_pace (session);
  BeSessionState state = be_session_get_state (session);

  return be_session_get_side (session) == BE_SIDE_CLIENT && (pace == BE_PACE_STEPS || pace == BE_PACE_TIMED) &&
         (state == BE_SESSION_RUNNING || state == BE_SESSION_ENDING) && !is_close_held (session);
}

/**
 * be_stage_stop:
 *
 * Ends the server of @protocol with its clients, or all clients of it. Where
 * the calls of the clients are held, their close () is one more of them; asked
 * again while that is held, they end at once.
 */
void
be_stage_stop (BeStage   *self,
               BeProtocol protocol,
               BeSide     side)
{
  g_autoptr (GPtrArray) sessions = NULL;

  g_return_if_fail (BE_IS_STAGE (self));

  /* A stop may change what is on the stage. */
  sessions = g_ptr_array_copy (self->sessions, ref_session, NULL);
  g_ptr_array_set_free_func (sessions, g_object_unref);

  for (guint i = 0; i < sessions->len; i++)
    {
      BeSession *session = g_ptr_array_index (sessions, i);

      if (be_session_get_side (session) != side || be_stage_protocol_of (session) != be_stage_shown_as (protocol))
        continue;
      if (is_to_close_in_turn (session))
        be_session_close_peer (session, BE_PEER_EVERYONE);
      else
        be_session_stop (session);
    }
}

/**
 * be_stage_send:
 * @peer_id: one of the session's peers, or BE_PEER_EVERYONE
 *
 * Like the other commands to a peer, this does nothing when the session has
 * ended meanwhile: the window may be a frame behind the network.
 */
void
be_stage_send (BeStage *self,
               guint32  session_id,
               guint32  peer_id,
               GBytes  *bytes)
{
  BeSession *session = NULL;

  g_return_if_fail (BE_IS_STAGE (self));
  g_return_if_fail (bytes != NULL);

  session = be_stage_find_session (self, session_id);
  if (session != NULL)
    be_session_send (session, peer_id, bytes);
}

void
be_stage_half_close (BeStage *self,
                     guint32  session_id,
                     guint32  peer_id)
{
  BeSession *session = NULL;

  g_return_if_fail (BE_IS_STAGE (self));

  session = be_stage_find_session (self, session_id);
  if (session != NULL)
    be_session_half_close (session, peer_id);
}

void
be_stage_close_peer (BeStage *self,
                     guint32  session_id,
                     guint32  peer_id)
{
  BeSession *session = NULL;

  g_return_if_fail (BE_IS_STAGE (self));

  session = be_stage_find_session (self, session_id);
  if (session != NULL)
    be_session_close_peer (session, peer_id);
}

void
be_stage_reset_peer (BeStage *self,
                     guint32  session_id,
                     guint32  peer_id)
{
  BeSession *session = NULL;

  g_return_if_fail (BE_IS_STAGE (self));

  session = be_stage_find_session (self, session_id);
  if (session != NULL)
    be_session_reset_peer (session, peer_id);
}
