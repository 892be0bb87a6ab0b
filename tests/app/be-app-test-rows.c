/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test-rows.h"

BeSideSheet *
be_app_test_side_sheet (BeAppTest *test)
{
  return BE_SIDE_SHEET (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_SIDE_SHEET, 0));
}

BeEventList *
be_app_test_list (BeAppTest *test)
{
  return BE_EVENT_LIST (be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_EVENT_LIST, 0));
}

/**
 * be_app_test_find_row:
 *
 * Returns: the row of a call that moved so many bytes, or
 *   %GTK_INVALID_LIST_POSITION
 */
guint
be_app_test_find_row (BeAppTest *test,
                      BeSide     side,
                      BeCall     call,
                      guint      n_bytes)
{
  BeEventList *list = be_app_test_list (test);
  guint        n_rows = list->filter != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list->filter)) : 0;

  for (guint i = 0; i < n_rows; i++)
    {
      const BeEventRecord *record = be_journal_filter_get_record (list->filter, i);

      if (record->side == side && record->call == call && record->payload_length == n_bytes)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

void
be_app_test_select_row (BeAppTest *test,
                        BeSide     side,
                        BeCall     call,
                        guint      n_bytes)
{
  be_test_wait_until (be_app_test_find_row (test, side, call, n_bytes) != GTK_INVALID_LIST_POSITION);
  be_event_list_select (be_app_test_list (test), be_app_test_find_row (test, side, call, n_bytes));
}

/**
 * be_app_test_have_a_talk:
 *
 * Starts a TCP server, connects and says ten bytes, which come back.
 */
void
be_app_test_have_a_talk (BeAppTest *test)
{
  /* A sheet in a window without a size yet stands in front of everything, and
   * goes with the keyboard. */
  be_test_wait_until (gtk_widget_get_width (GTK_WIDGET (test->window)) > 0);

  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-server", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_SERVER, "Listening");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.toggle-client", NULL);
  be_app_test_wait_for_chip (test, BE_SIDE_CLIENT, "Connected");
  be_app_test_write (test, BE_SIDE_CLIENT, "hello baby");
  be_test_wait_until (be_app_test_find_row (test, BE_SIDE_CLIENT, BE_CALL_RECV, 10) != GTK_INVALID_LIST_POSITION);
}
