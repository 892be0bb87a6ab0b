/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the bar of the client's card says to a whole room, where its rows are out
 * of the way. */

#include "be-endpoint-card-private.h"

/* As the cable: of the newest connection that leads to the other card. */
static char *
dup_own_address (BeEndpointCard *self)
{
  GListModel *sockets = be_socket_pane_get_sockets (self->pane);
  BePairing  *pairing = be_journal_get_pairing (be_stage_get_journal (self->stage));

  for (guint i = 0; i < g_list_model_get_n_items (sockets); i++)
    {
      g_autoptr (BeSocketSummary) summary = g_list_model_get_item (sockets, i);
      const BeAddress *local = be_socket_summary_get_local (summary);
      guint32          connection = be_socket_summary_get_connection (summary);

      if (be_socket_summary_is_open (summary) && connection != BE_EVENT_NO_CONNECTION &&
          local->family != BE_ADDRESS_NONE && local->family != BE_ADDRESS_UNIX &&
          be_pairing_has_both_ends (pairing, connection))
        return be_address_to_string (local);
    }

  return NULL;
}

/**
 * be_endpoint_card_dup_projected_address:
 * @called: the address that the client calls
 *
 * Returns: (transfer full): where the client calls from, when the other card
 *   says whom and a cable leads there; else whom it calls
 */
char *
be_endpoint_card_dup_projected_address (BeEndpointCard *self,
                                        const char     *called)
{
  char *own = dup_own_address (self);

  /* As in the rows of the sockets. */
  return own != NULL ? own : g_strdup_printf ("→ %s", called);
}

/* Of a crowd most change nothing here. */
static void
accepted_changed_cb (BeEndpointCard *self)
{
  g_autofree char *own = self->is_projected ? dup_own_address (self) : NULL;

  if (g_strcmp0 (own, self->projected_address) == 0)
    return;

  g_free (self->projected_address);
  self->projected_address = g_steal_pointer (&own);
  be_endpoint_card_update (self);
}

/**
 * be_endpoint_card_follow_other_end:
 *
 * What the bar says depends on whether the server has accepted.
 */
void
be_endpoint_card_follow_other_end (BeEndpointCard *self)
{
  if (self->side == BE_SIDE_CLIENT)
    g_signal_connect_object (be_stage_get_sockets (self->stage, BE_SIDE_SERVER), "items-changed",
                             G_CALLBACK (accepted_changed_cb), self, G_CONNECT_SWAPPED);
}
