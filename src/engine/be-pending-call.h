/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  BE_PENDING_HELD,    /* "about to: accept ()" */
  BE_PENDING_WAITING, /* called; it waits: "waiting in recv (1024)" */
} BePendingState;

/* Of a held call, as the system says: whether it would wait if it were made now. */
typedef enum
{
  BE_PENDING_BEHIND,     /* another call of its socket comes first; or it is not held */
  BE_PENDING_WOULD_WAIT, /* nothing to read yet, nobody to accept */
  BE_PENDING_READY,
} BePendingReadiness;

/**
 * BePendingCall:
 *
 * A call that has not returned, as it was when it was told. Counted: a copy is
 * a reference. It never changes; what becomes of the call is told in another.
 */
typedef struct
{
  guint64            id; /* never used again, by no session */
  BePendingState     state;
  BePendingReadiness readiness;
  BeCall             call;
  guint32            session_id;
  guint32            socket_id;
  guint32            peer_id;
  guint32            argument; /* recv, recvfrom: the size asked for; listen: the backlog; send, sendto: how many bytes */
  gint64             since;    /* g_get_monotonic_time (): when it was held, or called */
  guint16            flags;    /* BeEventFlags: REPLY, ON_REQUEST, RESET */
  guint8             protocol; /* BeProtocol */
  guint8             side;     /* BeSide */
  BeAddress          local;
  BeAddress          peer;  /* close: without a family where there is no connection that it would end */
  GBytes            *bytes; /* (nullable): what a send will send */
} BePendingCall;

#define BE_TYPE_PENDING_CALL (be_pending_call_get_type ())
GType          be_pending_call_get_type (void);
BePendingCall *be_pending_call_new (const BePendingCall *values);
BePendingCall *be_pending_call_ref (BePendingCall *self);
void           be_pending_call_unref (BePendingCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BePendingCall, be_pending_call_unref)

G_END_DECLS
