/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-system-state.h"

#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
/* Not <linux/tcp.h>, which clashes with <gio/gnetworking.h>. */
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A connection whose SYN was answered but is not accepted; Linux has this
 * state for itself, and the C library's header does not. */
#define TCP_NEW_SYN_RECEIVED 12

static BeSystemState
state_from_tcp_info (guint         state,
                     BeSystemState implied)
{
  switch (state)
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

  return state_from_tcp_info (info.tcpi_state, implied);
}

typedef struct
{
  struct nlmsghdr         header;
  struct inet_diag_req_v2 question;
} PairRequest;

static void
copy_ip (void            *to,
         const BeAddress *address)
{
  gsize size = address->family == BE_ADDRESS_IPV4 ? 4 : 16;

  memcpy (to, address->bytes, size);
}

static gboolean
ask (int              netlink,
     const BeAddress *local,
     const BeAddress *peer)
{
  PairRequest request = {
    .header = {
      .nlmsg_len = sizeof request,
      .nlmsg_type = SOCK_DIAG_BY_FAMILY,
      .nlmsg_flags = NLM_F_REQUEST,
    },
    .question = {
      .sdiag_family = local->family == BE_ADDRESS_IPV4 ? AF_INET : AF_INET6,
      .sdiag_protocol = IPPROTO_TCP,
      .idiag_states = G_MAXUINT32,
      .id = {
        .idiag_sport = g_htons (local->port),
        .idiag_dport = g_htons (peer->port),
        .idiag_if = local->scope,
        .idiag_cookie = { INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE },
      },
    },
  };

  copy_ip (request.question.id.idiag_src, local);
  copy_ip (request.question.id.idiag_dst, peer);

  return send (netlink, &request, sizeof request, 0) == sizeof request;
}

static BeSystemState
read_answer (int           netlink,
             BeSystemState implied)
{
  union
  {
    struct nlmsghdr header;
    guint8          bytes[4096];
  } answer;
  gssize               length = recv (netlink, &answer, sizeof answer, MSG_DONTWAIT);
  struct inet_diag_msg message;

  if (length < (gssize) NLMSG_LENGTH (sizeof message) ||
      answer.header.nlmsg_type != SOCK_DIAG_BY_FAMILY)
    return implied;

  memcpy (&message, NLMSG_DATA (&answer.header), sizeof message);

  return state_from_tcp_info (message.idiag_state, implied);
}

/**
 * be_system_state_read_pair:
 * @implied: the answer when the system has none
 *
 * Asks the system for the state of a TCP connection by its addresses
 * (sock_diag(7)), which needs no privileges and no descriptor: so TIME_WAIT
 * can be seen, which no descriptor ever shows.
 *
 * Returns: the system's answer, or @implied
 */
BeSystemState
be_system_state_read_pair (const BeAddress *local,
                           const BeAddress *peer,
                           BeSystemState    implied)
{
  int           netlink;
  BeSystemState state = implied;

  g_return_val_if_fail (local != NULL && peer != NULL, implied);

  if (local->family != peer->family ||
      (local->family != BE_ADDRESS_IPV4 && local->family != BE_ADDRESS_IPV6))
    return implied;

  netlink = socket (AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  if (netlink < 0)
    return implied;

  /* The kernel has answered when send () returns. */
  if (ask (netlink, local, peer))
    state = read_answer (netlink, implied);
  close (netlink);

  return state;
}
