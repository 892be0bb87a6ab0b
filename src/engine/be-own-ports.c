/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-own-ports.h"

#include "be-hot.h"

struct _BeOwnPorts
{
  GArray *addresses; /* of BeAddress */
};

BeOwnPorts *
be_own_ports_new (void)
{
  BeOwnPorts *self = g_new0 (BeOwnPorts, 1);

  self->addresses = g_array_new (FALSE, FALSE, sizeof (BeAddress));

  return self;
}

void
be_own_ports_free (BeOwnPorts *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->addresses);
  g_free (self);
}

/**
 * be_own_ports_add:
 * @local: what a UDP server of this program is bound to
 */
void
be_own_ports_add (BeOwnPorts      *self,
                  const BeAddress *local)
{
  g_return_if_fail (self != NULL);

  g_array_append_val (self->addresses, *local);
}

void
be_own_ports_remove (BeOwnPorts      *self,
                     const BeAddress *local)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->addresses->len; i++)
    {
      if (be_address_equal (&g_array_index (self->addresses, BeAddress, i), local))
        {
          g_array_remove_index_fast (self->addresses, i);
          return;
        }
    }
}

/**
 * be_own_ports_contain:
 *
 * Returns: whether a datagram from @address comes from a UDP server of this
 *   program
 */
BE_HOT gboolean
be_own_ports_contain (const BeOwnPorts *self,
                      const BeAddress  *address)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->addresses->len; i++)
    {
      const BeAddress *own = &g_array_index (self->addresses, BeAddress, i);

      if (own->port == address->port &&
          (be_address_equal (own, address) ||
           (be_address_is_any (own) && be_address_is_loopback (address))))
        return TRUE;
    }

  return FALSE;
}
