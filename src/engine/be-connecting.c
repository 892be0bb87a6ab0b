/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-connecting.h"

#include <string.h>

struct _BeConnecting
{
  GMutex             lock; /* of all below */
  BeConnectingSocket sockets[BE_CONNECTING_MAX];
  guint              n_sockets;
};

BeConnecting *
be_connecting_new (void)
{
  BeConnecting *self = g_new0 (BeConnecting, 1);

  g_mutex_init (&self->lock);

  return self;
}

void
be_connecting_free (BeConnecting *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
remove_at (BeConnecting *self,
           guint         position)
{
  self->n_sockets--;
  memmove (&self->sockets[position], &self->sockets[position + 1],
           (self->n_sockets - position) * sizeof *self->sockets);
}

/**
 * be_connecting_begin:
 *
 * From any thread, as the others.
 */
void
be_connecting_begin (BeConnecting             *self,
                     const BeConnectingSocket *socket)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (socket != NULL);

  g_mutex_lock (&self->lock);
  if (self->n_sockets == BE_CONNECTING_MAX)
    remove_at (self, 0);
  self->sockets[self->n_sockets++] = *socket;
  g_mutex_unlock (&self->lock);
}

/**
 * be_connecting_end:
 *
 * Does nothing when that socket is not there.
 */
void
be_connecting_end (BeConnecting *self,
                   guint32       socket_id)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->n_sockets; i++)
    if (self->sockets[i].socket_id == socket_id)
      {
        remove_at (self, i);
        break;
      }
  g_mutex_unlock (&self->lock);
}

/**
 * be_connecting_copy:
 * @sockets: (out): room for %BE_CONNECTING_MAX
 *
 * Returns: how many there are, the oldest first
 */
guint
be_connecting_copy (BeConnecting       *self,
                    BeConnectingSocket *sockets)
{
  guint n_sockets;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (sockets != NULL, 0);

  g_mutex_lock (&self->lock);
  n_sockets = self->n_sockets;
  memcpy (sockets, self->sockets, n_sockets * sizeof *sockets);
  g_mutex_unlock (&self->lock);

  return n_sockets;
}
