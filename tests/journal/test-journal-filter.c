/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-journal-filter.h"
#include "be-test-batch.h"
#include "be-test-mirror.h"

#include <string.h>

#define LARGE (64u * 1024 * 1024)

typedef struct
{
  BeJournal       *journal;
  BeJournalFilter *filter;
  BeTestMirror    *mirror;
  BeTestBatch     *batch;
} Fixture;

/* What the naive filter of the random test wants. */
typedef struct
{
  BeSideFilter side;
  BeEventKinds kinds;
  guint32      connection;
  const char  *text;
} Wish;

static void
fixture_set_up (Fixture *fixture,
                guint    max_events)
{
  fixture->journal = be_journal_new (max_events, LARGE);
  fixture->filter = be_journal_filter_new (fixture->journal);
  fixture->mirror = be_test_mirror_new (G_LIST_MODEL (fixture->filter));
  fixture->batch = be_test_batch_new ();
}

static void
fixture_tear_down (Fixture *fixture)
{
  be_test_mirror_free (fixture->mirror);
  be_test_batch_free (fixture->batch);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->journal);
}

static void
append (Fixture *fixture)
{
  be_journal_append (fixture->journal, be_test_batch_get (fixture->batch));
  be_test_batch_clear (fixture->batch);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->filter));
}

/* A server that accepts and answers, a client that is refused. */
static void
append_story (Fixture *fixture)
{
  BeEventRecord refused = be_test_record (BE_SIDE_CLIENT, BE_CALL_CONNECT, 9);

  refused.result = -1;
  refused.error = 111;
  refused.peer.port = 9000;

  be_test_batch_add (fixture->batch, &refused, NULL, 0);
  {
    BeEventRecord accepted = be_test_record (BE_SIDE_SERVER, BE_CALL_ACCEPT, 1);

    accepted.result = 7;
    be_test_batch_add (fixture->batch, &accepted, NULL, 0);
  }
  be_test_batch_add_data (fixture->batch, be_test_record (BE_SIDE_SERVER, BE_CALL_RECV, 1), "hello baby");
  be_test_batch_add_data (fixture->batch, be_test_record (BE_SIDE_SERVER, BE_CALL_SEND, 1), "HELLO BABY");
  append (fixture);
}

static void
test_passes_everything_at_first (void)
{
  Fixture  fixture;
  gboolean is_active;

  fixture_set_up (&fixture, 100);
  append_story (&fixture);

  g_assert_cmpuint (count (&fixture), ==, 4);
  g_assert_false (be_journal_filter_is_active (fixture.filter));
  g_object_get (fixture.filter, "is-active", &is_active, NULL);
  g_assert_false (is_active);
  g_assert_true (be_journal_filter_get_journal (fixture.filter) == fixture.journal);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture.filter)) == BE_TYPE_EVENT);
  g_assert_cmpuint (be_journal_filter_get_record (fixture.filter, 3)->call, ==, BE_CALL_SEND);
  g_assert_null (be_journal_filter_get_record (fixture.filter, 4));

  fixture_tear_down (&fixture);
}

static void
test_shows_failures_with_any_kind (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, 100);
  append_story (&fixture);

  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_DATA);
  g_assert_cmpuint (count (&fixture), ==, 3);
  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_STATES);
  g_assert_cmpuint (count (&fixture), ==, 2);
  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_ERRORS);
  g_assert_cmpuint (count (&fixture), ==, 1);
  be_journal_filter_set_kinds (fixture.filter, 0);
  g_assert_cmpuint (count (&fixture), ==, 0);
  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_ALL);
  g_assert_cmpuint (count (&fixture), ==, 4);

  fixture_tear_down (&fixture);
}

static void
test_finds_text_in_payload_address_and_call (void)
{
  static const struct
  {
    const char *text;
    guint       n;
  } cases[] = {
    { "hello baby", 2 },
    { "Lo B", 2 },
    { "recv", 1 },
    { "RECV()", 1 },
    { "accept", 1 },
    { "127.0.0.1:8001", 3 },
    { ":9000", 1 },
    { ":50001", 3 },
    { "baby!", 0 },
    { "", 4 },
    { "y", 2 },
  };
  Fixture fixture;
  guint   i;

  fixture_set_up (&fixture, 100);
  append_story (&fixture);

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      be_journal_filter_set_text (fixture.filter, cases[i].text);
      g_assert_cmpuint (count (&fixture), ==, cases[i].n);
    }

  fixture_tear_down (&fixture);
}

static void
test_compares_bytes_beyond_ascii_as_they_are (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, 100);
  be_test_batch_add_data (fixture.batch, be_test_record (BE_SIDE_SERVER, BE_CALL_RECV, 1), "\xff\xfe 你好 \xc3\xa4");
  append (&fixture);

  be_journal_filter_set_text (fixture.filter, "你好");
  g_assert_cmpuint (count (&fixture), ==, 1);
  be_journal_filter_set_text (fixture.filter, "\xc3\x84");
  g_assert_cmpuint (count (&fixture), ==, 0);

  fixture_tear_down (&fixture);
}

static void
test_tells_of_a_batch_once (void)
{
  Fixture fixture;
  guint   i;

  fixture_set_up (&fixture, 1000);
  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_DATA);
  fixture.mirror->n_signals = 0;

  for (i = 0; i < 100; i++)
    {
      BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 1);

      be_test_batch_add_data (fixture.batch, be_test_record (BE_SIDE_CLIENT, BE_CALL_SEND, 1), "x");
      be_test_batch_add (fixture.batch, &record, NULL, 0);
    }
  append (&fixture);
  g_assert_cmpuint (fixture.mirror->n_signals, ==, 1);
  g_assert_cmpuint (count (&fixture), ==, 100);

  /* Nothing of it matches: nobody is told. */
  {
    BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1);

    be_test_batch_add (fixture.batch, &record, NULL, 0);
  }
  append (&fixture);
  g_assert_cmpuint (fixture.mirror->n_signals, ==, 1);

  fixture_tear_down (&fixture);
}

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           guint      *n)
{
  (*n)++;
}

static void
test_resets_all_criteria (void)
{
  Fixture fixture;
  guint   n_notified = 0;

  fixture_set_up (&fixture, 100);
  append_story (&fixture);
  g_signal_connect (fixture.filter, "notify::is-active", G_CALLBACK (notify_cb), &n_notified);

  be_journal_filter_set_side (fixture.filter, BE_SIDE_FILTER_SERVER);
  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_ERRORS);
  be_journal_filter_set_connection (fixture.filter, 1);
  be_journal_filter_set_text (fixture.filter, "nothing");
  g_assert_cmpuint (count (&fixture), ==, 0);
  g_assert_true (be_journal_filter_is_active (fixture.filter));

  be_journal_filter_reset (fixture.filter);
  g_assert_cmpuint (count (&fixture), ==, 4);
  g_assert_false (be_journal_filter_is_active (fixture.filter));
  g_assert_cmpuint (n_notified, ==, 2);

  fixture_tear_down (&fixture);
}

/* The random test */

static gboolean
naive_contains (const char *haystack,
                gsize       length,
                const char *needle)
{
  g_autofree char *copy = g_strndup (haystack, length);
  g_autofree char *folded = g_ascii_strdown (copy, -1);
  g_autofree char *folded_needle = g_ascii_strdown (needle, -1);

  return strstr (folded, folded_needle) != NULL;
}

static gboolean
naive_text_matches (const BeEventRecord *record,
                    const char          *text)
{
  g_autofree char *local = be_address_to_string (&record->local);
  g_autofree char *peer = be_address_to_string (&record->peer);
  const char      *call = be_call_get_name (record->call);

  return naive_contains ((const char *) be_event_record_payload (record), record->kept_length, text) ||
         naive_contains (local, strlen (local), text) ||
         naive_contains (peer, strlen (peer), text) ||
         naive_contains (call, strlen (call), text);
}

static gboolean
naive_matches (const BeEventRecord *record,
               const Wish          *wish)
{
  BeEventKinds kind = BE_EVENT_KIND_STATES;

  if (be_event_record_is_failure (record))
    kind = BE_EVENT_KIND_ALL;
  else if (be_event_record_is_data (record))
    kind = BE_EVENT_KIND_DATA;

  if ((wish->kinds & kind) == 0)
    return FALSE;
  if (wish->side == BE_SIDE_FILTER_SERVER && record->side != BE_SIDE_SERVER)
    return FALSE;
  if (wish->side == BE_SIDE_FILTER_CLIENT && record->side != BE_SIDE_CLIENT)
    return FALSE;
  if (wish->connection != BE_EVENT_NO_CONNECTION && wish->connection != record->connection)
    return FALSE;

  return wish->text == NULL || naive_text_matches (record, wish->text);
}

static void
check_against_naive (Fixture    *fixture,
                     const Wish *wish)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->journal));
  guint position = 0;
  guint i;

  for (i = 0; i < n; i++)
    {
      const BeEventRecord *record = be_journal_get_record (fixture->journal, i);

      if (naive_matches (record, wish))
        g_assert_true (be_journal_filter_get_record (fixture->filter, position++) == record);
    }

  g_assert_cmpuint (count (fixture), ==, position);
}

static void
append_random (Fixture *fixture)
{
  static const char *const payloads[] = { "hello", "HELLO", "baby", "a", "", "hel", "lo baby, hello" };
  guint                    n = (guint) g_test_rand_int_range (0, 30);
  guint                    i;

  for (i = 0; i < n; i++)
    {
      BeSide        side = g_test_rand_bit () ? BE_SIDE_SERVER : BE_SIDE_CLIENT;
      BeCall        call = (BeCall) g_test_rand_int_range (BE_CALL_SOCKET, BE_CALL_CLOSE + 1);
      BeEventRecord record = be_test_record (side, call, (guint32) g_test_rand_int_range (1, 6));
      const char   *payload = payloads[g_test_rand_int_range (0, G_N_ELEMENTS (payloads))];

      if (g_test_rand_int_range (0, 5) == 0)
        {
          record.result = -1;
          payload = "";
        }

      if (be_call_is_sending (call) || be_call_is_reading (call))
        {
          record.result = record.result == -1 ? -1 : (gint32) strlen (payload);
          be_test_batch_add (fixture->batch, &record, payload, strlen (payload));
        }
      else
        be_test_batch_add (fixture->batch, &record, NULL, 0);
    }

  append (fixture);
}

static void
wish_randomly (Fixture *fixture,
               Wish    *wish)
{
  static const char *const texts[] = { NULL, "hello", "HEL", "lo b", "a", "recv", "8001", "50003", "zz" };

  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      wish->side = (BeSideFilter) g_test_rand_int_range (0, 3);
      be_journal_filter_set_side (fixture->filter, wish->side);
      break;
    case 1:
      wish->kinds = (BeEventKinds) g_test_rand_int_range (0, BE_EVENT_KIND_ALL + 1);
      be_journal_filter_set_kinds (fixture->filter, wish->kinds);
      break;
    case 2:
      wish->connection = g_test_rand_bit () ? BE_EVENT_NO_CONNECTION
                                            : (guint32) g_test_rand_int_range (0, 5);
      be_journal_filter_set_connection (fixture->filter, wish->connection);
      break;
    case 3:
      wish->text = texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))];
      be_journal_filter_set_text (fixture->filter, wish->text);
      break;
    default:
      *wish = (Wish){ BE_SIDE_FILTER_BOTH, BE_EVENT_KIND_ALL, BE_EVENT_NO_CONNECTION, NULL };
      be_journal_filter_reset (fixture->filter);
      break;
    }
}

static void
test_equals_a_naive_filter (void)
{
  guint round;

  for (round = 0; round < 8; round++)
    {
      Wish    wish = { BE_SIDE_FILTER_BOTH, BE_EVENT_KIND_ALL, BE_EVENT_NO_CONNECTION, NULL };
      Fixture fixture;
      guint   i;

      fixture_set_up (&fixture, (guint) g_test_rand_int_range (5, 200));

      for (i = 0; i < 100; i++)
        {
          switch (g_test_rand_int_range (0, 10))
            {
            case 0:
              be_journal_clear (fixture.journal);
              break;
            case 1:
              be_journal_undo_clear (fixture.journal);
              break;
            case 2:
            case 3:
              wish_randomly (&fixture, &wish);
              break;
            default:
              append_random (&fixture);
              break;
            }
          check_against_naive (&fixture, &wish);
          be_test_mirror_check (fixture.mirror);
        }

      fixture_tear_down (&fixture);
    }
}

/* Positions are stored for as long as the journal turns over. */
static void
test_keeps_up_when_everything_falls_off (void)
{
  Fixture fixture;
  Wish    wish = { BE_SIDE_FILTER_CLIENT, BE_EVENT_KIND_DATA, BE_EVENT_NO_CONNECTION, NULL };
  guint   i;

  fixture_set_up (&fixture, 64);
  be_journal_filter_set_side (fixture.filter, wish.side);
  be_journal_filter_set_kinds (fixture.filter, wish.kinds);

  for (i = 0; i < 500; i++)
    {
      append_random (&fixture);
      check_against_naive (&fixture, &wish);
    }

  fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal-filter/passes-everything-at-first", test_passes_everything_at_first);
  g_test_add_func ("/journal-filter/shows-failures-with-any-kind", test_shows_failures_with_any_kind);
  g_test_add_func ("/journal-filter/finds-text-in-payload-address-and-call", test_finds_text_in_payload_address_and_call);
  g_test_add_func ("/journal-filter/compares-bytes-beyond-ascii-as-they-are", test_compares_bytes_beyond_ascii_as_they_are);
  g_test_add_func ("/journal-filter/tells-of-a-batch-once", test_tells_of_a_batch_once);
  g_test_add_func ("/journal-filter/resets-all-criteria", test_resets_all_criteria);
  g_test_add_func ("/journal-filter/equals-a-naive-filter", test_equals_a_naive_filter);
  g_test_add_func ("/journal-filter/keeps-up-when-everything-falls-off", test_keeps_up_when_everything_falls_off);

  return g_test_run ();
}
