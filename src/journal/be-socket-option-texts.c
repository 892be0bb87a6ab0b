/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-option-texts.h"

#include <glib/gi18n-lib.h>

static const char *const meanings[] = {
  [BE_SOCKET_OPTION_REUSE_ADDRESS] = N_ ("A port whose last connections are in TIME_WAIT may be bound again."),
  [BE_SOCKET_OPTION_KEEP_ALIVE] = N_ ("When nothing is said for long, ask whether the other end is still there."),
  [BE_SOCKET_OPTION_RECEIVE_BUFFER] = N_ ("Room in the system for bytes that nobody has read yet. Linux doubles the number that it is given, for its own bookkeeping: 4096 becomes 8192."),
  [BE_SOCKET_OPTION_SEND_BUFFER] = N_ ("Room in the system for bytes that are not sent or not acknowledged yet. Linux doubles this number, too."),
  [BE_SOCKET_OPTION_LINGER] = N_ ("Off: close() returns at once, and what is left is still sent. On with 0 seconds: close() throws it away and sends an RST. More seconds would make close() wait, and all other sockets with it, so they are refused."),
  [BE_SOCKET_OPTION_BROADCAST] = N_ ("Datagrams may be sent to everybody in the network at once."),
  [BE_SOCKET_OPTION_NO_DELAY] = N_ ("On: what is written leaves at once. Off: a small piece waits until the one before it is acknowledged (Nagle’s algorithm)."),
  [BE_SOCKET_OPTION_TTL] = N_ ("How many routers a packet may pass before it is thrown away."),
  [BE_SOCKET_OPTION_IPV6_ONLY] = N_ ("On: an IPv6 socket takes IPv6 only. Off: IPv4 comes in as well."),
};

static const char *const sentences[] = {
  [BE_OPTION_ALLOWED] = "",
  [BE_OPTION_BOUND_ALREADY] = N_ ("Not now: it counts at bind(), and this socket is bound already."),
  [BE_OPTION_NOT_TCP] = N_ ("Not here: only TCP has it."),
  [BE_OPTION_NOT_UDP] = N_ ("Not here: only UDP has it."),
  [BE_OPTION_NOT_IP] = N_ ("Not here: a socket with a path sends nothing over a network."),
  [BE_OPTION_NOT_IPV6] = N_ ("Not here: this is no IPv6 socket."),
  [BE_OPTION_NO_BROADCAST] = N_ ("Not here: IPv6 has no broadcast."),
  [BE_OPTION_WOULD_WAIT] = N_ ("Refused: close() would wait, and with it the thread that serves all sockets."),
  [BE_OPTION_OUT_OF_RANGE] = N_ ("Refused: the option cannot have this value."),
};

G_STATIC_ASSERT (G_N_ELEMENTS (meanings) == BE_N_SOCKET_OPTIONS);
G_STATIC_ASSERT (G_N_ELEMENTS (sentences) == BE_N_OPTION_REFUSALS);

/**
 * be_socket_option_get_meaning:
 *
 * Returns: what the option does, in plain sentences and in the language of the
 *   reader
 */
const char *
be_socket_option_get_meaning (BeSocketOption option)
{
  g_return_val_if_fail ((guint) option < G_N_ELEMENTS (meanings), "");

  return g_dgettext (GETTEXT_PACKAGE, meanings[option]);
}

/**
 * be_option_refusal_get_sentence:
 *
 * Returns: why the option cannot be set, or an empty text
 */
const char *
be_option_refusal_get_sentence (BeOptionRefusal refusal)
{
  g_return_val_if_fail ((guint) refusal < G_N_ELEMENTS (sentences), "");

  return refusal != BE_OPTION_ALLOWED ? g_dgettext (GETTEXT_PACKAGE, sentences[refusal]) : "";
}
