/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-text.h"

#include "be-explanation.h"
#include "be-listen-limit.h"
#include "be-outcome.h"
#include "be-pairing.h"
#include "be-payload-text.h"
#include "be-socket-option.h"

#include <glib/gi18n-lib.h>

#define MAX_NAME_CHARACTERS 120
#define MAX_SPOKEN_CHARACTERS 200

#define MICROSECONDS_PER_MILLISECOND 1000u
#define SECONDS_PER_MINUTE 60u
#define MINUTES_PER_HOUR 60u
#define MILLISECOND_DIGITS 3u
#define MICROSECOND_DIGITS 6u

static char *
dup_byte_count (guint32 n)
{
  return g_strdup_printf (ngettext ("%'u byte", "%'u bytes", n), n);
}

static char *
dup_payload (const BeEventRecord *record,
             gsize                max_characters)
{
  return be_payload_text_to_display (be_event_record_payload (record), record->kept_length,
                                     max_characters);
}

/* How long a datagram was that did not fit, where the system told; else 0. */
static guint32
get_whole_length (const BeEventRecord *record)
{
  gboolean is_told = (record->flags & BE_EVENT_TRUNCATED) != 0 && (record->flags & BE_EVENT_LIMIT) == 0 &&
                     record->detail > record->payload_length;

  return is_told ? record->detail : 0;
}

static char *
describe_amount (const BeEventRecord *record)
{
  if (record->payload_length == 0 && record->protocol == BE_PROTOCOL_UDP)
    return g_strdup (_ ("empty datagram"));

  return dup_byte_count (record->payload_length);
}

/* How much moved, and where the call itself says so: from or to whom. */
static char *
describe_move (const BeEventRecord *record)
{
  g_autofree char *amount = describe_amount (record);
  g_autofree char *peer = be_address_to_string (&record->peer);

  /* TRANSLATORS: %s is an amount such as "10 bytes", then an address */
  if (record->call == BE_CALL_RECVFROM)
    return g_strdup_printf (_ ("%s from %s"), amount, peer);

  /* TRANSLATORS: %s is an amount such as "10 bytes", then an address */
  if (record->call == BE_CALL_SENDTO)
    return g_strdup_printf (_ ("%s to %s"), amount, peer);

  return g_steal_pointer (&amount);
}

/* The same, and what of it is not there any more. */
static char *
describe_transfer (const BeEventRecord *record)
{
  g_autofree char *move = describe_move (record);
  guint32          whole = get_whole_length (record);

  if (whole > 0)
    /* TRANSLATORS: of a datagram that did not fit: how many bytes were kept, how
     * many it had, and how many the system threw away */
    return g_strdup_printf (ngettext ("%'u of %'u byte; %'u thrown away", "%'u of %'u bytes; %'u thrown away", whole),
                            record->payload_length, whole, whole - record->payload_length);

  if (record->flags & BE_EVENT_TRUNCATED)
    /* TRANSLATORS: %s is an amount such as "10 bytes", all that is left of a
     * longer datagram */
    return g_strdup_printf (_ ("%s, the rest is lost"), move);

  if (be_outcome_from_record (record) == BE_OUTCOME_REPLY_LOOP)
    /* TRANSLATORS: %s is an amount and an address: "10 bytes from 127.0.0.1:50001" */
    return g_strdup_printf (_ ("%s, not answered to end a loop"), move);

  if (be_outcome_from_record (record) == BE_OUTCOME_PEER_LIMIT)
    /* TRANSLATORS: %s is an amount and the address of a peer who is new:
     * "10 bytes from 127.0.0.1:50001" */
    return g_strdup_printf (_ ("%s, and the oldest peer is forgotten"), move);

  if (record->kept_length < record->payload_length)
    /* TRANSLATORS: %s is an amount such as "262,144 bytes", of which the log
     * has only the beginning; %'u is how many of them */
    return g_strdup_printf (ngettext ("%s, the first %'u kept", "%s, the first %'u kept", record->kept_length),
                            move, record->kept_length);

  return g_steal_pointer (&move);
}

static char *
describe_lookup (const BeEventRecord *record)
{
  g_autofree char *name = dup_payload (record, MAX_NAME_CHARACTERS);
  g_autofree char *address = be_address_host_to_string (&record->peer);

  if (record->result == -1 || *address == '\0')
    return g_steal_pointer (&name);

  /* TRANSLATORS: the name of a computer, and its address */
  return g_strdup_printf (_ ("%s is %s"), name, address);
}

static char *
describe_connect (const BeEventRecord *record)
{
  g_autofree char *peer = be_address_to_string (&record->peer);

  if (record->flags & BE_EVENT_CANCELLED)
    /* TRANSLATORS: of a connect () to an address, when it was cancelled */
    return g_strdup_printf (_ ("to %s, not answered yet"), peer);

  /* TRANSLATORS: of a connect () to an address */
  return g_strdup_printf (_ ("to %s"), peer);
}

static char *
describe_accept (const BeEventRecord *record)
{
  g_autofree char *peer = be_address_to_string (&record->peer);

  /* TRANSLATORS: of an accept () from an address */
  return g_strdup_printf (_ ("from %s"), peer);
}

/* Also after a shutdown (), when the FIN has gone out long ago. */
static char *
describe_unread_close (const BeEventRecord *record)
{
  g_autofree char *unread = dup_byte_count ((guint32) record->position);
  g_autofree char *unsent = dup_byte_count (record->detail);

  if (record->protocol != BE_PROTOCOL_TCP)
    /* TRANSLATORS: %s is an amount such as "10 bytes" */
    return g_strdup_printf (_ ("%s not read: the other end gets ECONNRESET, not the end of the stream"), unread);

  if (record->detail > 0)
    /* TRANSLATORS: two amounts such as "10 bytes" */
    return g_strdup_printf (_ ("%s not read: the system sends RST; %s never sent"), unread, unsent);

  /* TRANSLATORS: %s is an amount such as "10 bytes" */
  return g_strdup_printf (_ ("%s not read: the system sends RST"), unread);
}

static char *
describe_close (const BeEventRecord *record)
{
  g_autofree char *amount = NULL;

  if (record->flags & BE_EVENT_UNREAD)
    return describe_unread_close (record);

  if (record->flags & BE_EVENT_RESET)
    return g_strdup (_ ("with a reset"));

  if (record->detail == 0)
    return g_strdup ("");

  amount = dup_byte_count (record->detail);

  /* TRANSLATORS: %s is an amount such as "10 bytes" */
  return g_strdup_printf (_ ("%s never sent"), amount);
}

/* What failed names its error; where it wanted to go is told where known. */
static char *
describe_failure (const BeEventRecord *record)
{
  if (record->call == BE_CALL_GETADDRINFO)
    return describe_lookup (record);

  if (record->call == BE_CALL_CONNECT)
    return describe_connect (record);

  if (record->call == BE_CALL_BIND)
    return be_address_to_string (&record->local);

  return g_strdup (be_explanation_error_name (record->error));
}

static const char *
get_protocol_name (const BeEventRecord *record)
{
  switch ((BeProtocol) record->protocol)
    {
    case BE_PROTOCOL_TCP:
      return "TCP";
    case BE_PROTOCOL_UDP:
      return "UDP";
    case BE_PROTOCOL_UNIX:
    default:
      return "Unix";
    }
}

static char *
describe_listen (guint backlog)
{
  if (!BE_LISTEN_LETS_ONE_MORE_WAIT)
    return g_strdup_printf (ngettext ("at most %'u may wait", "at most %'u may wait", backlog), backlog);

  if (backlog == 0)
    /* TRANSLATORS: of listen(0) */
    return g_strdup (_ ("Linux still lets one wait"));

  /* TRANSLATORS: of listen(5): how many clients Linux lets wait, which are 6 */
  return g_strdup_printf (ngettext ("%'u may wait, and one more", "%'u may wait, and one more", backlog), backlog);
}

static char *
describe_success (const BeEventRecord *record)
{
  switch ((BeCall) record->call)
    {
    case BE_CALL_GETADDRINFO:
      return describe_lookup (record);
    case BE_CALL_SOCKET:
      return g_strdup (get_protocol_name (record));
    case BE_CALL_BIND:
      return be_address_to_string (&record->local);
    case BE_CALL_LISTEN:
      return describe_listen (record->detail);
    case BE_CALL_ACCEPT:
      return describe_accept (record);
    case BE_CALL_CONNECT:
      return describe_connect (record);
    case BE_CALL_SETSOCKOPT:
      return g_strdup ("");
    case BE_CALL_SHUTDOWN:
      return g_strdup (_ ("no more to send"));
    case BE_CALL_CLOSE:
      return describe_close (record);
    case BE_CALL_SEND:
    case BE_CALL_SENDTO:
    case BE_CALL_RECV:
    case BE_CALL_RECVFROM:
    default:
      if (be_event_record_is_end_of_stream (record))
        return g_strdup (_ ("end of stream"));
      return describe_transfer (record);
    }
}

static char *
dup_option_call (const BeEventRecord *record)
{
  BeSocketTraits   traits = be_socket_traits (&record->local, record->protocol != BE_PROTOCOL_UDP);
  g_autofree char *value = be_socket_option_dup_value (record->detail, be_event_record_get_option_value (record));

  return g_strdup_printf ("%s(%s, %s)", be_call_get_name (record->call),
                          be_socket_option_get_name (record->detail, &traits), value);
}

/**
 * be_event_text_call:
 *
 * Returns: (transfer full): the call as programs write it: `recv()`,
 *   `listen(5)`, `setsockopt(SO_KEEPALIVE, 1)`; the same in every language.
 */
char *
be_event_text_call (const BeEventRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  if (record->call == BE_CALL_LISTEN)
    return g_strdup_printf ("%s(%u)", be_call_get_name (record->call), record->detail);

  if (record->call == BE_CALL_SETSOCKOPT)
    return dup_option_call (record);

  return g_strdup_printf ("%s()", be_call_get_name (record->call));
}

/**
 * be_event_text_detail:
 *
 * Returns: (transfer full): what stands beside the call: whom it went to, how
 *   much moved; may be empty.
 */
char *
be_event_text_detail (const BeEventRecord *record)
{
  char *text;

  g_return_val_if_fail (record != NULL, NULL);

  text = record->result == -1 ? describe_failure (record) : describe_success (record);

  return text != NULL ? text : g_strdup ("");
}

/**
 * be_event_text_is_state_implied:
 *
 * Returns: whether the state after the call is what the call implies: after close ()
 *   no descriptor is left to ask with, and TCP goes on without it
 */
gboolean
be_event_text_is_state_implied (const BeEventRecord *record)
{
  g_return_val_if_fail (record != NULL, FALSE);

  return record->call == BE_CALL_CLOSE && record->result == 0 && record->state != BE_SYSTEM_STATE_CLOSED &&
         record->state != BE_SYSTEM_STATE_UNKNOWN;
}

/**
 * be_event_text_state:
 *
 * Returns: (transfer full) (nullable): the state after the call, where a row
 *   shows one; of close () where TCP goes on to
 */
char *
be_event_text_state (const BeEventRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  /* These make a socket, or a name for one, and no state worth a word; and an option
   * leaves the state as it was. */
  if (record->call == BE_CALL_SOCKET || record->call == BE_CALL_GETADDRINFO || record->call == BE_CALL_SETSOCKOPT)
    return NULL;

  if (record->state == BE_SYSTEM_STATE_UNKNOWN)
    return NULL;

  if (record->state == BE_SYSTEM_STATE_CLOSED)
    return record->call == BE_CALL_BIND ? NULL : g_strdup (C_ ("state of a socket", "closed"));

  /* Only these two begin with a close (); the others it leaves as they were. */
  if (record->call == BE_CALL_CLOSE &&
      (record->state == BE_SYSTEM_STATE_FIN_WAIT_1 || record->state == BE_SYSTEM_STATE_LAST_ACK))
    return g_strdup_printf ("→ %s", be_system_state_get_label (record->state));

  return g_strdup (be_system_state_get_label (record->state));
}

/* The part of a second after the point: as a number of @digits digits. */
static char *
format_time (const BeEventRecord *record,
             gint64               start,
             guint                digits)
{
  guint64 microseconds = (guint64) MAX (record->time - start, 0);
  guint64 minutes = microseconds / G_USEC_PER_SEC / SECONDS_PER_MINUTE;
  guint64 hours = minutes / MINUTES_PER_HOUR;
  guint   seconds = (guint) (microseconds / G_USEC_PER_SEC % SECONDS_PER_MINUTE);
  guint   part = (guint) (microseconds % G_USEC_PER_SEC);

  if (digits == MILLISECOND_DIGITS)
    part /= MICROSECONDS_PER_MILLISECOND;

  if (hours > 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u.%0*u", hours,
                            (guint) (minutes % MINUTES_PER_HOUR), seconds, (int) digits, part);

  if (minutes > 0)
    return g_strdup_printf ("%u:%02u.%0*u", (guint) minutes, seconds, (int) digits, part);

  if (digits == MILLISECOND_DIGITS)
    /* TRANSLATORS: seconds and thousandths, such as "3.204 s" */
    return g_strdup_printf (_ ("%u.%03u s"), seconds, part);

  /* TRANSLATORS: seconds and millionths, such as "3.204567 s" */
  return g_strdup_printf (_ ("%u.%06u s"), seconds, part);
}

/**
 * be_event_text_time:
 * @start: when the clock of the rows began, g_get_monotonic_time (), µs
 *
 * Returns: (transfer full): the time since @start: `3.204 s`, `1:02.345`,
 *   `1:00:02.345`.
 */
char *
be_event_text_time (const BeEventRecord *record,
                    gint64               start)
{
  g_return_val_if_fail (record != NULL, NULL);

  return format_time (record, start, MILLISECOND_DIGITS);
}

/**
 * be_event_text_exact_time:
 * @start: when the clock of the rows began, g_get_monotonic_time (), µs
 *
 * Tells calls apart on one computer, where an answer takes microseconds.
 *
 * Returns: (transfer full): the time since @start to the microsecond, with
 *   always six digits after the point: `3.204567 s`, `1:02.345678`.
 */
char *
be_event_text_exact_time (const BeEventRecord *record,
                          gint64               start)
{
  g_return_val_if_fail (record != NULL, NULL);

  return format_time (record, start, MICROSECOND_DIGITS);
}

static char *
describe_speaker (const BeEventRecord *record)
{
  g_autofree char *letter = be_pairing_dup_letter (record->connection);

  /* UDP has no connections: a server has peers, and each client a socket. */
  if (letter != NULL && record->protocol == BE_PROTOCOL_UDP)
    /* TRANSLATORS: %s is a letter that a peer and its socket are called by */
    return record->side == BE_SIDE_SERVER ? g_strdup_printf (_ ("Server, peer %s"), letter)
                                          : g_strdup_printf (_ ("Client, socket %s"), letter);

  if (record->side == BE_SIDE_SERVER)
    /* TRANSLATORS: %s is a letter that a connection is called by */
    return letter != NULL ? g_strdup_printf (_ ("Server, connection %s"), letter)
                          : g_strdup (C_ ("speaker", "Server"));

  /* TRANSLATORS: %s is a letter that a connection is called by */
  return letter != NULL ? g_strdup_printf (_ ("Client, connection %s"), letter)
                        : g_strdup (C_ ("speaker", "Client"));
}

static char *
tell_transfer (const BeEventRecord *record,
               const char          *speaker)
{
  g_autofree char *amount = describe_transfer (record);
  g_autofree char *payload = dup_payload (record, MAX_SPOKEN_CHARACTERS);
  gboolean         is_sending = be_call_is_sending (record->call);

  if (*payload == '\0')
    return is_sending ? g_strdup_printf (_ ("%s: sent %s"), speaker, amount)
                      : g_strdup_printf (_ ("%s: received %s"), speaker, amount);

  /* TRANSLATORS: who, how much, and the bytes as text: "Server, connection A:
   * received 10 bytes: hello baby" */
  return is_sending ? g_strdup_printf (_ ("%s: sent %s: %s"), speaker, amount, payload)
                    : g_strdup_printf (_ ("%s: received %s: %s"), speaker, amount, payload);
}

/**
 * be_event_text_sentence:
 *
 * Returns: (transfer full): all of the event in one line, for a screen reader or a log
 */
char *
be_event_text_sentence (const BeEventRecord *record)
{
  g_autofree char *speaker = NULL;
  g_autofree char *call = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  speaker = describe_speaker (record);
  call = be_event_text_call (record);
  detail = be_event_text_detail (record);
  title = be_explanation_get_title (record);

  if (be_event_record_is_failure (record) && g_strcmp0 (detail, be_explanation_error_name (record->error)) == 0)
    /* TRANSLATORS: who, the call, the name of the error, and a sentence why it failed:
     * "Server, connection A: recv() failed with ECONNRESET: The other end broke the connection off" */
    sentence = g_strdup_printf (_ ("%s: %s failed with %s: %s"), speaker, call, detail, title);
  else if (record->call == BE_CALL_ACCEPT && (record->flags & BE_EVENT_LIMIT))
    /* TRANSLATORS: who, the call, and a sentence why nobody asked the system */
    sentence = g_strdup_printf (_ ("%s: %s not called: %s"), speaker, call, title);
  else if (be_event_record_is_failure (record))
    /* TRANSLATORS: who, the call, what it was called with, and a sentence why it failed */
    sentence = *detail != '\0' ? g_strdup_printf (_ ("%s: %s %s failed: %s"), speaker, call, detail, title)
                               : g_strdup_printf (_ ("%s: %s failed: %s"), speaker, call, title);
  else if (be_event_record_is_data (record))
    sentence = tell_transfer (record, speaker);
  else
    sentence = *detail != '\0' ? g_strdup_printf (_ ("%s: %s %s"), speaker, call, detail)
                               : g_strdup_printf (_ ("%s: %s"), speaker, call);

  return be_payload_text_join_lines (g_steal_pointer (&sentence));
}
