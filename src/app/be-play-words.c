/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-play-words.h"

#include <glib/gi18n-lib.h>

#include "be-call-purpose.h"

/* For a speed each, but the last. */
static const char *const speeds[BE_PACING_AT_ONCE] = {
  N_ ("1 call in 5 s"),
  N_ ("1 call in 2 s"),
  N_ ("1 call per second"),
  N_ ("2 calls per second"),
  N_ ("5 calls per second"),
  N_ ("10 calls per second"),
};

/* In each: a call, such as "accept()", and what it does or waits for, such as
 * "takes the next client from the accept queue". */
static char *
fill (BePacing            *pacing,
      const BePendingCall *call,
      const char          *name,
      const char          *words)
{
  gboolean is_server = call->side == BE_SIDE_SERVER;

  if (call->state == BE_PENDING_WAITING)
    return is_server ? g_strdup_printf (_ ("Nothing to do: the server is in %s, which %s"), name, words)
                     : g_strdup_printf (_ ("Nothing to do: the client is in %s, which %s"), name, words);

  if (be_pacing_is_running (pacing))
    return is_server ? g_strdup_printf (_ ("Running: next is %s on the server, which %s"), name, words)
                     : g_strdup_printf (_ ("Running: next is %s on the client, which %s"), name, words);

  return is_server ? g_strdup_printf (_ ("Paused before %s on the server, which %s"), name, words)
                   : g_strdup_printf (_ ("Paused before %s on the client, which %s"), name, words);
}

/* The same without what the call does. */
static char *
fill_short (BePacing            *pacing,
            const BePendingCall *call,
            const char          *name)
{
  gboolean is_server = call->side == BE_SIDE_SERVER;

  if (call->state == BE_PENDING_WAITING)
    return is_server ? g_strdup_printf (_ ("Nothing to do: the server is in %s"), name)
                     : g_strdup_printf (_ ("Nothing to do: the client is in %s"), name);

  if (be_pacing_is_running (pacing))
    return is_server ? g_strdup_printf (_ ("Running: next is %s on the server"), name)
                     : g_strdup_printf (_ ("Running: next is %s on the client"), name);

  return is_server ? g_strdup_printf (_ ("Paused before %s on the server"), name)
                   : g_strdup_printf (_ ("Paused before %s on the client"), name);
}

/* The other side may have much to do, but it does not wait for anybody here. */
static const char *
get_beginning (BePacing *pacing)
{
  if (be_pacing_holds (pacing, BE_SIDE_SERVER) == be_pacing_holds (pacing, BE_SIDE_CLIENT))
    return NULL;

  if (be_pacing_holds (pacing, BE_SIDE_SERVER))
    return be_pacing_is_active (pacing, BE_SIDE_SERVER)
             ? NULL
             : _ ("Nothing to do: the server makes its first call when you press Start Server");

  return be_pacing_is_active (pacing, BE_SIDE_CLIENT)
           ? NULL
           : _ ("Nothing to do: the client makes its first call when you press Connect");
}

static const char *
get_idle_sentence (BePacing *pacing,
                   gboolean  is_short)
{
  const char *beginning = get_beginning (pacing);

  if (!be_pacing_is_open (pacing))
    return _ ("Reads wait until you press Next; nothing else is held");

  if (beginning != NULL)
    return beginning;

  if (is_short)
    return be_pacing_is_running (pacing) ? _ ("Running: each call in its turn") : _ ("Paused: each call will wait here");

  if (be_pacing_is_running (pacing))
    return _ ("Running: each call is made when its turn comes");

  if (be_pacing_holds (pacing, BE_SIDE_SERVER) && be_pacing_holds (pacing, BE_SIDE_CLIENT))
    return _ ("Paused: each call of both sides will wait here until you press Next; only Stop Server stops at once");

  return be_pacing_holds (pacing, BE_SIDE_SERVER)
           ? _ ("Paused: each call of the server will wait here until you press Next; only Stop Server stops at once")
           : _ ("Paused: each call of the client will wait here until you press Next");
}

/**
 * be_play_words_dup_sentence:
 * @is_short: whether there is no room for what the call does
 * @call_name: (out) (nullable) (transfer full): the call in the sentence
 *
 * Returns: (transfer full): in one sentence what comes next
 */
char *
be_play_words_dup_sentence (BePacing *pacing,
                            gboolean  is_short,
                            char    **call_name)
{
  BePendingCall   *call = NULL;
  g_autofree char *words = NULL;

  g_return_val_if_fail (BE_IS_PACING (pacing), NULL);
  g_return_val_if_fail (call_name != NULL, NULL);

  call = be_pacing_get_next (pacing);
  if (call == NULL)
    call = be_pacing_get_waiting (pacing);

  *call_name = NULL;
  if (call == NULL)
    return g_strdup (get_idle_sentence (pacing, is_short));

  *call_name = be_call_purpose_dup_call (call);
  if (is_short)
    return fill_short (pacing, call, *call_name);

  words = be_call_purpose_dup_words (call, be_pacing_get_next_client (pacing, call));

  return fill (pacing, call, *call_name, words);
}

/**
 * be_play_words_dup_speed:
 * @speed: below %BE_PACING_N_SPEEDS
 *
 * Returns: (transfer full): how fast that is
 */
char *
be_play_words_dup_speed (guint speed)
{
  g_return_val_if_fail (speed < BE_PACING_N_SPEEDS, NULL);

  /* TRANSLATORS: of calls: without waiting */
  return g_strdup (speed == BE_PACING_AT_ONCE ? C_ ("speed", "at once") : _ (speeds[speed]));
}

/**
 * be_play_words_get_sides:
 *
 * Returns: whose calls are held
 */
const char *
be_play_words_get_sides (BePacing *pacing)
{
  g_return_val_if_fail (BE_IS_PACING (pacing), NULL);

  if (be_pacing_holds (pacing, BE_SIDE_SERVER) && be_pacing_holds (pacing, BE_SIDE_CLIENT))
    return _ ("Both sides");

  return be_pacing_holds (pacing, BE_SIDE_SERVER) ? C_ ("side that is held", "Server") : C_ ("side that is held", "Client");
}
