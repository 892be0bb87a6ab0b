/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-connecting.h"
#include "be-state-connection.h"
#include "be-state-listener.h"

G_BEGIN_DECLS

/* Of more connections the oldest are not watched. */
#define BE_STATE_TABLE_MAX_CONNECTIONS 64u

/**
 * BeStateTable:
 *
 * Which TCP connections and listeners there are, as the events tell of them:
 * of the connections the newest 64. Belongs to the watch.
 */
typedef struct _BeStateTable BeStateTable;

BeStateTable      *be_state_table_new (void);
void               be_state_table_free (BeStateTable *self);
void               be_state_table_note (BeStateTable        *self,
                                        const BeEventRecord *record,
                                        guint32              number);
gboolean           be_state_table_note_connecting (BeStateTable             *self,
                                                   const BeConnectingSocket *socket,
                                                   gint64                    now);
guint              be_state_table_get_n_connections (BeStateTable *self);
BeStateConnection *be_state_table_get_connection (BeStateTable *self,
                                                  guint         position);
void               be_state_table_end_connection (BeStateTable *self,
                                                  guint         position);
gboolean           be_state_table_has_ended (BeStateTable *self,
                                             guint32       peer_id);
void               be_state_table_forget_ended (BeStateTable *self);
guint              be_state_table_get_n_listeners (BeStateTable *self);
BeStateListener   *be_state_table_get_listener (BeStateTable *self,
                                                guint         position);
BeStateListener   *be_state_table_find_listener (BeStateTable    *self,
                                                 const BeAddress *address);
BeStateListener   *be_state_table_find_server (BeStateTable *self,
                                               guint32       session_id);
gboolean           be_state_table_has_waiting (BeStateTable    *self,
                                               const BeAddress *address);
guint              be_state_table_list_waiting (BeStateTable *self,
                                                guint32       session_id,
                                                guint32      *connections,
                                                guint         max_connections);
void               be_state_table_ask_all (BeStateTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeStateTable, be_state_table_free)

G_END_DECLS
