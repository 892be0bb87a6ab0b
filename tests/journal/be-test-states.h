/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-state-watch.h"
#include "be-tcp-server.h"
#include "be-test-sessions.h"

G_BEGIN_DECLS

/**
 * BeTestStates:
 *
 * A watch of states that follows the sessions of a test, and who is at the
 * other end: a server of ours, or a program that closes when the test says so.
 */
typedef struct
{
  BeTestSessions *sessions;
  BePairing      *pairing;
  BeStateWatch   *watch;
  BeSession      *server;   /* ours, or */
  GSocket        *listener; /* a program that closes when the test says so */
  GSocket        *accepted;
  guint           n_changes;
} BeTestStates;

void                     be_test_states_set_up (BeTestStates   *self,
                                                BeTestSessions *sessions);
void                     be_test_states_tear_down (BeTestStates *self);
guint16                  be_test_states_listen_without_accepting (BeTestStates *self,
                                                                  int           backlog);
BeSession               *be_test_states_start_client (BeTestStates *self,
                                                      guint16       port);
BeSession               *be_test_states_connect_to_program (BeTestStates *self);
const BeStateConnection *be_test_states_newest (BeTestStates *self);
gboolean                 be_test_states_is_in (BeTestStates *self,
                                               BeSide        side,
                                               BeSystemState state);
gboolean                 be_test_states_has_seen_both (BeTestStates *self);
BeTcpServer             *be_test_states_new_server (BeTestStates *self,
                                                    guint         backlog,
                                                    guint         max_clients);
BeSession               *be_test_states_start_client_of_server (BeTestStates *self);

G_END_DECLS
