/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket.h"

#include <gio/gnetworking.h>

/* On Windows the calls that wait go through GSocket, which keeps the event mask
 * of WSAEventSelect; when it is given no GError, it calls nothing else behind
 * them, and WSAGetLastError () still holds the number. bind () is called here:
 * GSocket makes a text of its error in any case, and that loses the number. */

static int
outcome (gssize result,
         int   *error)
{
  *error = result < 0 ? WSAGetLastError () : 0;

  return (int) result;
}

static void
prepare (BeSocket socket)
{
  g_socket_set_blocking (socket, FALSE);
  if (g_socket_get_family (socket) != G_SOCKET_FAMILY_UNIX &&
      g_socket_get_socket_type (socket) == G_SOCKET_TYPE_STREAM)
    g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
}

BeSocket
be_socket_borrow (GSocket *object)
{
  return object;
}

int
be_socket_get_descriptor (BeSocket socket)
{
  return g_socket_get_fd (socket);
}

BeSocket
be_socket_steal (BeSocket *socket)
{
  return g_steal_pointer (socket);
}

GSource *
be_socket_create_source (BeSocket     socket,
                         GIOCondition conditions)
{
  return g_socket_create_source (socket, conditions, NULL);
}

BeSocket
be_socket_open (BeAddressFamily family,
                GSocketType     type,
                int            *error)
{
  GSocketFamily native_family = G_SOCKET_FAMILY_IPV4;
  BeSocket      socket;

  if (family == BE_ADDRESS_IPV6)
    native_family = G_SOCKET_FAMILY_IPV6;
  else if (family == BE_ADDRESS_UNIX)
    native_family = G_SOCKET_FAMILY_UNIX;

  socket = g_socket_new (native_family, type, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  if (socket != NULL)
    prepare (socket);
  outcome (socket != NULL ? 0 : -1, error);

  return socket;
}

int
be_socket_bind (BeSocket         socket,
                const BeAddress *address,
                int             *error)
{
  g_autoptr (GSocketAddress) converted = be_address_to_socket_address (address);
  struct sockaddr_storage native;

  if (converted == NULL || !g_socket_address_to_native (converted, &native, sizeof native, NULL))
    {
      *error = WSAEINVAL;
      return -1;
    }

  /* [::] takes IPv4 too, which is not the default here. */
  if (address->family == BE_ADDRESS_IPV6)
    g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, FALSE, NULL);

  return outcome (bind ((SOCKET) g_socket_get_fd (socket), (struct sockaddr *) &native,
                        (int) g_socket_address_get_native_size (converted)),
                  error);
}

int
be_socket_listen (BeSocket socket,
                  int      backlog,
                  int     *error)
{
  g_socket_set_listen_backlog (socket, backlog);

  return outcome (g_socket_listen (socket, NULL) ? 0 : -1, error);
}

BeSocket
be_socket_accept (BeSocket   socket,
                  BeAddress *peer,
                  int       *error)
{
  BeSocket accepted = g_socket_accept (socket, NULL, NULL);

  outcome (accepted != NULL ? 0 : -1, error);
  if (accepted == NULL)
    return NULL;

  prepare (accepted);
  be_socket_get_peer (accepted, peer);

  return accepted;
}

/* For calls that were given a GError: its text was made after the call. */
static void
set_error_from_reason (const GError *reason,
                       int          *error)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    *error = WSAECONNREFUSED;
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    *error = WSAETIMEDOUT;
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    *error = WSAEHOSTUNREACH;
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    *error = WSAENETUNREACH;
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    *error = WSAEADDRINUSE;
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    *error = WSAEACCES;
  else
    *error = WSAECONNABORTED;
}

int
be_socket_connect (BeSocket         socket,
                   const BeAddress *address,
                   int             *error)
{
  g_autoptr (GSocketAddress) native = be_address_to_socket_address (address);
  g_autoptr (GError) reason = NULL;

  if (native == NULL)
    {
      *error = WSAEINVAL;
      return -1;
    }

  if (g_socket_connect (socket, native, NULL, &reason))
    return outcome (0, error);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PENDING))
    {
      *error = WSAEWOULDBLOCK;
      return -1;
    }

  set_error_from_reason (reason, error);
  return -1;
}

int
be_socket_connect_result (BeSocket socket,
                          int     *error)
{
  g_autoptr (GError) reason = NULL;

  if (g_socket_check_connect_result (socket, &reason))
    return outcome (0, error);

  set_error_from_reason (reason, error);

  return -1;
}

gboolean
be_socket_is_writable (BeSocket socket)
{
  return g_socket_condition_check (socket, G_IO_OUT) != 0;
}

gboolean
be_socket_is_readable (BeSocket socket)
{
  return g_socket_condition_check (socket, G_IO_IN) != 0;
}

gssize
be_socket_recv (BeSocket socket,
                guint8  *buffer,
                gsize    size,
                int     *error)
{
  return outcome (g_socket_receive (socket, (char *) buffer, size, NULL, NULL), error);
}

gssize
be_socket_send (BeSocket      socket,
                const guint8 *bytes,
                gsize         length,
                int          *error)
{
  return outcome (g_socket_send (socket, (const char *) bytes, length, NULL, NULL), error);
}

/* Of a datagram that does not fit, GSocket does not say who sent it: the call
 * is an error there. */
static void
peek_sender (BeSocket   socket,
             BeAddress *from)
{
  struct sockaddr_storage native;
  int                     size = sizeof native;
  char                    byte;

  if (recvfrom ((SOCKET) g_socket_get_fd (socket), &byte, sizeof byte, MSG_PEEK,
                (struct sockaddr *) &native, &size) >= 0 ||
      WSAGetLastError () == WSAEMSGSIZE)
    be_address_set_native (from, &native, (gsize) size);
}

gssize
be_socket_recvfrom (BeSocket   socket,
                    guint8    *buffer,
                    gsize      size,
                    BeAddress *from,
                    gboolean  *is_truncated,
                    gsize     *whole_length,
                    int       *error)
{
  g_autoptr (GSocketAddress) native = NULL;
  gssize result;

  *whole_length = 0;
  *from = (BeAddress){ 0 };
  if (size < G_MAXUINT16)
    peek_sender (socket, from);

  result = g_socket_receive_from (socket, &native, (char *) buffer, size, NULL, NULL);
  outcome (result, error);
  /* recvfrom (WinSock): a datagram that does not fit fills the buffer and
   * ends in an error, where POSIX cuts it. */
  *is_truncated = result < 0 && *error == WSAEMSGSIZE;
  if (*is_truncated)
    {
      *error = 0;
      result = (gssize) size;
    }
  if (native != NULL)
    be_address_set_socket_address (from, native);

  return result;
}

gssize
be_socket_sendto (BeSocket         socket,
                  const BeAddress *to,
                  const guint8    *bytes,
                  gsize            length,
                  int             *error)
{
  g_autoptr (GSocketAddress) native = to != NULL ? be_address_to_socket_address (to) : NULL;

  return outcome (g_socket_send_to (socket, native, (const char *) bytes, length, NULL, NULL),
                  error);
}

int
be_socket_shutdown_write (BeSocket socket,
                          int     *error)
{
  return outcome (g_socket_shutdown (socket, FALSE, TRUE, NULL) ? 0 : -1, error);
}

int
be_socket_close (BeSocket socket,
                 int     *error)
{
  int result = outcome (g_socket_close (socket, NULL) ? 0 : -1, error);

  g_object_unref (socket);

  return result;
}

void
be_socket_close_with_reset (BeSocket socket)
{
  LINGER linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt ((SOCKET) g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER,
              (const char *) &linger, sizeof linger);
  g_socket_close (socket, NULL);
  g_object_unref (socket);
}

void
be_socket_set_buffer_bytes (BeSocket socket,
                            int      bytes)
{
  g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, bytes, NULL);
  g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, bytes, NULL);
}

void
be_socket_get_local (BeSocket   socket,
                     BeAddress *local)
{
  g_autoptr (GSocketAddress) native = g_socket_get_local_address (socket, NULL);

  if (native != NULL)
    be_address_set_socket_address (local, native);
}

void
be_socket_get_peer (BeSocket   socket,
                    BeAddress *peer)
{
  g_autoptr (GSocketAddress) native = g_socket_get_remote_address (socket, NULL);

  if (native != NULL)
    be_address_set_socket_address (peer, native);
}

gboolean
be_socket_error_is_retry (int error)
{
  return error == WSAEWOULDBLOCK;
}

gboolean
be_socket_error_is_in_progress (int error)
{
  return error == WSAEWOULDBLOCK || error == WSAEINPROGRESS;
}

gboolean
be_socket_error_is_no_room (int error)
{
  return error == WSAEMFILE || error == WSAENOBUFS;
}

int
be_socket_error_no_buffers (void)
{
  return WSAENOBUFS;
}

int
be_socket_error_timed_out (void)
{
  return WSAETIMEDOUT;
}

int
be_socket_error_shut_down (void)
{
  return WSAESHUTDOWN;
}
