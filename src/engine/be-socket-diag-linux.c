/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-diag.h"

#include "be-kernel-state.h"

#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Where a port has more sockets than fit into these, that has to do. */
#define MAX_ANSWERS 64

/* The kernel's idiag_timer of a socket in TIME_WAIT. */
#define TIMER_TIME_WAIT 3

/* Of a connection or a listener; 1 to 12. Since Linux 6.8 there is one more, for
 * sockets that are bound and no more, and who asks for that is told of all of
 * these, whatever their port. */
#define CONNECTION_STATES 0x1ffeu

struct _BeSocketDiag
{
  int     netlink;
  guint32 sequence; /* of the last question; its answers carry it */
};

typedef struct
{
  struct nlmsghdr         header;
  struct inet_diag_req_v2 question;
} Request;

typedef union
{
  struct nlmsghdr header;
  guint8          bytes[32768];
} Answer;

/* Enough for one socket, of which much more is told than is asked for. */
typedef union
{
  struct nlmsghdr header;
  guint8          bytes[4096];
} ShortAnswer;

static guint8
native_family (BeAddressFamily family)
{
  return family == BE_ADDRESS_IPV4 ? AF_INET : AF_INET6;
}

static gsize
ip_size (BeAddressFamily family)
{
  return family == BE_ADDRESS_IPV4 ? 4 : 16;
}

static Request
new_request (BeAddressFamily family,
             guint           port,
             guint16         flags)
{
  return (Request){
    .header = {
      .nlmsg_len = sizeof (Request),
      .nlmsg_type = SOCK_DIAG_BY_FAMILY,
      .nlmsg_flags = NLM_F_REQUEST | flags,
    },
    .question = {
      .sdiag_family = native_family (family),
      .sdiag_protocol = IPPROTO_TCP,
      .idiag_states = CONNECTION_STATES,
      .id = {
        .idiag_sport = g_htons ((guint16) port),
        .idiag_cookie = { INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE },
      },
    },
  };
}

static gboolean
send_request (BeSocketDiag *self,
              Request      *request)
{
  request->header.nlmsg_seq = ++self->sequence;

  return send (self->netlink, request, sizeof *request, 0) == sizeof *request;
}

static void
fill_report (BeSocketDiagReport         *report,
             const struct inet_diag_msg *message)
{
  *report = (BeSocketDiagReport){
    .state = be_kernel_state_translate (message->idiag_state, BE_SYSTEM_STATE_UNKNOWN),
    .remaining = -1,
  };
  report->local.family = message->idiag_family == AF_INET ? BE_ADDRESS_IPV4 : BE_ADDRESS_IPV6;
  report->local.port = g_ntohs (message->id.idiag_sport);
  memcpy (report->local.bytes, message->id.idiag_src, ip_size (report->local.family));

  if (report->state == BE_SYSTEM_STATE_LISTEN)
    {
      report->n_waiting = message->idiag_rqueue;
      report->max_waiting = message->idiag_wqueue;
    }
  if (message->idiag_timer == TIMER_TIME_WAIT)
    report->remaining = (gint64) message->idiag_expires * 1000;
}

/**
 * be_socket_diag_open:
 *
 * Opens a line to the system (sock_diag(7)), which needs no privileges.
 *
 * Returns: (transfer full) (nullable): the line, or %NULL where it is not
 *   allowed or there is no room for it
 */
BeSocketDiag *
be_socket_diag_open (void)
{
  BeSocketDiag *self;
  int           netlink = socket (AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);

  if (netlink < 0)
    return NULL;

  self = g_new0 (BeSocketDiag, 1);
  self->netlink = netlink;

  return self;
}

void
be_socket_diag_close (BeSocketDiag *self)
{
  g_return_if_fail (self != NULL);

  close (self->netlink);
  g_free (self);
}

/* Whoever waits for a pair of addresses must not hear of the listener behind
 * it, which the kernel finds when the pair is gone. */
static gboolean
is_asked_for (const struct inet_diag_msg *message,
              const Request              *request)
{
  return message->id.idiag_sport == request->question.id.idiag_sport &&
         message->id.idiag_dport == request->question.id.idiag_dport;
}

/* Returns how many bytes the answer has that begins with a whole header, or 0.
 * What is left of an older question, if anything ever is, is thrown away. */
static gsize
receive (BeSocketDiag    *self,
         struct nlmsghdr *answer,
         gsize            size)
{
  gssize length;

  do
    length = recv (self->netlink, answer, size, MSG_DONTWAIT);
  while (length >= (gssize) sizeof *answer && answer->nlmsg_seq != self->sequence);

  return length >= (gssize) sizeof *answer ? (gsize) length : 0;
}

/* Copies what stands behind a header. Returns FALSE when that is not all there:
 * neither what the message says of itself nor what has come may be shorter. */
static gboolean
copy_content (const struct nlmsghdr *header,
              gsize                  length,
              gpointer               content,
              gsize                  size)
{
  if (header->nlmsg_len > length || header->nlmsg_len < NLMSG_LENGTH (size))
    return FALSE;

  memcpy (content, NLMSG_DATA (header), size);

  return TRUE;
}

/**
 * be_socket_diag_ask:
 * @local: the address of this end
 * @peer: (nullable): the address of the other; %NULL asks for a listener
 * @report: (out): filled in when it is found
 *
 * Asks for one socket, which costs the system a look into a table: TIME_WAIT
 * can be seen, which no descriptor ever shows, and a connection that nobody
 * has accepted yet.
 */
BeSocketDiagAnswer
be_socket_diag_ask (BeSocketDiag       *self,
                    const BeAddress    *local,
                    const BeAddress    *peer,
                    BeSocketDiagReport *report)
{
  Request              request;
  ShortAnswer          answer;
  struct inet_diag_msg message;
  struct nlmsgerr      error;
  gsize                length;

  g_return_val_if_fail (self != NULL, BE_SOCKET_DIAG_UNKNOWN);
  g_return_val_if_fail (local != NULL && report != NULL, BE_SOCKET_DIAG_UNKNOWN);

  if ((local->family != BE_ADDRESS_IPV4 && local->family != BE_ADDRESS_IPV6) ||
      (peer != NULL && peer->family != local->family))
    return BE_SOCKET_DIAG_UNKNOWN;

  request = new_request (local->family, local->port, 0);
  request.question.id.idiag_if = local->scope;
  memcpy (request.question.id.idiag_src, local->bytes, ip_size (local->family));
  if (peer != NULL)
    {
      request.question.id.idiag_dport = g_htons (peer->port);
      memcpy (request.question.id.idiag_dst, peer->bytes, ip_size (local->family));
    }

  /* The kernel has answered when send () returns. */
  if (!send_request (self, &request))
    return BE_SOCKET_DIAG_UNKNOWN;

  length = receive (self, &answer.header, sizeof answer);
  if (length > 0 && answer.header.nlmsg_type == NLMSG_ERROR)
    return copy_content (&answer.header, length, &error, sizeof error) && error.error == -ENOENT
             ? BE_SOCKET_DIAG_NONE
             : BE_SOCKET_DIAG_UNKNOWN;

  if (length == 0 || answer.header.nlmsg_type != SOCK_DIAG_BY_FAMILY ||
      !copy_content (&answer.header, length, &message, sizeof message))
    return BE_SOCKET_DIAG_UNKNOWN;

  if (!is_asked_for (&message, &request))
    return BE_SOCKET_DIAG_NONE;

  fill_report (report, &message);

  return BE_SOCKET_DIAG_FOUND;
}

/* Returns whether there is more to read. */
static gboolean
read_list (BeSocketDiag    *self,
           BeSocketDiagFunc func,
           gpointer         data)
{
  Answer answer;
  gsize  length = receive (self, &answer.header, sizeof answer);
  gsize  offset = 0;

  if (length == 0)
    return FALSE;

  while (length - offset >= sizeof answer.header)
    {
      const struct nlmsghdr *header = (gconstpointer) (answer.bytes + offset);
      struct inet_diag_msg   message;
      BeSocketDiagReport     report;

      if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY || !copy_content (header, length - offset, &message, sizeof message))
        return FALSE;

      fill_report (&report, &message);
      if (!func (&report, data))
        return FALSE;

      /* The last one may lack the bytes that would align another. */
      offset = MIN (offset + NLMSG_ALIGN (header->nlmsg_len), length);
    }

  return TRUE;
}

/**
 * be_socket_diag_list_port:
 * @func: called for each until it wants no more
 *
 * Tells of all TCP sockets with this local port; the kernel looks at every
 * socket there is for that. The line is for this one question and ends after
 * it.
 */
void
be_socket_diag_list_port (BeSocketDiag    *self,
                          BeAddressFamily  family,
                          guint            port,
                          BeSocketDiagFunc func,
                          gpointer         data)
{
  Request request;

  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  /* The kernel has answered when send () returns, and goes on at each read. */
  request = new_request (family, port, NLM_F_DUMP);
  if (!send_request (self, &request))
    return;

  for (guint i = 0; i < MAX_ANSWERS && read_list (self, func, data); i++)
    ;
}
