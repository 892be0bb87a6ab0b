/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"

G_BEGIN_DECLS

/**
 * BePortHolder:
 *
 * Why a TCP port could not be bound, as far as the system tells.
 */
typedef enum
{
  BE_PORT_HOLDER_UNKNOWN,
  BE_PORT_HOLDER_LISTENER,
  BE_PORT_HOLDER_CONNECTION, /* one that is not over */
  BE_PORT_HOLDER_TIME_WAIT,  /* nothing but connections that are over */
} BePortHolder;

BePortHolder be_port_holder_find (const BeAddress *local);

G_END_DECLS
