/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-page-words.h"

#include "be-explanation.h"
#include "be-socket-option-texts.h"

#include <glib/gi18n-lib.h>

#define MICROSECONDS_PER_MILLISECOND 1000.0

/**
 * be_socket_page_words_dup_call:
 *
 * Returns: (transfer full): what the socket was made with: the arguments of
 *   socket (), the same in every language
 */
char *
be_socket_page_words_dup_call (const BeSocketReport *report)
{
  static const char *const families[] = {
    [BE_ADDRESS_NONE] = "AF_UNSPEC",
    [BE_ADDRESS_IPV4] = "AF_INET",
    [BE_ADDRESS_IPV6] = "AF_INET6",
    [BE_ADDRESS_UNIX] = "AF_UNIX",
  };

  return g_strdup_printf ("%s, %s", families[report->traits.family], report->traits.is_stream ? "SOCK_STREAM" : "SOCK_DGRAM");
}

/**
 * be_socket_page_words_get_kind:
 *
 * Returns: the same in plain words
 */
const char *
be_socket_page_words_get_kind (const BeSocketReport *report)
{
  gboolean is_stream = report->traits.is_stream;

  if (report->traits.is_mapped)
    return is_stream ? _ ("TCP: an IPv6 socket that speaks IPv4 with this client.") : _ ("UDP: an IPv6 socket that speaks IPv4.");

  switch (report->traits.family)
    {
    case BE_ADDRESS_IPV4:
      return is_stream ? _ ("TCP over IPv4: a stream of bytes.") : _ ("UDP over IPv4: single datagrams.");
    case BE_ADDRESS_IPV6:
      return is_stream ? _ ("TCP over IPv6: a stream of bytes.") : _ ("UDP over IPv6: single datagrams.");
    case BE_ADDRESS_UNIX:
      return _ ("A stream of bytes between programs of this computer.");
    case BE_ADDRESS_NONE:
    default:
      return "";
    }
}

/**
 * be_socket_page_words_dup_state_source:
 *
 * Returns: (transfer full): who says in which state it is
 */
char *
be_socket_page_words_dup_state_source (const BeSocketReport *report)
{
  const char *source = be_tcp_numbers_get_source ();
  const char *note = be_system_state_get_note (report->state);

  if (report->traits.is_stream && report->traits.family != BE_ADDRESS_UNIX && *source != '\0')
    /* Translators: %s is the option by which the system is asked: TCP_INFO */
    return g_strdup_printf (_ ("As the system says (%s)."), source);

  return g_strjoin (*note != '\0' ? " " : "", note, _ ("By the calls that were made: the system has no state for this socket."), NULL);
}

/**
 * be_socket_page_words_get_waiting:
 *
 * Returns: what blocking or not means here
 */
const char *
be_socket_page_words_get_waiting (const BeSocketReport *report)
{
  if (!report->is_non_blocking)
    return _ ("A call on this socket waits until it is done.");

  if (report->waits_with_epoll)
    return _ ("No call on it waits. The network thread waits for all sockets at once, with epoll.");

  return _ ("No call on it waits. The network thread waits for all sockets at once, with poll.");
}

/**
 * be_socket_page_words_dup_timeout:
 * @timeout: µs; 0: none
 *
 * Returns: (transfer full)
 */
char *
be_socket_page_words_dup_timeout (gint64 timeout)
{
  if (timeout == 0)
    /* Translators: of a timeout: there is none */
    return g_strdup (C_ ("timeout", "none"));

  /* Translators: seconds, such as "2.500 s" */
  return g_strdup_printf (_ ("%.3f s"), (double) timeout / G_USEC_PER_SEC);
}

const char *
be_socket_page_words_get_timeout_note (const BeSocketReport *report)
{
  if (report->is_non_blocking)
    return _ ("It counts only for a call that waits; here none does.");

  return _ ("After this time a call that waits gives up.");
}

static char *
dup_number (int number)
{
  return g_strdup_printf ("%'d", number);
}

/**
 * be_socket_page_words_dup_option:
 *
 * Returns: (transfer full): its value, or why there is none
 */
char *
be_socket_page_words_dup_option (const BeOptionReport *option,
                                 BeSocketOption        which)
{
  if (option->error != 0)
    {
      const char *name = be_explanation_error_name (option->error);

      return g_strdup (name != NULL ? name : "−");
    }

  if (be_socket_option_get_kind (which) == BE_SOCKET_OPTION_NUMBER)
    return dup_number (option->value);

  if (which == BE_SOCKET_OPTION_LINGER && option->value > BE_SOCKET_LINGER_OFF)
    /* Translators: SO_LINGER, and its time in seconds */
    return g_strdup_printf (C_ ("socket option", "on, %d s"), option->value);

  return g_strdup (option->value > 0 ? C_ ("socket option", "on") : C_ ("socket option", "off"));
}

/**
 * be_socket_page_words_dup_reason:
 * @answer: what came back
 * @option: what was to be set
 * @asked: to what
 *
 * Returns: (transfer full) (nullable): why the value is not the one that was
 *   asked for; %NULL when it is
 */
char *
be_socket_page_words_dup_reason (const BeSocketReport *answer,
                                 BeSocketOption        option,
                                 int                   asked)
{
  g_autofree char *wanted = NULL;
  g_autofree char *given = NULL;

  if (answer->refusal != BE_OPTION_ALLOWED)
    return g_strdup (be_option_refusal_get_sentence (answer->refusal));

  if (answer->set_error != 0)
    {
      const char *name = be_explanation_error_name (answer->set_error);

      /* Translators: %s is the name or number of an error, such as EPERM */
      return g_strdup_printf (_ ("The system has refused it: %s."), name != NULL ? name : "−1");
    }

  if (answer->options[option].value == asked)
    return NULL;

  wanted = dup_number (asked);
  given = dup_number (answer->options[option].value);

  /* Translators: two numbers: the value of an option that was asked for, and
   * the one that it has now */
  return g_strdup_printf (_ ("Asked for %s, the system has made it %s."), wanted, given);
}

/**
 * be_socket_page_words_dup_milliseconds:
 *
 * Returns: (transfer full): a time and how much it varies
 */
char *
be_socket_page_words_dup_milliseconds (guint32 microseconds,
                                       guint32 variation)
{
  /* Translators: milliseconds, and how much they vary: "0.05 ms ± 0.02" */
  return g_strdup_printf (_ ("%.2f ms ± %.2f"), microseconds / MICROSECONDS_PER_MILLISECOND,
                          variation / MICROSECONDS_PER_MILLISECOND);
}
