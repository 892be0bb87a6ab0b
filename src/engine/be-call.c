/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-call.h"

static const char *const names[] = {
  [BE_CALL_GETADDRINFO] = "getaddrinfo",
  [BE_CALL_SOCKET] = "socket",
  [BE_CALL_BIND] = "bind",
  [BE_CALL_LISTEN] = "listen",
  [BE_CALL_ACCEPT] = "accept",
  [BE_CALL_CONNECT] = "connect",
  [BE_CALL_SEND] = "send",
  [BE_CALL_SENDTO] = "sendto",
  [BE_CALL_RECV] = "recv",
  [BE_CALL_RECVFROM] = "recvfrom",
  [BE_CALL_SHUTDOWN] = "shutdown",
  [BE_CALL_CLOSE] = "close",
  [BE_CALL_SETSOCKOPT] = "setsockopt",
};

/**
 * be_call_get_name:
 *
 * Returns: the name of the call as programs write it, in every language.
 */
const char *
be_call_get_name (BeCall call)
{
  g_return_val_if_fail ((guint) call < G_N_ELEMENTS (names), "");

  return names[call];
}
