/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-listening.h"

typedef struct
{
  guint32   socket_id;
  BeAddress local;
} Listener;

struct _BeListening
{
  GArray *listeners; /* of Listener: a few */
};

BeListening *
be_listening_new (void)
{
  BeListening *self = g_new0 (BeListening, 1);

  self->listeners = g_array_new (FALSE, FALSE, sizeof (Listener));

  return self;
}

void
be_listening_free (BeListening *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->listeners);
  g_free (self);
}

static void
forget (BeListening *self,
        guint32      socket_id)
{
  for (guint i = 0; i < self->listeners->len; i++)
    if (g_array_index (self->listeners, Listener, i).socket_id == socket_id)
      {
        g_array_remove_index_fast (self->listeners, i);
        return;
      }
}

/**
 * be_listening_follow:
 * @record: the next event, of any session
 */
void
be_listening_follow (BeListening         *self,
                     const BeEventRecord *record)
{
  Listener listener = { record->socket_id, record->local };

  g_return_if_fail (self != NULL);

  if (record->call == BE_CALL_LISTEN && record->result == 0)
    g_array_append_val (self->listeners, listener);
  else if (record->call == BE_CALL_CLOSE && record->peer_id == 0)
    forget (self, record->socket_id);
}

/**
 * be_listening_is_called:
 * @listener: where it listens
 * @local: of a client whose connect () has returned
 * @peer: whom that called
 *
 * Who listens on all addresses is called by any that this computer has; one
 * that calls itself has the same address on both ends.
 *
 * Returns: whether the client called that listener
 */
gboolean
be_listening_is_called (const BeAddress *listener,
                        const BeAddress *local,
                        const BeAddress *peer)
{
  g_return_val_if_fail (listener != NULL && local != NULL && peer != NULL, FALSE);

  if (be_address_equal (listener, peer))
    return TRUE;

  return be_address_is_any (listener) && listener->port == peer->port &&
         (be_address_is_loopback (peer) || be_address_is_same_host (local, peer));
}

/**
 * be_listening_has_called:
 * @record: a connect () that returned
 *
 * Returns: whether it called one of these listeners
 */
gboolean
be_listening_has_called (BeListening         *self,
                         const BeEventRecord *record)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (record->result != 0 || record->protocol == BE_PROTOCOL_UDP)
    return FALSE;

  for (guint i = 0; i < self->listeners->len; i++)
    if (be_listening_is_called (&g_array_index (self->listeners, Listener, i).local, &record->local, &record->peer))
      return TRUE;

  return FALSE;
}
