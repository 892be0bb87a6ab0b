/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-session-words.h"

#include "be-outcome.h"

#include <glib/gi18n-lib.h>

/* From here on they are not all seen at once. */
#define MANY_CLIENTS 4

static GIOErrorEnum
kind_of_error (gint error_number)
{
#ifdef G_OS_WIN32
  return g_io_error_from_win32_error (error_number);
#else
  return g_io_error_from_errno (error_number);
#endif
}

/* Two or three words for a chip; the row in the conversation has the sentence. */
static const char *
name_failure (const BeEventRecord *record)
{
  if (record->call == BE_CALL_GETADDRINFO)
    return be_outcome_from_record (record) == BE_OUTCOME_NAME_NOT_FOUND ? _ ("Name not found") : _ ("No answer for the name");
  if ((record->flags & BE_EVENT_TIMED_OUT) != 0)
    return _ ("Timed out");
  if (be_outcome_from_record (record) == BE_OUTCOME_PORT_IN_TIME_WAIT)
    return _ ("Port in TIME_WAIT");

  switch ((gint) kind_of_error (record->error))
    {
    case G_IO_ERROR_ADDRESS_IN_USE:
      return _ ("Address in use");
    case G_IO_ERROR_CONNECTION_REFUSED:
      return _ ("Connection refused");
    case G_IO_ERROR_TIMED_OUT:
      return _ ("Timed out");
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return _ ("Not reachable");
    case G_IO_ERROR_PERMISSION_DENIED:
      return _ ("Not permitted");
    case G_IO_ERROR_BROKEN_PIPE: /* and ECONNRESET: they are one in GIO */
      return _ ("Connection reset");
    case G_IO_ERROR_NOT_FOUND:
      return _ ("No such path");
    case G_IO_ERROR_TOO_MANY_OPEN_FILES:
      return _ ("Too many sockets");
    default:
      break;
    }

  return record->call == BE_CALL_BIND ? _ ("Address not available") : _ ("Failed");
}

/* Whether the next call of a session that begins is held, and nothing goes on
 * by itself. */
static gboolean
is_paused (BeSession *session)
{
  GPtrArray *calls = be_session_get_pending_calls (session);

  if (be_session_get_asked_pace (session) != BE_PACE_STEPS)
    return FALSE;

  for (guint i = 0; i < calls->len; i++)
    {
      if (((const BePendingCall *) g_ptr_array_index (calls, i))->state == BE_PENDING_HELD)
        return TRUE;
    }

  return FALSE;
}

static char *
describe_server (BeProtocol     protocol,
                 BeSessionState state,
                 guint          n_peers,
                 BeChipKind    *kind)
{
  switch (state)
    {
    case BE_SESSION_STARTING:
      *kind = BE_CHIP_CHANGING;
      return g_strdup (_ ("Starting…"));
    case BE_SESSION_RUNNING:
      *kind = BE_CHIP_OPEN;
      if (protocol == BE_PROTOCOL_UDP)
        return g_strdup (_ ("Receiving"));
      if (n_peers < MANY_CLIENTS)
        return g_strdup (_ ("Listening"));
      return g_strdup_printf (ngettext ("Listening, %u client", "Listening, %u clients", n_peers), n_peers);
    case BE_SESSION_ENDING:
      *kind = BE_CHIP_CHANGING;
      if (n_peers == 0)
        return g_strdup (_ ("Stopping…"));
      return g_strdup_printf (ngettext ("Stopped listening, %u client left", "Stopped listening, %u clients left", n_peers),
                              n_peers);
    case BE_SESSION_NEW:
    case BE_SESSION_ENDED:
    case BE_SESSION_FAILED:
    default:
      *kind = BE_CHIP_CLOSED;
      return g_strdup (_ ("Not started"));
    }
}

static char *
describe_client (BeProtocol     protocol,
                 BeSessionState state,
                 guint          n_peers,
                 guint          n_active,
                 BeChipKind    *kind)
{
  switch (state)
    {
    case BE_SESSION_STARTING:
      *kind = BE_CHIP_CHANGING;
      if (protocol != BE_PROTOCOL_UDP && n_peers > 0 && n_active > n_peers)
        /* TRANSLATORS: of clients: how many are connected, of how many that want to */
        return g_strdup_printf (_ ("%u of %u connected"), n_peers, n_active);
      return g_strdup (protocol == BE_PROTOCOL_UDP ? _ ("Opening…") : _ ("Connecting…"));
    case BE_SESSION_RUNNING:
      *kind = BE_CHIP_OPEN;
      if (n_peers < 2)
        return g_strdup (protocol == BE_PROTOCOL_UDP ? _ ("Ready") : _ ("Connected"));
      if (protocol == BE_PROTOCOL_UDP)
        return g_strdup_printf (ngettext ("Ready, %u socket", "Ready, %u sockets", n_peers), n_peers);
      return g_strdup_printf (ngettext ("%u client connected", "%u clients connected", n_peers), n_peers);
    case BE_SESSION_ENDING:
      *kind = BE_CHIP_CHANGING;
      return g_strdup (_ ("Half-closed"));
    case BE_SESSION_NEW:
    case BE_SESSION_ENDED:
    case BE_SESSION_FAILED:
    default:
      *kind = BE_CHIP_CLOSED;
      return g_strdup (protocol == BE_PROTOCOL_UDP ? _ ("Not open") : _ ("Not connected"));
    }
}

/**
 * be_session_words_describe:
 * @n_peers: how many sockets of that side are open
 * @kind: (out): the colour that goes with the words
 *
 * What a card says of its side, in a few words. The words come from the
 * session, and that follows its socket; never from the button.
 *
 * Returns: (transfer full)
 */
char *
be_session_words_describe (BeStage    *stage,
                           BeProtocol  protocol,
                           BeSide      side,
                           guint       n_peers,
                           BeChipKind *kind)
{
  const BeEventRecord *failure = NULL;
  BeSession           *session = NULL;
  BeSessionState       state = BE_SESSION_NEW;

  g_return_val_if_fail (BE_IS_STAGE (stage), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  session = be_stage_get_session (stage, protocol, side);
  if (session != NULL)
    state = be_session_get_state (session);

  /* The newest client is gone, others are there. */
  if (state >= BE_SESSION_ENDED && be_stage_get_n_active (stage, protocol, side) > 0)
    state = BE_SESSION_RUNNING;

  failure = be_stage_get_failure (stage, protocol, side);
  if (state >= BE_SESSION_ENDED && failure != NULL)
    {
      *kind = BE_CHIP_FAILED;
      return g_strdup (name_failure (failure));
    }

  if (session != NULL && state == BE_SESSION_STARTING && is_paused (session))
    {
      *kind = BE_CHIP_CHANGING;
      /* TRANSLATORS: of a server or client whose next call waits until one lets it go */
      return g_strdup (C_ ("state of an end", "Paused"));
    }

  if (side == BE_SIDE_SERVER)
    return describe_server (protocol, state, n_peers, kind);

  return describe_client (protocol, state, n_peers, be_stage_get_n_active (stage, protocol, side), kind);
}

/**
 * be_session_words_get_stop:
 *
 * A client's connect () is a call of its own, also over UDP, where it fixes the
 * peer. To disconnect such a socket would be another connect (), which frees it
 * of its peer (connect(2), AF_UNSPEC): what is made is close ().
 *
 * Returns: what the button says that ends the sessions of this side
 */
const char *
be_session_words_get_stop (BeProtocol protocol,
                           BeSide     side)
{
  if (side == BE_SIDE_SERVER)
    return _ ("Stop Server");

  /* TRANSLATORS: a button: close () of a socket */
  return protocol == BE_PROTOCOL_UDP ? C_ ("socket", "Close") : _ ("Disconnect");
}

/**
 * be_session_words_get_spoken_stop:
 *
 * Returns: the same to be heard, where the window has a button to close, too
 */
const char *
be_session_words_get_spoken_stop (BeProtocol protocol,
                                  BeSide     side)
{
  return side == BE_SIDE_CLIENT && protocol == BE_PROTOCOL_UDP ? _ ("Close Socket") : be_session_words_get_stop (protocol, side);
}

/**
 * be_session_words_dup_stop_all:
 * @n_active: how many clients there are, more than one
 *
 * Returns: (transfer full): what that button does to all of them, as a sentence
 */
char *
be_session_words_dup_stop_all (BeProtocol protocol,
                               guint      n_active)
{
  if (protocol == BE_PROTOCOL_UDP)
    return g_strdup_printf (ngettext ("Closes the %u socket", "Closes all %u sockets", n_active), n_active);

  return g_strdup_printf (ngettext ("Disconnects the %u client", "Disconnects all %u clients", n_active), n_active);
}
