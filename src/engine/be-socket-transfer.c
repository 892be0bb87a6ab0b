/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls that move bytes. */

#include "be-socket.h"

#include "be-hot.h"

#include <gio/gnetworking.h>

#include <errno.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* macOS has SO_NOSIGPIPE */
#endif

/* Every call may be interrupted by a signal; it is then made again. */
static gboolean
is_interrupted (gssize result)
{
  return result < 0 && errno == EINTR;
}

/* In a program with several threads the C library makes recv () and send ()
 * points where a thread can be cancelled, which costs two atomic exchanges a
 * call. Nobody cancels the network thread, so on Linux it goes around them. */

static inline gssize
call_recv (BeSocket socket,
           guint8  *buffer,
           gsize    size)
{
#if defined(__linux__) && defined(SYS_recvfrom)
  return syscall (SYS_recvfrom, socket, buffer, size, 0, NULL, NULL);
#else
  return recv (socket, buffer, size, 0);
#endif
}

static inline gssize
call_send (BeSocket      socket,
           const guint8 *bytes,
           gsize         length)
{
#if defined(__linux__) && defined(SYS_sendto)
  return syscall (SYS_sendto, socket, bytes, length, MSG_NOSIGNAL, NULL, 0);
#else
  return send (socket, bytes, length, MSG_NOSIGNAL);
#endif
}

static inline gssize
call_sendto (BeSocket                       socket,
             const guint8                  *bytes,
             gsize                          length,
             const struct sockaddr_storage *to,
             gsize                          to_length)
{
  const struct sockaddr *address = to_length > 0 ? (const struct sockaddr *) to : NULL;

#if defined(__linux__) && defined(SYS_sendto)
  return syscall (SYS_sendto, socket, bytes, length, MSG_NOSIGNAL, address, to_length);
#else
  return sendto (socket, bytes, length, MSG_NOSIGNAL, address, (socklen_t) to_length);
#endif
}

/* A datagram of which only the beginning has room says so: on Linux by its whole
 * length, when that is asked for (recv(2), MSG_TRUNC); elsewhere by a flag only. */
static inline gssize
call_recvfrom (BeSocket                 socket,
               guint8                  *buffer,
               gsize                    size,
               struct sockaddr_storage *from,
               socklen_t               *from_length,
               gboolean                *is_truncated)
{
#if defined(__linux__) && defined(SYS_recvfrom)
  gssize result = syscall (SYS_recvfrom, socket, buffer, size, MSG_TRUNC, from, from_length);

  *is_truncated = result > (gssize) size;

  return result;
#else
  struct iovec  vector = { .iov_base = buffer, .iov_len = size };
  struct msghdr message = {
    .msg_name = from,
    .msg_namelen = *from_length,
    .msg_iov = &vector,
    .msg_iovlen = 1,
  };
  gssize result = recvmsg (socket, &message, 0);

  *from_length = message.msg_namelen;
  *is_truncated = result >= 0 && (message.msg_flags & MSG_TRUNC) != 0;

  return result;
#endif
}

BE_HOT gssize
be_socket_recv (BeSocket socket,
                guint8  *buffer,
                gsize    size,
                int     *error)
{
  gssize result;

  do
    result = call_recv (socket, buffer, size);
  while (is_interrupted (result));
  *error = result < 0 ? errno : 0;

  return result;
}

BE_HOT gssize
be_socket_send (BeSocket      socket,
                const guint8 *bytes,
                gsize         length,
                int          *error)
{
  gssize result;

  do
    result = call_send (socket, bytes, length);
  while (is_interrupted (result));
  *error = result < 0 ? errno : 0;

  return result;
}

/**
 * be_socket_recvfrom:
 * @from: (out): the sender
 * @is_truncated: (out): whether the datagram was longer than @size; the rest
 *   is lost (recvmsg(2), MSG_TRUNC)
 * @whole_length: (out): how long a truncated one was, or 0 when the system does
 *   not tell
 *
 * Returns: how many bytes are in @buffer, or -1
 */
BE_HOT gssize
be_socket_recvfrom (BeSocket   socket,
                    guint8    *buffer,
                    gsize      size,
                    BeAddress *from,
                    gboolean  *is_truncated,
                    gsize     *whole_length,
                    int       *error)
{
  struct sockaddr_storage native;
  socklen_t               native_length;
  gssize                  result;

  do
    {
      native_length = sizeof native;
      result = call_recvfrom (socket, buffer, size, &native, &native_length, is_truncated);
    }
  while (is_interrupted (result));
  *error = result < 0 ? errno : 0;
  *whole_length = result > (gssize) size ? (gsize) result : 0;
  if (result >= 0)
    be_address_set_native (from, &native, native_length);

  return MIN (result, (gssize) size);
}

/**
 * be_socket_sendto:
 * @to: (nullable): the receiver; %NULL on a connected socket
 */
BE_HOT gssize
be_socket_sendto (BeSocket         socket,
                  const BeAddress *to,
                  const guint8    *bytes,
                  gsize            length,
                  int             *error)
{
  struct sockaddr_storage native;
  gsize                   size = to != NULL ? be_address_to_native (to, &native) : 0;
  gssize                  result;

  do
    result = call_sendto (socket, bytes, length, &native, size);
  while (is_interrupted (result));
  *error = result < 0 ? errno : 0;

  return result;
}
