/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-accept-turn.h"

#include "be-listening.h"
#include "be-pairing.h"

/* Connected to this listener, as the system says, and nobody has accepted it. */
static gboolean
is_in_queue (BeStage             *stage,
             BeSocketSummary     *client,
             const BePendingCall *accept)
{
  BePairing *pairing = be_journal_get_pairing (be_stage_get_journal (stage));
  guint32    connection = be_socket_summary_get_connection (client);

  return connection != BE_EVENT_NO_CONNECTION && be_socket_summary_is_open (client) &&
         be_socket_summary_get_state (client) == BE_SYSTEM_STATE_ESTABLISHED &&
         be_pairing_awaits_accept (pairing, connection) && !be_pairing_has_both_ends (pairing, connection) &&
         be_listening_is_called (&accept->local, be_socket_summary_get_local (client), be_socket_summary_get_peer (client));
}

/**
 * be_accept_turn_dup_letter:
 * @call: an accept () that is held
 *
 * Which of the clients of this window is the first in the accept queue: the
 * system hands them out in the order in which they connected, in which they got
 * their numbers (see be_state_table_list_waiting ()). Clients of other programs
 * may stand before it; of these nothing is known.
 *
 * Returns: (transfer full) (nullable): the letter of its connection
 */
char *
be_accept_turn_dup_letter (BeStage             *stage,
                           const BePendingCall *call)
{
  GListModel *clients = NULL;
  guint32     first = BE_EVENT_NO_CONNECTION;
  guint32     waiting = BE_EVENT_NO_CONNECTION;

  g_return_val_if_fail (BE_IS_STAGE (stage), NULL);
  g_return_val_if_fail (call != NULL, NULL);

  clients = G_LIST_MODEL (be_stage_get_sockets (stage, BE_SIDE_CLIENT));
  for (guint i = 0; i < g_list_model_get_n_items (clients); i++)
    {
      g_autoptr (BeSocketSummary) client = g_list_model_get_item (clients, i);

      if (is_in_queue (stage, client, call))
        first = MIN (first, be_socket_summary_get_connection (client));
    }

  /* The system still hands out a client that has closed meanwhile. */
  if (be_state_watch_list_waiting (be_stage_get_states (stage), call->session_id, &waiting, 1) > 0)
    first = MIN (first, waiting);

  return be_pairing_dup_letter (first);
}
