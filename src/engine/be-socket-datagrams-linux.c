/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-datagrams.h"

#include "be-hot.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the system's calls take: recvmmsg(2) and sendmmsg(2). Entries that are
 * not used are not touched. The calls go around the C library for the reason
 * that be-socket-transfer.c gives. */
typedef struct
{
  struct mmsghdr          messages[BE_SOCKET_MAX_DATAGRAMS];
  struct iovec            vectors[BE_SOCKET_MAX_DATAGRAMS];
  struct sockaddr_storage names[BE_SOCKET_MAX_DATAGRAMS];
} Messages;

static void
set_message (Messages *self,
             guint     number,
             guint8   *bytes,
             gsize     length,
             gsize     name_length)
{
  self->vectors[number] = (struct iovec){ .iov_base = bytes, .iov_len = length };
  self->messages[number].msg_hdr = (struct msghdr){
    .msg_name = &self->names[number],
    .msg_namelen = (socklen_t) name_length,
    .msg_iov = &self->vectors[number],
    .msg_iovlen = 1,
  };
}

static int
call_recvmmsg (BeSocket        socket,
               struct mmsghdr *messages,
               guint           n_messages)
{
  /* MSG_TRUNC: the whole length of what does not fit (recv(2)). Newer systems of 32 bits have only the call with a longer time. */
#ifdef SYS_recvmmsg
  return (int) syscall (SYS_recvmmsg, socket, messages, n_messages, MSG_DONTWAIT | MSG_TRUNC, NULL);
#else
  return recvmmsg (socket, messages, n_messages, MSG_DONTWAIT | MSG_TRUNC, NULL);
#endif
}

/**
 * be_socket_recv_datagrams:
 * @datagrams: (out): each with room for @size bytes
 * @n_datagrams: %BE_SOCKET_MAX_DATAGRAMS at most
 *
 * recvfrom () for as many as have come; for one, the call for one costs less. Of
 * one that is longer than @size the rest is lost, and it says so.
 *
 * Returns: how many there are, at least 1; or -1, with the system's error
 */
BE_HOT int
be_socket_recv_datagrams (BeSocket          socket,
                          BeSocketDatagram *datagrams,
                          guint             n_datagrams,
                          gsize             size,
                          int              *error)
{
  Messages call;
  int      n_received;

  if (n_datagrams == 1)
    return be_socket_recv_datagram (socket, datagrams, size, error);

  for (guint i = 0; i < n_datagrams; i++)
    set_message (&call, i, datagrams[i].bytes, size, sizeof call.names[i]);

  do
    n_received = call_recvmmsg (socket, call.messages, n_datagrams);
  while (n_received < 0 && errno == EINTR);
  *error = n_received < 0 ? errno : 0;

  for (int i = 0; i < n_received; i++)
    {
      const struct msghdr *header = &call.messages[i].msg_hdr;

      datagrams[i].whole_length = call.messages[i].msg_len;
      datagrams[i].length = MIN (datagrams[i].whole_length, size);
      datagrams[i].is_truncated = (header->msg_flags & MSG_TRUNC) != 0;
      be_address_set_native (&datagrams[i].address, header->msg_name, header->msg_namelen);
    }

  return n_received;
}

/**
 * be_socket_send_datagrams:
 * @n_datagrams: %BE_SOCKET_MAX_DATAGRAMS at most
 *
 * sendto () for one after another, up to the first that cannot be sent.
 *
 * Returns: how many have gone, at least 1; or -1, with the error of the first
 */
BE_HOT int
be_socket_send_datagrams (BeSocket                socket,
                          const BeSocketDatagram *datagrams,
                          guint                   n_datagrams,
                          int                    *error)
{
  Messages call;
  int      n_sent;

  if (n_datagrams == 1)
    return be_socket_send_datagram (socket, datagrams, error);

  for (guint i = 0; i < n_datagrams; i++)
    set_message (&call, i, datagrams[i].bytes, datagrams[i].length,
                 be_address_to_native (&datagrams[i].address, &call.names[i]));

  do
    n_sent = (int) syscall (SYS_sendmmsg, socket, call.messages, n_datagrams, MSG_NOSIGNAL);
  while (n_sent < 0 && errno == EINTR);
  *error = n_sent < 0 ? errno : 0;

  return n_sent;
}
