/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-state-lines.h"

#include "be-chip.h"

#include <glib/gi18n-lib.h>

static const char *
words_for_state (BeSystemState state)
{
  switch (state)
    {
    case BE_SYSTEM_STATE_SYN_SENT:
      return _ ("SYN sent, no answer yet");
    case BE_SYSTEM_STATE_SYN_RECEIVED:
      return _ ("SYN answered, the last ACK has not come");
    case BE_SYSTEM_STATE_FIN_WAIT_1:
      return _ ("FIN sent, its ACK has not come");
    case BE_SYSTEM_STATE_FIN_WAIT_2:
      return _ ("FIN acknowledged, waits for the other's");
    case BE_SYSTEM_STATE_CLOSE_WAIT:
      return _ ("FIN received, this end has sent none");
    case BE_SYSTEM_STATE_CLOSING:
      return _ ("both FINs have crossed");
    case BE_SYSTEM_STATE_LAST_ACK:
      return _ ("FIN sent, waits for the last ACK");
    case BE_SYSTEM_STATE_TIME_WAIT:
      return _ ("both ends closed; the system keeps the addresses");
    case BE_SYSTEM_STATE_CLOSED:
      return _ ("over, nothing is kept");
    case BE_SYSTEM_STATE_UNKNOWN:
    case BE_SYSTEM_STATE_LISTEN:
    case BE_SYSTEM_STATE_ESTABLISHED:
    case BE_SYSTEM_STATE_UDP_BOUND:
    case BE_SYSTEM_STATE_UDP_CONNECTED:
    default:
      return "";
    }
}

/* The same in half the room. */
static const char *
short_words_for_state (BeSystemState state)
{
  switch (state)
    {
    case BE_SYSTEM_STATE_SYN_RECEIVED:
      return _ ("SYN answered, no ACK yet");
    case BE_SYSTEM_STATE_FIN_WAIT_1:
      return _ ("FIN sent, no ACK yet");
    case BE_SYSTEM_STATE_FIN_WAIT_2:
      return _ ("waits for the other's FIN");
    case BE_SYSTEM_STATE_CLOSE_WAIT:
      return _ ("FIN received, none sent");
    case BE_SYSTEM_STATE_LAST_ACK:
      return _ ("waits for the last ACK");
    case BE_SYSTEM_STATE_TIME_WAIT:
      return _ ("over, addresses kept");
    case BE_SYSTEM_STATE_SYN_SENT:
    case BE_SYSTEM_STATE_CLOSING:
    case BE_SYSTEM_STATE_CLOSED:
    case BE_SYSTEM_STATE_UNKNOWN:
    case BE_SYSTEM_STATE_LISTEN:
    case BE_SYSTEM_STATE_ESTABLISHED:
    case BE_SYSTEM_STATE_UDP_BOUND:
    case BE_SYSTEM_STATE_UDP_CONNECTED:
    default:
      return words_for_state (state);
    }
}

static const char *
words_for_end (const BeStateEnd *end)
{
  if (!end->is_reported)
    return _ ("implied by the calls");

  if (end->is_waiting)
    return end->state == BE_SYSTEM_STATE_ESTABLISHED ? _ ("in the queue: the system has shaken hands for you")
                                                     : _ ("in the queue, its client has closed");

  return words_for_state (end->state);
}

static const char *
short_words_for_end (const BeStateEnd *end)
{
  if (!end->is_reported)
    return _ ("implied");

  if (end->is_waiting)
    return end->state == BE_SYSTEM_STATE_ESTABLISHED ? _ ("in the accept queue") : _ ("queued, client has closed");

  return short_words_for_state (end->state);
}

/**
 * be_state_lines_dup_state:
 * @forgotten_at: in TIME_WAIT, when the system forgets it, µs; 0: it does not
 *   say
 *
 * Returns: (transfer full): what a chip says of this state
 */
char *
be_state_lines_dup_state (BeSystemState state,
                          gint64        forgotten_at,
                          gint64        now)
{
  const char *name = be_system_state_get_label (state);

  if (state == BE_SYSTEM_STATE_CLOSED)
    return g_strdup (C_ ("state of a socket", "closed"));

  if (state != BE_SYSTEM_STATE_TIME_WAIT || forgotten_at == 0)
    return g_strdup (name);

  /* Translators: the state TIME_WAIT and how many seconds it lasts still */
  return g_strdup_printf (_ ("%s %u s"), name, be_state_end_get_seconds (forgotten_at, now));
}

static void
fill_line (BeStateLine             *line,
           const BeStateConnection *connection,
           gint64                   now)
{
  *line = (BeStateLine){ .connection = connection->connection, .port = connection->addresses[BE_SIDE_CLIENT].port };
  for (guint side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    {
      const BeStateEnd *end = &connection->ends[side];

      if (end->state == BE_SYSTEM_STATE_UNKNOWN)
        continue;

      line->ends[side].state = be_state_lines_dup_state (end->state, end->forgotten_at, now);
      line->ends[side].words = words_for_end (end);
      line->ends[side].short_words = short_words_for_end (end);
      line->ends[side].kind = be_chip_kind_for_state (end->state);
      line->ends[side].is_unheld = !end->is_open;
      line->ends[side].is_waiting = end->is_waiting;
      line->ends[side].is_stranger = !end->is_ours;
    }
}

/**
 * be_state_lines_collect:
 * @lines: (out): room for %BE_STATE_LINES_MAX
 * @n_more: (out): how many connections found no room
 *
 * The newest connections that open or close, the newest last.
 *
 * Returns: how many lines were filled
 */
guint
be_state_lines_collect (BeStateWatch *watch,
                        gint64        now,
                        BeStateLine  *lines,
                        guint        *n_more)
{
  guint n_connections = be_state_watch_get_n_connections (watch);
  guint n_moving = 0;
  guint n_lines = 0;

  for (guint i = 0; i < n_connections; i++)
    n_moving += be_state_connection_is_moving (be_state_watch_get_connection (watch, i)) ? 1 : 0;

  *n_more = n_moving - MIN (n_moving, BE_STATE_LINES_MAX);
  for (guint i = 0, n_seen = 0; i < n_connections; i++)
    {
      const BeStateConnection *connection = be_state_watch_get_connection (watch, i);

      if (be_state_connection_is_moving (connection) && n_seen++ >= *n_more)
        fill_line (&lines[n_lines++], connection, now);
    }

  return n_lines;
}

gboolean
be_state_line_equal (const BeStateLine *a,
                     const BeStateLine *b)
{
  if (a->connection != b->connection || a->port != b->port)
    return FALSE;

  for (guint side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    if (g_strcmp0 (a->ends[side].state, b->ends[side].state) != 0 ||
        g_strcmp0 (a->ends[side].words, b->ends[side].words) != 0 ||
        a->ends[side].is_unheld != b->ends[side].is_unheld || a->ends[side].is_stranger != b->ends[side].is_stranger)
      return FALSE;

  return TRUE;
}

void
be_state_line_clear (BeStateLine *self)
{
  g_clear_pointer (&self->ends[BE_SIDE_SERVER].state, g_free);
  g_clear_pointer (&self->ends[BE_SIDE_CLIENT].state, g_free);
}

static char *
dup_sentence_of_port (guint       port,
                      const char *server,
                      const char *client)
{
  if (server != NULL && client != NULL)
    return g_strdup_printf (_ ("A new connection from port %u now: the server's end %s, the client's %s."), port, server, client);
  if (server != NULL)
    return g_strdup_printf (_ ("A new connection from port %u now: the server's end %s."), port, server);

  return g_strdup_printf (_ ("A new connection from port %u now: the client's end %s."), port, client != NULL ? client : "");
}

/* A connection has a letter only when connect () has returned. */
static char *
dup_sentence_without_letter (guint       port,
                             const char *server,
                             const char *client)
{
  if (port != 0)
    return dup_sentence_of_port (port, server, client);

  if (server != NULL && client != NULL)
    return g_strdup_printf (_ ("A new connection now: the server's end %s, the client's %s."), server, client);
  if (server != NULL)
    return g_strdup_printf (_ ("A new connection now: the server's end %s."), server);

  return g_strdup_printf (_ ("A new connection now: the client's end %s."), client != NULL ? client : "");
}

/**
 * be_state_line_dup_words:
 * @is_short: for little room
 *
 * Returns: (transfer full): what the state of an end means, and whose it is
 *   where no letter tells
 */
char *
be_state_line_dup_words (const BeStateLine *self,
                         BeSide             side,
                         gboolean           is_short)
{
  const char *words = is_short ? self->ends[side].short_words : self->ends[side].words;

  if (self->ends[side].is_stranger)
    /* Translators: %s is what the state of its end means */
    return is_short ? g_strdup (_ ("another program")) : g_strdup_printf (_ ("another program: %s"), words != NULL ? words : "");
  if (self->connection == BE_EVENT_NO_CONNECTION && side == BE_SIDE_CLIENT && self->port != 0)
    /* Translators: the port of a client, and what the state of its end means */
    return is_short ? g_strdup_printf (_ ("port %u"), self->port) : g_strdup_printf (_ ("port %u: %s"), self->port, words != NULL ? words : "");

  return g_strdup (words != NULL ? words : "");
}

/**
 * be_state_line_dup_sentence:
 *
 * Returns: (transfer full): the line for who hears it
 */
char *
be_state_line_dup_sentence (const BeStateLine *self)
{
  g_autofree char *letter = NULL;
  const char      *server = self->ends[BE_SIDE_SERVER].state;
  const char      *client = self->ends[BE_SIDE_CLIENT].state;

  if (self->connection == BE_EVENT_NO_CONNECTION)
    return dup_sentence_without_letter (self->port, server, client);

  letter = be_pairing_dup_letter (self->connection);
  if (server != NULL && self->ends[BE_SIDE_SERVER].is_waiting)
    return g_strdup_printf (_ ("Connection %s now: the server's end %s in the accept queue, the client's %s."),
                            letter, server, client != NULL ? client : "");
  if (server != NULL && client != NULL && self->ends[BE_SIDE_CLIENT].is_stranger)
    return g_strdup_printf (_ ("Connection %s now: the server's end %s, that of another program %s."), letter, server, client);
  if (server != NULL && client != NULL && self->ends[BE_SIDE_SERVER].is_stranger)
    return g_strdup_printf (_ ("Connection %s now: the client's end %s, that of another program %s."), letter, client, server);
  if (server != NULL && client != NULL)
    return g_strdup_printf (_ ("Connection %s now: the server's end %s, the client's %s."), letter, server, client);
  if (server != NULL)
    return g_strdup_printf (_ ("Connection %s now: the server's end %s."), letter, server);

  return g_strdup_printf (_ ("Connection %s now: the client's end %s."), letter, client != NULL ? client : "");
}
