/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test-pending.h"

void
be_app_test_act (BeAppTest  *test,
                 const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->window), action, NULL));
}

/**
 * be_app_test_hold:
 * @sides: "server", "client" or "both"
 */
void
be_app_test_hold (BeAppTest  *test,
                  const char *sides)
{
  be_app_test_act (test, "win.step-by-step");
  g_action_group_activate_action (G_ACTION_GROUP (test->window), "step-sides", g_variant_new_string (sides));
}

static BePendingRow *
get_row (BeAppTest *test,
         guint      number)
{
  GtkWidget *row = be_app_test_find_type (GTK_WIDGET (test->window), BE_TYPE_PENDING_ROW, number);

  return row != NULL ? BE_PENDING_ROW (row) : NULL;
}

/**
 * be_app_test_find_pending:
 *
 * Returns: (nullable): the ghost of a call
 */
BePendingRow *
be_app_test_find_pending (BeAppTest     *test,
                          BeSide         side,
                          BeCall         name,
                          BePendingState state)
{
  BePendingRow *row = NULL;

  for (guint i = 0; (row = get_row (test, i)) != NULL; i++)
    {
      BePendingCall *call = be_pending_row_get_call (row);

      if (call->side == side && call->call == name && call->state == state)
        return row;
    }

  return NULL;
}

BePendingRow *
be_app_test_find_held (BeAppTest *test,
                       BeSide     side,
                       BeCall     name)
{
  return be_app_test_find_pending (test, side, name, BE_PENDING_HELD);
}

guint
be_app_test_count_pending (BeAppTest *test)
{
  guint n_rows = 0;

  while (get_row (test, n_rows) != NULL)
    n_rows++;

  return n_rows;
}

/**
 * be_app_test_wait_for_pending:
 *
 * Returns: the call whose ghost stands there now, until the next turn of the
 *   main loop
 */
BePendingCall *
be_app_test_wait_for_pending (BeAppTest     *test,
                              BeSide         side,
                              BeCall         name,
                              BePendingState state)
{
  BePendingRow *row = NULL;

  be_test_wait_until ((row = be_app_test_find_pending (test, side, name, state)) != NULL);

  return be_pending_row_get_call (row);
}

BePendingCall *
be_app_test_wait_for_held (BeAppTest *test,
                           BeSide     side,
                           BeCall     name)
{
  return be_app_test_wait_for_pending (test, side, name, BE_PENDING_HELD);
}

static gboolean
is_held_still (BeAppTest *test,
               BeSide     side,
               BeCall     name,
               guint64    id)
{
  BePendingRow *row = be_app_test_find_held (test, side, name);

  return row != NULL && be_pending_row_get_call (row)->id == id;
}

/**
 * be_app_test_press_next_before:
 *
 * Waits until this call is held, presses Next, and waits until it is not held
 * any more.
 */
void
be_app_test_press_next_before (BeAppTest *test,
                               BeSide     side,
                               BeCall     name)
{
  guint64 id = be_app_test_wait_for_held (test, side, name)->id;

  be_app_test_act (test, "win.step-next");
  be_test_wait_until (!is_held_still (test, side, name, id));
}

/**
 * be_app_test_let_go:
 *
 * Waits until this call is held, and has it made, as a click on its ghost does.
 */
void
be_app_test_let_go (BeAppTest *test,
                    BeSide     side,
                    BeCall     name)
{
  guint64 id = be_app_test_wait_for_held (test, side, name)->id;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->window), "win.step-call", "t", id));
}
