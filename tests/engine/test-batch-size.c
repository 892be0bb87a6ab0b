/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-batch-size.h"

#define LIMIT 16u

/* Returns how many turns it takes until so many are asked for. */
static guint
count_turns (BeBatchSize *size,
             guint        n_waiting,
             guint        wanted)
{
  for (guint turn = 0; turn < 100; turn++)
    {
      if (size->wanted == wanted)
        return turn;
      be_batch_size_note (size, MIN (n_waiting, size->wanted), LIMIT);
    }

  g_assert_not_reached ();
}

static void
test_grows_when_many_come (void)
{
  BeBatchSize size = BE_BATCH_SIZE_INIT;

  g_assert_cmpuint (size.wanted, ==, 1);
  g_assert_cmpuint (count_turns (&size, 1000, LIMIT), <=, 10);

  /* And stays there. */
  for (guint i = 0; i < 100; i++)
    be_batch_size_note (&size, LIMIT, LIMIT);
  g_assert_cmpuint (size.wanted, ==, LIMIT);
}

static void
test_seldom_asks_in_vain_when_they_come_one_by_one (void)
{
  BeBatchSize size = BE_BATCH_SIZE_INIT;
  guint       n_in_vain = 0;

  for (guint i = 0; i < 1000; i++)
    {
      n_in_vain += size.wanted > 1 ? 1 : 0;
      be_batch_size_note (&size, 1, LIMIT);
    }
  g_assert_cmpuint (n_in_vain, >, 0);
  g_assert_cmpuint (n_in_vain, <, 150);
}

static void
test_shrinks_to_what_there_is (void)
{
  BeBatchSize size = { .wanted = LIMIT };

  be_batch_size_note (&size, 5, LIMIT);
  g_assert_cmpuint (size.wanted, ==, 5);
  be_batch_size_note (&size, 0, LIMIT);
  g_assert_cmpuint (size.wanted, ==, 1);
  be_batch_size_note (&size, 0, LIMIT);
  g_assert_cmpuint (size.wanted, ==, 1);
}

/* One that came alone does not say that the crowd is over. */
static void
test_shrinks_by_steps (void)
{
  BeBatchSize size = { .wanted = LIMIT };

  be_batch_size_note (&size, 1, LIMIT);
  g_assert_cmpuint (size.wanted, >, 1);
  be_batch_size_note (&size, 1, LIMIT);
  g_assert_cmpuint (size.wanted, ==, 1);
}

static void
test_keeps_the_limit_of_the_moment (void)
{
  BeBatchSize size = { .wanted = LIMIT };

  be_batch_size_note (&size, LIMIT, 2);
  g_assert_cmpuint (size.wanted, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/batch-size/grows-when-many-come", test_grows_when_many_come);
  g_test_add_func ("/batch-size/seldom-asks-in-vain-when-they-come-one-by-one",
                   test_seldom_asks_in_vain_when_they_come_one_by_one);
  g_test_add_func ("/batch-size/shrinks-to-what-there-is", test_shrinks_to_what_there_is);
  g_test_add_func ("/batch-size/shrinks-by-steps", test_shrinks_by_steps);
  g_test_add_func ("/batch-size/keeps-the-limit-of-the-moment", test_keeps_the_limit_of_the_moment);

  return g_test_run ();
}
