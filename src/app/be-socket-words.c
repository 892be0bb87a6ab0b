/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-words.h"

#include <glib/gi18n-lib.h>

#include "be-pairing.h"
#include "be-state-lines.h"

static const char *
get_arrow (BeSocketSummary *summary)
{
  return be_socket_summary_get_side (summary) == BE_SIDE_SERVER ? " ← " : " → ";
}

static void
append_address (GString         *text,
                const BeAddress *address,
                PangoAttrList   *attributes)
{
  g_autofree char *whole = be_address_to_string (address);
  const char      *port = address->family == BE_ADDRESS_UNIX ? NULL : strrchr (whole, ':');
  PangoAttribute  *bold = NULL;

  g_string_append (text, whole);
  if (port == NULL)
    return;

  bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  bold->end_index = (guint) text->len;
  bold->start_index = bold->end_index - (guint) strlen (port) + 1;
  pango_attr_list_insert (attributes, bold);
}

/**
 * be_socket_words_show_addresses:
 * @both: is to say *local → peer*
 * @one: is to say what other sockets of the same side do not have in common
 */
void
be_socket_words_show_addresses (BeSocketSummary *summary,
                                GtkLabel        *both,
                                GtkLabel        *one)
{
  const BeAddress *local = be_socket_summary_get_local (summary);
  const BeAddress *peer = be_socket_summary_get_peer (summary);
  gboolean         is_server = be_socket_summary_get_side (summary) == BE_SIDE_SERVER;
  g_autoptr (PangoAttrList) both_attributes = pango_attr_list_new ();
  g_autoptr (PangoAttrList) one_attributes = pango_attr_list_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  append_address (text, local, both_attributes);
  g_string_append (text, get_arrow (summary));
  append_address (text, peer, both_attributes);
  gtk_label_set_attributes (both, both_attributes);
  gtk_label_set_text (both, text->str);

  /* An arrow to nothing says nothing: the side says whose address it is. */
  g_string_truncate (text, 0);
  append_address (text, is_server ? peer : local, one_attributes);
  gtk_label_set_attributes (one, one_attributes);
  gtk_label_set_text (one, text->str);
}

static gboolean
is_forgotten (BeSocketSummary *summary)
{
  return !be_socket_summary_is_open (summary) && be_socket_summary_get_protocol (summary) == BE_PROTOCOL_TCP &&
         be_socket_summary_get_state (summary) == BE_SYSTEM_STATE_UNKNOWN;
}

/**
 * be_socket_words_dup_state:
 *
 * Returns: (transfer full): the state for people: also what the system keeps
 *   of a socket that is closed, and for how long
 */
char *
be_socket_words_dup_state (BeSocketSummary *summary)
{
  BeSystemState state = be_socket_summary_get_state (summary);
  gint64        forgotten_at = be_socket_summary_get_forgotten_at (summary);

  /* Its TIME_WAIT may last, but is not watched any more. A path has no state. */
  if (is_forgotten (summary))
    return g_strdup (_ ("state unknown"));

  if (!be_socket_summary_is_open (summary) &&
      (state == BE_SYSTEM_STATE_CLOSED || state == BE_SYSTEM_STATE_UNKNOWN))
    return g_strdup (_ ("closed"));

  return be_state_lines_dup_state (state, forgotten_at, g_get_monotonic_time ());
}

/**
 * be_socket_words_dup_name:
 *
 * Returns: (transfer full): what its row says, as a sentence
 */
char *
be_socket_words_dup_name (BeSocketSummary *summary)
{
  g_autofree char *letter = be_pairing_dup_letter (be_socket_summary_get_connection (summary));
  g_autofree char *local = be_address_to_string (be_socket_summary_get_local (summary));
  g_autofree char *peer = be_address_to_string (be_socket_summary_get_peer (summary));
  g_autofree char *state = be_socket_words_dup_state (summary);
  g_autofree char *sent = g_strdup_printf ("%" G_GUINT64_FORMAT, be_socket_summary_get_bytes_sent (summary));
  g_autofree char *received = g_strdup_printf ("%" G_GUINT64_FORMAT, be_socket_summary_get_bytes_received (summary));

  if (be_socket_summary_get_protocol (summary) != BE_PROTOCOL_UDP)
    /* Translators: a letter, two addresses, the state of a socket, two numbers */
    return g_strdup_printf (_ ("Connection %s, from %s to %s, %s, bytes sent: %s, bytes received: %s"), letter, local, peer,
                            state, sent, received);

  /* UDP has no connections: a server's row is a peer of its socket, a client's
   * row a socket. */
  return g_strdup_printf (be_socket_summary_get_side (summary) == BE_SIDE_SERVER
                            /* Translators: a letter, two addresses, the state of a socket, two numbers */
                            ? _ ("Peer %s, from %s to %s, %s, bytes sent: %s, bytes received: %s")
                            /* Translators: a letter, two addresses, the state of a socket, two numbers */
                            : _ ("Socket %s, from %s to %s, %s, bytes sent: %s, bytes received: %s"),
                          letter, local, peer, state, sent, received);
}

/**
 * be_socket_words_is_datagram_peer:
 *
 * Returns: whether it is one that a UDP server hears from: no connection, and no
 *   socket of its own that could be closed
 */
gboolean
be_socket_words_is_datagram_peer (BeSocketSummary *summary)
{
  return be_socket_summary_get_protocol (summary) == BE_PROTOCOL_UDP && be_socket_summary_get_side (summary) == BE_SIDE_SERVER;
}

/**
 * be_socket_words_get_offer:
 *
 * Returns: what its menu is good for
 */
const char *
be_socket_words_get_offer (BeSocketSummary *summary)
{
  if (be_socket_words_is_datagram_peer (summary))
    return _ ("Inspect the socket that this peer sends to");

  return be_socket_summary_get_protocol (summary) == BE_PROTOCOL_UDP ? _ ("Inspect or close this socket")
                                                                     : _ ("Inspect, close, half-close or reset this socket");
}

/**
 * be_socket_words_dup_tooltip:
 *
 * Returns: (transfer full): the exact numbers, also when the row leaves them
 *   out, and what the row is good for
 */
char *
be_socket_words_dup_tooltip (BeSocketSummary *summary)
{
  g_autofree char *local = be_address_to_string (be_socket_summary_get_local (summary));
  g_autofree char *peer = be_address_to_string (be_socket_summary_get_peer (summary));
  g_autofree char *sent = g_strdup_printf ("%" G_GUINT64_FORMAT, be_socket_summary_get_bytes_sent (summary));
  g_autofree char *received = g_strdup_printf ("%" G_GUINT64_FORMAT, be_socket_summary_get_bytes_received (summary));
  g_autofree char *counts = g_strdup_printf (_ ("Bytes sent: %s, bytes received: %s"), sent, received);

  const char *note = be_system_state_get_note (be_socket_summary_get_state (summary));

  if (is_forgotten (summary))
    note = _ ("The socket is closed. What the system still keeps of the connection is not watched any more: too many newer ones came after it.");

  return g_strdup_printf ("%s%s%s\n%s%s%s%s%s\n%s", local, get_arrow (summary), peer, counts,
                          *note != '\0' ? "\n" : "", note,
                          be_system_state_is_read () ? "" : "\n",
                          be_system_state_is_read () ? "" : _ ("The state is what the calls imply: this system is not asked."),
                          be_socket_words_get_offer (summary));
}
