/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-filter.h"

#include <string.h>

#define LARGE (64u * 1024 * 1024)

void
be_test_filter_set_up (BeTestFilter *fixture,
                       guint         max_events)
{
  fixture->journal = be_journal_new (max_events, LARGE);
  fixture->filter = be_journal_filter_new (fixture->journal);
  fixture->mirror = be_test_mirror_new (G_LIST_MODEL (fixture->filter));
  fixture->batch = be_test_batch_new ();
}

void
be_test_filter_tear_down (BeTestFilter *fixture)
{
  be_test_mirror_free (fixture->mirror);
  be_test_batch_free (fixture->batch);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->journal);
}

void
be_test_filter_append (BeTestFilter *fixture)
{
  be_journal_append (fixture->journal, be_test_batch_get (fixture->batch));
  be_test_batch_clear (fixture->batch);
}

guint
be_test_filter_count (BeTestFilter *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->filter));
}

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
               const BeTestWish    *wish)
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

/* While the filter is looking, the newest of what it should have. */
void
be_test_filter_check_newest (BeTestFilter     *fixture,
                             const BeTestWish *wish)
{
  guint position = be_test_filter_count (fixture);
  guint i = g_list_model_get_n_items (G_LIST_MODEL (fixture->journal));

  while (i-- > 0 && position > 0)
    {
      const BeEventRecord *record = be_journal_get_record (fixture->journal, i);

      if (naive_matches (record, wish))
        g_assert_cmpuint (be_journal_filter_get_record (fixture->filter, --position)->sequence,
                          ==, record->sequence);
    }

  g_assert_cmpuint (position, ==, 0);
}

void
be_test_filter_check (BeTestFilter     *fixture,
                      const BeTestWish *wish)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->journal));
  guint position = 0;
  guint i;

  g_assert_false (be_journal_filter_is_scanning (fixture->filter));

  for (i = 0; i < n; i++)
    {
      const BeEventRecord *record = be_journal_get_record (fixture->journal, i);

      if (naive_matches (record, wish))
        g_assert_cmpuint (be_journal_filter_get_record (fixture->filter, position++)->sequence,
                          ==, record->sequence);
    }

  g_assert_cmpuint (be_test_filter_count (fixture), ==, position);
}

void
be_test_filter_append_random (BeTestFilter *fixture)
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

  be_test_filter_append (fixture);
}

void
be_test_filter_wish_randomly (BeTestFilter *fixture,
                              BeTestWish   *wish)
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
      *wish = BE_TEST_WISH_FOR_ALL;
      be_journal_filter_reset (fixture->filter);
      break;
    }
}
