/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-peer.h"
#include "be-write-queue.h"

#include <string.h>

static void
append_text (BeWriteQueue *queue,
             const char   *text,
             guint16       flags)
{
  be_write_queue_append (queue, (const guint8 *) text, strlen (text), flags);
}

static void
assert_waiting (const BeWriteQueue *queue,
                const guint8       *bytes,
                gsize               length)
{
  g_assert_cmpuint (be_write_queue_get_length (queue), ==, length);
  if (length > 0)
    g_assert_cmpmem (be_write_queue_peek (queue), length, bytes, length);
}

static void
test_begins_empty (void)
{
  BeWriteQueue queue = { 0 };

  g_assert_cmpuint (be_write_queue_get_length (&queue), ==, 0);
  be_write_queue_clear (&queue);
  g_assert_cmpuint (be_write_queue_get_length (&queue), ==, 0);
}

static void
test_keeps_the_order (void)
{
  BeWriteQueue queue = { 0 };

  append_text (&queue, "hello ", 0);
  append_text (&queue, "baby", 0);
  assert_waiting (&queue, (const guint8 *) "hello baby", 10);
  be_write_queue_drop (&queue, 1);
  append_text (&queue, "!", 0);
  assert_waiting (&queue, (const guint8 *) "ello baby!", 10);
  be_write_queue_drop (&queue, 9);
  assert_waiting (&queue, (const guint8 *) "!", 1);
  be_write_queue_clear (&queue);
}

/* One call may send it all, and its event has the flags of each piece. */
static void
test_keeps_the_flags_of_all_that_waits (void)
{
  BeWriteQueue queue = { 0 };

  append_text (&queue, "a", 1);
  append_text (&queue, "b", 4);
  g_assert_cmphex (queue.flags, ==, 5);
  be_write_queue_drop (&queue, 1);
  g_assert_cmphex (queue.flags, ==, 5);
  be_write_queue_drop (&queue, 1);
  append_text (&queue, "c", 2);
  g_assert_cmphex (queue.flags, ==, 2);
  be_write_queue_clear (&queue);
}

static void
test_holds_no_memory_when_nothing_waits (void)
{
  BeWriteQueue queue = { 0 };

  append_text (&queue, "hello", 0);
  be_write_queue_drop (&queue, 5);
  g_assert_null (queue.bytes);
  append_text (&queue, "baby", 0);
  be_write_queue_clear (&queue);
  g_assert_null (queue.bytes);
}

/* What has gone takes no more room than what still waits. */
static void
test_is_bounded_while_something_always_waits (void)
{
  g_autoptr (GBytes) piece = be_test_random_bytes (1000);
  const guint8 *bytes = g_bytes_get_data (piece, NULL);
  BeWriteQueue  queue = { 0 };

  be_write_queue_append (&queue, bytes, 1000, 0);
  for (guint i = 0; i < 10 * 1000; i++)
    {
      be_write_queue_append (&queue, bytes, 1000, 0);
      be_write_queue_drop (&queue, 1000);
      g_assert_cmpuint (queue.bytes->len, <=, 2 * 2000);
    }
  assert_waiting (&queue, bytes, 1000);
  be_write_queue_clear (&queue);
}

static void
append_at_random (BeWriteQueue *queue,
                  GByteArray   *model)
{
  gsize length = (gsize) g_test_rand_int_range (0, g_test_rand_bit () ? 10 : 5000);
  g_autoptr (GBytes) piece = be_test_random_bytes (length);
  const guint8 *bytes = g_bytes_get_data (piece, NULL);

  be_write_queue_append (queue, bytes, length, 0);
  g_byte_array_append (model, bytes, (guint) length);
}

static void
drop_at_random (BeWriteQueue *queue,
                GByteArray   *model)
{
  guint length = (guint) g_test_rand_int_range (0, (gint32) model->len + 1);

  be_write_queue_drop (queue, length);
  g_byte_array_remove_range (model, 0, length);
}

/* Against a plain array of what waits. */
static void
test_keeps_what_was_appended_at_random (void)
{
  g_autoptr (GByteArray) model = g_byte_array_new ();
  BeWriteQueue queue = { 0 };

  for (guint i = 0; i < 20 * 1000; i++)
    {
      gint32 choice = g_test_rand_int_range (0, 100);

      if (choice < 49)
        append_at_random (&queue, model);
      else if (choice < 99)
        drop_at_random (&queue, model);
      else
        {
          be_write_queue_clear (&queue);
          g_byte_array_set_size (model, 0);
        }

      assert_waiting (&queue, model->data, model->len);
      g_assert_true (model->len == 0 || queue.bytes->len <= 2 * model->len);
    }
  be_write_queue_clear (&queue);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/write-queue/begins-empty", test_begins_empty);
  g_test_add_func ("/write-queue/keeps-the-order", test_keeps_the_order);
  g_test_add_func ("/write-queue/keeps-the-flags-of-all-that-waits",
                   test_keeps_the_flags_of_all_that_waits);
  g_test_add_func ("/write-queue/holds-no-memory-when-nothing-waits",
                   test_holds_no_memory_when_nothing_waits);
  g_test_add_func ("/write-queue/is-bounded-while-something-always-waits",
                   test_is_bounded_while_something_always_waits);
  g_test_add_func ("/write-queue/keeps-what-was-appended-at-random",
                   test_keeps_what_was_appended_at_random);

  return g_test_run ();
}
