/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-reply-loop.h"

#include <string.h>

/* How long the row is when the first datagram of a loop stays without an
 * answer: the marks must have been set, and each have come again. */
#define FIRST_SILENCE (BE_REPLY_LOOP_LENGTH + BE_REPLY_LOOP_MARKS + 1)

static gboolean
is_closed_by (BeReplyLoop *loop,
              const char  *text)
{
  return be_reply_loop_is_closed (loop, BE_REPLY_UPPER, (const guint8 *) text, strlen (text));
}

static gboolean
is_closed_by_number (BeReplyLoop *loop,
                     guint        number)
{
  char text[16];

  g_snprintf (text, sizeof text, "%u", number);

  return is_closed_by (loop, text);
}

/* What goes round: each datagram that is answered comes again. Returns how
 * many answers it took until nothing was left, or 0 when it was too many. */
static guint
run_loop (BeReplyLoop *loop,
          guint        n_datagrams,
          guint        n_different,
          guint        max_answers)
{
  GQueue round = G_QUEUE_INIT;
  guint  n_answers = 0;

  for (guint i = 0; i < n_datagrams; i++)
    g_queue_push_tail (&round, GUINT_TO_POINTER (i % n_different));

  while (!g_queue_is_empty (&round) && n_answers <= max_answers)
    {
      gpointer number = g_queue_pop_head (&round);

      if (is_closed_by_number (loop, GPOINTER_TO_UINT (number)))
        continue;

      n_answers++;
      /* A network may change the order a little. */
      if (n_answers % 7 == 0)
        g_queue_push_nth (&round, number, (gint) round.length - 1);
      else
        g_queue_push_tail (&round, number);
    }

  g_queue_clear (&round);

  return n_answers <= max_answers ? n_answers : 0;
}

static void
test_ends_a_loop_of_one_datagram (void)
{
  BeReplyLoop loop = { 0 };

  g_assert_cmpuint (run_loop (&loop, 1, 1, 2 * FIRST_SILENCE), ==, FIRST_SILENCE - 1);
}

static void
test_ends_a_loop_of_many_datagrams (void)
{
  const guint counts[] = { 2, 3, 4, 5, 17, 100, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      BeReplyLoop loop = { 0 };
      BeReplyLoop other = { 0 };
      guint       max_answers = counts[i] * (FIRST_SILENCE + 2 * counts[i]);

      g_assert_cmpuint (run_loop (&loop, counts[i], counts[i], max_answers), >, 0);
      g_assert_cmpuint (run_loop (&other, counts[i], 2, max_answers), >, 0);
    }
}

static void
test_ends_a_loop_of_empty_datagrams (void)
{
  BeReplyLoop loop = { 0 };

  for (guint i = 1; i < FIRST_SILENCE; i++)
    g_assert_false (be_reply_loop_is_closed (&loop, BE_REPLY_UPPER, NULL, 0));
  g_assert_true (be_reply_loop_is_closed (&loop, BE_REPLY_UPPER, NULL, 0));
}

static void
test_ends_a_loop_of_echoes (void)
{
  BeReplyLoop   loop = { 0 };
  const guint8 *hello = (const guint8 *) "hello";

  for (guint i = 1; i < FIRST_SILENCE; i++)
    g_assert_false (be_reply_loop_is_closed (&loop, BE_REPLY_ECHO, hello, 5));
  g_assert_true (be_reply_loop_is_closed (&loop, BE_REPLY_ECHO, hello, 5));
}

static void
test_has_no_loop_without_answers (void)
{
  BeReplyLoop loop = { 0 };

  for (guint i = 0; i < 3 * FIRST_SILENCE; i++)
    g_assert_false (be_reply_loop_is_closed (&loop, BE_REPLY_NONE, (const guint8 *) "A", 1));
}

static void
test_answers_always_what_differs (void)
{
  BeReplyLoop loop = { 0 };

  for (guint i = 0; i < 1000 * 1000; i++)
    g_assert_false (is_closed_by_number (&loop, i));
}

/* "hello" is answered by other bytes than itself: that goes round nowhere. */
static void
test_answers_always_what_the_rule_changes (void)
{
  BeReplyLoop loop = { 0 };

  for (guint i = 0; i < 10 * FIRST_SILENCE; i++)
    g_assert_false (is_closed_by (&loop, "hello"));
}

static void
test_one_letter_in_the_row_begins_it_again (void)
{
  BeReplyLoop loop = { 0 };

  for (guint i = 1; i < FIRST_SILENCE; i++)
    g_assert_false (is_closed_by (&loop, "HELLO"));
  g_assert_false (is_closed_by (&loop, "HELLo"));
  for (guint i = 1; i < FIRST_SILENCE; i++)
    g_assert_false (is_closed_by (&loop, "HELLO"));
  g_assert_true (is_closed_by (&loop, "HELLO"));
}

/* A numbered one in four says that somebody is there who thinks. */
static void
test_answers_always_when_something_new_is_between (void)
{
  BeReplyLoop loop = { 0 };
  guint       n_silences = 0;

  for (guint i = 0; i < 100 * FIRST_SILENCE; i++)
    n_silences += i % BE_REPLY_LOOP_MARKS == 0 ? is_closed_by_number (&loop, i)
                                               : is_closed_by (&loop, "PING");
  g_assert_cmpuint (n_silences, ==, 0);
}

/* The price: whoever repeats the same misses one answer in ten thousand. */
static void
test_a_client_that_repeats_itself_misses_one_in_thousands (void)
{
  BeReplyLoop loop = { 0 };
  guint       n_silences = 0;

  for (guint i = 0; i < 10 * FIRST_SILENCE; i++)
    n_silences += is_closed_by (&loop, "HELLO");
  g_assert_cmpuint (n_silences, ==, 10);
}

/* A fingerprint that missed some bytes would take these for the same. */
static void
test_one_byte_anywhere_is_new (void)
{
  BeReplyLoop loop = { 0 };
  guint8      bytes[61] = { 0 };

  for (guint i = 1; i < FIRST_SILENCE; i++)
    g_assert_false (be_reply_loop_is_closed (&loop, BE_REPLY_UPPER, bytes, sizeof bytes));

  for (guint i = 0; i < sizeof bytes; i++)
    {
      bytes[i] = 1;
      g_assert_false (be_reply_loop_is_closed (&loop, BE_REPLY_UPPER, bytes, sizeof bytes));
      bytes[i] = 0;
    }
  for (gsize length = 0; length < sizeof bytes; length++)
    g_assert_false (be_reply_loop_is_closed (&loop, BE_REPLY_UPPER, bytes, length));
  g_assert_true (be_reply_loop_is_closed (&loop, BE_REPLY_UPPER, bytes, sizeof bytes));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reply-loop/ends-a-loop-of-one-datagram", test_ends_a_loop_of_one_datagram);
  g_test_add_func ("/reply-loop/ends-a-loop-of-many-datagrams",
                   test_ends_a_loop_of_many_datagrams);
  g_test_add_func ("/reply-loop/ends-a-loop-of-empty-datagrams",
                   test_ends_a_loop_of_empty_datagrams);
  g_test_add_func ("/reply-loop/ends-a-loop-of-echoes", test_ends_a_loop_of_echoes);
  g_test_add_func ("/reply-loop/has-no-loop-without-answers", test_has_no_loop_without_answers);
  g_test_add_func ("/reply-loop/answers-always-what-differs", test_answers_always_what_differs);
  g_test_add_func ("/reply-loop/answers-always-what-the-rule-changes",
                   test_answers_always_what_the_rule_changes);
  g_test_add_func ("/reply-loop/one-letter-in-the-row-begins-it-again",
                   test_one_letter_in_the_row_begins_it_again);
  g_test_add_func ("/reply-loop/answers-always-when-something-new-is-between",
                   test_answers_always_when_something_new_is_between);
  g_test_add_func ("/reply-loop/a-client-that-repeats-itself-misses-one-in-thousands",
                   test_a_client_that_repeats_itself_misses_one_in_thousands);
  g_test_add_func ("/reply-loop/one-byte-anywhere-is-new", test_one_byte_anywhere_is_new);

  return g_test_run ();
}
