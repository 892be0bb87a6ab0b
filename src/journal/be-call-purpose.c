/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-call-purpose.h"

#include "be-listen-limit.h"
#include "be-pairing.h"

#include <glib/gi18n-lib.h>

/* What a call will do is said before it is made, so it says only what is
 * certain then: not what a read will return, nor whether anyone will answer;
 * that it would wait where the system says so. */

#define N_CALLS (BE_CALL_SETSOCKOPT + 1)

/* Completes "Paused before recv () on the server, which …"; those that say a
 * number, and those that differ by protocol, are below. */
static const char *const purposes[N_CALLS] = {
  [BE_CALL_GETADDRINFO] = N_ ("asks the resolver for the address of this name"),
  [BE_CALL_SOCKET] = N_ ("makes a socket, of which the network learns nothing"),
  [BE_CALL_BIND] = N_ ("gives the socket its own address and port"),
  [BE_CALL_ACCEPT] = N_ ("takes the next client from the accept queue"),
  [BE_CALL_CONNECT] = N_ ("asks the system to begin the handshake: SYN"),
  [BE_CALL_SHUTDOWN] = N_ ("says: nothing more will be sent (FIN)"),
  [BE_CALL_SETSOCKOPT] = N_ ("sets an option of the socket"),
};

static const char *const waits[N_CALLS] = {
  [BE_CALL_GETADDRINFO] = N_ ("waits for the answer of the resolver"),
  [BE_CALL_ACCEPT] = N_ ("waits for a client: nobody is in the accept queue"),
  [BE_CALL_CONNECT] = N_ ("waits for the answer to its SYN"),
  [BE_CALL_SEND] = N_ ("waits for room: what was sent before is not taken yet"),
  [BE_CALL_SENDTO] = N_ ("waits for room: what was sent before is not taken yet"),
};

static char *
dup_byte_count (guint32 n_bytes)
{
  return g_strdup_printf (ngettext ("%'u byte", "%'u bytes", n_bytes), n_bytes);
}

static char *
tell_send (const BePendingCall *call)
{
  g_autofree char *amount = dup_byte_count (call->argument);

  if (call->protocol == BE_PROTOCOL_UDP)
    /* TRANSLATORS: of a send () or sendto (); %s is an amount such as "10 bytes" */
    return g_strdup_printf (_ ("gives the system one datagram of %s"), amount);

  /* TRANSLATORS: of a send (); %s is an amount such as "10 bytes" */
  return g_strdup_printf (_ ("gives %s to the system"), amount);
}

static char *
tell_read (const BePendingCall *call)
{
  g_autofree char *amount = dup_byte_count (call->argument);

  if (call->call == BE_CALL_RECVFROM)
    /* TRANSLATORS: of a recvfrom (); %s is an amount such as "1,024 bytes" */
    return g_strdup_printf (_ ("takes one datagram, at most %s of it, and learns who sent it"), amount);

  if (call->protocol == BE_PROTOCOL_UDP)
    /* TRANSLATORS: of a recv () for datagrams; %s is an amount such as "1,024 bytes" */
    return g_strdup_printf (_ ("takes one datagram, at most %s of it"), amount);

  /* TRANSLATORS: of a recv (); %s is an amount such as "1,024 bytes" */
  return g_strdup_printf (_ ("takes up to %s that have arrived"), amount);
}

static char *
tell_close (const BePendingCall *call)
{
  if (call->flags & BE_EVENT_RESET)
    return g_strdup (_ ("breaks the connection off (RST) and gives the socket back"));

  if (call->protocol == BE_PROTOCOL_UDP)
    return g_strdup (_ ("gives the socket back, of which the network learns nothing"));

  if (call->peer.family == BE_ADDRESS_NONE)
    return g_strdup (_ ("gives the socket back"));

  return g_strdup (_ ("ends the connection and gives the socket back"));
}

static char *
tell_connect (const BePendingCall *call)
{
  if (call->protocol == BE_PROTOCOL_UDP)
    return g_strdup (_ ("notes to whom it will send, of which the network learns nothing"));

  if (call->protocol == BE_PROTOCOL_UNIX)
    return g_strdup (_ ("asks for a place in the accept queue of the server"));

  return g_strdup (_ (purposes[BE_CALL_CONNECT]));
}

static char *
tell_accept (const char *next_client)
{
  if (next_client == NULL)
    return g_strdup (_ (purposes[BE_CALL_ACCEPT]));

  /* TRANSLATORS: of an accept (); %s is the letter of a connection. Of clients of
   * other programs nothing is known. */
  return g_strdup_printf (_ ("takes %s from the accept queue, unless another program's client came before it"), next_client);
}

static char *
tell_wait (const BePendingCall *call)
{
  if (!be_call_is_reading (call->call))
    return g_strdup (waits[call->call] != NULL ? _ (waits[call->call]) : _ ("has not returned yet"));

  if (call->protocol == BE_PROTOCOL_UDP)
    return g_strdup (_ ("waits for a datagram"));

  return g_strdup (_ ("waits until something arrives"));
}

static char *
tell_listen (guint backlog)
{
  if (!BE_LISTEN_LETS_ONE_MORE_WAIT)
    return g_strdup_printf (ngettext ("lets clients in, of whom at most %'u may wait",
                                      "lets clients in, of whom at most %'u may wait", backlog),
                            backlog);

  if (backlog == 0)
    return g_strdup (_ ("lets clients in; with a backlog of 0 Linux still lets one wait"));

  return g_strdup_printf (ngettext ("lets clients in, of whom %'u may wait, and one more",
                                    "lets clients in, of whom %'u may wait, and one more", backlog),
                          backlog);
}

static const char *
get_lack (const BePendingCall *call)
{
  if (call->call == BE_CALL_ACCEPT)
    return _ ("will wait: nobody is in the accept queue yet");

  return call->protocol == BE_PROTOCOL_UDP ? _ ("will wait: no datagram has arrived yet")
                                           : _ ("will wait: nothing has arrived yet");
}

/**
 * be_call_purpose_dup_call:
 *
 * Returns: (transfer full): the call with what it is called with where that
 *   matters: `recv(1024)`, `listen(5)`, `accept()`; the same in every language
 */
char *
be_call_purpose_dup_call (const BePendingCall *call)
{
  g_return_val_if_fail (call != NULL, NULL);

  if (be_call_is_reading (call->call) || call->call == BE_CALL_LISTEN)
    return g_strdup_printf ("%s(%u)", be_call_get_name (call->call), call->argument);

  return g_strdup_printf ("%s()", be_call_get_name (call->call));
}

/**
 * be_call_purpose_dup_detail:
 * @next_client: (nullable): the letter of the client whose turn in the accept
 *   queue it is, among those whose letters are known
 *
 * Returns: (transfer full): what stands beside the call in a few words; may be
 *   empty
 */
char *
be_call_purpose_dup_detail (const BePendingCall *call,
                            const char          *next_client)
{
  g_autofree char *peer = NULL;

  g_return_val_if_fail (call != NULL, NULL);

  if (be_call_is_sending (call->call))
    return dup_byte_count (call->argument);

  if (call->call == BE_CALL_BIND)
    return be_address_to_string (&call->local);

  if (call->call == BE_CALL_CONNECT)
    {
      peer = be_address_to_string (&call->peer);
      /* TRANSLATORS: of a connect () to an address */
      return g_strdup_printf (_ ("to %s"), peer);
    }

  if (call->call == BE_CALL_ACCEPT && call->state == BE_PENDING_HELD && next_client != NULL)
    /* TRANSLATORS: of an accept (); %s is the letter of a connection */
    return g_strdup_printf (_ ("takes %s"), next_client);

  return g_strdup ("");
}

/**
 * be_call_purpose_dup_words:
 * @next_client: (nullable): see be_call_purpose_dup_detail ()
 *
 * Returns: (transfer full): what the call will do, or waits for, without
 *   subject and full stop
 */
char *
be_call_purpose_dup_words (const BePendingCall *call,
                           const char          *next_client)
{
  g_return_val_if_fail (call != NULL, NULL);
  g_return_val_if_fail ((guint) call->call < N_CALLS, NULL);

  if (call->state == BE_PENDING_WAITING)
    return tell_wait (call);

  if (call->readiness == BE_PENDING_WOULD_WAIT)
    return g_strdup (get_lack (call));

  switch (call->call)
    {
    case BE_CALL_LISTEN:
      return tell_listen (call->argument);
    case BE_CALL_ACCEPT:
      return tell_accept (next_client);
    case BE_CALL_CONNECT:
      return tell_connect (call);
    case BE_CALL_SEND:
    case BE_CALL_SENDTO:
      return tell_send (call);
    case BE_CALL_RECV:
    case BE_CALL_RECVFROM:
      return tell_read (call);
    case BE_CALL_CLOSE:
      return tell_close (call);
    case BE_CALL_GETADDRINFO:
    case BE_CALL_SOCKET:
    case BE_CALL_BIND:
    case BE_CALL_SHUTDOWN:
    case BE_CALL_SETSOCKOPT:
    default:
      return g_strdup (_ (purposes[call->call]));
    }
}

/**
 * be_call_purpose_dup_title:
 * @next_client: (nullable): see be_call_purpose_dup_detail ()
 * @elapsed: how long it has been so, such as "4.2 s"
 *
 * Returns: (transfer full): the call as one line: "about to: accept() takes A",
 *   "waiting in recv(1024) 4.2 s"
 */
char *
be_call_purpose_dup_title (const BePendingCall *call,
                           const char          *next_client,
                           const char          *elapsed)
{
  g_autofree char *name = be_call_purpose_dup_call (call);
  g_autofree char *detail = be_call_purpose_dup_detail (call, next_client);

  /* Several may wait in it, and none of them has a letter yet. */
  if (call->state == BE_PENDING_WAITING && call->call == BE_CALL_CONNECT && call->local.port != 0)
    {
      g_autofree char *local = be_address_to_string (&call->local);

      /* TRANSLATORS: a connect(), the address that it calls from, and a time such as "4.2 s" */
      return g_strdup_printf (_ ("waiting in  %s  from %s  %s"), name, local, elapsed);
    }

  if (call->state == BE_PENDING_WAITING)
    /* TRANSLATORS: a call such as "recv(1024)", and a time such as "4.2 s" */
    return g_strdup_printf (_ ("waiting in  %s  %s"), name, elapsed);

  if (*detail == '\0')
    /* TRANSLATORS: a call that is made when one lets it: "about to: accept()" */
    return g_strdup_printf (_ ("about to:  %s"), name);

  /* TRANSLATORS: a call that is made when one lets it, and a few words to it:
   * "about to: connect()  to 127.0.0.1:8001" */
  return g_strdup_printf (_ ("about to:  %s  %s"), name, detail);
}

/**
 * be_call_purpose_dup_sentence:
 * @connection: whose call it is, or %BE_EVENT_NO_CONNECTION
 * @next_client: (nullable): see be_call_purpose_dup_detail ()
 *
 * Returns: (transfer full): all of it in one line of words, for a screen reader
 */
char *
be_call_purpose_dup_sentence (const BePendingCall *call,
                              guint32              connection,
                              const char          *next_client)
{
  g_autofree char *name = be_call_purpose_dup_call (call);
  g_autofree char *words = be_call_purpose_dup_words (call, next_client);
  g_autofree char *letter = be_pairing_dup_letter (connection);
  g_autofree char *speaker = NULL;

  if (letter == NULL)
    speaker = g_strdup (call->side == BE_SIDE_SERVER ? C_ ("speaker", "Server") : C_ ("speaker", "Client"));
  else if (call->side == BE_SIDE_SERVER)
    /* TRANSLATORS: %s is a letter that a connection is called by */
    speaker = g_strdup_printf (_ ("Server, connection %s"), letter);
  else
    /* TRANSLATORS: %s is a letter that a connection is called by */
    speaker = g_strdup_printf (_ ("Client, connection %s"), letter);

  if (call->state == BE_PENDING_WAITING && call->call == BE_CALL_CONNECT && call->local.port != 0)
    {
      g_autofree char *local = be_address_to_string (&call->local);

      /* TRANSLATORS: who, connect(), the address that it calls from, and what that waits for */
      return g_strdup_printf (_ ("%s: in %s from %s, which %s"), speaker, name, local, words);
    }

  if (call->state == BE_PENDING_WAITING)
    /* TRANSLATORS: who, the call, and what that waits for: "Client, connection
     * A: in recv(1024), which waits until something arrives" */
    return g_strdup_printf (_ ("%s: in %s, which %s"), speaker, name, words);

  /* TRANSLATORS: who, the call, and what that will do: "Server: about to call
   * accept(), which takes the next client from the accept queue" */
  return g_strdup_printf (_ ("%s: about to call %s, which %s"), speaker, name, words);
}
