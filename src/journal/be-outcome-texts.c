/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-outcome-texts.h"

#include <glib/gi18n-lib.h>

/* Sentences for people. What stands in braces is filled in by be-explanation.c:
 *
 *   {peer} {peer-host} {peer-port}     the other end's address, or a path
 *   {local} {local-host} {local-port}  this end's
 *   {name}                             the name that was looked up
 *   {number}                           a limit
 *   {bytes} {unread}                   an amount: "10 bytes"
 *   {call} {error}                     the call, and the system's own words
 */
static const BeOutcomeTexts texts[] = {
  /* TRANSLATORS: here and in all sentences below, what stands in braces is
   * replaced: {peer}, {peer-host} and {peer-port} by the address of the other
   * end, {local}, {local-host} and {local-port} by that of this end, {name} by
   * the name of a computer, {bytes} by an amount such as "10 bytes". Keep them
   * as they are; their order is free. */
  [BE_OUTCOME_REFUSED] = {
    N_ ("Nobody is listening on {peer}"),
    N_ ("The computer is there and it answered, but no program has opened port {peer-port}. A server must listen before a client can connect."),
    {
      N_ ("No server has been started there yet, or it has stopped."),
      N_ ("The server listens on another port or on another address."),
      N_ ("A firewall refuses in the name of the computer."),
    },
    N_ ("Start a server on this address and port, or connect to the port where one listens."),
  },
  [BE_OUTCOME_REFUSED_PATH] = {
    N_ ("Nobody is listening on {peer}"),
    N_ ("The path is there, but no server listens on it."),
    {
      N_ ("The program that made the path has ended without deleting it."),
      N_ ("The server has bound the path but does not listen yet."),
    },
    N_ ("Start a server on this path. What is left over may have to be deleted first."),
  },
  [BE_OUTCOME_NO_SUCH_PATH] = {
    N_ ("There is no socket at {peer}"),
    N_ ("No file has this path. A server makes it when it starts."),
    {
      N_ ("The server has not been started yet."),
      N_ ("The path is spelled differently."),
    },
    N_ ("Start a server on this path, or check how the path is spelled."),
  },
  [BE_OUTCOME_NO_SUCH_FOLDER] = {
    N_ ("The folder of {local} does not exist"),
    N_ ("A socket with a path is made in a folder, and that must be there before."),
    {
      N_ ("A part of the path is spelled differently."),
      N_ ("The folder has been deleted."),
    },
    N_ ("Choose a path in a folder that exists."),
  },
  [BE_OUTCOME_NO_ANSWER] = {
    N_ ("{peer} does not answer"),
    N_ ("The request to connect (SYN) was sent several times, and nothing came back."),
    {
      N_ ("A firewall on the way throws the requests away."),
      N_ ("The computer is switched off, or the address is wrong."),
      N_ ("The queue of the server is full because it does not accept."),
    },
    N_ ("Check the address, that the other computer is switched on, and that its firewall lets port {peer-port} through."),
  },
  [BE_OUTCOME_FELL_SILENT] = {
    N_ ("{peer} has fallen silent"),
    N_ ("What was sent was repeated and never acknowledged, so the connection was given up."),
    {
      N_ ("The network between the two was interrupted."),
      N_ ("The other computer was switched off or fell asleep."),
    },
    N_ ("Check the network, then connect again."),
  },
  [BE_OUTCOME_HOST_UNREACHABLE] = {
    N_ ("{peer-host} cannot be reached"),
    N_ ("The network is there, but no computer answers for this address."),
    {
      N_ ("The address is wrong."),
      N_ ("The computer is switched off or in another network."),
      N_ ("A router on the way knows no path to it."),
    },
    N_ ("Check the address, and that the other computer is switched on and in this network."),
  },
  [BE_OUTCOME_NETWORK_UNREACHABLE] = {
    N_ ("There is no way to {peer-host}"),
    N_ ("This computer has no network connection that leads to this address."),
    {
      N_ ("This computer is not connected to a network."),
      N_ ("It is an IPv6 address, and the network has IPv4 only."),
    },
    N_ ("Check the network connection. An IPv6 address needs a network with IPv6."),
  },
  [BE_OUTCOME_NAME_NOT_FOUND] = {
    N_ ("The name “{name}” was not found"),
    N_ ("The directory of names (DNS) was asked, and it knows no address for this name."),
    {
      N_ ("The name is misspelled."),
      N_ ("The name is known in another network only."),
    },
    N_ ("Check how the name is spelled, or enter the address in numbers. 127.0.0.1 is this computer."),
  },
  [BE_OUTCOME_NAME_NOT_ANSWERED] = {
    N_ ("Nobody could say where “{name}” is"),
    N_ ("The directory of names (DNS) did not answer this time."),
    {
      N_ ("This computer is not connected to a network."),
      N_ ("The server of names is overloaded or cannot be reached."),
    },
    N_ ("Check the network connection and try again, or enter the address in numbers."),
  },
  [BE_OUTCOME_PORT_IN_USE] = {
    N_ ("Port {local-port} is in use already"),
    N_ ("Another socket has the address {local}. Only one can have it."),
    {
      N_ ("A server is running already, perhaps in another window."),
      N_ ("Another program uses this port."),
      N_ ("Connections of a server that has ended are not over yet."),
    },
    N_ ("Stop the other program, or choose another port. For port 0 the system chooses a free one."),
  },
  [BE_OUTCOME_PORT_HAS_LISTENER] = {
    N_ ("Port {local-port} is in use already"),
    N_ ("A server listens on this port at the moment; the system says so. Only one can."),
    {
      N_ ("A server is running already, perhaps in another window."),
      N_ ("Another program offers its service on this port."),
    },
    N_ ("Stop the other program, or choose another port. For port 0 the system chooses a free one."),
  },
  [BE_OUTCOME_PORT_HAS_CONNECTION] = {
    N_ ("Port {local-port} is in use already"),
    N_ ("Nobody listens on this port, but a connection that has it is still open; the system says so."),
    {
      N_ ("A server has stopped listening and still serves its clients."),
      N_ ("A client of another program calls from this port."),
    },
    N_ ("Wait until that connection is closed, or choose another port."),
  },
  [BE_OUTCOME_PORT_IN_TIME_WAIT] = {
    N_ ("Port {local-port} is still in TIME_WAIT"),
    N_ ("Nobody listens on this port. Connections of it were closed a moment ago, and the system keeps their addresses for about a minute, in case a late segment arrives."),
    {
      N_ ("A server on this port has closed its connections a moment ago and did not set SO_REUSEADDR."),
      N_ ("A client has called from this port and closed first."),
    },
    N_ ("Wait a minute and try again, or choose another port."),
  },
  [BE_OUTCOME_PATH_IN_USE] = {
    N_ ("{local} exists already"),
    N_ ("A file has this path already, and a server makes its own."),
    {
      N_ ("A server was started twice."),
      N_ ("A program has ended without deleting its path."),
    },
    N_ ("Stop the other server, or delete the file if there is none, or choose another path."),
  },
  [BE_OUTCOME_PAIR_IN_USE] = {
    N_ ("This pair of addresses is in use already"),
    N_ ("A connection from {local} to {peer} exists, or existed until a moment ago. Two connections must differ in at least one address or port."),
    {
      N_ ("The local port is fixed, and the last connection from it is in TIME_WAIT."),
      N_ ("The same connection exists already."),
    },
    N_ ("Let the system choose the local port, or wait a minute."),
  },
  [BE_OUTCOME_ADDRESS_NOT_OURS] = {
    N_ ("{local-host} is not an address of this computer"),
    N_ ("A socket can only be bound to an address that this computer has. Nothing was sent."),
    {
      N_ ("It is the address of another computer."),
      N_ ("This computer has got another address since."),
      N_ ("The network card with this address is off."),
    },
    N_ ("Use 127.0.0.1 for this computer alone, or one of its own addresses in the network."),
  },
  [BE_OUTCOME_NO_LOCAL_ADDRESS] = {
    N_ ("There is no local address to reach {peer} from"),
    N_ ("The system found no pair of local address and port for this connection. Nothing was sent."),
    {
      N_ ("All local ports are taken by connections to this server."),
      N_ ("The local address belongs to another network."),
    },
    N_ ("Check the address. If there are very many connections, close some."),
  },
  [BE_OUTCOME_PRIVILEGED_PORT] = {
    N_ ("Port {local-port} is reserved"),
    N_ ("On this system only the administrator may open ports below 1024."),
    {
      N_ ("The program was not started by the administrator."),
    },
    N_ ("Choose a port from 1024 to 65535."),
  },
  [BE_OUTCOME_FORBIDDEN_FOLDER] = {
    N_ ("{local} may not be made"),
    N_ ("The folder belongs to somebody else, or nothing can be written there."),
    {
      N_ ("The folder belongs to the system or to somebody else."),
      N_ ("The file system can only be read."),
    },
    N_ ("Choose a path in a folder of your own."),
  },
  [BE_OUTCOME_FORBIDDEN_PATH] = {
    N_ ("{peer} may not be used"),
    N_ ("Who connects to a path must be allowed to write to its file."),
    {
      N_ ("The file belongs to somebody else, and its permissions leave out this user."),
      N_ ("A folder on the way to it may not be entered."),
    },
    N_ ("Look at the permissions of the file and of its folders, or ask whoever runs the server."),
  },
  [BE_OUTCOME_FORBIDDEN] = {
    N_ ("The system does not permit this"),
    N_ ("A rule of this computer forbids {call}."),
    {
      N_ ("A firewall of this computer forbids it."),
      N_ ("The address is a broadcast address, and the socket may not send to such."),
      N_ ("The system keeps this port for itself."),
    },
    N_ ("Choose another address or port, or look into the firewall of this computer."),
  },
  [BE_OUTCOME_RESET] = {
    N_ ("The other end broke the connection off"),
    N_ ("It sent a reset (RST). What was on the way is lost."),
    {
      N_ ("The other program was ended, or it crashed."),
      N_ ("It closed before it had read everything."),
      N_ ("It was told to reset (SO_LINGER with 0 seconds)."),
    },
    N_ ("Connect again. If it happens each time, see what the other program does with the last bytes."),
  },
  [BE_OUTCOME_ABORTED] = {
    N_ ("The connection was given up"),
    N_ ("The system of this computer ended it."),
    {
      N_ ("The network connection of this computer was lost."),
      N_ ("A firewall of this computer ended the connection."),
    },
    N_ ("Check the network, then connect again."),
  },
  [BE_OUTCOME_CLIENT_LEFT] = {
    N_ ("A client left before it was accepted"),
    N_ ("It had connected and was waiting in the queue, and then broke off."),
    {
      N_ ("The client ran out of patience, or its program ended."),
      N_ ("Somebody tried only whether the port is open."),
    },
    N_ ("Nothing has to be done: the server goes on listening."),
  },
  [BE_OUTCOME_BROKEN_PIPE] = {
    N_ ("Nobody can receive this any more"),
    N_ ("The connection is closed in this direction: this end has said that it sends no more, or the other end has gone and answered with a reset (RST)."),
    {
      N_ ("The other end closed, and an earlier send was answered with a reset."),
      N_ ("This end has half-closed: it said that it sends no more."),
    },
    N_ ("Connect again to send more."),
  },
  [BE_OUTCOME_MESSAGE_TOO_LONG] = {
    N_ ("The datagram is too long"),
    N_ ("UDP sends a datagram whole or not at all, and over IPv4 the largest holds 65,507 bytes."),
    {
      N_ ("The text or file is larger than a datagram can be."),
    },
    N_ ("Send it in several datagrams, or over TCP, where a stream has no such limit."),
  },
  [BE_OUTCOME_DATAGRAM_TRUNCATED] = {
    N_ ("The rest of the datagram is lost"),
    N_ ("The datagram was longer than the buffer that it was received into. The system hands out its first bytes and throws the rest away."),
    {
      N_ ("The reader asks for fewer bytes than the sender put into one datagram."),
    },
    N_ ("Receive into a larger buffer, or send shorter datagrams."),
  },
  [BE_OUTCOME_DATAGRAM_REFUSED] = {
    N_ ("Nobody receives at {peer}"),
    N_ ("A datagram arrived at the computer, but no program has opened port {peer-port} for UDP, and the computer said so (ICMP: port unreachable). The answer belongs to a datagram that was sent before this call."),
    {
      N_ ("No UDP server has been started there yet, or it has stopped."),
      N_ ("A TCP server has this port number: that is another port."),
      N_ ("A firewall rejects the datagram with the same ICMP message."),
    },
    N_ ("Start a UDP server there. This socket stays as it is: it can send again."),
  },
  [BE_OUTCOME_NO_DESCRIPTORS] = {
    N_ ("No more sockets can be opened"),
    N_ ("Each socket takes a descriptor, and the system gives this program no more of them."),
    {
      N_ ("Very many connections are open at once."),
      N_ ("The limit for this program is low."),
    },
    N_ ("Close some connections: clients that wait are accepted as soon as there is room. Or raise the limit of the system."),
  },
  [BE_OUTCOME_QUEUE_FULL] = {
    N_ ("Too much is waiting to be sent"),
    N_ ("The other end takes the bytes more slowly than they are given, and the queue is full. Nothing of this message was sent."),
    {
      N_ ("The other program does not read, or is paused."),
      N_ ("The network is slower than what is sent."),
    },
    N_ ("Wait until the other end has read, then send again."),
  },
  [BE_OUTCOME_NO_BUFFERS] = {
    N_ ("The system has no memory for this"),
    N_ ("Its buffers for the network are full."),
    {
      N_ ("Very much is on its way at once."),
      N_ ("The computer is short of memory."),
    },
    N_ ("Wait a moment, then try again; or close some connections."),
  },
  [BE_OUTCOME_NO_FAMILY] = {
    N_ ("This computer does not know this kind of address"),
    N_ ("The system was set up without it: mostly that is IPv6."),
    {
      N_ ("IPv6 is switched off on this computer."),
    },
    N_ ("Use an IPv4 address. 127.0.0.1 is this computer."),
  },
  [BE_OUTCOME_CLIENT_LIMIT] = {
    /* TRANSLATORS: {number} is how many clients a server serves at once */
    N_ ("The limit of {number} for clients is reached"),
    N_ ("This server does not serve more at once. Others wait in the queue of the system."),
    {
      N_ ("More clients have come than the server was set up for."),
    },
    N_ ("Close a client: then the next one is accepted."),
  },
  [BE_OUTCOME_PEER_LIMIT] = {
    N_ ("The peer heard from longest ago was forgotten"),
    N_ ("The server remembers a limited number of peers, and a new one has sent."),
    {
      N_ ("Datagrams came from very many addresses."),
    },
    N_ ("Nothing has to be done: a peer is known again as soon as it sends."),
  },
  [BE_OUTCOME_REPLY_LOOP] = {
    N_ ("This datagram was not answered, to end a loop"),
    N_ ("Thousands of datagrams in a row came from {peer} that are their own answers, with nothing new among them. So it is between two servers that answer each other's answers, and they never stop."),
    {
      N_ ("Two servers were made to talk to each other."),
      N_ ("A client sends the same datagram again and again."),
    },
    N_ ("Nothing has to be done. A client that repeats itself misses one answer in thousands; it is answered always if its datagrams differ."),
  },
  [BE_OUTCOME_CANCELLED] = {
    N_ ("Cancelled before it was done"),
    N_ ("{call} had not returned yet when it was stopped."),
    {
      N_ ("Stop, Disconnect or Close was pressed while the call was waiting."),
    },
    N_ ("Nothing has to be done. Start or connect again when you like."),
  },
  [BE_OUTCOME_FAILED] = {
    /* TRANSLATORS: {call} is the name of a system call, {error} what the
     * system says about it, in its own language */
    N_ ("{call} failed: {error}"),
    N_ ("The call returned −1. What the network did is not known."),
    {
      N_ ("The system has a reason that Both Ends does not know."),
    },
    N_ ("Look the name and the number up in the manual of the call."),
  },
  [BE_OUTCOME_END_OF_STREAM] = {
    N_ ("The other end sends no more"),
    N_ ("It has closed the connection or its half of it, and everything that it sent has been read. A read then returns 0: the end of the stream."),
    {
      N_ ("The other program is done and has closed."),
      N_ ("It has half-closed and waits for an answer."),
    },
    N_ ("This is no error. This end may still send, and closes when it is done."),
  },
  [BE_OUTCOME_CLOSED_WITH_RESET] = {
    N_ ("Closed with a reset"),
    N_ ("Instead of the usual end (FIN) a reset (RST) was sent. What was on the way in either direction is thrown away, and the other end gets an error."),
    {
      N_ ("Reset was pressed, which closes with SO_LINGER and 0 seconds."),
    },
    N_ ("Nothing has to be done. To close in the usual way, disconnect."),
  },
  [BE_OUTCOME_CLOSED_WITH_UNSENT] = {
    /* TRANSLATORS: {bytes} is an amount, such as "10 bytes" */
    N_ ("Closed with {bytes} unsent"),
    N_ ("They were still waiting here when the socket was closed, and are thrown away."),
    {
      N_ ("The other end did not read fast enough."),
    },
    N_ ("To have everything sent, half-close, and wait for the other end to close."),
  },
  [BE_OUTCOME_CLOSED_WITH_UNREAD] = {
    /* TRANSLATORS: {unread} is an amount, such as "10 bytes" */
    N_ ("Closed with {unread} unread"),
    N_ ("They had come, and nobody will read them. So that the other end does not take them for read, the system sends a reset (RST), as RFC 1122 asks (4.2.2.13): the next call of the other end fails, mostly with ECONNRESET. The RST is inferred."),
    {
      N_ ("The socket was closed while its reads were held."),
      N_ ("The bytes came just before the close."),
    },
    N_ ("Nothing has to be done. To close in the usual way, read to the end of the stream first."),
  },
  [BE_OUTCOME_CLOSED_PATH_WITH_UNREAD] = {
    /* TRANSLATORS: {unread} is an amount, such as "10 bytes" */
    N_ ("Closed with {unread} unread"),
    N_ ("They had come, and nobody will read them. So that the other end does not take them for read, the system gives it an error (ECONNRESET) instead of the end of the stream."),
    {
      N_ ("The socket was closed while its reads were held."),
      N_ ("The bytes came just before the close."),
    },
    N_ ("Nothing has to be done. To close in the usual way, read to the end of the stream first."),
  },
};

/* The same, where the record says that its own end may send nothing any more. */
static const BeOutcomeTexts broken_by_this_end = {
  N_ ("This end has said that it sends no more"),
  N_ ("After shutdown() with SHUT_WR, which sends a FIN, the system takes no more bytes from this end: nothing of this message was sent. The other direction is not touched by that."),
  {
    N_ ("This end was told to half-close: shutdown() with SHUT_WR."),
  },
  N_ ("Connect again to send more."),
  .is_cause_known = TRUE,
};

static const BeOutcomeTexts end_of_both_streams = {
  N_ ("Neither end sends any more"),
  N_ ("The other end has closed its direction, and everything that it sent has been read. A read then returns 0: the end of the stream."),
  {
    N_ ("It has read the end of what this end sent, and closed in turn."),
    N_ ("The other program is done and has closed."),
  },
  N_ ("This is no error. Both directions are over: this end may send nothing either, and closes."),
};

/**
 * be_outcome_texts_get:
 *
 * Returns: what there is to say of @outcome; all of it %NULL for
 *   %BE_OUTCOME_PLAIN
 */
const BeOutcomeTexts *
be_outcome_texts_get (BeOutcome outcome)
{
  g_return_val_if_fail ((guint) outcome < G_N_ELEMENTS (texts), &texts[BE_OUTCOME_PLAIN]);

  return &texts[outcome];
}

/**
 * be_outcome_texts_get_at_end:
 *
 * Returns: what there is to say of @outcome where its own end may send nothing
 *   any more, see be_outcome_has_ended_sending()
 */
const BeOutcomeTexts *
be_outcome_texts_get_at_end (BeOutcome outcome)
{
  if (outcome == BE_OUTCOME_BROKEN_PIPE)
    return &broken_by_this_end;

  return outcome == BE_OUTCOME_END_OF_STREAM ? &end_of_both_streams : be_outcome_texts_get (outcome);
}
