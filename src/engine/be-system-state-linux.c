/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-system-state.h"

#include "be-kernel-state.h"
#include "be-socket-diag.h"

#include <errno.h>
#include <netinet/in.h>
/* Not <linux/tcp.h>, which clashes with <gio/gnetworking.h>. */
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

/**
 * be_system_state_is_read:
 *
 * Returns: whether states are read from the system here, and not what the
 *   calls imply
 */
gboolean
be_system_state_is_read (void)
{
  return TRUE;
}

/**
 * be_system_state_read:
 * @implied: the state that the calls so far imply
 *
 * Asks the system for the state of @socket (tcp(7), TCP_INFO). May be called
 * on any thread, and keeps errno.
 *
 * After both sides have sent their FIN, the system says CLOSED of a socket
 * that is still open, never TIME_WAIT: that state belongs to the address, not
 * to the descriptor.
 *
 * Returns: the system's answer, or @implied when it has none: for a socket
 *   that is closed, or is not a TCP socket.
 */
BeSystemState
be_system_state_read (BeSocket      socket,
                      BeSystemState implied)
{
  int             kept_errno = errno;
  struct tcp_info info;
  socklen_t       length = sizeof info;
  int             answer;

  /* What is closed (BE_SOCKET_NONE) and what is not TCP get an error for an
   * answer. */
  memset (&info, 0, sizeof info);
  answer = getsockopt (socket, IPPROTO_TCP, TCP_INFO, &info, &length);
  errno = kept_errno;
  if (answer != 0)
    return implied;

  return be_kernel_state_translate (info.tcpi_state, implied);
}

/**
 * be_system_state_read_pair:
 * @implied: the answer when the system has none
 *
 * Asks the system for the state of a TCP connection by its addresses, which
 * needs no privileges and no descriptor: so TIME_WAIT can be seen, which no
 * descriptor ever shows. Keeps errno.
 *
 * Returns: the system's answer, or @implied
 */
BeSystemState
be_system_state_read_pair (const BeAddress *local,
                           const BeAddress *peer,
                           BeSystemState    implied)
{
  int                kept_errno = errno;
  BeSocketDiagReport report = { .state = BE_SYSTEM_STATE_UNKNOWN };
  g_autoptr (BeSocketDiag) diag = NULL;

  g_return_val_if_fail (local != NULL && peer != NULL, implied);

  diag = be_socket_diag_open ();
  if (diag != NULL)
    be_socket_diag_ask (diag, local, peer, &report);
  errno = kept_errno;

  return report.state != BE_SYSTEM_STATE_UNKNOWN ? report.state : implied;
}
