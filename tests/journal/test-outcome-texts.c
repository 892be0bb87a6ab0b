/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of texts has everything for every outcome, in every language. */

#include "be-outcome-texts.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

static const char *const placeholders[] = {
  "peer", "peer-host", "peer-port", "local", "local-host", "local-port",
  "name", "number", "bytes", "unread", "call", "error", NULL
};

/* What an unknown name stands in front of would be shown as it is. */
static void
assert_placeholders_are_known (const char *text)
{
  for (const char *open = strchr (text, '{'); open != NULL; open = strchr (open + 1, '{'))
    {
      const char      *end = strchr (open, '}');
      g_autofree char *name = NULL;

      g_assert_nonnull (end);
      name = g_strndup (open + 1, (gsize) (end - open - 1));
      g_assert_true (g_strv_contains (placeholders, name));
    }
}

static guint
count_placeholders (const char *text)
{
  g_auto (GStrv) pieces = g_strsplit (text, "{", -1);

  return g_strv_length (pieces) - 1;
}

static void
assert_sentence (const char *text)
{
  g_assert_nonnull (text);
  g_assert_cmpuint (strlen (text), >, 10);
  g_assert_true (g_str_has_suffix (text, "."));
  assert_placeholders_are_known (text);
}

static void
assert_has_every_text (const BeOutcomeTexts *texts)
{
  g_test_message ("%s", texts->title);
  g_assert_nonnull (texts->title);
  g_assert_false (g_str_has_suffix (texts->title, "."));
  assert_placeholders_are_known (texts->title);
  assert_sentence (texts->reason);
  assert_sentence (texts->remedy);
  g_assert_nonnull (texts->causes[0]);
  for (guint i = 0; texts->causes[i] != NULL; i++)
    assert_sentence (texts->causes[i]);
  if (texts->is_cause_known)
    g_assert_null (texts->causes[1]);
}

static void
test_has_every_text_for_every_outcome (void)
{
  for (guint outcome = BE_OUTCOME_PLAIN + 1; outcome < BE_N_OUTCOMES; outcome++)
    {
      assert_has_every_text (be_outcome_texts_get (outcome));
      assert_has_every_text (be_outcome_texts_get_at_end (outcome));
    }
}

static void
test_is_silent_about_what_went_well (void)
{
  const BeOutcomeTexts *texts = be_outcome_texts_get (BE_OUTCOME_PLAIN);

  g_assert_null (texts->title);
  g_assert_null (texts->reason);
  g_assert_null (texts->causes[0]);
  g_assert_null (texts->remedy);
}

/* A FIN may have gone out before, by a shutdown (). */
static void
test_an_unread_close_claims_nothing_of_a_fin (void)
{
  const char *reason = be_outcome_texts_get (BE_OUTCOME_CLOSED_WITH_UNREAD)->reason;

  g_assert_nonnull (strstr (reason, "RST"));
  g_assert_null (strstr (reason, "FIN"));
}

static void
assert_translated (const char *text)
{
  const char *translation = g_dgettext (GETTEXT_PACKAGE, text);

  g_assert_cmpstr (translation, !=, text);
  g_assert_true (g_utf8_validate (translation, -1, NULL));
  assert_placeholders_are_known (translation);
  g_assert_cmpuint (count_placeholders (translation), ==, count_placeholders (text));
}

static void
assert_texts_are_translated (const BeOutcomeTexts *texts)
{
  assert_translated (texts->title);
  assert_translated (texts->reason);
  assert_translated (texts->remedy);
  for (guint i = 0; texts->causes[i] != NULL; i++)
    assert_translated (texts->causes[i]);
}

static void
test_has_every_text_in_chinese (void)
{
  if (g_test_subprocess ())
    {
      setlocale (LC_ALL, "");
      bindtextdomain (GETTEXT_PACKAGE, g_getenv ("BE_TEST_TRANSLATIONS"));
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);

      for (guint outcome = BE_OUTCOME_PLAIN + 1; outcome < BE_N_OUTCOMES; outcome++)
        {
          assert_texts_are_translated (be_outcome_texts_get (outcome));
          assert_texts_are_translated (be_outcome_texts_get_at_end (outcome));
        }
      return;
    }

  /* The language counts from the first translated text on. */
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_unsetenv ("LANGUAGE");
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/outcome-texts/has-every-text-for-every-outcome", test_has_every_text_for_every_outcome);
  g_test_add_func ("/outcome-texts/is-silent-about-what-went-well", test_is_silent_about_what_went_well);
  g_test_add_func ("/outcome-texts/an-unread-close-claims-nothing-of-a-fin", test_an_unread_close_claims_nothing_of_a_fin);
  g_test_add_func ("/outcome-texts/has-every-text-in-chinese", test_has_every_text_in_chinese);

  return g_test_run ();
}
