/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-system-state.h"

#include <glib/gi18n-lib.h>

/* The TCP states stay as RFC 9293 writes them; words are marked for readers
 * who translate. */
static const char *const names[] = {
  [BE_SYSTEM_STATE_UNKNOWN] = N_ ("unknown"),
  [BE_SYSTEM_STATE_CLOSED] = "CLOSED",
  [BE_SYSTEM_STATE_LISTEN] = "LISTEN",
  [BE_SYSTEM_STATE_SYN_SENT] = "SYN_SENT",
  [BE_SYSTEM_STATE_SYN_RECEIVED] = "SYN_RECEIVED",
  [BE_SYSTEM_STATE_ESTABLISHED] = "ESTABLISHED",
  [BE_SYSTEM_STATE_FIN_WAIT_1] = "FIN_WAIT_1",
  [BE_SYSTEM_STATE_FIN_WAIT_2] = "FIN_WAIT_2",
  [BE_SYSTEM_STATE_CLOSE_WAIT] = "CLOSE_WAIT",
  [BE_SYSTEM_STATE_CLOSING] = "CLOSING",
  [BE_SYSTEM_STATE_LAST_ACK] = "LAST_ACK",
  [BE_SYSTEM_STATE_TIME_WAIT] = "TIME_WAIT",
  [BE_SYSTEM_STATE_UDP_BOUND] = N_ ("bound"),
  [BE_SYSTEM_STATE_UDP_CONNECTED] = "connected",
};

/**
 * be_system_state_get_name:
 *
 * The name is the same in every language. Those in lower case are words and
 * no states of TCP; for people they may be translated with gettext ().
 *
 * Returns: the name of the state.
 */
const char *
be_system_state_get_name (BeSystemState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (names), "");

  return names[state];
}

/**
 * be_system_state_get_label:
 *
 * Returns: the name for people, in their language; the states of TCP stay as
 *   the RFC has them. To connect () a UDP socket makes no connection: it fixes
 *   whom the socket sends to and hears.
 */
const char *
be_system_state_get_label (BeSystemState state)
{
  if (state == BE_SYSTEM_STATE_UDP_CONNECTED)
    return _ ("peer fixed");

  return g_dgettext (GETTEXT_PACKAGE, be_system_state_get_name (state));
}

/**
 * be_system_state_get_note:
 *
 * Returns: a sentence for people on a state whose label needs one, or ""
 */
const char *
be_system_state_get_note (BeSystemState state)
{
  if (state == BE_SYSTEM_STATE_UDP_CONNECTED)
    return _ ("Peer fixed: connect () noted the one address to which this socket sends and from which it hears. "
              "There was no handshake, and the peer knows nothing of it.");

  return "";
}

/**
 * be_system_state_after_fin_sent:
 *
 * Returns: the state that shutdown () implies where nobody can ask for it
 *   (RFC 9293, section 3.3.2, figure 5).
 */
BeSystemState
be_system_state_after_fin_sent (BeSystemState state)
{
  if (state == BE_SYSTEM_STATE_ESTABLISHED)
    return BE_SYSTEM_STATE_FIN_WAIT_1;

  return state == BE_SYSTEM_STATE_CLOSE_WAIT ? BE_SYSTEM_STATE_LAST_ACK : state;
}

/**
 * be_system_state_after_fin_received:
 *
 * Returns: the state that the end of the stream implies.
 */
BeSystemState
be_system_state_after_fin_received (BeSystemState state)
{
  if (state == BE_SYSTEM_STATE_ESTABLISHED)
    return BE_SYSTEM_STATE_CLOSE_WAIT;

  return state == BE_SYSTEM_STATE_FIN_WAIT_1 || state == BE_SYSTEM_STATE_FIN_WAIT_2
           ? BE_SYSTEM_STATE_TIME_WAIT
           : state;
}

/**
 * be_system_state_after_close:
 *
 * After close () there is no descriptor to ask with, and TCP may go on without it.
 *
 * Returns: the state of TCP that close () implies (RFC 9293, section 3.10.4): it
 *   sends a FIN, unless shutdown () has; of what has no connection nothing is left.
 */
BeSystemState
be_system_state_after_close (BeSystemState state)
{
  switch (state)
    {
    case BE_SYSTEM_STATE_SYN_RECEIVED:
    case BE_SYSTEM_STATE_ESTABLISHED:
      return BE_SYSTEM_STATE_FIN_WAIT_1;
    case BE_SYSTEM_STATE_CLOSE_WAIT:
      return BE_SYSTEM_STATE_LAST_ACK;
    case BE_SYSTEM_STATE_FIN_WAIT_1:
    case BE_SYSTEM_STATE_FIN_WAIT_2:
    case BE_SYSTEM_STATE_CLOSING:
    case BE_SYSTEM_STATE_LAST_ACK:
    case BE_SYSTEM_STATE_TIME_WAIT:
      return state;
    case BE_SYSTEM_STATE_UNKNOWN:
    case BE_SYSTEM_STATE_CLOSED:
    case BE_SYSTEM_STATE_LISTEN:
    case BE_SYSTEM_STATE_SYN_SENT:
    case BE_SYSTEM_STATE_UDP_BOUND:
    case BE_SYSTEM_STATE_UDP_CONNECTED:
    default:
      return BE_SYSTEM_STATE_CLOSED;
    }
}

/**
 * be_system_state_sends_reset:
 *
 * Returns: whether a close () that ends the connection at once, because of SO_LINGER
 *   with 0 seconds or of bytes that nobody has read, sends an RST (RFC 9293, section
 *   3.10.5): where both sides have sent their FIN there is nobody to be told
 */
gboolean
be_system_state_sends_reset (BeSystemState state)
{
  return state == BE_SYSTEM_STATE_SYN_RECEIVED || state == BE_SYSTEM_STATE_ESTABLISHED ||
         state == BE_SYSTEM_STATE_FIN_WAIT_1 || state == BE_SYSTEM_STATE_FIN_WAIT_2 ||
         state == BE_SYSTEM_STATE_CLOSE_WAIT;
}
