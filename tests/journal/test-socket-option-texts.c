/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-option-texts.h"

static void
test_every_option_has_a_meaning (void)
{
  for (BeSocketOption option = 0; option < BE_N_SOCKET_OPTIONS; option++)
    g_assert_true (g_str_has_suffix (be_socket_option_get_meaning (option), "."));
}

static void
test_every_refusal_has_a_reason_of_its_own (void)
{
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpstr (be_option_refusal_get_sentence (BE_OPTION_ALLOWED), ==, "");
  for (BeOptionRefusal refusal = BE_OPTION_ALLOWED + 1; refusal < BE_N_OPTION_REFUSALS; refusal++)
    {
      const char *reason = be_option_refusal_get_sentence (refusal);

      g_assert_true (g_str_has_suffix (reason, "."));
      g_assert_true (g_hash_table_add (reasons, (gpointer) reason));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/socket-option-texts/every-option-has-a-meaning", test_every_option_has_a_meaning);
  g_test_add_func ("/socket-option-texts/every-refusal-has-a-reason-of-its-own", test_every_refusal_has_a_reason_of_its_own);

  return g_test_run ();
}
