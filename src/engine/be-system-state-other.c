/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-system-state.h"

gboolean
be_system_state_is_read (void)
{
  return FALSE;
}

/* This system is not asked: the state is what the calls so far imply. */
BeSystemState
be_system_state_read (BeSocket      socket,
                      BeSystemState implied)
{
  return implied;
}

BeSystemState
be_system_state_read_pair (const BeAddress *local,
                           const BeAddress *peer,
                           BeSystemState    implied)
{
  return implied;
}
