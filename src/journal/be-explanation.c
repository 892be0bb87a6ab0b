/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-explanation.h"

#include "be-outcome.h"
#include "be-payload-text.h"
#include "be-system-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME_CHARACTERS 120

/* Sentences for people. What stands in braces is filled in by expand ():
 *
 *   {peer} {peer-host} {peer-port}     the other end's address, or a path
 *   {local} {local-host} {local-port}  this end's
 *   {name}                             the name that was looked up
 *   {number}                           a limit
 *   {bytes}                            an amount: "10 bytes"
 *   {call} {error}                     the call, and the system's own words
 */
typedef struct
{
  const char *title;
  const char *reason;
  const char *remedy;
} Texts;

static const Texts texts[] = {
  /* TRANSLATORS: here and in all sentences below, what stands in braces is
   * replaced: {peer}, {peer-host} and {peer-port} by the address of the other
   * end, {local}, {local-host} and {local-port} by that of this end, {name} by
   * the name of a computer, {bytes} by an amount such as "10 bytes". Keep them
   * as they are; their order is free. */
  [BE_OUTCOME_REFUSED] = {
    N_ ("Nobody is listening on {peer}"),
    N_ ("The computer is there and it answered, but no program has opened port {peer-port}. A server must listen before a client can connect."),
    N_ ("Start a server on this address and port, or connect to the port where one listens."),
  },
  [BE_OUTCOME_REFUSED_PATH] = {
    N_ ("Nobody is listening on {peer}"),
    N_ ("The path is there, but no server listens on it. It may be left over from a program that has ended."),
    N_ ("Start a server on this path. What is left over may have to be deleted first."),
  },
  [BE_OUTCOME_NO_SUCH_PATH] = {
    N_ ("There is no socket at {peer}"),
    N_ ("No file has this path. A server makes it when it starts."),
    N_ ("Start a server on this path, or check how the path is spelled."),
  },
  [BE_OUTCOME_NO_SUCH_FOLDER] = {
    N_ ("The folder of {local} does not exist"),
    N_ ("A socket with a path is made in a folder, and that must be there before."),
    N_ ("Choose a path in a folder that exists."),
  },
  [BE_OUTCOME_NO_ANSWER] = {
    N_ ("{peer} does not answer"),
    N_ ("The request to connect was sent several times, and nothing came back. The computer may be switched off, the address may be wrong, or a firewall on the way may throw the requests away."),
    N_ ("Check the address, that the other computer is switched on, and that its firewall lets port {peer-port} through."),
  },
  [BE_OUTCOME_FELL_SILENT] = {
    N_ ("{peer} has fallen silent"),
    N_ ("What was sent was never acknowledged, so the connection was given up. The other computer or the network between may be gone."),
    N_ ("Check the network, then connect again."),
  },
  [BE_OUTCOME_HOST_UNREACHABLE] = {
    N_ ("{peer-host} cannot be reached"),
    N_ ("The network is there, but no computer answers for this address."),
    N_ ("Check the address, and that the other computer is switched on and in this network."),
  },
  [BE_OUTCOME_NETWORK_UNREACHABLE] = {
    N_ ("There is no way to {peer-host}"),
    N_ ("This computer has no network connection that leads to this address."),
    N_ ("Check the network connection. An IPv6 address needs a network with IPv6."),
  },
  [BE_OUTCOME_NAME_NOT_FOUND] = {
    N_ ("The name “{name}” was not found"),
    N_ ("The directory of names (DNS) was asked, and it knows no address for this name."),
    N_ ("Check how the name is spelled, or enter the address in numbers. 127.0.0.1 is this computer."),
  },
  [BE_OUTCOME_NAME_NOT_ANSWERED] = {
    N_ ("Nobody could say where “{name}” is"),
    N_ ("The directory of names (DNS) did not answer this time."),
    N_ ("Check the network connection and try again, or enter the address in numbers."),
  },
  [BE_OUTCOME_PORT_IN_USE] = {
    N_ ("Port {local-port} is in use already"),
    N_ ("Another socket has the address {local}: that of another program, or of a server that was started before. Only one can have it."),
    N_ ("Stop the other program, or choose another port. For port 0 the system chooses a free one."),
  },
  [BE_OUTCOME_PATH_IN_USE] = {
    N_ ("{local} is in use already"),
    N_ ("A file has this path: the socket of a running server, or what is left of one that has ended."),
    N_ ("Stop the other server, or delete the file if there is none, or choose another path."),
  },
  [BE_OUTCOME_PAIR_IN_USE] = {
    N_ ("This pair of addresses is in use already"),
    N_ ("A connection from {local} to {peer} exists, or existed until a moment ago. Two connections must differ in at least one address or port."),
    N_ ("Let the system choose the local port, or wait a minute."),
  },
  [BE_OUTCOME_ADDRESS_NOT_OURS] = {
    N_ ("{local-host} is not an address of this computer"),
    N_ ("A socket can only be bound to an address that this computer has."),
    N_ ("Use 127.0.0.1 for this computer alone, or one of its own addresses in the network."),
  },
  [BE_OUTCOME_NO_LOCAL_ADDRESS] = {
    N_ ("There is no local address to reach {peer} from"),
    N_ ("This computer has no address that suits, or all of its ports are in use."),
    N_ ("Check the address. If there are very many connections, close some."),
  },
  [BE_OUTCOME_PRIVILEGED_PORT] = {
    N_ ("Port {local-port} is reserved"),
    N_ ("On this system only the administrator may open ports below 1024."),
    N_ ("Choose a port from 1024 to 65535."),
  },
  [BE_OUTCOME_FORBIDDEN_FOLDER] = {
    N_ ("{local} may not be made"),
    N_ ("The folder belongs to somebody else, or nothing can be written there."),
    N_ ("Choose a path in a folder of your own."),
  },
  [BE_OUTCOME_FORBIDDEN] = {
    N_ ("The system does not permit this"),
    N_ ("A rule or a firewall of this computer forbids {call}, or the address is one that programs may not use."),
    N_ ("Choose another address or port, or look into the firewall of this computer."),
  },
  [BE_OUTCOME_RESET] = {
    N_ ("The other end broke the connection off"),
    N_ ("It sent a reset (RST): it was told to, it closed before it had read everything, or its program crashed. What was on the way is lost."),
    N_ ("Connect again. If it happens each time, see what the other program does with the last bytes."),
  },
  [BE_OUTCOME_ABORTED] = {
    N_ ("The connection was given up"),
    N_ ("The system of this computer ended it, for example because its network connection was lost."),
    N_ ("Check the network, then connect again."),
  },
  [BE_OUTCOME_CLIENT_LEFT] = {
    N_ ("A client left before it was accepted"),
    N_ ("It had connected and was waiting in the queue, and then broke off."),
    N_ ("Nothing has to be done: the server goes on listening."),
  },
  [BE_OUTCOME_BROKEN_PIPE] = {
    N_ ("Nobody can receive this any more"),
    N_ ("The connection is closed in this direction: this end has said that it sends no more, or the other end has gone and answered with a reset (RST)."),
    N_ ("Connect again to send more."),
  },
  [BE_OUTCOME_MESSAGE_TOO_LONG] = {
    N_ ("The datagram is too long"),
    N_ ("UDP sends a datagram whole or not at all, and over IPv4 the largest holds 65,507 bytes."),
    N_ ("Send it in several datagrams, or over TCP, where a stream has no such limit."),
  },
  [BE_OUTCOME_DATAGRAM_TRUNCATED] = {
    N_ ("The rest of the datagram is lost"),
    N_ ("The datagram was longer than the buffer that it was received into. The system hands out its first bytes and throws the rest away."),
    N_ ("Receive into a larger buffer, or send shorter datagrams."),
  },
  [BE_OUTCOME_DATAGRAM_REFUSED] = {
    N_ ("Nobody receives at {peer}"),
    N_ ("A datagram arrived at the computer, but no program has opened port {peer-port} for UDP, and the computer said so (ICMP: port unreachable). The answer belongs to a datagram that was sent before this call."),
    N_ ("Start a UDP server there. This socket stays as it is: it can send again."),
  },
  [BE_OUTCOME_NO_DESCRIPTORS] = {
    N_ ("No more sockets can be opened"),
    N_ ("Each socket takes a descriptor, and the system gives this program no more of them."),
    N_ ("Close some connections: clients that wait are accepted as soon as there is room. Or raise the limit of the system."),
  },
  [BE_OUTCOME_QUEUE_FULL] = {
    N_ ("Too much is waiting to be sent"),
    N_ ("The other end takes the bytes more slowly than they are given, and the queue is full. Nothing of this message was sent."),
    N_ ("Wait until the other end has read, then send again."),
  },
  [BE_OUTCOME_NO_BUFFERS] = {
    N_ ("The system has no memory for this"),
    N_ ("Its buffers for the network are full."),
    N_ ("Wait a moment, then try again; or close some connections."),
  },
  [BE_OUTCOME_NO_FAMILY] = {
    N_ ("This computer does not know this kind of address"),
    N_ ("The system was set up without it: mostly that is IPv6."),
    N_ ("Use an IPv4 address. 127.0.0.1 is this computer."),
  },
  [BE_OUTCOME_CLIENT_LIMIT] = {
    /* TRANSLATORS: {number} is how many clients a server serves at once */
    N_ ("The limit of {number} for clients is reached"),
    N_ ("This server does not serve more at once. Others wait in the queue of the system."),
    N_ ("Close a client: then the next one is accepted."),
  },
  [BE_OUTCOME_PEER_LIMIT] = {
    N_ ("The peer heard from longest ago was forgotten"),
    N_ ("The server remembers a limited number of peers, and a new one has sent."),
    N_ ("Nothing has to be done: a peer is known again as soon as it sends."),
  },
  [BE_OUTCOME_REPLY_LOOP] = {
    N_ ("This datagram was not answered, to end a loop"),
    N_ ("Thousands of datagrams in a row came from {peer} that are their own answers, with nothing new among them. So it is between two servers that answer each other's answers, and they never stop."),
    N_ ("Nothing has to be done. A client that repeats itself misses one answer in thousands; it is answered always if its datagrams differ."),
  },
  [BE_OUTCOME_CANCELLED] = {
    N_ ("Cancelled before it was done"),
    N_ ("{call} had not returned yet when it was stopped."),
    NULL,
  },
  [BE_OUTCOME_FAILED] = {
    /* TRANSLATORS: {call} is the name of a system call, {error} what the
     * system says about it, in its own language */
    N_ ("{call} failed: {error}"),
    NULL,
    NULL,
  },
  [BE_OUTCOME_END_OF_STREAM] = {
    N_ ("The other end sends no more"),
    N_ ("It has closed the connection or its half of it, and everything that it sent has been read. A read then returns 0: the end of the stream."),
    N_ ("This is no error. This end may still send, and closes when it is done."),
  },
  [BE_OUTCOME_CLOSED_WITH_RESET] = {
    N_ ("Closed with a reset"),
    N_ ("Instead of the usual end (FIN) a reset (RST) was sent. What was on the way in either direction is thrown away, and the other end gets an error."),
    NULL,
  },
  [BE_OUTCOME_CLOSED_WITH_UNSENT] = {
    /* TRANSLATORS: {bytes} is an amount, such as "10 bytes" */
    N_ ("Closed with {bytes} unsent"),
    N_ ("They were waiting because the other end did not read fast enough, and are thrown away."),
    N_ ("To have everything sent, half-close, and wait for the other end to close."),
  },
};

static char *
dup_value (const BeEventRecord *record,
           const char          *name)
{
  if (g_str_equal (name, "peer"))
    return be_address_to_string (&record->peer);
  if (g_str_equal (name, "peer-host"))
    return be_address_host_to_string (&record->peer);
  if (g_str_equal (name, "peer-port"))
    return g_strdup_printf ("%u", record->peer.port);
  if (g_str_equal (name, "local"))
    return be_address_to_string (&record->local);
  if (g_str_equal (name, "local-host"))
    return be_address_host_to_string (&record->local);
  if (g_str_equal (name, "local-port"))
    return g_strdup_printf ("%u", record->local.port);
  if (g_str_equal (name, "name"))
    return be_payload_text_to_display (be_event_record_payload (record), record->kept_length,
                                       MAX_NAME_CHARACTERS);
  if (g_str_equal (name, "number"))
    return g_strdup_printf ("%'u", record->detail);
  if (g_str_equal (name, "bytes"))
    return g_strdup_printf (ngettext ("%'u byte", "%'u bytes", record->detail), record->detail);
  if (g_str_equal (name, "call"))
    return g_strdup_printf ("%s()", be_call_get_name (record->call));
  if (g_str_equal (name, "error"))
    return be_system_error_dup_message (record->error);

  return NULL;
}

/* Fills in what stands in braces; what is filled in is not looked at again. */
static char *
expand (const char          *text,
        const BeEventRecord *record)
{
  GString *result = g_string_new (NULL);

  while (*text != '\0')
    {
      const char      *end = *text == '{' ? strchr (text, '}') : NULL;
      g_autofree char *name = end != NULL ? g_strndup (text + 1, (gsize) (end - text - 1)) : NULL;
      g_autofree char *value = name != NULL ? dup_value (record, name) : NULL;

      if (value != NULL)
        {
          g_string_append (result, value);
          text = end + 1;
        }
      else
        g_string_append_c (result, *text++);
    }

  return g_string_free (result, FALSE);
}

static const Texts *
get_texts (const BeEventRecord *record)
{
  return &texts[be_outcome_from_record (record)];
}

/* On the server's side nobody can connect again: one waits for the client. */
static const char *
get_remedy_on_server (BeOutcome outcome)
{
  if (outcome == BE_OUTCOME_RESET)
    return N_ ("Wait for the client to connect again: the server goes on listening. If it happens each time, see what the client does with the last bytes.");
  if (outcome == BE_OUTCOME_BROKEN_PIPE)
    return N_ ("Wait for the client to connect again, then send more.");
  if (outcome == BE_OUTCOME_ABORTED || outcome == BE_OUTCOME_FELL_SILENT)
    return N_ ("Check the network, then wait for the client to connect again.");

  return NULL;
}

static char *
dup_text (const char          *text,
          const BeEventRecord *record)
{
  /* Marked for translation in the table. */
  return text != NULL ? expand (g_dgettext (GETTEXT_PACKAGE, text), record) : NULL;
}

/**
 * be_explanation_get_title:
 *
 * Returns: (transfer full) (nullable): what happened, as a headline; %NULL
 *   when the record explains itself.
 */
char *
be_explanation_get_title (const BeEventRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  return dup_text (get_texts (record)->title, record);
}

/**
 * be_explanation_get_reason:
 *
 * Returns: (transfer full) (nullable): why that probably happened.
 */
char *
be_explanation_get_reason (const BeEventRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  return dup_text (get_texts (record)->reason, record);
}

/**
 * be_explanation_get_remedy:
 *
 * Returns: (transfer full) (nullable): what a person can do now.
 */
char *
be_explanation_get_remedy (const BeEventRecord *record)
{
  const char *remedy = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  if (be_event_record_is_failure (record) && (record->flags & BE_EVENT_MORE))
    return g_strdup (_ ("Nothing has to be done: the name has another address, and that is tried now."));

  if (record->side == BE_SIDE_SERVER)
    remedy = get_remedy_on_server (be_outcome_from_record (record));

  return dup_text (remedy != NULL ? remedy : get_texts (record)->remedy, record);
}

/**
 * be_explanation_error_name:
 * @error_number: of the system, not of getaddrinfo ()
 *
 * Returns: (nullable): the name in the system's headers, such as
 *   `ECONNREFUSED`, on Windows `WSAECONNREFUSED`; %NULL when it has none.
 */
const char *
be_explanation_error_name (int error_number)
{
  return be_system_error_get_name (error_number);
}
