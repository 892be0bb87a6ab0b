/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* When what changes all the time is shown anew. */

#include "be-frame-beat.h"

#define BEAT ((gint64) BE_FRAME_BEAT_MICROSECONDS)
#define FRAME ((gint64) 16667)
#define BEGIN (1000 * BEAT) /* of a beat */

static void
test_is_due_in_the_next_frame_after_a_rest (void)
{
  g_assert_true (be_frame_beat_is_due (BEGIN + BEAT, BEGIN));
  g_assert_true (be_frame_beat_is_due (BEGIN + 5 * BEAT + 1, BEGIN));
  g_assert_true (be_frame_beat_is_due (BEGIN + 6 * BEAT - 1, BEGIN));
}

static void
test_is_due_once_in_a_beat (void)
{
  gint64 last = BEGIN - 1;
  guint  n_due = 0;

  for (gint64 now = BEGIN; now < BEGIN + BEAT; now += FRAME)
    if (be_frame_beat_is_due (now, last))
      {
        g_assert_cmpint (now, ==, BEGIN);
        last = now;
        n_due++;
      }

  g_assert_cmpuint (n_due, ==, 1);
  g_assert_false (be_frame_beat_is_due (last, last));
  g_assert_false (be_frame_beat_is_due (BEGIN + BEAT - 1, last));
  g_assert_true (be_frame_beat_is_due (BEGIN + BEAT, last));
}

/* Whenever in the beat before each was shown. */
static void
test_all_share_the_beat (void)
{
  for (gint64 now = BEGIN; now < BEGIN + 2 * BEAT; now += FRAME)
    {
      gboolean is_due = be_frame_beat_is_due (now, BEGIN);

      for (gint64 last = BEGIN; last < BEGIN + BEAT; last += FRAME)
        g_assert_cmpint (be_frame_beat_is_due (now, last), ==, is_due);
      g_assert_cmpint (is_due, ==, now >= BEGIN + BEAT);
    }
}

static void
test_what_was_never_shown_is_due (void)
{
  g_assert_true (be_frame_beat_is_due (BEGIN, 0));
  g_assert_true (be_frame_beat_is_due (BEGIN + BEAT - 1, 0));
}

/* At rates that no whole number of frames makes a beat of. */
static void
test_each_beat_is_whole (void)
{
  static const double rates[] = { 30, 50, 59.94, 60.02, 60.3, 75.02, 143.9 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      gint64 last = 0;

      for (guint frame = 0; frame < 60 * rates[i]; frame++)
        {
          gint64 now = BEGIN + (gint64) ((double) frame * G_USEC_PER_SEC / rates[i]);

          if (!be_frame_beat_is_due (now, last))
            continue;
          if (last != 0)
            g_assert_true (be_frame_beat_is_whole (now - last));
          last = now;
        }
    }

  /* What is left of a beat in which something began. */
  g_assert_false (be_frame_beat_is_whole (FRAME));
  g_assert_false (be_frame_beat_is_whole (BEAT / 2));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/frame-beat/is-due-in-the-next-frame-after-a-rest", test_is_due_in_the_next_frame_after_a_rest);
  g_test_add_func ("/frame-beat/is-due-once-in-a-beat", test_is_due_once_in_a_beat);
  g_test_add_func ("/frame-beat/all-share-the-beat", test_all_share_the_beat);
  g_test_add_func ("/frame-beat/what-was-never-shown-is-due", test_what_was_never_shown_is_due);
  g_test_add_func ("/frame-beat/each-beat-is-whole", test_each_beat_is_whole);

  return g_test_run ();
}
