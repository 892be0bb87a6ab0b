/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-port-holder.h"

#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Where it is known by then, a listener has been found or there is none. */
#define MAX_ANSWERS 64

typedef struct
{
  struct nlmsghdr         header;
  struct inet_diag_req_v2 question;
} PortRequest;

typedef union
{
  struct nlmsghdr header;
  guint8          bytes[32768];
} Answer;

/* All TCP sockets with this local port; the kernel sorts the others out. */
static gboolean
ask (int    netlink,
     guint8 family,
     guint  port)
{
  PortRequest request = {
    .header = {
      .nlmsg_len = sizeof request,
      .nlmsg_type = SOCK_DIAG_BY_FAMILY,
      .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
    },
    .question = {
      .sdiag_family = family,
      .sdiag_protocol = IPPROTO_TCP,
      .idiag_states = G_MAXUINT32,
      .id = {
        .idiag_sport = g_htons ((guint16) port),
        .idiag_cookie = { INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE },
      },
    },
  };

  return send (netlink, &request, sizeof request, 0) == sizeof request;
}

static BePortHolder
holder_from_state (guint state)
{
  if (state == TCP_LISTEN)
    return BE_PORT_HOLDER_LISTENER;

  return state == TCP_TIME_WAIT ? BE_PORT_HOLDER_TIME_WAIT : BE_PORT_HOLDER_CONNECTION;
}

/* A listener says most, and a connection that lives more than one that is over. */
static BePortHolder
weightier (BePortHolder a,
           BePortHolder b)
{
  if (a == BE_PORT_HOLDER_UNKNOWN || b == BE_PORT_HOLDER_UNKNOWN)
    return MAX (a, b);

  return MIN (a, b);
}

static gboolean
is_any (const guint32 *words,
        guint8         family)
{
  return words[0] == 0 && (family == AF_INET || (words[1] == 0 && words[2] == 0 && words[3] == 0));
}

/* On another address of this computer the same port is another one. */
static gboolean
is_in_the_way (const struct inet_diag_msg *message,
               const BeAddress            *local,
               guint8                      family)
{
  gsize size = family == AF_INET ? 4 : 16;

  if (be_address_is_any (local) || is_any (message->id.idiag_src, message->idiag_family))
    return TRUE;

  return message->idiag_family == family && memcmp (message->id.idiag_src, local->bytes, size) == 0;
}

/* Returns whether there is more to read. */
static gboolean
read_answer (int              netlink,
             const BeAddress *local,
             guint8           family,
             BePortHolder    *holder)
{
  Answer           answer;
  gssize           received = recv (netlink, &answer, sizeof answer, MSG_DONTWAIT);
  guint            length = received > 0 ? (guint) received : 0;
  struct nlmsghdr *header = &answer.header;

  if (length == 0)
    return FALSE;

  for (; NLMSG_OK (header, length); header = NLMSG_NEXT (header, length))
    {
      struct inet_diag_msg message;

      if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY || header->nlmsg_len < NLMSG_LENGTH (sizeof message))
        return FALSE;

      memcpy (&message, NLMSG_DATA (header), sizeof message);
      if (is_in_the_way (&message, local, family))
        *holder = weightier (*holder, holder_from_state (message.idiag_state));
    }

  return *holder != BE_PORT_HOLDER_LISTENER;
}

static BePortHolder
find_in_family (const BeAddress *local,
                guint8           family)
{
  BePortHolder holder = BE_PORT_HOLDER_UNKNOWN;
  int          netlink = socket (AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);

  if (netlink < 0)
    return holder;

  /* The kernel has answered when send () returns, and goes on at each read. */
  if (ask (netlink, family, local->port))
    {
      for (guint i = 0; i < MAX_ANSWERS && read_answer (netlink, local, family, &holder); i++)
        ;
    }
  close (netlink);

  return holder;
}

/**
 * be_port_holder_find:
 * @local: what bind () said was in use
 *
 * Asks the system which TCP sockets have this port (sock_diag(7)); that needs
 * no privileges. Keeps errno.
 */
BePortHolder
be_port_holder_find (const BeAddress *local)
{
  int          kept_errno = errno;
  BePortHolder holder = BE_PORT_HOLDER_UNKNOWN;

  g_return_val_if_fail (local != NULL, BE_PORT_HOLDER_UNKNOWN);

  if (local->port == 0 || (local->family != BE_ADDRESS_IPV4 && local->family != BE_ADDRESS_IPV6))
    return BE_PORT_HOLDER_UNKNOWN;

  /* An [::] socket has the port of IPv4 too. */
  holder = weightier (find_in_family (local, local->family == BE_ADDRESS_IPV4 ? AF_INET : AF_INET6),
                      find_in_family (local, local->family == BE_ADDRESS_IPV4 ? AF_INET6 : AF_INET));
  errno = kept_errno;

  return holder;
}
