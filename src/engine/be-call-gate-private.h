/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-call-gate.h"

G_BEGIN_DECLS

/* The reading control of one socket, or of all that have none of their own. */
typedef struct
{
  BeReading reading;
  gint64    interval;  /* µs */
  guint     recv_size; /* 0: the whole buffer */
} BeGateReading;

typedef struct _BeGateEntry BeGateEntry;

/* What the gate knows of one socket; there only while it knows something. */
typedef struct
{
  guint32       socket_id;
  BeGateEntry  *read;  /* (nullable): its read, or accept () */
  GQueue        calls; /* of BeGateEntry: the others, one after another */
  guint         n_replies;
  gsize         held_bytes; /* of sends that were not made */
  gboolean      has_reading;
  BeGateReading reading;
} BeGateSocket;

/* One pending call. It stands in one of the gate's queues, or in @timed. */
struct _BeGateEntry
{
  guint64        id;
  BePendingState state;
  gint64         since;
  gboolean       is_unasked; /* waits without ever having been held */
  gboolean       is_ready;   /* a held read: the system says that it would return */
  BeGatedCall    call;
  BeGateFunc     func;
  gpointer       owner;
  BeGateSocket  *socket;

  GQueue        *queue;
  GList          link;        /* in it */
  GSequenceIter *timed;       /* NULL: it is in a queue */
  gint64         due;         /* in @timed */
  GList          socket_link; /* in the calls of the socket */
  BePendingCall *told;        /* (nullable): as the other thread knows it */
};

/**
 * BeCallGate:
 *
 * Where the calls of one worker are held back, each until its turn. On the
 * network thread; belongs to the worker, which has none while nothing is to
 * be held or told.
 *
 * Each socket is a program of its own: its calls are made one after another,
 * in the order in which they came, and its read (a listener's accept ()) is
 * the call that it makes when it has no other. A held call becomes a waiting
 * one when it is made, and is gone when it has returned.
 */
struct _BeCallGate
{
  BeWorker *worker;

  BePace        pace;
  gint64        interval; /* µs */
  gint64        last_made;
  BeGateReading reading;
  gboolean      is_renewing; /* all reads of the worker may come to be held now */
  guint         n_asked;     /* how many reads were to be asked for meanwhile */

  GHashTable *sockets; /* id → BeGateSocket, owned */
  GHashTable *by_id;   /* → BeGateEntry, owned by their sockets */
  guint       n_readings;

  GQueue     held[2];       /* by the pace; [TRUE]: those that would not wait; the longest first */
  GQueue     on_request[2]; /* reads that are made on request only, likewise */
  GSequence *timed;         /* reads, the next due first */
  GQueue     waiting;
  GQueue     leaving; /* were held, and are made one after another now */

  BeDeadline timer;
  BeDeadline tell;
  gint64     last_told;
};

/* What a socket has one of at most. */
static inline gboolean
be_call_gate_is_read (BeCall call)
{
  return call == BE_CALL_ACCEPT || be_call_is_reading (call);
}

BeGateSocket        *be_call_gate_get_socket (BeCallGate *self,
                                              guint32     socket_id);
BeGateSocket        *be_call_gate_find_socket (BeCallGate *self,
                                               guint32     socket_id);
const BeGateReading *be_call_gate_get_reading (BeCallGate         *self,
                                               const BeGateSocket *socket);
BeGateEntry         *be_call_gate_add (BeCallGate        *self,
                                       BeGateSocket      *socket,
                                       const BeGatedCall *call,
                                       BePendingState     state);
void                 be_call_gate_remove (BeCallGate  *self,
                                          BeGateEntry *entry);
void                 be_call_gate_leave_socket (BeCallGate   *self,
                                                BeGateSocket *socket);
gboolean             be_call_gate_holds (BeCallGate   *self,
                                         BeGateSocket *socket,
                                         BeCall        call);
void                 be_call_gate_place (BeCallGate  *self,
                                         BeGateEntry *entry);
void                 be_call_gate_unplace (BeCallGate  *self,
                                           BeGateEntry *entry);
void                 be_call_gate_renew (BeCallGate  *self,
                                         BeGateEntry *entry);
void                 be_call_gate_make (BeCallGate  *self,
                                        BeGateEntry *entry);
void                 be_call_gate_note_change (BeCallGate *self);
void                 be_call_gate_arm (BeCallGate *self);
void                 be_call_gate_tell (BeCallGate *self);
gboolean             be_call_gate_ask (BeCallGate        *self,
                                       const BeGateEntry *entry);
gboolean             be_call_gate_is_ready (const BeGateEntry *entry);
BePendingReadiness   be_call_gate_get_readiness (const BeGateEntry *entry);
BeGateEntry         *be_call_gate_find_paced (BeCallGate *self);
BeGateEntry         *be_call_gate_find_next (BeCallGate *self);
BeGateEntry         *be_call_gate_find_first_of_socket (BeGateEntry *entry);

G_END_DECLS
