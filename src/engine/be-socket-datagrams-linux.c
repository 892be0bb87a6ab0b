/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-datagrams.h"

#include "be-hot.h"

#include <errno.h>
#include <netinet/udp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Fewer in a row are not worth a call that may be in vain. */
#define MIN_ROW 16u

/* The longest datagram of IPv4: 65,535 bytes less two headers. */
#define MAX_ROW_BYTES 65507u

/* What the system's calls take: recvmmsg(2) and sendmmsg(2). Entries that are
 * not used are not touched. The calls go around the C library for the reason
 * that be-socket-transfer.c gives. */
typedef struct
{
  struct mmsghdr          messages[BE_SOCKET_MAX_DATAGRAMS];
  struct iovec            vectors[BE_SOCKET_MAX_DATAGRAMS];
  struct sockaddr_storage names[BE_SOCKET_MAX_DATAGRAMS];
} Messages;

/* How long each datagram of a row is, as the system wants to be told (cmsg(3)). */
typedef union
{
  struct cmsghdr header;
  guint8         bytes[CMSG_SPACE (sizeof (guint16))];
} SegmentSize;

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

/* How many of them are alike: to one address, and as long as the first; the last
 * may be shorter, but not empty. Together they are no longer than a datagram can be. */
static guint
count_row (const BeSocketDatagram *datagrams,
           guint                   n_datagrams)
{
  const BeSocketDatagram *first = datagrams;
  gsize                   n_bytes = 0;
  guint                   n = 0;

  while (n < n_datagrams && datagrams[n].length > 0 && datagrams[n].length <= first->length &&
         n_bytes + datagrams[n].length <= MAX_ROW_BYTES &&
         be_address_equal (&datagrams[n].address, &first->address))
    {
      n_bytes += datagrams[n].length;
      if (datagrams[n++].length < first->length)
        break;
    }

  return n;
}

#ifdef UDP_SEGMENT
/* A system before 4.18 does not know of rows: it would send all of one as a single
 * datagram, and say that it went. Asked once. */
static gboolean
cuts_rows (BeSocket socket)
{
  static gsize answer; /* 1: no; 2: yes */

  if (g_once_init_enter (&answer))
    {
      int       size = 0;
      socklen_t length = sizeof size;

      g_once_init_leave (&answer, getsockopt (socket, SOL_UDP, UDP_SEGMENT, &size, &length) == 0 ? 2 : 1);
    }

  return answer == 2;
}
#endif

/**
 * be_socket_send_row:
 * @n_datagrams: %BE_SOCKET_MAX_DATAGRAMS at most
 *
 * Sends the first of them in one piece, which the system cuts into datagrams again
 * when it has found the way (udp(7), UDP_SEGMENT), when enough of them are to one
 * address and equally long: the way costs most of the time that short ones take.
 * What watches packets on the way may see them in one piece. Not for a connected
 * socket, whose pending error would be lost with a call that fails.
 *
 * Returns: how many have gone; 0 when too few are alike, or there is no room for all
 *   of them now; -1 when the system does not take them so, because of their length,
 *   the device or its age. Then each is to be sent by itself
 */
int
be_socket_send_row (BeSocket                socket,
                    const BeSocketDatagram *datagrams,
                    guint                   n_datagrams)
{
#ifdef UDP_SEGMENT
  guint                   n_row = count_row (datagrams, n_datagrams);
  guint16                 size = (guint16) datagrams[0].length;
  struct iovec            vectors[BE_SOCKET_MAX_DATAGRAMS];
  struct sockaddr_storage name;
  SegmentSize             control = { .bytes = { 0 } };
  struct msghdr           message = { .msg_name = &name, .msg_iov = vectors, .msg_iovlen = n_row };
  long                    n_bytes;

  if (n_row < MIN_ROW)
    return 0;
  if (!cuts_rows (socket))
    return -1;

  for (guint i = 0; i < n_row; i++)
    vectors[i] = (struct iovec){ .iov_base = datagrams[i].bytes, .iov_len = datagrams[i].length };
  message.msg_namelen = (socklen_t) be_address_to_native (&datagrams[0].address, &name);
  message.msg_control = &control;
  message.msg_controllen = sizeof control;
  control.header.cmsg_len = CMSG_LEN (sizeof size);
  control.header.cmsg_level = SOL_UDP;
  control.header.cmsg_type = UDP_SEGMENT;
  memcpy (CMSG_DATA (&control.header), &size, sizeof size);

  do
    n_bytes = syscall (SYS_sendmsg, socket, &message, MSG_NOSIGNAL);
  while (n_bytes < 0 && errno == EINTR);

  if (n_bytes < 0)
    return errno == EAGAIN || errno == ENOBUFS ? 0 : -1;

  return (int) n_row;
#else
  return 0;
#endif
}
