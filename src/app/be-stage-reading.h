/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-stage.h"

G_BEGIN_DECLS

/**
 * BeReadingChoice:
 *
 * When a socket reads, and how many bytes it asks for at once.
 */
typedef struct
{
  BeReading reading;
  guint     interval_ms; /* of BE_READING_TIMED */
  guint     recv_size;   /* 0: all that is there */
} BeReadingChoice;

BeReadingChoice be_reading_choice_get_usual (void);
guint           be_reading_choice_get_step_bytes (BeProtocol protocol);
gboolean        be_reading_choice_equal (const BeReadingChoice *a,
                                         const BeReadingChoice *b);

BeReadingChoice be_stage_get_reading (BeStage   *self,
                                      BeProtocol protocol,
                                      BeSide     side);
void            be_stage_set_reading (BeStage               *self,
                                      BeProtocol             protocol,
                                      BeSide                 side,
                                      const BeReadingChoice *choice);
void            be_stage_set_is_stepping (BeStage *self,
                                          gboolean is_stepping);
gboolean        be_stage_reads_on_request (BeStage   *self,
                                           BeProtocol protocol);
BeReadingChoice be_stage_get_socket_reading (BeStage         *self,
                                             BeSocketSummary *socket);
void            be_stage_set_socket_reading (BeStage               *self,
                                             BeSocketSummary       *socket,
                                             const BeReadingChoice *choice);

G_END_DECLS
