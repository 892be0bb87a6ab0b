/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What Linux says of sockets by their addresses. */

#include "be-connecting.h"
#include "be-socket-diag.h"
#include "be-test-system.h"
#include "be-test.h"

typedef struct
{
  BeSocketDiag *diag;
  GSocket      *listener;
  GSocket      *client;
  BeAddress     address;
  BeAddress     client_address;
} Fixture;

static BeAddress
address_of (GSocket *socket)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (socket, &error);
  BeAddress address = { 0 };

  g_assert_no_error (error);
  g_assert_true (be_address_set_socket_address (&address, bound));

  return address;
}

static GSocket *
new_socket (void)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);

  return socket;
}

static void
set_up (Fixture      *self,
        gconstpointer user_data)
{
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->diag = be_socket_diag_open ();
  g_assert_nonnull (self->diag);

  self->listener = new_socket ();
  g_socket_set_listen_backlog (self->listener, 3);
  g_socket_bind (self->listener, loopback, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  self->address = address_of (self->listener);

  self->client = new_socket ();
  bound = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  g_socket_connect (self->client, bound, NULL, &error);
  g_assert_no_error (error);
  self->client_address = address_of (self->client);
}

static void
tear_down (Fixture      *self,
           gconstpointer user_data)
{
  g_clear_object (&self->client);
  g_clear_object (&self->listener);
  be_socket_diag_close (self->diag);
}

static void
test_counts_the_queue_of_a_listener (Fixture      *self,
                                     gconstpointer user_data)
{
  BeSocketDiagReport report;
  g_autoptr (GSocket) accepted = NULL;

  be_test_system_wait_for_queue (self->address.port, 1);
  g_assert_cmpint (be_socket_diag_ask (self->diag, &self->address, NULL, &report), ==, BE_SOCKET_DIAG_FOUND);
  g_assert_cmpint (report.state, ==, BE_SYSTEM_STATE_LISTEN);
  g_assert_cmpuint (report.n_waiting, ==, 1);
  g_assert_cmpuint (report.max_waiting, ==, 3);

  accepted = g_socket_accept (self->listener, NULL, NULL);
  g_assert_cmpint (be_socket_diag_ask (self->diag, &self->address, NULL, &report), ==, BE_SOCKET_DIAG_FOUND);
  g_assert_cmpuint (report.n_waiting, ==, 0);
}

static void
test_sees_a_connection_before_accept (Fixture      *self,
                                      gconstpointer user_data)
{
  BeSocketDiagReport report;

  be_test_system_wait_for_queue (self->address.port, 1);
  g_assert_cmpint (be_socket_diag_ask (self->diag, &self->address, &self->client_address, &report), ==,
                   BE_SOCKET_DIAG_FOUND);
  g_assert_cmpint (report.state, ==, BE_SYSTEM_STATE_ESTABLISHED);
  g_assert_cmpint (report.remaining, ==, -1);
}

static void
test_counts_time_wait_down (Fixture      *self,
                            gconstpointer user_data)
{
  BeSocketDiagReport report = { 0 };
  g_autoptr (GSocket) accepted = g_socket_accept (self->listener, NULL, NULL);

  g_clear_object (&self->client);
  g_clear_object (&accepted);
  be_test_wait_until (be_socket_diag_ask (self->diag, &self->client_address, &self->address, &report) ==
                        BE_SOCKET_DIAG_FOUND &&
                      report.state == BE_SYSTEM_STATE_TIME_WAIT);
  g_assert_cmpint (report.remaining, >, 50 * G_USEC_PER_SEC);
  g_assert_cmpint (report.remaining, <=, 61 * G_USEC_PER_SEC);
}

/* The kernel would tell of the listener then. */
static void
test_does_not_take_the_listener_for_a_connection (Fixture      *self,
                                                  gconstpointer user_data)
{
  BeSocketDiagReport report;
  BeAddress          nobody = self->client_address;

  nobody.port = 1;
  g_assert_cmpint (be_socket_diag_ask (self->diag, &self->address, &nobody, &report), ==, BE_SOCKET_DIAG_NONE);
  g_assert_cmpint (be_system_state_read_pair (&self->address, &nobody, BE_SYSTEM_STATE_CLOSED), ==,
                   BE_SYSTEM_STATE_CLOSED);
}

static void
test_has_no_answer_for_a_path (Fixture      *self,
                               gconstpointer user_data)
{
  BeSocketDiagReport report;
  BeAddress          path = { .family = BE_ADDRESS_UNIX };

  g_assert_cmpint (be_socket_diag_ask (self->diag, &path, NULL, &report), ==, BE_SOCKET_DIAG_UNKNOWN);
  g_assert_cmpint (be_socket_diag_ask (self->diag, &self->address, &path, &report), ==, BE_SOCKET_DIAG_UNKNOWN);
}

static void
test_keeps_the_newest_that_connect (void)
{
  BeConnecting      *connecting = be_connecting_new ();
  BeConnectingSocket sockets[BE_CONNECTING_MAX];

  for (guint32 id = 1; id <= BE_CONNECTING_MAX + 1; id++)
    be_connecting_begin (connecting, &(BeConnectingSocket){ .socket_id = id });
  g_assert_cmpuint (be_connecting_copy (connecting, sockets), ==, BE_CONNECTING_MAX);
  g_assert_cmpuint (sockets[0].socket_id, ==, 2);

  be_connecting_end (connecting, 1);
  be_connecting_end (connecting, 2);
  g_assert_cmpuint (be_connecting_copy (connecting, sockets), ==, BE_CONNECTING_MAX - 1);
  g_assert_cmpuint (sockets[0].socket_id, ==, 3);
  be_connecting_free (connecting);
}

#define ADD(name, test) g_test_add ("/socket-diag/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("counts-the-queue-of-a-listener", test_counts_the_queue_of_a_listener);
  ADD ("sees-a-connection-before-accept", test_sees_a_connection_before_accept);
  ADD ("counts-time-wait-down", test_counts_time_wait_down);
  ADD ("does-not-take-the-listener-for-a-connection", test_does_not_take_the_listener_for_a_connection);
  ADD ("has-no-answer-for-a-path", test_has_no_answer_for_a_path);
  g_test_add_func ("/connecting/keeps-the-newest-that-connect", test_keeps_the_newest_that_connect);

  return g_test_run ();
}
