/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-reply-rule.h"

G_BEGIN_DECLS

/* So many datagrams in a row that the rule left unchanged begin a suspicion,
 * and so many more may pass until each of the marks has come again. */
#define BE_REPLY_LOOP_LENGTH 10000
#define BE_REPLY_LOOP_MARKS 4

/**
 * BeReplyLoop:
 *
 * What a UDP server knows of one peer that may be a server itself: two that
 * answer each other's answers never stop. All zero for a new peer.
 *
 * Nothing in one datagram tells a server from a client. But what goes round
 * between two servers is not changed any more, by neither of them, and nothing
 * new is ever among it. So after many datagrams in a row that the rule left
 * unchanged the next few are remembered, as marks; if every mark comes again,
 * one datagram stays without an answer. Of what goes round that takes one
 * away, and when nothing is left the loop is over, however much it was. A
 * client that says the same again and again looks alike: it misses one answer
 * in so many, as it must expect of UDP.
 */
typedef struct
{
  guint64 samples[BE_REPLY_LOOP_MARKS]; /* of the marks: of some of their bytes */
  guint64 marks[BE_REPLY_LOOP_MARKS];   /* of all of their bytes */
  guint32 n_unchanged;                  /* in a row */
  guint32 marks_seen;                   /* a bit each */
} BeReplyLoop;

gboolean be_reply_loop_is_closed (BeReplyLoop  *self,
                                  BeReplyRule   rule,
                                  const guint8 *bytes,
                                  gsize         length);

G_END_DECLS
