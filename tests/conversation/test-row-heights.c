/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-row-heights.h"

#define N_STEPS 3000

/* The same, done without thinking: an array of heights. */
static gint64
get_naive_offset (GArray *heights,
                  guint   row)
{
  gint64 offset = 0;

  for (guint i = 0; i < row; i++)
    offset += g_array_index (heights, guint, i);

  return offset;
}

static guint
find_naive (GArray *heights,
            gint64  offset)
{
  gint64 end = 0;

  for (guint i = 0; i < heights->len; i++)
    {
      end += g_array_index (heights, guint, i);
      if (offset < end)
        return i;
    }

  return heights->len - 1;
}

static void
splice_naive (GArray *heights,
              guint   position,
              guint   n_removed,
              guint   n_added,
              guint   estimate)
{
  if (n_removed > 0)
    g_array_remove_range (heights, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_array_insert_val (heights, position, estimate);
}

static void
assert_same (BeRowHeights *heights,
             GArray       *naive)
{
  guint row;

  g_assert_cmpuint (be_row_heights_get_length (heights), ==, naive->len);
  g_assert_cmpint (be_row_heights_get_total (heights), ==, get_naive_offset (naive, naive->len));
  if (naive->len == 0)
    return;

  row = (guint) g_test_rand_int_range (0, (gint32) naive->len);
  g_assert_cmpuint (be_row_heights_get (heights, row), ==, g_array_index (naive, guint, row));
  g_assert_cmpint (be_row_heights_get_offset (heights, row), ==, get_naive_offset (naive, row));
  for (gint64 offset = -5; offset < be_row_heights_get_total (heights) + 5;
       offset += 1 + be_row_heights_get_total (heights) / 7)
    g_assert_cmpuint (be_row_heights_find (heights, offset), ==, find_naive (naive, offset));
}

static void
test_agrees_with_an_array (void)
{
  g_autoptr (BeRowHeights) heights = be_row_heights_new (29);
  g_autoptr (GArray) naive = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < N_STEPS; i++)
    {
      guint length = naive->len;
      guint position = (guint) g_test_rand_int_range (0, (gint32) length + 1);
      guint n_removed = 0;
      guint n_added = 0;

      switch (g_test_rand_int_range (0, 6))
        {
        case 0: /* what came */
          position = length;
          n_added = (guint) g_test_rand_int_range (0, 700);
          break;

        case 1: /* what fell off */
          position = 0;
          n_removed = (guint) g_test_rand_int_range (0, (gint32) length + 1) / 3;
          break;

        case 2: /* another filter */
          n_removed = (guint) g_test_rand_int_range (0, (gint32) (length - position) + 1);
          n_added = (guint) g_test_rand_int_range (0, 300);
          break;

        default:
          if (position < length)
            {
              guint height = (guint) g_test_rand_int_range (0, 300);

              be_row_heights_set (heights, position, height);
              g_array_index (naive, guint, position) = height;
            }
          position = 0;
        }

      be_row_heights_splice (heights, position, n_removed, n_added);
      splice_naive (naive, position, n_removed, n_added, 29);
      assert_same (heights, naive);
    }
}

static void
test_reset_keeps_the_rows_and_forgets_the_heights (void)
{
  g_autoptr (BeRowHeights) heights = be_row_heights_new (10);

  be_row_heights_splice (heights, 0, 0, 1000);
  be_row_heights_set (heights, 500, 400);
  be_row_heights_reset (heights, 20);

  g_assert_cmpuint (be_row_heights_get_length (heights), ==, 1000);
  g_assert_cmpint (be_row_heights_get_total (heights), ==, 20000);
  g_assert_cmpuint (be_row_heights_get (heights, 500), ==, 20);
}

static void
test_rows_without_height_are_passed_over (void)
{
  g_autoptr (BeRowHeights) heights = be_row_heights_new (10);

  be_row_heights_splice (heights, 0, 0, 3);
  be_row_heights_set (heights, 1, 0);

  g_assert_cmpuint (be_row_heights_find (heights, 9), ==, 0);
  g_assert_cmpuint (be_row_heights_find (heights, 10), ==, 2);
}

/* Numbers that a phone would manage; without chunks they take minutes. */
static void
test_a_million_rows_are_no_burden (void)
{
  g_autoptr (BeRowHeights) heights = be_row_heights_new (29);
  gint64 start = g_get_monotonic_time ();

  be_row_heights_splice (heights, 0, 0, 1000000);
  for (guint i = 0; i < 5000; i++)
    {
      be_row_heights_splice (heights, 1000000, 0, 170);
      be_row_heights_splice (heights, 0, 170, 0);
      be_row_heights_set (heights, 999990, 30 + i % 50);
      be_row_heights_find (heights, be_row_heights_get_total (heights) / 2);
    }

  g_assert_cmpuint (be_row_heights_get_length (heights), ==, 1000000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/row-heights/agrees-with-an-array", test_agrees_with_an_array);
  g_test_add_func ("/row-heights/reset-keeps-the-rows-and-forgets-the-heights",
                   test_reset_keeps_the_rows_and_forgets_the_heights);
  g_test_add_func ("/row-heights/rows-without-height-are-passed-over",
                   test_rows_without_height_are_passed_over);
  g_test_add_func ("/row-heights/a-million-rows-are-no-burden", test_a_million_rows_are_no_burden);

  return g_test_run ();
}
