/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-partner-words.h"

#include "be-event-text.h"

#include <glib/gi18n-lib.h>

/* Of its calls nothing is known. */
static const char *
explain_foreign (const BeTransferLink *link)
{
  if (link->means == BE_TRANSFER_BY_FIN)
    return _ ("The other end is another program; the FIN is inferred.");
  if (link->means == BE_TRANSFER_BY_RST)
    return _ ("The other end is another program; the RST is inferred.");
  if (link->means == BE_TRANSFER_BY_CALLS && link->to == BE_TRANSFER_NO_ROW)
    return _ ("Sent to another program: whether it has received it no call of ours tells.");

  return _ ("The other end is another program.");
}

/* Why there is no row at the other end. The two arrows of a refused connect ()
 * are one sentence. */
static const char *
explain_missing (const BeTransferLink *link)
{
  if (link->means == BE_TRANSFER_BY_SYN && link->outcome != BE_TRANSFER_UNANSWERED)
    return _ ("The SYN was answered with a RST; both are inferred from the error.");
  if (link->outcome == BE_TRANSFER_FOREIGN)
    return explain_foreign (link);
  if (link->means == BE_TRANSFER_BY_ICMP)
    return _ ("A datagram was refused; the ICMP message (port unreachable) is inferred from the error.");
  if (link->means == BE_TRANSFER_BY_RST)
    return link->outcome == BE_TRANSFER_WAITING ? _ ("No call at the other end was told of it; the RST is inferred.") : NULL;

  switch ((BeTransferOutcome) link->outcome)
    {
    case BE_TRANSFER_LOST:
      return _ ("Not received: later datagrams have overtaken it.");
    case BE_TRANSFER_WAITING:
      if (link->means == BE_TRANSFER_BY_HANDSHAKE)
        return _ ("Not accepted yet; the handshake (SYN, SYN-ACK, ACK) is inferred.");
      if (link->means == BE_TRANSFER_BY_FIN)
        return _ ("No call at the other end was told of it; the FIN is inferred.");
      return _ ("Not, or not all of it, read yet.");
    case BE_TRANSFER_UNANSWERED:
      return _ ("Nothing answered the SYN, which is inferred.");
    case BE_TRANSFER_FOREIGN:
    case BE_TRANSFER_REFUSED:
    case BE_TRANSFER_REFUSED_ELSEWHERE:
    case BE_TRANSFER_ARRIVED:
    default:
      return NULL;
    }
}

/* The row at which the arrow ends. */
static const char *
get_arrival_format (const BeTransferLink *link,
                    BeSide                side)
{
  gboolean is_server = side == BE_SIDE_SERVER;

  switch ((BeTransferMeans) link->means)
    {
    case BE_TRANSFER_BY_HANDSHAKE:
      return is_server ? _ ("Accepted by the server in the row at %s; the handshake (SYN, SYN-ACK, ACK) is inferred.")
                       : _ ("Answered to the client in the row at %s; the handshake (SYN, SYN-ACK, ACK) is inferred.");
    case BE_TRANSFER_BY_FIN:
      return is_server ? _ ("Noticed by the server in the row at %s; the FIN is inferred.")
                       : _ ("Noticed by the client in the row at %s; the FIN is inferred.");
    case BE_TRANSFER_BY_RST:
      return is_server ? _ ("Noticed by the server in the row at %s; the RST is inferred.")
                       : _ ("Noticed by the client in the row at %s; the RST is inferred.");
    case BE_TRANSFER_BY_ICMP:
      return _ ("Refused, as the row at %s was told; the ICMP message (port unreachable) is inferred.");
    case BE_TRANSFER_BY_SYN:
    case BE_TRANSFER_BY_CALLS:
    default:
      return is_server ? _ ("Received by the server in the row at %s.")
                       : _ ("Received by the client in the row at %s.");
    }
}

/* The row at which the arrow begins. */
static const char *
get_origin_format (const BeTransferLink *link,
                   BeSide                side)
{
  gboolean is_server = side == BE_SIDE_SERVER;

  switch ((BeTransferMeans) link->means)
    {
    case BE_TRANSFER_BY_HANDSHAKE:
      return is_server ? _ ("Begun by the server in the row at %s; the handshake (SYN, SYN-ACK, ACK) is inferred.")
                       : _ ("Begun by the client in the row at %s; the handshake (SYN, SYN-ACK, ACK) is inferred.");
    case BE_TRANSFER_BY_FIN:
      return is_server ? _ ("Caused by the server in the row at %s; the FIN is inferred.")
                       : _ ("Caused by the client in the row at %s; the FIN is inferred.");
    case BE_TRANSFER_BY_RST:
      return is_server ? _ ("Caused by the server in the row at %s; the RST is inferred.")
                       : _ ("Caused by the client in the row at %s; the RST is inferred.");
    case BE_TRANSFER_BY_ICMP:
      return _ ("The datagram of the row at %s was refused; the ICMP message (port unreachable) is inferred.");
    case BE_TRANSFER_BY_SYN:
    case BE_TRANSFER_BY_CALLS:
    default:
      return is_server ? _ ("Sent by the server in the row at %s.")
                       : _ ("Sent by the client in the row at %s.");
    }
}

/**
 * be_partner_words_describe:
 * @link: what an arrow stands for
 * @from: (nullable): the event at which it begins, lent
 * @to: (nullable): that at which it ends, lent
 * @is_sender: whether the row that is described is that of @from
 * @start: when the clock of the rows began, µs
 *
 * What one sees of the arrow at a row, in words: where its other end is, and
 * what of it is inferred.
 *
 * Returns: (transfer full) (nullable): a sentence
 */
char *
be_partner_words_describe (const BeTransferLink *link,
                           const BeEventRecord  *from,
                           const BeEventRecord  *to,
                           gboolean              is_sender,
                           gint64                start)
{
  const BeEventRecord *other = is_sender ? to : from;
  const char          *format = NULL;
  g_autofree char     *time = NULL;
  g_autoptr (GString) sentence = NULL;

  g_return_val_if_fail (link != NULL, NULL);

  if (other == NULL)
    return g_strdup (explain_missing (link));

  /* Part of a stream may be waiting still. */
  format = is_sender ? get_arrival_format (link, (BeSide) other->side) : get_origin_format (link, (BeSide) other->side);
  time = be_event_text_exact_time (other, start);
  sentence = g_string_new (format);
  g_string_replace (sentence, "%s", time, 1);

  return g_string_free (g_steal_pointer (&sentence), FALSE);
}
