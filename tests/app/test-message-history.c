/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-message-history.h"

static void
test_goes_back_to_the_oldest_and_no_further (void)
{
  g_autoptr (BeMessageHistory) history = be_message_history_new ();

  be_message_history_add (history, "one");
  be_message_history_add (history, "two");

  g_assert_cmpstr (be_message_history_older (history, ""), ==, "two");
  g_assert_cmpstr (be_message_history_older (history, "two"), ==, "one");
  g_assert_null (be_message_history_older (history, "one"));
}

static void
test_comes_back_to_the_draft (void)
{
  g_autoptr (BeMessageHistory) history = be_message_history_new ();

  be_message_history_add (history, "one");
  be_message_history_older (history, "half a sent");

  g_assert_cmpstr (be_message_history_newer (history), ==, "half a sent");
  g_assert_null (be_message_history_newer (history));
}

static void
test_remembers_the_same_text_once (void)
{
  g_autoptr (BeMessageHistory) history = be_message_history_new ();

  be_message_history_add (history, "again");
  be_message_history_add (history, "again");
  be_message_history_add (history, "");

  g_assert_cmpstr (be_message_history_older (history, ""), ==, "again");
  g_assert_null (be_message_history_older (history, ""));
}

static void
test_is_bounded (void)
{
  g_autoptr (BeMessageHistory) history = be_message_history_new ();
  guint n_remembered = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      be_message_history_add (history, text);
    }
  while (be_message_history_older (history, "") != NULL)
    n_remembered++;

  g_assert_cmpuint (n_remembered, ==, 200);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/message-history/goes-back-to-the-oldest-and-no-further", test_goes_back_to_the_oldest_and_no_further);
  g_test_add_func ("/app/message-history/comes-back-to-the-draft", test_comes_back_to_the_draft);
  g_test_add_func ("/app/message-history/remembers-the-same-text-once", test_remembers_the_same_text_once);
  g_test_add_func ("/app/message-history/is-bounded", test_is_bounded);

  return g_test_run ();
}
