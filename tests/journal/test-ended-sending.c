/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of an end that has called shutdown (). */

#include "be-explanation.h"
#include "be-socket-list.h"
#include "be-test-batch.h"
#include "be-test-errors.h"

#include <string.h>

/* RFC 9293, section 3.3.2, figure 5: in these states this end has sent its FIN. */
static const BeSystemState ended_states[] = {
  BE_SYSTEM_STATE_FIN_WAIT_1,
  BE_SYSTEM_STATE_FIN_WAIT_2,
  BE_SYSTEM_STATE_CLOSING,
  BE_SYSTEM_STATE_LAST_ACK,
  BE_SYSTEM_STATE_TIME_WAIT,
};

static BeEventRecord
failed_send (void)
{
  BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_SEND, 1);

  record.result = -1;
  record.error = BE_TEST_ERROR_SHUT_DOWN;

  return record;
}

static void
assert_title (BeEventRecord record,
              const char   *expected)
{
  g_autofree char *title = be_explanation_get_title (&record);

  g_assert_cmpstr (title, ==, expected);
}

static void
assert_broken_by_this_end (BeEventRecord record)
{
  g_auto (GStrv) causes = be_explanation_get_causes (&record);
  g_autofree char *reason = NULL;
  g_autofree char *list = be_explanation_list_causes (&record, NULL);

  assert_title (record, "This end has said that it sends no more");
  reason = be_explanation_get_reason (&record);
  g_assert_nonnull (strstr (reason, "SHUT_WR"));
  g_assert_cmpuint (g_strv_length (causes), ==, 1);
  g_assert_cmpstr (list, ==, "Cause: This end was told to half-close: shutdown() with SHUT_WR.");
}

static void
test_a_send_has_this_end_for_its_cause (void)
{
  BeEventRecord    record = failed_send ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ended_states); i++)
    {
      record.state = (guint8) ended_states[i];
      assert_broken_by_this_end (record);
    }

  text = be_explanation_describe (&record, NULL);
  g_assert_nonnull (strstr (text, " Cause: This end was told to half-close"));

  /* What waits goes first: TCP does not know of it yet. */
  record.state = BE_SYSTEM_STATE_ESTABLISHED;
  record.flags = BE_EVENT_LIMIT;
  assert_broken_by_this_end (record);

  /* After a reset both may be. */
  record.state = BE_SYSTEM_STATE_CLOSED;
  record.flags = 0;
  assert_title (record, "Nobody can receive this any more");
}

static void
test_says_whether_this_end_may_still_send (void)
{
  BeEventRecord    end = be_test_record (BE_SIDE_CLIENT, BE_CALL_RECV, 1);
  g_autofree char *remedy = NULL;

  end.state = BE_SYSTEM_STATE_CLOSE_WAIT;
  assert_title (end, "The other end sends no more");
  remedy = be_explanation_get_remedy (&end);
  g_assert_nonnull (strstr (remedy, "This end may still send"));

  for (guint i = 0; i <= G_N_ELEMENTS (ended_states); i++)
    {
      g_autofree char *after = NULL;

      /* Of the descriptor the system may say so, when both FINs are acknowledged. */
      end.state = i < G_N_ELEMENTS (ended_states) ? (guint8) ended_states[i] : BE_SYSTEM_STATE_CLOSED;
      assert_title (end, "Neither end sends any more");
      after = be_explanation_get_remedy (&end);
      g_assert_null (strstr (after, "may still send"));
      g_assert_nonnull (strstr (after, "this end may send nothing either"));
    }
}

static void
count_notify_cb (GObject    *object,
                 GParamSpec *pspec,
                 guint      *n)
{
  (*n)++;
}

static void
append (BeSocketList *list,
        BeCall        call,
        guint32       id,
        gint32        result)
{
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();
  BeEventRecord record = be_test_record (BE_SIDE_CLIENT, call, id);

  record.result = result;
  be_test_batch_add (batch, &record, NULL, 0);
  be_socket_list_append (list, be_test_batch_get (batch));
}

static void
test_the_list_tells_which_end_sends_no_more (void)
{
  g_autoptr (BePairing) pairing = be_pairing_new ();
  g_autoptr (BeSocketList) list = be_socket_list_new (BE_SIDE_CLIENT, pairing);
  guint n_told = 0;
  guint n_ended;

  g_signal_connect (list, "notify::n-ended-sending", G_CALLBACK (count_notify_cb), &n_told);
  append (list, BE_CALL_CONNECT, 1, 0);
  append (list, BE_CALL_CONNECT, 2, 0);
  g_assert_false (be_socket_summary_has_ended_sending (be_socket_list_find (list, 1)));
  g_assert_cmpuint (n_told, ==, 0);

  append (list, BE_CALL_SHUTDOWN, 1, 0);
  append (list, BE_CALL_RECV, 1, 0);
  append (list, BE_CALL_SHUTDOWN, 2, -1);
  g_assert_true (be_socket_summary_has_ended_sending (be_socket_list_find (list, 1)));
  g_assert_true (be_socket_summary_is_open (be_socket_list_find (list, 1)));
  g_assert_false (be_socket_summary_has_ended_sending (be_socket_list_find (list, 2)));
  g_assert_cmpuint (n_told, ==, 1);
  g_object_get (list, "n-ended-sending", &n_ended, NULL);
  g_assert_cmpuint (n_ended, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ended-sending/a-send-has-this-end-for-its-cause", test_a_send_has_this_end_for_its_cause);
  g_test_add_func ("/ended-sending/says-whether-this-end-may-still-send", test_says_whether_this_end_may_still_send);
  g_test_add_func ("/ended-sending/the-list-tells-which-end-sends-no-more", test_the_list_tells_which_end_sends_no_more);

  return g_test_run ();
}
