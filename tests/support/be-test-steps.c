/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-steps.h"

#include "be-test-peer.h"
#include "be-test.h"

#include <time.h>

/* Of processor time, in a rest of as much that a busy loop would use up. */
#define REST_MICROSECONDS (G_USEC_PER_SEC * 2 / 5)
#define MAX_CPU_MICROSECONDS (G_USEC_PER_SEC / 10)

/**
 * be_test_pending_find:
 *
 * Returns: (nullable): the call of this kind that has been pending longest
 */
const BePendingCall *
be_test_pending_find (BeSession *session,
                      BeCall     call)
{
  GPtrArray *calls = be_session_get_pending_calls (session);

  for (guint i = 0; i < calls->len; i++)
    {
      const BePendingCall *pending = g_ptr_array_index (calls, i);

      if (pending->call == call)
        return pending;
    }

  return NULL;
}

static gboolean
has_state (BeSession     *session,
           BeCall         call,
           BePendingState state)
{
  const BePendingCall *pending = be_test_pending_find (session, call);

  return pending != NULL && pending->state == state;
}

gboolean
be_test_pending_is_held (BeSession *session,
                         BeCall     call)
{
  return has_state (session, call, BE_PENDING_HELD);
}

gboolean
be_test_pending_is_waiting (BeSession *session,
                            BeCall     call)
{
  return has_state (session, call, BE_PENDING_WAITING);
}

guint
be_test_pending_count (BeSession *session,
                       BeCall     call)
{
  GPtrArray *calls = be_session_get_pending_calls (session);
  guint      n = 0;

  for (guint i = 0; i < calls->len; i++)
    n += ((const BePendingCall *) g_ptr_array_index (calls, i))->call == call ? 1 : 0;

  return n;
}

/**
 * be_test_pending_calls:
 *
 * Returns: (transfer full): the names in their order, "accept recv…"; an
 *   ellipsis stands behind a call that was made and waits
 */
char *
be_test_pending_calls (BeSession *session)
{
  GPtrArray *calls = be_session_get_pending_calls (session);
  GString   *text = g_string_new (NULL);

  for (guint i = 0; i < calls->len; i++)
    {
      const BePendingCall *pending = g_ptr_array_index (calls, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", be_call_get_name (pending->call),
                              pending->state == BE_PENDING_WAITING ? "…" : "");
    }

  return g_string_free (text, FALSE);
}

gboolean
be_test_pending_is (BeSession  *session,
                    const char *expected)
{
  g_autofree char *calls = be_test_pending_calls (session);

  return g_str_equal (calls, expected);
}

static gboolean
is_held_still (BeSession *session,
               guint64    id)
{
  GPtrArray *calls = be_session_get_pending_calls (session);

  for (guint i = 0; i < calls->len; i++)
    {
      const BePendingCall *pending = g_ptr_array_index (calls, i);

      if (pending->id == id)
        return pending->state == BE_PENDING_HELD;
    }

  return FALSE;
}

/**
 * be_test_step:
 *
 * Waits until a call of this kind is held, has it made, and waits until that
 * is told.
 */
void
be_test_step (BeSession *session,
              BeCall     call)
{
  guint64 id;

  be_test_wait_until (be_test_pending_is_held (session, call));
  id = be_test_pending_find (session, call)->id;
  be_session_step (session, id);
  be_test_wait_until (!is_held_still (session, id));
}

/**
 * be_test_start_held_narrow:
 *
 * Starts a TCP server, and holds it once it has accepted a peer that has room
 * for little.
 *
 * Returns: (transfer full): that peer
 */
GSocket *
be_test_start_held_narrow (BeTestSessions *sessions)
{
  BeAddress address;
  GSocket  *peer;

  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  address = be_test_session_get_local (sessions->server);
  peer = be_test_peer_connect_narrow (&address);
  be_test_wait_until (be_test_sessions_count (sessions, sessions->server, BE_CALL_ACCEPT) == 1);
  be_session_set_pace (sessions->server, BE_PACE_STEPS, 0);

  return peer;
}

/**
 * be_test_assert_rests:
 *
 * Claims that no thread of this program is busy, whatever others are.
 */
void
be_test_assert_rests (void)
{
  clock_t begin = clock ();
  gint64  used;

  g_usleep (REST_MICROSECONDS);
  used = (gint64) (clock () - begin) * G_USEC_PER_SEC / CLOCKS_PER_SEC;
  g_assert_cmpint (used, <, MAX_CPU_MICROSECONDS);
}
