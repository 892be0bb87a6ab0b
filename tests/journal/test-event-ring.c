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
  check (ring, 0, 0, 10);
  check (ring, 1, 1, 1024 * 1024);

  append (ring, 2, 10);

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

/* A hundred bytes and ten, whoever talks with whom; here every fourth event
 * is of another connection. */
static void
test_takes_few_bytes_beside_the_payload (void)
{
  const guint n = 20000;
  g_autoptr (BeEventRing) ring = be_event_ring_new (1000000, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  guint i;

  for (i = 0; i < n; i++)
    {
      BeEventRecord record = be_test_record (BE_SIDE_SERVER, BE_CALL_RECV, i / 4);

      be_test_batch_clear (batch);
      be_test_batch_add (batch, &record, "sixteen bytes!!", 16);
      be_event_ring_append (ring, be_event_batch_first (be_test_batch_get (batch)), i);
    }

  g_assert_cmpuint (be_event_ring_get_bytes (ring) / n - 16, <=, 110);
}

static guint32
get_random_number (void)
{
  return (guint32) g_test_rand_int ();
}

static BeAddress
get_random_address (void)
{
  g_autofree char *path = g_strdup_printf ("/run/%d", g_test_rand_int_range (0, 20));
  BeAddress        address;
  guint            i;

  memset (&address, 0, sizeof address);
  address.family = (guint16) g_test_rand_int_range (BE_ADDRESS_NONE, BE_ADDRESS_UNIX + 1);
  address.scope = address.family == BE_ADDRESS_UNIX ? g_quark_from_string (path) : get_random_number () % 3;
  address.port = (guint16) get_random_number ();
  for (i = 0; i < 4; i++)
    address.bytes[i] = (guint8) g_test_rand_int_range (0, 3);

  return address;
}

/* Every field is any number that fits into it, also where that makes no sense. */
static BeEventRecord
get_random_record (const BeAddress *addresses,
                   guint            n_addresses)
{
  BeEventRecord record;

  memset (&record, 0, sizeof record);
  record.time = (gint64) ((guint64) get_random_number () << 32 | get_random_number ());
  record.session_id = get_random_number ();
  record.socket_id = get_random_number ();
  record.peer_id = get_random_number ();
  record.result = g_test_rand_int ();
  record.error = g_test_rand_int ();
  record.payload_length = get_random_number ();
  record.detail = get_random_number ();
  record.position = (guint64) get_random_number () << 32 | get_random_number ();
  record.side = (guint8) g_test_rand_int_range (BE_SIDE_SERVER, BE_SIDE_CLIENT + 1);
  record.call = (guint8) g_test_rand_int_range (BE_CALL_GETADDRINFO, BE_CALL_SETSOCKOPT + 1);
  record.protocol = (guint8) get_random_number ();
  record.state = (guint8) get_random_number ();
  record.flags = (guint16) get_random_number ();
  record.local = addresses[get_random_number () % n_addresses];
  record.peer = addresses[get_random_number () % n_addresses];

  return record;
}

/* More addresses than the ring remembers at once, and payloads on both sides
 * of the bound between its two ways to keep them. */
static void
test_gives_back_every_field_as_it_was (void)
{
  const guint n = 20000;
  g_autoptr (BeEventRing) ring = be_event_ring_new (n, LARGE);
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  g_autofree BeAddress *addresses = g_new (BeAddress, 3000);
  const BeEventRecord  *record;
  guint                 i;

  for (i = 0; i < 3000; i++)
    addresses[i] = get_random_address ();

  for (i = 0; i < n; i++)
    {
      guint8        payload[1200];
      guint         length = (guint) (i % 8 == 0 ? g_test_rand_int_range (1000, 1200)
                                                 : g_test_rand_int_range (0, 40));
      BeEventRecord random = get_random_record (addresses, i < n / 2 ? 8 : 3000);

      memset (payload, (int) i, length);
      random.connection = get_random_number ();
      be_test_batch_add (batch, &random, payload, length);
    }

  for (record = be_event_batch_first (be_test_batch_get (batch)); record != NULL;
       record = be_event_batch_next (be_test_batch_get (batch), record))
    be_event_ring_append (ring, record, record->connection);

  i = 0;
  for (record = be_event_batch_first (be_test_batch_get (batch)); record != NULL;
       record = be_event_batch_next (be_test_batch_get (batch), record))
    {
      const BeEventRecord *stored = be_event_ring_get (ring, i++);

      g_assert_cmpmem (stored, sizeof *stored + stored->kept_length,
                       record, sizeof *record + record->kept_length);
    }
  g_assert_cmpuint (i, ==, n);
}

static void
test_lends_many_records_at_once (void)
{
  g_autoptr (BeEventRing) ring = be_event_ring_new (1000, LARGE);
  const BeEventRecord *records[BE_EVENT_RING_LENT];
  guint                i;

  for (i = 0; i < 1000; i++)
    append (ring, i, i % 20);

  for (i = 0; i < BE_EVENT_RING_LENT; i++)
    records[i] = be_event_ring_get (ring, 7 * i);
  for (i = 0; i < BE_EVENT_RING_LENT; i++)
    g_assert_cmpuint (records[i]->socket_id, ==, 7 * i + 1);
}

/* Steps go through all records once, each of them no more than a chunk. */
static void
test_is_gone_through_in_steps (void)
{
  const BeEventCriteria all = { BE_EVENT_KIND_ALL, BE_EVENT_TRAIT_EITHER_SIDE, BE_EVENT_NO_CONNECTION, NULL, NULL };
  g_autoptr (BeEventRing) ring = be_event_ring_new (800, LARGE);
  guint32 found[100];
  guint   end;
  guint   n_steps = 0;

  for (end = 0; end < 850; end++)
    append (ring, end, 5);
  be_event_ring_trim (ring);

  for (end = be_event_ring_get_length (ring); end > 0; n_steps++)
    {
      guint begin = be_event_ring_find_step (ring, end);
      guint i;

      g_assert_cmpuint (begin, <, end);
      g_assert_cmpuint (end - begin, <=, G_N_ELEMENTS (found));
      g_assert_cmpuint (be_event_ring_scan (ring, &all, begin, end, 1000, found), ==, end - begin);
      for (i = 0; i < end - begin; i++)
        g_assert_cmpuint (found[i] + 1000, ==, begin + i);
      end = begin;
    }
  g_assert_cmpuint (n_steps, ==, 8);
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
  g_test_add_func ("/event-ring/takes-few-bytes-beside-the-payload", test_takes_few_bytes_beside_the_payload);
  g_test_add_func ("/event-ring/gives-back-every-field-as-it-was", test_gives_back_every_field_as_it_was);
  g_test_add_func ("/event-ring/lends-many-records-at-once", test_lends_many_records_at_once);
  g_test_add_func ("/event-ring/is-gone-through-in-steps", test_is_gone_through_in_steps);

  return g_test_run ();
}
