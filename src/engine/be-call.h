/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BeCall:
 *
 * The socket calls. An event is one of them with its outcome.
 */
typedef enum
{
  BE_CALL_GETADDRINFO,
  BE_CALL_SOCKET,
  BE_CALL_BIND,
  BE_CALL_LISTEN,
  BE_CALL_ACCEPT,
  BE_CALL_CONNECT,
  BE_CALL_SEND,
  BE_CALL_SENDTO,
  BE_CALL_RECV,
  BE_CALL_RECVFROM,
  BE_CALL_SHUTDOWN,
  BE_CALL_CLOSE,
  BE_CALL_SETSOCKOPT,
} BeCall;

const char *be_call_get_name (BeCall call);

/**
 * be_call_is_sending:
 *
 * Returns: whether the call gives bytes to the system: send or sendto.
 */
static inline gboolean
be_call_is_sending (BeCall call)
{
  return call == BE_CALL_SEND || call == BE_CALL_SENDTO;
}

/**
 * be_call_is_reading:
 *
 * Returns: whether the call takes bytes from the system: recv or recvfrom.
 */
static inline gboolean
be_call_is_reading (BeCall call)
{
  return call == BE_CALL_RECV || call == BE_CALL_RECVFROM;
}

/**
 * be_call_has_peer:
 *
 * Returns: whether the call is one of a socket that has somebody at the other
 *   end, or gets one by it
 */
static inline gboolean
be_call_has_peer (BeCall call)
{
  return be_call_is_sending (call) || be_call_is_reading (call) ||
         call == BE_CALL_ACCEPT || call == BE_CALL_CONNECT || call == BE_CALL_SHUTDOWN;
}

G_END_DECLS
