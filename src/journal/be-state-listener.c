/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-state-listener.h"

#include "be-state-connection.h"

/**
 * be_state_listener_ask:
 * @diag: (nullable): the line to the system, or %NULL where it does not tell
 * @is_holding: whether somebody holds accept () back, so that no call tells who
 *   comes
 *
 * Asks the system about its queue, and sets when to ask again.
 *
 * Returns: whether something is other than before
 */
gboolean
be_state_listener_ask (BeStateListener *self,
                       BeSocketDiag    *diag,
                       gboolean         is_holding,
                       gint64           now)
{
  BeSocketDiagReport report = { 0 };
  gboolean           has_changed;

  g_return_val_if_fail (self != NULL, FALSE);

  self->next_time = G_MAXINT64;
  if (diag == NULL ||
      be_socket_diag_ask (diag, &self->local, NULL, &report) != BE_SOCKET_DIAG_FOUND ||
      report.state != BE_SYSTEM_STATE_LISTEN)
    return FALSE;

  has_changed = !self->is_reported || self->n_waiting != report.n_waiting ||
                self->max_waiting != report.max_waiting;
  self->is_reported = TRUE;
  self->n_waiting = report.n_waiting;
  self->max_waiting = report.max_waiting;
  if (has_changed)
    self->changed_time = now;

  if (self->n_waiting > 0 || self->is_paused || is_holding)
    self->next_time = now + be_state_connection_interval (self->changed_time, now);

  return has_changed;
}
