/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket.h"

#include "be-hot.h"

#include <gio/gnetworking.h>
#include <glib-unix.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

static int
outcome (gssize result,
         int   *error)
{
  *error = result < 0 ? errno : 0;

  return (int) result;
}

static void
set_option (BeSocket socket,
            int      level,
            int      name,
            int      value)
{
  setsockopt (socket, level, name, &value, sizeof value);
}

static void
prepare_stream (BeSocket socket)
{
  /* What is written leaves at once, as an observer expects: without it a
   * second small send waits for the first one's ACK (RFC 896, tcp(7)). */
  set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE);
#ifdef SO_NOSIGPIPE
  set_option (socket, SOL_SOCKET, SO_NOSIGPIPE, TRUE);
#endif
}

/* Where the system cannot make a socket so at once. */
#ifndef SOCK_CLOEXEC
static void
make_private (BeSocket socket)
{
  /* Or a browser that is started for a link keeps the port open. */
  fcntl (socket, F_SETFD, FD_CLOEXEC);
  fcntl (socket, F_SETFL, fcntl (socket, F_GETFL) | O_NONBLOCK);
}
#endif

/**
 * be_socket_borrow:
 * @object: not NULL
 *
 * Returns: (transfer none): the socket of the object, which stays its owner
 */
BeSocket
be_socket_borrow (GSocket *object)
{
  return g_socket_get_fd (object);
}

/**
 * be_socket_get_descriptor:
 *
 * Returns: the number that the system's calls know it by
 */
int
be_socket_get_descriptor (BeSocket socket)
{
  return socket;
}

/**
 * be_socket_steal:
 *
 * Returns: (transfer full): the socket; %BE_SOCKET_NONE stands in its place
 */
BeSocket
be_socket_steal (BeSocket *socket)
{
  BeSocket stolen = *socket;

  *socket = BE_SOCKET_NONE;

  return stolen;
}

/**
 * be_socket_create_source:
 *
 * Returns: (transfer full): a source that calls, with the socket and the
 *   conditions that hold, as long as one of them does, or it has failed
 */
GSource *
be_socket_create_source (BeSocket     socket,
                         GIOCondition conditions)
{
  return g_unix_fd_source_new (socket, conditions);
}

/**
 * be_socket_open:
 *
 * Returns: (transfer full): a new non-blocking socket, or %BE_SOCKET_NONE
 */
BeSocket
be_socket_open (BeAddressFamily family,
                GSocketType     type,
                int            *error)
{
  int      native_family = AF_INET;
  int      native_type = type == G_SOCKET_TYPE_DATAGRAM ? SOCK_DGRAM : SOCK_STREAM;
  BeSocket opened;

  if (family == BE_ADDRESS_IPV6)
    native_family = AF_INET6;
  else if (family == BE_ADDRESS_UNIX)
    native_family = AF_UNIX;

#ifdef SOCK_CLOEXEC
  native_type |= SOCK_CLOEXEC | SOCK_NONBLOCK;
#endif
  opened = socket (native_family, native_type, 0);
  if (outcome (opened, error) < 0)
    return BE_SOCKET_NONE;

#ifndef SOCK_CLOEXEC
  make_private (opened);
#endif
  if (type == G_SOCKET_TYPE_STREAM && family != BE_ADDRESS_UNIX)
    prepare_stream (opened);

  return opened;
}

static gboolean
is_stream (BeSocket socket)
{
  int       type = 0;
  socklen_t size = sizeof type;

  return getsockopt (socket, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

/**
 * be_socket_bind:
 *
 * A TCP port whose last connections are in TIME_WAIT may be bound again
 * (SO_REUSEADDR, socket(7)); one that somebody listens on may not. A UDP port
 * is never shared, because then nobody could say who gets a datagram.
 */
int
be_socket_bind (BeSocket         socket,
                const BeAddress *address,
                int             *error)
{
  struct sockaddr_storage native;
  gsize                   size = be_address_to_native (address, &native);

  if (size == 0)
    {
      *error = EINVAL;
      return -1;
    }

  if (is_stream (socket))
    set_option (socket, SOL_SOCKET, SO_REUSEADDR, TRUE);

  /* [::] takes IPv4 too (ipv6(7)), also where that is not the default. */
  if (address->family == BE_ADDRESS_IPV6)
    set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, FALSE);

  return outcome (bind (socket, (struct sockaddr *) &native, (socklen_t) size),
                  error);
}

int
be_socket_listen (BeSocket socket,
                  int      backlog,
                  int     *error)
{
  return outcome (listen (socket, backlog), error);
}

/**
 * be_socket_accept:
 * @peer: (out): who connected
 *
 * Returns: (transfer full): a new non-blocking socket, or %BE_SOCKET_NONE
 */
BeSocket
be_socket_accept (BeSocket   socket,
                  BeAddress *peer,
                  int       *error)
{
  struct sockaddr_storage native;
  socklen_t               size = sizeof native;
  int                     descriptor;

  do
    {
#ifdef SOCK_CLOEXEC
      descriptor = accept4 (socket, (struct sockaddr *) &native, &size,
                            SOCK_CLOEXEC | SOCK_NONBLOCK);
#else
      descriptor = accept (socket, (struct sockaddr *) &native, &size);
#endif
    }
  while (descriptor < 0 && errno == EINTR);
  if (outcome (descriptor, error) < 0)
    return BE_SOCKET_NONE;

  be_address_set_native (peer, &native, size);
#ifndef SOCK_CLOEXEC
  make_private (descriptor);
#endif
  if (peer->family != BE_ADDRESS_UNIX)
    prepare_stream (descriptor);

  return descriptor;
}

/**
 * be_socket_connect:
 *
 * Begins to connect. A result of -1 with an error for which
 * be_socket_error_is_in_progress () holds means: wait until the socket can be
 * written, then ask be_socket_connect_result ().
 */
int
be_socket_connect (BeSocket         socket,
                   const BeAddress *address,
                   int             *error)
{
  struct sockaddr_storage native;
  gsize                   size = be_address_to_native (address, &native);

  if (size == 0)
    {
      *error = EINVAL;
      return -1;
    }

  return outcome (connect (socket, (struct sockaddr *) &native, (socklen_t) size),
                  error);
}

int
be_socket_connect_result (BeSocket socket,
                          int     *error)
{
  int       value = 0;
  socklen_t size = sizeof value;

  if (getsockopt (socket, SOL_SOCKET, SO_ERROR, &value, &size) != 0)
    value = errno;
  *error = value;

  return value == 0 ? 0 : -1;
}

/**
 * be_socket_is_writable:
 *
 * Returns: whether a call that writes, or the end of a connect, would not wait
 */
gboolean
be_socket_is_writable (BeSocket socket)
{
  struct pollfd question = { .fd = socket, .events = POLLOUT };

  return poll (&question, 1, 0) > 0;
}

/**
 * be_socket_is_readable:
 *
 * Returns: whether a call that reads, or accept (), would not wait: bytes have
 *   come, the end, an error, or somebody who connects
 */
gboolean
be_socket_is_readable (BeSocket socket)
{
  struct pollfd question = { .fd = socket, .events = POLLIN };

  return poll (&question, 1, 0) > 0;
}

int
be_socket_shutdown_write (BeSocket socket,
                          int     *error)
{
  return outcome (shutdown (socket, SHUT_WR), error);
}

/**
 * be_socket_close:
 * @socket: (transfer full)
 *
 * Closes the socket, whatever it returns: close(2) is not to be made again.
 */
int
be_socket_close (BeSocket socket,
                 int     *error)
{
  return outcome (close (socket), error);
}

/**
 * be_socket_close_with_reset:
 * @socket: (transfer full)
 *
 * Closes a TCP socket so that the peer is sent an RST: what was not sent yet
 * is thrown away (SO_LINGER with a time of 0, socket(7)).
 */
void
be_socket_close_with_reset (BeSocket socket)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (socket, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  close (socket);
}

/**
 * be_socket_set_buffer_bytes:
 *
 * Asks for room for datagrams that nobody has read yet. The system gives as
 * much of it as it allows (net.core.rmem_max on Linux).
 */
void
be_socket_set_buffer_bytes (BeSocket socket,
                            int      bytes)
{
  set_option (socket, SOL_SOCKET, SO_RCVBUF, bytes);
  set_option (socket, SOL_SOCKET, SO_SNDBUF, bytes);
}

void
be_socket_get_local (BeSocket   socket,
                     BeAddress *local)
{
  struct sockaddr_storage native;
  socklen_t               size = sizeof native;

  if (getsockname (socket, (struct sockaddr *) &native, &size) == 0)
    be_address_set_native (local, &native, size);
}

void
be_socket_get_peer (BeSocket   socket,
                    BeAddress *peer)
{
  struct sockaddr_storage native;
  socklen_t               size = sizeof native;

  if (getpeername (socket, (struct sockaddr *) &native, &size) == 0)
    be_address_set_native (peer, &native, size);
}

/**
 * be_socket_error_is_retry:
 *
 * Returns: whether the call did nothing and can be made again later
 */
BE_HOT gboolean
be_socket_error_is_retry (int error)
{
  return error == EAGAIN || error == EWOULDBLOCK;
}

gboolean
be_socket_error_is_in_progress (int error)
{
  return error == EINPROGRESS;
}

/**
 * be_socket_error_is_no_room:
 *
 * Returns: whether the system has no descriptor or memory left for a socket
 */
gboolean
be_socket_error_is_no_room (int error)
{
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

int
be_socket_error_no_buffers (void)
{
  return ENOBUFS;
}

int
be_socket_error_timed_out (void)
{
  return ETIMEDOUT;
}

int
be_socket_error_shut_down (void)
{
  return EPIPE;
}
