/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-kernel-state.h"

/* Not <linux/tcp.h>, which clashes with <gio/gnetworking.h>. */
#include <netinet/tcp.h>

/* A connection whose SYN was answered but is not accepted; Linux has this
 * state for itself, and the C library's header does not. */
#define TCP_NEW_SYN_RECEIVED 12

/**
 * be_kernel_state_translate:
 * @kernel_state: as TCP_INFO (tcp(7)) and sock_diag(7) say it
 * @implied: the answer for a number that is no state
 *
 * Returns: the state that Linux means
 */
BeSystemState
be_kernel_state_translate (guint         kernel_state,
                           BeSystemState implied)
{
  switch (kernel_state)
    {
    case TCP_ESTABLISHED:
      return BE_SYSTEM_STATE_ESTABLISHED;
    case TCP_SYN_SENT:
      return BE_SYSTEM_STATE_SYN_SENT;
    case TCP_SYN_RECV:
    case TCP_NEW_SYN_RECEIVED:
      return BE_SYSTEM_STATE_SYN_RECEIVED;
    case TCP_FIN_WAIT1:
      return BE_SYSTEM_STATE_FIN_WAIT_1;
    case TCP_FIN_WAIT2:
      return BE_SYSTEM_STATE_FIN_WAIT_2;
    case TCP_TIME_WAIT:
      return BE_SYSTEM_STATE_TIME_WAIT;
    case TCP_CLOSE:
      return BE_SYSTEM_STATE_CLOSED;
    case TCP_CLOSE_WAIT:
      return BE_SYSTEM_STATE_CLOSE_WAIT;
    case TCP_LAST_ACK:
      return BE_SYSTEM_STATE_LAST_ACK;
    case TCP_LISTEN:
      return BE_SYSTEM_STATE_LISTEN;
    case TCP_CLOSING:
      return BE_SYSTEM_STATE_CLOSING;
    default:
      return implied;
    }
}
