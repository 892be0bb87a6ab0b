/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-test-recorder.h"

G_BEGIN_DECLS

/**
 * BeOurEnd:
 *
 * Our end of a conversation with somebody else's program: one session with a
 * network thread of its own, and a record of all its events.
 */
typedef struct
{
  BeReplyRule      reply_rule; /* of a server: set before it starts, upper case unless it is */
  BeNetworkThread *network;
  BeTestRecorder  *recorder;
  BeSession       *session;
  guint16          port; /* a server's own, or the one that a client calls */
} BeOurEnd;

void be_our_end_serve (BeOurEnd  *self,
                       BeProtocol protocol);
void be_our_end_call (BeOurEnd  *self,
                      BeProtocol protocol,
                      guint16    port);
void be_our_end_open (BeOurEnd   *self,
                      BeSide      side,
                      BeProtocol  protocol,
                      const char *host,
                      guint16     port);
void be_our_end_say (BeOurEnd *self,
                     GBytes   *bytes);
void be_our_end_say_text (BeOurEnd   *self,
                          const char *text);
void be_our_end_expect (BeOurEnd *self,
                        BeCall    call,
                        GBytes   *bytes);
void be_our_end_expect_text (BeOurEnd   *self,
                             BeCall      call,
                             const char *text);
void be_our_end_expect_count (BeOurEnd *self,
                              BeCall    call,
                              guint     count);
void be_our_end_expect_end (BeOurEnd *self);
void be_our_end_clear (BeOurEnd *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BeOurEnd, be_our_end_clear)

G_END_DECLS
