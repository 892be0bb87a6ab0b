/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BeCrowd:
 *
 * Very many TCP clients in a process of their own, so that their descriptors,
 * their memory and their time are not those of the server under test. They do
 * one thing after another, all of them, and each must succeed. Made before
 * the network thread, because it forks; ends with be_crowd_free ().
 */
typedef struct _BeCrowd BeCrowd;

/**
 * BeCrowdDeed:
 * @BE_CROWD_CONNECT: so many more connect
 * @BE_CROWD_TALK: each says something of its own and reads the answer, the
 *   same in capital letters
 * @BE_CROWD_EXPECT_END: each reads the end of its stream and nothing before
 * @BE_CROWD_LEAVE: each closes
 * @BE_CROWD_RESET: each closes with an RST
 * @BE_CROWD_COME_AND_GO: so many connect and close at once, 1,000 a second
 */
typedef enum
{
  BE_CROWD_CONNECT,
  BE_CROWD_TALK,
  BE_CROWD_EXPECT_END,
  BE_CROWD_LEAVE,
  BE_CROWD_RESET,
  BE_CROWD_COME_AND_GO,
} BeCrowdDeed;

gboolean be_crowd_has_room (guint n_clients);
BeCrowd *be_crowd_new (void);
void     be_crowd_free (BeCrowd *self);
void     be_crowd_begin (BeCrowd    *self,
                         BeCrowdDeed deed,
                         guint16     port,
                         guint       n_clients);
gboolean be_crowd_is_done (BeCrowd *self);
void     be_crowd_do (BeCrowd    *self,
                      BeCrowdDeed deed,
                      guint16     port,
                      guint       n_clients);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeCrowd, be_crowd_free)

G_END_DECLS
