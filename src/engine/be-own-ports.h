/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"

G_BEGIN_DECLS

/**
 * BeOwnPorts:
 *
 * What the UDP servers of this program are bound to: two servers that answer
 * each other's answers never stop; so each knows the addresses of the others.
 * Belongs to the network thread, and is used on it alone.
 */
typedef struct _BeOwnPorts BeOwnPorts;

BeOwnPorts *be_own_ports_new (void);
void        be_own_ports_free (BeOwnPorts *self);
void        be_own_ports_add (BeOwnPorts      *self,
                              const BeAddress *local);
void        be_own_ports_remove (BeOwnPorts      *self,
                                 const BeAddress *local);
gboolean    be_own_ports_contain (const BeOwnPorts *self,
                                  const BeAddress  *address);

G_END_DECLS
