/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-ring.h"
#include "be-test-batch.h"

#include <string.h>

#define LARGE (64u * 1024 * 1024)

/* A record whose payload tells its number. */
static void
append (BeEventRing *ring,
        guint        number,
        gsize        length)
{
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  g_autofree guint8   *payload = g_malloc (length + 1);
  BeEventRecord        record = be_test_record (BE_SIDE_SERVER, BE_CALL_RECV, number + 1);
  const BeEventRecord *stored;

  memset (payload, (int) (number % 251), length);
  be_test_batch_add (batch, &record, payload, length);
  be_event_ring_append (ring, be_event_batch_first (be_test_batch_get (batch)), number);

  stored = be_event_ring_get (ring, be_event_ring_get_length (ring) - 1);
  g_assert_cmpuint (stored->connection, ==, number);
}

static void
check (BeEventRing *ring,
       guint        position,
       guint        number,
       gsize        length)
{
  const BeEventRecord *record = be_event_ring_get (ring, position);
  const guint8        *payload;
  gsize                i;

  g_assert_nonnull (record);
  g_assert_cmpuint (record->socket_id, ==, number + 1);
  g_assert_cmpuint (record->connection, ==, number);
  g_assert_cmpuint (record->kept_length, ==, length);
  g_assert_cmpuint (record->size, ==, be_event_record_size_for (length));

  payload = be_event_record_payload (record);
  for (i = 0; i < length; i++)
    g_assert_cmpuint (payload[i], ==, number % 251);
}

static void
test_keeps_records_byte_for_byte (void)
{
  g_autoptr (BeEventRing) ring = be_event_ring_new (100000, LARGE);
  guint i;

  for (i = 0; i < 10000; i++)
    append (ring, i, i % 300);

  g_assert_cmpuint (be_event_ring_trim (ring), ==, 0);
  g_assert_cmpuint (be_event_ring_get_length (ring), ==, 10000);
  for (i = 0; i < 10000; i++)
    check (ring, i, i, i % 300);
  g_assert_null (be_event_ring_get (ring, 10000));
}

static void
test_is_empty_at_first (void)
{
  g_autoptr (BeEventRing) ring = be_event_ring_new (10, LARGE);

  g_assert_cmpuint (be_event_ring_get_length (ring), ==, 0);
  g_assert_cmpuint (be_event_ring_trim (ring), ==, 0);
  g_assert_null (be_event_ring_get (ring, 0));
}

/* The bound on the number, for small and large bounds. */
static void
test_drops_the_oldest_beyond_max_events (void)
{
  static const guint bounds[] = { 1, 2, 7, 8, 10, 16, 100, 1000, 5000 };
  guint              b;

  for (b = 0; b < G_N_ELEMENTS (bounds); b++)
    {
      g_autoptr (BeEventRing) ring = be_event_ring_new (bounds[b], LARGE);
      guint chunk = MAX (bounds[b] / 8, 1);
      guint n_fallen = 0;
      guint i;

      for (i = 0; i < 2 * bounds[b] + 50; i++)
        {
          append (ring, i, 5);
          n_fallen += be_event_ring_trim (ring);

          g_assert_cmpuint (be_event_ring_get_length (ring), <=, bounds[b]);
          g_assert_cmpuint (be_event_ring_get_length (ring) + n_fallen, ==, i + 1);
          if (i + 1 > bounds[b])
            g_assert_cmpuint (be_event_ring_get_length (ring) + chunk, >, bounds[b]);
          check (ring, 0, n_fallen, 5);
        }
    }
}

static void
test_drops_the_oldest_beyond_max_bytes (void)
{
  const gsize max_bytes = 1024 * 1024;
  g_autoptr (BeEventRing) ring = be_event_ring_new (1000000, max_bytes);
  guint n_fallen = 0;
  guint i;

  for (i = 0; i < 3000; i++)
    {
      append (ring, i, 1000);
      n_fallen += be_event_ring_trim (ring);
      g_assert_cmpuint (be_event_ring_get_bytes (ring), <=, max_bytes);
    }

  g_assert_cmpuint (n_fallen, >, 0);
  g_assert_cmpuint (be_event_ring_get_bytes (ring), >, max_bytes / 2);
  g_assert_cmpuint (be_event_ring_get_length (ring), ==, 3000 - n_fallen);
  check (ring, 0, n_fallen, 1000);
}

static void
test_holds_a_record_that_is_larger_than_a_chunk (void)
{
  g_autoptr (BeEventRing) ring = be_event_ring_new (100, 64 * 1024);

  append (ring, 0, 10);
  append (ring, 1, 1024 * 1024);
  append (ring, 2, 10);

  check (ring, 0, 0, 10);
  check (ring, 1, 1, 1024 * 1024);
  check (ring, 2, 2, 10);

  /* It is too much for the bound, and goes with what is older. */
  g_assert_cmpuint (be_event_ring_trim (ring), ==, 2);
  check (ring, 0, 2, 10);
}

static void
test_keeps_the_newest_whatever_its_size (void)
{
  g_autoptr (BeEventRing) ring = be_event_ring_new (100, 1024);

  append (ring, 0, 100000);
  g_assert_cmpuint (be_event_ring_trim (ring), ==, 0);
  check (ring, 0, 0, 100000);
}

static void
test_takes_few_bytes_beside_record_and_payload (void)
{
  const guint n = 20000;
  g_autoptr (BeEventRing) ring = be_event_ring_new (1000000, LARGE);
  gsize beside;
  guint i;

  for (i = 0; i < n; i++)
    append (ring, i, 16);

  beside = be_event_ring_get_bytes (ring) - n * be_event_record_size_for (16);
  g_assert_cmpuint (beside / n, <=, 8);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-ring/keeps-records-byte-for-byte", test_keeps_records_byte_for_byte);
  g_test_add_func ("/event-ring/is-empty-at-first", test_is_empty_at_first);
  g_test_add_func ("/event-ring/drops-the-oldest-beyond-max-events", test_drops_the_oldest_beyond_max_events);
  g_test_add_func ("/event-ring/drops-the-oldest-beyond-max-bytes", test_drops_the_oldest_beyond_max_bytes);
  g_test_add_func ("/event-ring/holds-a-record-that-is-larger-than-a-chunk", test_holds_a_record_that_is_larger_than_a_chunk);
  g_test_add_func ("/event-ring/keeps-the-newest-whatever-its-size", test_keeps_the_newest_whatever_its_size);
  g_test_add_func ("/event-ring/takes-few-bytes-beside-record-and-payload", test_takes_few_bytes_beside_record_and_payload);

  return g_test_run ();
}
