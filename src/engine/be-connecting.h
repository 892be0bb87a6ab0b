/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"

G_BEGIN_DECLS

/* Of more that connect at once the oldest are not told of. */
#define BE_CONNECTING_MAX 64u

/**
 * BeConnectingSocket:
 *
 * A TCP client of which connect () has not returned.
 */
typedef struct
{
  guint32   session_id;
  guint32   socket_id;
  BeAddress local;
  BeAddress peer;
} BeConnectingSocket;

/**
 * BeConnecting:
 *
 * The sockets that are connecting, of which no event tells yet: that is, the
 * newest 64. The network thread writes, another thread reads; a connection
 * that comes about at once never stands here. Belongs to the network thread's
 * object.
 */
typedef struct _BeConnecting BeConnecting;

BeConnecting *be_connecting_new (void);
void          be_connecting_free (BeConnecting *self);
void          be_connecting_begin (BeConnecting             *self,
                                   const BeConnectingSocket *socket);
void          be_connecting_end (BeConnecting *self,
                                 guint32       socket_id);
guint         be_connecting_copy (BeConnecting       *self,
                                  BeConnectingSocket *sockets);

G_END_DECLS
