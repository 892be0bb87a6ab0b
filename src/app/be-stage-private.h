/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-stage.h"

#include "be-stage-reading.h"
#include "be-socket-states.h"

G_BEGIN_DECLS

#define BE_STAGE_N_PROTOCOLS 2
#define BE_STAGE_N_SIDES 2

/* What was chosen for one socket. */
typedef struct
{
  guint32         session_id;
  BeReadingChoice choice;
} BeSocketReading;

/**
 * BeStage:
 *
 * Which sessions exist: for TCP and for UDP one server and any number of
 * clients. Choosing a protocol in the window only chooses which of them is
 * shown; what runs goes on.
 *
 * A stage is the only owner of the network thread, of the sessions, of the
 * journal, of the two lists of sockets and of the watch over their states. A session is kept while it is
 * active, and the newest of its kind until the next takes its place: the card
 * still says how it ended. When a stage ends, everything on it is stopped.
 */
struct _BeStage
{
  GObject parent_instance;

  BeNetworkThread *network;
  BeJournal       *journal;
  BeSocketList    *sockets[BE_STAGE_N_SIDES];
  BeStateWatch    *states;
  BeSocketStates  *socket_states;

  GPtrArray      *sessions;
  BeSession      *current[BE_STAGE_N_PROTOCOLS][BE_STAGE_N_SIDES];
  BeEventRecord   failure[BE_STAGE_N_PROTOCOLS][BE_STAGE_N_SIDES];
  gboolean        has_failure[BE_STAGE_N_PROTOCOLS][BE_STAGE_N_SIDES];
  guint32         socket_ids[BE_STAGE_N_PROTOCOLS][BE_STAGE_N_SIDES]; /* of the current sessions; 0: none yet */
  BeReadingChoice readings[BE_STAGE_N_PROTOCOLS][BE_STAGE_N_SIDES];
  gboolean        is_stepping;
  GHashTable     *socket_readings; /* socket id → BeSocketReading */

  GHashTable *protocols; /* session id → BeProtocol, for rows that outlive their session */
};

BeProtocol be_stage_shown_as (BeProtocol protocol);
BeProtocol be_stage_protocol_of (BeSession *session);
void       be_stage_begin (BeStage   *self,
                           BeSession *session);
void       be_stage_note_changed (BeStage *self);

/* be-stage-reading.c */
void be_stage_init_readings (BeStage *self);
void be_stage_begin_reading (BeStage   *self,
                             BeSession *session);

G_END_DECLS
