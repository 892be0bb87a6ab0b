/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>

#include "be-system-state.h"
#include "be-test-program.h"
#include "be-test.h"

/* What no call below implies: who answers with it did not ask the system. */
#define IMPLIED BE_SYSTEM_STATE_UNKNOWN

typedef BeTestProgram Fixture;

static void
set_up (Fixture      *self,
        gconstpointer user_data)
{
  be_test_program_start (self);
}

static void
tear_down (Fixture      *self,
           gconstpointer user_data)
{
  be_test_program_clear (self);
}

#ifdef __linux__
static void
test_reads_both_ends (Fixture      *self,
                      gconstpointer user_data)
{
  g_assert_cmpint (be_system_state_read (be_socket_borrow (self->listener), IMPLIED), ==, BE_SYSTEM_STATE_LISTEN);
  g_assert_cmpint (be_system_state_read (be_socket_borrow (self->client), IMPLIED), ==, BE_SYSTEM_STATE_ESTABLISHED);
  g_assert_cmpint (be_system_state_read (be_socket_borrow (self->server), IMPLIED), ==, BE_SYSTEM_STATE_ESTABLISHED);
}

static void
test_reads_a_half_close (Fixture      *self,
                         gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_socket_shutdown (self->client, FALSE, TRUE, &error);
  g_assert_no_error (error);

  be_test_wait_until (be_system_state_read (be_socket_borrow (self->server), IMPLIED) == BE_SYSTEM_STATE_CLOSE_WAIT);
  /* By way of FIN_WAIT_1, until the other end's system has acknowledged. */
  be_test_wait_until (be_system_state_read (be_socket_borrow (self->client), IMPLIED) == BE_SYSTEM_STATE_FIN_WAIT_2);

  /* Both have sent their FIN: of the descriptor the system says CLOSED. */
  g_socket_shutdown (self->server, FALSE, TRUE, &error);
  g_assert_no_error (error);
  be_test_wait_until (be_system_state_read (be_socket_borrow (self->client), IMPLIED) == BE_SYSTEM_STATE_CLOSED);
  be_test_wait_until (be_system_state_read (be_socket_borrow (self->server), IMPLIED) == BE_SYSTEM_STATE_CLOSED);
}

static void
test_reads_a_reset (Fixture      *self,
                    gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Closing with unread bytes resets the connection (RFC 2525, section 2.17). */
  g_socket_send (self->client, "x", 1, NULL, &error);
  g_assert_no_error (error);
  g_socket_condition_timed_wait (self->server, G_IO_IN, BE_TEST_DEADLINE_SECONDS * G_USEC_PER_SEC, NULL, &error);
  g_assert_no_error (error);
  g_socket_close (self->server, &error);
  g_assert_no_error (error);

  be_test_wait_until (be_system_state_read (be_socket_borrow (self->client), IMPLIED) == BE_SYSTEM_STATE_CLOSED);
}

static void
test_reads_a_new_socket (Fixture      *self,
                         gconstpointer user_data)
{
  GSocket *fresh = be_test_program_new_socket ();

  g_assert_cmpint (be_system_state_read (be_socket_borrow (fresh), IMPLIED), ==, BE_SYSTEM_STATE_CLOSED);

  g_assert_finalize_object (fresh);
}
#endif

static void
test_of_a_closed_socket_the_calls_tell (Fixture      *self,
                                        gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GSocket *next;

  g_socket_close (self->client, &error);
  g_assert_no_error (error);

  /* This one gets the descriptor that became free; its state is not meant. */
  next = be_test_program_new_socket ();
  g_assert_cmpint (be_system_state_read (be_socket_borrow (self->client), IMPLIED), ==, IMPLIED);

  g_assert_finalize_object (next);
}

static void
assert_implied (GSocketFamily family,
                GSocketType   type,
                BeSystemState implied)
{
  GSocket *socket;
  int      kept_errno;

  socket = g_socket_new (family, type, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  if (socket == NULL)
    {
      g_test_skip ("this system has no such sockets");
      return;
    }

  errno = ERANGE;
  g_assert_cmpint (be_system_state_read (be_socket_borrow (socket), implied), ==, implied);
  kept_errno = errno;
  g_assert_cmpint (kept_errno, ==, ERANGE);

  g_assert_finalize_object (socket);
}

static void
test_of_other_sockets_the_calls_tell (void)
{
  assert_implied (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, BE_SYSTEM_STATE_UDP_BOUND);
  assert_implied (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, BE_SYSTEM_STATE_UDP_CONNECTED);
  assert_implied (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, BE_SYSTEM_STATE_ESTABLISHED);
}

static void
test_every_state_has_its_name (void)
{
  static const char *const names[] = {
    "unknown", "CLOSED", "LISTEN", "SYN_SENT", "SYN_RECEIVED", "ESTABLISHED", "FIN_WAIT_1",
    "FIN_WAIT_2", "CLOSE_WAIT", "CLOSING", "LAST_ACK", "TIME_WAIT", "bound", "connected"
  };
  guint state;

  g_assert_cmpuint (G_N_ELEMENTS (names), ==, BE_SYSTEM_STATE_UDP_CONNECTED + 1);
  for (state = 0; state < G_N_ELEMENTS (names); state++)
    g_assert_cmpstr (be_system_state_get_name ((BeSystemState) state), ==, names[state]);
  g_assert_cmpstr (be_system_state_get_label (BE_SYSTEM_STATE_LISTEN), ==, "LISTEN");
  g_assert_cmpstr (be_system_state_get_label (BE_SYSTEM_STATE_UDP_CONNECTED), ==, "peer fixed");
  g_assert_true (g_str_has_prefix (be_system_state_get_note (BE_SYSTEM_STATE_UDP_CONNECTED), "Peer fixed: "));
  g_assert_cmpstr (be_system_state_get_note (BE_SYSTEM_STATE_ESTABLISHED), ==, "");
}

/* Every state that is not named here stays as it is. */
static void
assert_changes (BeSystemState (*change) (BeSystemState state),
                const BeSystemState *from,
                const BeSystemState *to,
                guint                n_changes)
{
  for (guint state = 0; state <= BE_SYSTEM_STATE_UDP_CONNECTED; state++)
    {
      BeSystemState expected = (BeSystemState) state;

      for (guint i = 0; i < n_changes; i++)
        if (from[i] == (BeSystemState) state)
          expected = to[i];
      g_assert_cmpint (change ((BeSystemState) state), ==, expected);
    }
}

static void
test_our_fin_implies_a_state (void)
{
  static const BeSystemState from[] = { BE_SYSTEM_STATE_ESTABLISHED, BE_SYSTEM_STATE_CLOSE_WAIT };
  static const BeSystemState to[] = { BE_SYSTEM_STATE_FIN_WAIT_1, BE_SYSTEM_STATE_LAST_ACK };

  assert_changes (be_system_state_after_fin_sent, from, to, G_N_ELEMENTS (from));
}

static void
test_their_fin_implies_a_state (void)
{
  static const BeSystemState from[] = { BE_SYSTEM_STATE_ESTABLISHED, BE_SYSTEM_STATE_FIN_WAIT_1,
                                        BE_SYSTEM_STATE_FIN_WAIT_2 };
  static const BeSystemState to[] = { BE_SYSTEM_STATE_CLOSE_WAIT, BE_SYSTEM_STATE_TIME_WAIT,
                                      BE_SYSTEM_STATE_TIME_WAIT };

  assert_changes (be_system_state_after_fin_received, from, to, G_N_ELEMENTS (from));
}

static void
test_our_close_implies_a_state (void)
{
  static const BeSystemState from[] = {
    BE_SYSTEM_STATE_SYN_RECEIVED, BE_SYSTEM_STATE_ESTABLISHED, BE_SYSTEM_STATE_CLOSE_WAIT, BE_SYSTEM_STATE_UNKNOWN,
    BE_SYSTEM_STATE_LISTEN, BE_SYSTEM_STATE_SYN_SENT, BE_SYSTEM_STATE_UDP_BOUND, BE_SYSTEM_STATE_UDP_CONNECTED
  };
  static const BeSystemState to[] = {
    BE_SYSTEM_STATE_FIN_WAIT_1, BE_SYSTEM_STATE_FIN_WAIT_1, BE_SYSTEM_STATE_LAST_ACK, BE_SYSTEM_STATE_CLOSED,
    BE_SYSTEM_STATE_CLOSED, BE_SYSTEM_STATE_CLOSED, BE_SYSTEM_STATE_CLOSED, BE_SYSTEM_STATE_CLOSED
  };

  assert_changes (be_system_state_after_close, from, to, G_N_ELEMENTS (from));
}

static void
add (const char *path,
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#ifdef __linux__
  add ("/system-state/reads-both-ends", test_reads_both_ends);
  add ("/system-state/reads-a-half-close", test_reads_a_half_close);
  add ("/system-state/reads-a-reset", test_reads_a_reset);
  add ("/system-state/reads-a-new-socket", test_reads_a_new_socket);
#endif
  add ("/system-state/of-a-closed-socket-the-calls-tell", test_of_a_closed_socket_the_calls_tell);
  g_test_add_func ("/system-state/of-other-sockets-the-calls-tell", test_of_other_sockets_the_calls_tell);
  g_test_add_func ("/system-state/our-fin-implies-a-state", test_our_fin_implies_a_state);
  g_test_add_func ("/system-state/their-fin-implies-a-state", test_their_fin_implies_a_state);
  g_test_add_func ("/system-state/our-close-implies-a-state", test_our_close_implies_a_state);
  g_test_add_func ("/system-state/every-state-has-its-name", test_every_state_has_its_name);

  return g_test_run ();
}
