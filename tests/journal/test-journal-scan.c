/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-journal-filter.h"
#include "be-test-filter.h"
#include "be-test.h"

static void
test_equals_a_naive_filter (void)
{
  guint round;

  for (round = 0; round < 8; round++)
    {
      BeTestWish   wish = BE_TEST_WISH_FOR_ALL;
      BeTestFilter fixture;
      guint        i;

      be_test_filter_set_up (&fixture, (guint) g_test_rand_int_range (5, 200));

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
              be_test_filter_wish_randomly (&fixture, &wish);
              break;
            default:
              be_test_filter_append_random (&fixture);
              break;
            }
          be_test_filter_check (&fixture, &wish);
          be_test_mirror_check (fixture.mirror);
        }

      be_test_filter_tear_down (&fixture);
    }
}

static gboolean
is_done (BeTestFilter *fixture)
{
  return !be_journal_filter_is_scanning (fixture->filter);
}

/* Everything that may happen between two slices, and slices as short as they
 * can be. */
static void
test_equals_a_naive_filter_in_slices (void)
{
  guint round;
  guint n_seen_scanning = 0;

  for (round = 0; round < 8; round++)
    {
      BeTestWish   wish = BE_TEST_WISH_FOR_ALL;
      BeTestFilter fixture;
      guint        i;

      be_test_filter_set_up (&fixture, (guint) g_test_rand_int_range (50, 500));
      be_journal_filter_set_slice_time (fixture.filter, 0);

      for (i = 0; i < 200; i++)
        {
          switch (g_test_rand_int_range (0, 16))
            {
            case 0:
              be_journal_clear (fixture.journal);
              break;
            case 1:
              be_journal_undo_clear (fixture.journal);
              break;
            case 2:
            case 3:
            case 4:
              be_test_filter_wish_randomly (&fixture, &wish);
              break;
            case 5:
            case 6:
            case 7:
            case 8:
              be_test_filter_append_random (&fixture);
              break;
            default:
              g_main_context_iteration (NULL, FALSE);
              break;
            }

          if (be_journal_filter_is_scanning (fixture.filter))
            n_seen_scanning++;
          be_test_filter_check_newest (&fixture, &wish);
          be_test_mirror_check (fixture.mirror);
        }

      be_test_wait_until (is_done (&fixture));
      be_test_filter_check (&fixture, &wish);
      be_test_mirror_check (fixture.mirror);
      be_test_filter_tear_down (&fixture);
    }

  g_assert_cmpuint (n_seen_scanning, >, 0);
}

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           guint      *n)
{
  (*n)++;
}

static void
test_shows_the_newest_first_and_says_that_it_goes_on (void)
{
  BeTestFilter fixture;
  guint        n_notified = 0;
  guint        n_first;
  guint        i;

  be_test_filter_set_up (&fixture, 800);
  g_signal_connect (fixture.filter, "notify::is-scanning", G_CALLBACK (notify_cb), &n_notified);
  for (i = 0; i < 800; i++)
    be_test_batch_add_data (fixture.batch, be_test_record (BE_SIDE_CLIENT, BE_CALL_SEND, 1), "hello");
  be_test_filter_append (&fixture);

  be_journal_filter_set_slice_time (fixture.filter, 0);
  be_journal_filter_set_text (fixture.filter, "hello");
  n_first = be_test_filter_count (&fixture);
  g_assert_true (be_journal_filter_is_scanning (fixture.filter));
  g_assert_cmpuint (n_first, >, 0);
  g_assert_cmpuint (n_first, <, 800);
  g_assert_cmpuint (be_journal_filter_get_record (fixture.filter, n_first - 1)->sequence, ==, 800);

  /* What comes meanwhile is there at once. */
  be_test_batch_add_data (fixture.batch, be_test_record (BE_SIDE_CLIENT, BE_CALL_SEND, 1), "hello");
  be_test_filter_append (&fixture);
  g_assert_cmpuint (be_journal_filter_get_record (fixture.filter, be_test_filter_count (&fixture) - 1)->sequence, ==, 801);

  be_test_wait_until (is_done (&fixture));
  g_assert_cmpuint (be_test_filter_count (&fixture), ==, g_list_model_get_n_items (G_LIST_MODEL (fixture.journal)));
  g_assert_cmpuint (n_notified, ==, 2);

  be_test_filter_tear_down (&fixture);
}

static void
test_ends_while_it_is_looking (void)
{
  BeTestFilter fixture;
  guint        i;

  be_test_filter_set_up (&fixture, 800);
  for (i = 0; i < 800; i++)
    be_test_batch_add_data (fixture.batch, be_test_record (BE_SIDE_CLIENT, BE_CALL_SEND, 1), "hello");
  be_test_filter_append (&fixture);
  be_journal_filter_set_slice_time (fixture.filter, 0);
  be_journal_filter_set_text (fixture.filter, "hello");
  g_assert_true (be_journal_filter_is_scanning (fixture.filter));

  be_test_filter_tear_down (&fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Positions are stored for as long as the journal turns over. */
static void
test_keeps_up_when_everything_falls_off (void)
{
  BeTestFilter fixture;
  BeTestWish   wish = { BE_SIDE_FILTER_CLIENT, BE_EVENT_KIND_DATA, BE_EVENT_NO_CONNECTION, NULL };
  guint        i;

  be_test_filter_set_up (&fixture, 64);
  be_journal_filter_set_side (fixture.filter, wish.side);
  be_journal_filter_set_kinds (fixture.filter, wish.kinds);

  for (i = 0; i < 500; i++)
    {
      be_test_filter_append_random (&fixture);
      be_test_filter_check (&fixture, &wish);
    }

  be_test_filter_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal-scan/equals-a-naive-filter", test_equals_a_naive_filter);
  g_test_add_func ("/journal-scan/equals-a-naive-filter-in-slices", test_equals_a_naive_filter_in_slices);
  g_test_add_func ("/journal-scan/shows-the-newest-first-and-says-that-it-goes-on",
                   test_shows_the_newest_first_and_says_that_it_goes_on);
  g_test_add_func ("/journal-scan/ends-while-it-is-looking", test_ends_while_it_is_looking);
  g_test_add_func ("/journal-scan/keeps-up-when-everything-falls-off", test_keeps_up_when_everything_falls_off);

  return g_test_run ();
}
