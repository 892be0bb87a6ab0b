/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-peer.h"

#include "be-test.h"

#include <gio/gnetworking.h>
#include <string.h>

#define NARROW_BUFFER_BYTES (64 * 1024)
#define PIECE_BYTES (64 * 1024)

/* More than any system lets wait where the backlog is 0. */
#define FILLING_PEERS 16

static GSocket *
new_socket (GSocketFamily family,
            GSocketType   type)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (family, type, G_SOCKET_PROTOCOL_DEFAULT, &error);

  g_assert_no_error (error);
  g_socket_set_timeout (socket, BE_TEST_DEADLINE_SECONDS);

  return socket;
}

static GSocketAddress *
to_native (const BeAddress *address)
{
  GSocketAddress *native = be_address_to_socket_address (address);

  g_assert_nonnull (native);

  return native;
}

static void
bind_socket (GSocket         *socket,
             const BeAddress *address,
             BeAddress       *local)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) native = to_native (address);
  g_autoptr (GSocketAddress) bound = NULL;

  g_socket_bind (socket, native, FALSE, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  g_assert_true (be_address_set_socket_address (local, bound));
}

static void
set_loopback (BeAddress *address,
              guint16    port)
{
  *address = (BeAddress){
    .family = BE_ADDRESS_IPV4,
    .port = port,
    .bytes = { 127, 0, 0, 1 },
  };
}

/**
 * be_test_peer_new_stream:
 * @address: for its family
 *
 * Returns: (transfer full): a socket that has not been connected
 */
GSocket *
be_test_peer_new_stream (const BeAddress *address)
{
  g_autoptr (GSocketAddress) native = to_native (address);

  return new_socket (g_socket_address_get_family (native), G_SOCKET_TYPE_STREAM);
}

/**
 * be_test_peer_connect_to:
 *
 * Connects a stream, or says whom a datagram socket talks to.
 */
void
be_test_peer_connect_to (GSocket         *peer,
                         const BeAddress *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) native = to_native (address);

  g_socket_connect (peer, native, NULL, &error);
  g_assert_no_error (error);
}

GSocket *
be_test_peer_connect (const BeAddress *address)
{
  GSocket *peer = be_test_peer_new_stream (address);

  be_test_peer_connect_to (peer, address);

  return peer;
}

/**
 * be_test_peer_connect_narrow:
 *
 * Connects with small buffers, so that little is on its way when nobody reads.
 */
GSocket *
be_test_peer_connect_narrow (const BeAddress *address)
{
  GSocket *peer = be_test_peer_new_stream (address);

  g_socket_set_option (peer, SOL_SOCKET, SO_RCVBUF, NARROW_BUFFER_BYTES, NULL);
  g_socket_set_option (peer, SOL_SOCKET, SO_SNDBUF, NARROW_BUFFER_BYTES, NULL);
  be_test_peer_connect_to (peer, address);

  return peer;
}

/**
 * be_test_peer_listen:
 * @backlog: how many may wait
 * @local: (out): where it listens
 *
 * Returns: (transfer full): a listening socket on 127.0.0.1 that accepts
 *   nobody by itself
 */
GSocket *
be_test_peer_listen (int        backlog,
                     BeAddress *local)
{
  g_autoptr (GError) error = NULL;
  GSocket *listener = new_socket (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM);

  set_loopback (local, 0);
  bind_socket (listener, local, local);
  g_socket_set_listen_backlog (listener, backlog);
  g_socket_listen (listener, &error);
  g_assert_no_error (error);

  return listener;
}

GSocket *
be_test_peer_accept (GSocket *listener)
{
  g_autoptr (GError) error = NULL;
  GSocket *peer = g_socket_accept (listener, NULL, &error);

  g_assert_no_error (error);
  g_socket_set_timeout (peer, BE_TEST_DEADLINE_SECONDS);

  return peer;
}

/**
 * be_test_peer_bind_datagram:
 * @port: 0 for any
 * @local: (out): where it is bound
 *
 * Returns: (transfer full): a UDP socket on 127.0.0.1
 */
GSocket *
be_test_peer_bind_datagram (guint16    port,
                            BeAddress *local)
{
  GSocket *peer = new_socket (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM);

  set_loopback (local, port);
  bind_socket (peer, local, local);

  return peer;
}

/**
 * be_test_peer_send:
 *
 * Sends all of it into a stream, or as one datagram.
 */
void
be_test_peer_send (GSocket      *peer,
                   gconstpointer bytes,
                   gsize         length)
{
  gsize sent = 0;

  do
    {
      g_autoptr (GError) error = NULL;
      gssize now = g_socket_send (peer, (const char *) bytes + sent, length - sent, NULL, &error);

      g_assert_no_error (error);
      sent += (gsize) now;
    }
  while (sent < length);
}

void
be_test_peer_send_to (GSocket         *peer,
                      const BeAddress *address,
                      gconstpointer    bytes,
                      gsize            length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) native = to_native (address);
  gssize sent = g_socket_send_to (peer, native, bytes, length, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (sent, ==, (gssize) length);
}

/**
 * be_test_peer_try_send:
 *
 * Sends what can be sent without waiting.
 *
 * Returns: how many bytes went, perhaps 0
 */
gssize
be_test_peer_try_send (GSocket      *peer,
                       gconstpointer bytes,
                       gsize         length)
{
  g_autoptr (GError) error = NULL;
  gssize sent = g_socket_send_with_blocking (peer, bytes, length, FALSE, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return 0;
  g_assert_no_error (error);

  return sent;
}

/**
 * be_test_peer_receive:
 *
 * Returns: (transfer full): @length bytes of the stream, or fewer when it has
 *   ended before
 */
GBytes *
be_test_peer_receive (GSocket *peer,
                      gsize    length)
{
  guint8 *bytes = g_malloc (length);
  gsize   received = 0;
  gssize  now = 1;

  while (received < length && now > 0)
    {
      g_autoptr (GError) error = NULL;

      now = g_socket_receive (peer, (char *) bytes + received, length - received, NULL, &error);
      g_assert_no_error (error);
      received += (gsize) now;
    }

  return g_bytes_new_take (bytes, received);
}

/**
 * be_test_peer_receive_datagram:
 * @from: (out) (optional): who sent it
 */
GBytes *
be_test_peer_receive_datagram (GSocket   *peer,
                               BeAddress *from)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) native = NULL;
  guint8 *bytes = g_malloc (G_MAXUINT16);
  gssize  received;

  received = g_socket_receive_from (peer, &native, (char *) bytes, G_MAXUINT16, NULL, &error);
  g_assert_no_error (error);
  if (from != NULL)
    g_assert_true (be_address_set_socket_address (from, native));

  return g_bytes_new_take (bytes, (gsize) received);
}

/**
 * be_test_peer_expect:
 *
 * Reads as many bytes of the stream as @text has, which must be the same.
 */
void
be_test_peer_expect (GSocket    *peer,
                     const char *text)
{
  g_autoptr (GBytes) bytes = be_test_peer_receive (peer, strlen (text));

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

void
be_test_peer_expect_end (GSocket *peer)
{
  g_autoptr (GBytes) bytes = be_test_peer_receive (peer, 1);

  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 0);
}

/**
 * be_test_peer_is_reset:
 *
 * Reads to the end, whatever it is.
 *
 * Returns: whether it was an RST
 */
gboolean
be_test_peer_is_reset (GSocket *peer)
{
  g_autofree char *bytes = g_malloc (PIECE_BYTES);
  g_autoptr (GError) error = NULL;

  while (g_socket_receive (peer, bytes, PIECE_BYTES, NULL, &error) > 0)
    continue;

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

/**
 * be_test_peer_talk:
 * @largest_piece: bytes that one call sends at most; how many is random
 *
 * Sends into a stream and reads meanwhile.
 *
 * Returns: (transfer full): as many bytes of answer as were sent
 */
GBytes *
be_test_peer_talk (GSocket *peer,
                   GBytes  *bytes,
                   guint    largest_piece)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (PIECE_BYTES);
  gsize              length;
  const guint8      *data = g_bytes_get_data (bytes, &length);
  gsize              sent = 0;

  while (answer->len < length)
    {
      g_autoptr (GError) error = NULL;
      GIOCondition wanted = sent < length ? G_IO_IN | G_IO_OUT : G_IO_IN;

      g_socket_condition_wait (peer, wanted, NULL, &error);
      g_assert_no_error (error);
      if (sent < length && (g_socket_condition_check (peer, G_IO_OUT) & G_IO_OUT))
        {
          gsize piece = (gsize) g_test_rand_int_range (1, (gint32) largest_piece + 1);

          sent += (gsize) be_test_peer_try_send (peer, data + sent, MIN (piece, length - sent));
        }
      if (g_socket_condition_check (peer, G_IO_IN) != 0)
        {
          gssize received = g_socket_receive (peer, (char *) buffer, PIECE_BYTES, NULL, &error);

          g_assert_no_error (error);
          g_assert_cmpint (received, >, 0);
          g_byte_array_append (answer, buffer, (guint) received);
        }
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&answer));
}

void
be_test_peer_stop_sending (GSocket *peer)
{
  g_autoptr (GError) error = NULL;

  g_socket_shutdown (peer, FALSE, TRUE, &error);
  g_assert_no_error (error);
}

/**
 * be_test_peer_reset:
 *
 * Closes with an RST (SO_LINGER with a time of 0, socket(7)).
 */
void
be_test_peer_reset (GSocket *peer)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (peer), SOL_SOCKET, SO_LINGER, (gconstpointer) &linger,
              sizeof linger);
  g_socket_close (peer, NULL);
}

/**
 * be_test_peer_listen_too_busy:
 * @local: (out): where it listens
 *
 * A listener that accepts nobody and whose backlog is full, so that the SYN of
 * whoever comes stays without an answer.
 *
 * Returns: (transfer full) (element-type GSocket): the listener and those who
 *   wait; free them last
 */
GPtrArray *
be_test_peer_listen_too_busy (BeAddress *local)
{
  GPtrArray *sockets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocketAddress) native = NULL;

  g_ptr_array_add (sockets, be_test_peer_listen (0, local));
  native = to_native (local);
  for (guint i = 0; i < FILLING_PEERS; i++)
    {
      GSocket *peer = be_test_peer_new_stream (local);

      g_ptr_array_add (sockets, peer);
      g_socket_set_blocking (peer, FALSE);
      g_socket_connect (peer, native, NULL, NULL);
      if (g_socket_condition_check (peer, G_IO_OUT) == 0)
        return sockets;
    }

  g_error ("The backlog takes more than %d peers", FILLING_PEERS);
}

/**
 * be_test_random_bytes:
 * @length: perhaps 0, and even then the data is not NULL
 */
GBytes *
be_test_random_bytes (gsize length)
{
  guint8 *bytes = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) g_test_rand_int ();

  return g_bytes_new_take (bytes, length);
}

/**
 * be_test_upper_case:
 *
 * The plain way, to compare with.
 *
 * Returns: (transfer full): the same bytes with a-z raised
 */
GBytes *
be_test_upper_case (GBytes *bytes)
{
  gsize         length;
  const guint8 *lower = g_bytes_get_data (bytes, &length);
  guint8       *upper = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    upper[i] = lower[i] >= 'a' && lower[i] <= 'z' ? (guint8) (lower[i] - 'a' + 'A') : lower[i];

  return g_bytes_new_take (upper, length);
}

/* The IPv4 address that this computer has in its network, if it is in one: that
 * from which a datagram would go. None is sent. */
gboolean
be_test_peer_find_own_address (BeAddress *address)
{
  g_autoptr (GSocketAddress) remote = g_inet_socket_address_new_from_string ("198.51.100.1", 9);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketAddress) local = NULL;

  if (socket == NULL || !g_socket_connect (socket, remote, NULL, NULL))
    return FALSE;

  local = g_socket_get_local_address (socket, NULL);

  return local != NULL && be_address_set_socket_address (address, local) && !be_address_is_loopback (address);
}
