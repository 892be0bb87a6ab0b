/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-program.h"

/**
 * be_test_program_new_socket:
 *
 * Returns: (transfer full): a TCP socket that is neither bound nor connected
 */
GSocket *
be_test_program_new_socket (void)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);

  return socket;
}

void
be_test_program_start (BeTestProgram *self)
{
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = be_test_program_new_socket ();
  g_socket_bind (self->listener, loopback, FALSE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  g_assert_true (be_address_set_socket_address (&self->address, bound));

  self->client = be_test_program_new_socket ();
  g_socket_connect (self->client, bound, NULL, &error);
  g_assert_no_error (error);
  self->server = g_socket_accept (self->listener, NULL, &error);
  g_assert_no_error (error);
}

/**
 * be_test_program_close_connection:
 *
 * The server closes first, and who closes first waits.
 */
void
be_test_program_close_connection (BeTestProgram *self)
{
  if (self->server != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->server));
  if (self->client != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->client));
}

void
be_test_program_clear (BeTestProgram *self)
{
  be_test_program_close_connection (self);
  if (self->listener != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->listener));
}
