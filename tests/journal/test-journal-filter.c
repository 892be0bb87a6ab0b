/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-journal-filter.h"
#include "be-test-filter.h"

/* A server that accepts and answers, a client that is refused. */
static void
append_story (BeTestFilter *fixture)
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
  be_test_filter_append (fixture);
}

static void
test_passes_everything_at_first (void)
{
  BeTestFilter fixture;
  gboolean     is_active;

  be_test_filter_set_up (&fixture, 100);
  append_story (&fixture);

  g_assert_cmpuint (be_test_filter_count (&fixture), ==, 4);
  g_assert_false (be_journal_filter_is_active (fixture.filter));
  g_object_get (fixture.filter, "is-active", &is_active, NULL);
  g_assert_false (is_active);
  g_assert_true (be_journal_filter_get_journal (fixture.filter) == fixture.journal);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture.filter)) == BE_TYPE_EVENT);
  g_assert_cmpuint (be_journal_filter_get_record (fixture.filter, 3)->call, ==, BE_CALL_SEND);
  g_assert_null (be_journal_filter_get_record (fixture.filter, 4));

  be_test_filter_tear_down (&fixture);
}

static void
test_shows_failures_with_any_kind (void)
{
  BeTestFilter fixture;

  be_test_filter_set_up (&fixture, 100);
  append_story (&fixture);

  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_DATA);
  g_assert_cmpuint (be_test_filter_count (&fixture), ==, 3);
  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_STATES);
  g_assert_cmpuint (be_test_filter_count (&fixture), ==, 2);
  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_ERRORS);
  g_assert_cmpuint (be_test_filter_count (&fixture), ==, 1);
  be_journal_filter_set_kinds (fixture.filter, 0);
  g_assert_cmpuint (be_test_filter_count (&fixture), ==, 0);
  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_ALL);
  g_assert_cmpuint (be_test_filter_count (&fixture), ==, 4);

  be_test_filter_tear_down (&fixture);
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
  BeTestFilter fixture;
  guint        i;

  be_test_filter_set_up (&fixture, 100);
  append_story (&fixture);

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      be_journal_filter_set_text (fixture.filter, cases[i].text);
      g_assert_cmpuint (be_test_filter_count (&fixture), ==, cases[i].n);
    }

  be_test_filter_tear_down (&fixture);
}

static void
test_compares_bytes_beyond_ascii_as_they_are (void)
{
  BeTestFilter fixture;

  be_test_filter_set_up (&fixture, 100);
  be_test_batch_add_data (fixture.batch, be_test_record (BE_SIDE_SERVER, BE_CALL_RECV, 1), "\xff\xfe 你好 \xc3\xa4");
  be_test_filter_append (&fixture);

  be_journal_filter_set_text (fixture.filter, "你好");
  g_assert_cmpuint (be_test_filter_count (&fixture), ==, 1);
  be_journal_filter_set_text (fixture.filter, "\xc3\x84");
  g_assert_cmpuint (be_test_filter_count (&fixture), ==, 0);

  be_test_filter_tear_down (&fixture);
}

static void
test_tells_of_a_batch_once (void)
{
  BeTestFilter fixture;
  guint        i;

  be_test_filter_set_up (&fixture, 1000);
  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_DATA);
  fixture.mirror->n_signals = 0;

  for (i = 0; i < 100; i++)
    {
      BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 1);

      be_test_batch_add_data (fixture.batch, be_test_record (BE_SIDE_CLIENT, BE_CALL_SEND, 1), "x");
      be_test_batch_add (fixture.batch, &record, NULL, 0);
    }
  be_test_filter_append (&fixture);
  g_assert_cmpuint (fixture.mirror->n_signals, ==, 1);
  g_assert_cmpuint (be_test_filter_count (&fixture), ==, 100);

  /* Nothing of it matches: nobody is told. */
  {
    BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1);

    be_test_batch_add (fixture.batch, &record, NULL, 0);
  }
  be_test_filter_append (&fixture);
  g_assert_cmpuint (fixture.mirror->n_signals, ==, 1);

  be_test_filter_tear_down (&fixture);
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
  BeTestFilter fixture;
  guint        n_notified = 0;

  be_test_filter_set_up (&fixture, 100);
  append_story (&fixture);
  g_signal_connect (fixture.filter, "notify::is-active", G_CALLBACK (notify_cb), &n_notified);

  be_journal_filter_set_side (fixture.filter, BE_SIDE_FILTER_SERVER);
  be_journal_filter_set_kinds (fixture.filter, BE_EVENT_KIND_ERRORS);
  be_journal_filter_set_connection (fixture.filter, 1);
  be_journal_filter_set_text (fixture.filter, "nothing");
  g_assert_cmpuint (be_test_filter_count (&fixture), ==, 0);
  g_assert_true (be_journal_filter_is_active (fixture.filter));

  be_journal_filter_reset (fixture.filter);
  g_assert_cmpuint (be_test_filter_count (&fixture), ==, 4);
  g_assert_false (be_journal_filter_is_active (fixture.filter));
  g_assert_cmpuint (n_notified, ==, 2);

  be_test_filter_tear_down (&fixture);
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

  return g_test_run ();
}
