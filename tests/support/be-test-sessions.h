/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-session.h"
#include "be-test-log.h"

G_BEGIN_DECLS

/**
 * BeTestSessions:
 *
 * The fixture of a test that runs sessions: a network thread, a log of all
 * its events, and the sessions that the test makes. When the test is over the
 * sessions are let go, which must close every socket and finalize them, and
 * the log is checked.
 */
typedef struct
{
  BeNetworkThread *network;
  BeTestRecorder  *log;
  BeSession       *server;
  BeSession       *client;
  GPtrArray       *others; /* of BeSession */
} BeTestSessions;

typedef void (*BeTestPollerFunc) (BePollerKind  poller,
                                  gconstpointer data);
typedef void (*BeTestSessionsFunc) (BeTestSessions *sessions);

void       be_test_pollers_add (const char      *path,
                                BeTestPollerFunc test,
                                gconstpointer    data);
void       be_test_sessions_add (const char        *path,
                                 BeTestSessionsFunc test);
void       be_test_sessions_start (BeTestSessions *self,
                                   BeProtocol      protocol);
void       be_test_sessions_start_server (BeTestSessions *self,
                                          BeProtocol      protocol);
void       be_test_sessions_start_client (BeTestSessions *self);
BeSession *be_test_sessions_keep (BeTestSessions *self,
                                  BeSession      *session);

BeSession *be_test_server_new (BeNetworkThread *network,
                               BeProtocol       protocol,
                               const char      *host,
                               guint16          port);
BeSession *be_test_client_new (BeNetworkThread *network,
                               BeProtocol       protocol,
                               const char      *host,
                               guint16          port);
BeSession *be_test_client_new_for (BeSession *server);
BeAddress  be_test_session_get_local (BeSession *session);
void       be_test_session_run (BeSession *session);
void       be_test_session_end (BeSession *session);
void       be_test_session_fail (BeSession *session);
void       be_test_session_send (BeSession  *session,
                                 guint32     peer_id,
                                 const char *text);
void       be_test_sessions_expect (BeTestSessions *self,
                                    BeSession      *session,
                                    const char     *text);
guint      be_test_sessions_count (BeTestSessions *self,
                                   BeSession      *session,
                                   BeCall          call);
void       be_test_sessions_wait_for_calls (BeTestSessions *self,
                                            BeSession      *session,
                                            BeCall          call,
                                            guint           n_calls);
gboolean   be_test_has_ipv6 (void);
void       be_test_network_turn (BeNetworkThread *network);

G_END_DECLS
