/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-datagram-peers.h"
#include "be-datagram-queue.h"

#include <string.h>

static BeAddress
make_address (guint number)
{
  return (BeAddress){
    .family = BE_ADDRESS_IPV4,
    .port = (guint16) (1000 + number),
    .bytes = { 127, 0, 0, 1 },
  };
}

static void
test_finds_who_was_added (void)
{
  g_autoptr (BeDatagramPeers) peers = be_datagram_peers_new (10);
  BeAddress       first = make_address (1);
  BeAddress       second = make_address (2);
  BeDatagramPeer *peer;
  guint32         forgotten_id = 99;

  g_assert_null (be_datagram_peers_use (peers, &first));
  peer = be_datagram_peers_add (peers, &first, 7, &forgotten_id);
  g_assert_cmpuint (forgotten_id, ==, 0);
  g_assert_cmpuint (peer->id, ==, 7);
  g_assert_true (be_address_equal (&peer->address, &first));
  g_assert_true (be_datagram_peers_use (peers, &first) == peer);
  g_assert_true (be_datagram_peers_find (peers, 7) == peer);
  g_assert_null (be_datagram_peers_use (peers, &second));
  g_assert_null (be_datagram_peers_find (peers, 8));
  g_assert_cmpuint (g_list_length (be_datagram_peers_get_all (peers)), ==, 1);
}

static guint
find_position (GArray          *expected,
               const BeAddress *address)
{
  for (guint i = 0; i < expected->len; i++)
    if (be_address_equal (&g_array_index (expected, BeDatagramPeer, i).address, address))
      return i;

  return G_MAXUINT;
}

static void
assert_same (BeDatagramPeers *peers,
             GArray          *expected)
{
  GList *link = be_datagram_peers_get_all (peers);

  for (guint i = 0; i < expected->len; i++, link = link->next)
    {
      const BeDatagramPeer *peer;

      g_assert_nonnull (link);
      peer = link->data;
      g_assert_cmpuint (peer->id, ==, g_array_index (expected, BeDatagramPeer, i).id);
    }
  g_assert_null (link);
}

/* Against a plain array in order of use. */
static void
test_forgets_the_longest_unused_at_random (void)
{
  const guint max_peers = 10;
  g_autoptr (BeDatagramPeers) peers = be_datagram_peers_new (max_peers);
  g_autoptr (GArray) expected = g_array_new (FALSE, TRUE, sizeof (BeDatagramPeer));

  for (guint32 id = 1; id <= 5000; id++)
    {
      BeAddress      address = make_address ((guint) g_test_rand_int_range (0, 20));
      guint          position = find_position (expected, &address);
      BeDatagramPeer used = { .address = address, .id = id };
      guint32        expected_id = 0;
      guint32        forgotten_id;

      if (position != G_MAXUINT)
        {
          used = g_array_index (expected, BeDatagramPeer, position);
          g_array_remove_index (expected, position);
          g_assert_cmpuint (be_datagram_peers_use (peers, &address)->id, ==, used.id);
        }
      else
        {
          if (expected->len == max_peers)
            {
              expected_id = g_array_index (expected, BeDatagramPeer, 0).id;
              g_array_remove_index (expected, 0);
            }
          g_assert_null (be_datagram_peers_use (peers, &address));
          be_datagram_peers_add (peers, &address, id, &forgotten_id);
          g_assert_cmpuint (forgotten_id, ==, expected_id);
          g_assert_true (expected_id == 0 || be_datagram_peers_find (peers, expected_id) == NULL);
        }
      g_array_append_val (expected, used);
      assert_same (peers, expected);
    }
}

static void
test_queue_keeps_datagrams_whole_and_in_order (void)
{
  BeDatagramQueue queue = G_QUEUE_INIT;
  char            text[] = "one";

  g_assert_null (be_datagram_queue_peek (&queue));
  g_assert_true (be_datagram_queue_push (&queue, 1, 2, (const guint8 *) text, 3));
  memcpy (text, "two", 3);
  g_assert_true (be_datagram_queue_push (&queue, 3, 4, (const guint8 *) text, 3));
  g_assert_true (be_datagram_queue_push (&queue, 5, 6, NULL, 0));

  g_assert_cmpuint (be_datagram_queue_peek (&queue)->peer_id, ==, 1);
  g_assert_cmpuint (be_datagram_queue_peek (&queue)->flags, ==, 2);
  g_assert_cmpmem (g_bytes_get_data (be_datagram_queue_peek (&queue)->bytes, NULL), 3, "one", 3);
  be_datagram_queue_drop (&queue);
  g_assert_cmpmem (g_bytes_get_data (be_datagram_queue_peek (&queue)->bytes, NULL), 3, "two", 3);
  be_datagram_queue_drop (&queue);
  g_assert_cmpuint (g_bytes_get_size (be_datagram_queue_peek (&queue)->bytes), ==, 0);
  be_datagram_queue_drop (&queue);
  g_assert_null (be_datagram_queue_peek (&queue));
}

static void
test_queue_is_bounded (void)
{
  BeDatagramQueue queue = G_QUEUE_INIT;

  for (guint i = 0; i < BE_DATAGRAM_QUEUE_MAX_LENGTH; i++)
    g_assert_true (be_datagram_queue_push (&queue, i, 0, NULL, 0));
  g_assert_false (be_datagram_queue_push (&queue, 0, 0, NULL, 0));
  be_datagram_queue_drop (&queue);
  g_assert_true (be_datagram_queue_push (&queue, 0, 0, NULL, 0));
  be_datagram_queue_clear (&queue);
  g_assert_null (be_datagram_queue_peek (&queue));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/datagram-peers/finds-who-was-added", test_finds_who_was_added);
  g_test_add_func ("/datagram-peers/forgets-the-longest-unused-at-random",
                   test_forgets_the_longest_unused_at_random);
  g_test_add_func ("/datagram-queue/keeps-datagrams-whole-and-in-order",
                   test_queue_keeps_datagrams_whole_and_in_order);
  g_test_add_func ("/datagram-queue/is-bounded", test_queue_is_bounded);

  return g_test_run ();
}
