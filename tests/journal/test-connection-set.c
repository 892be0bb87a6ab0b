/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-connection-set.h"

static void
test_has_what_was_added (void)
{
  BeConnectionSet *set = be_connection_set_new ();

  g_assert_false (be_connection_set_has (set, 0));
  be_connection_set_add (set, 0);
  be_connection_set_add (set, 7);
  g_assert_true (be_connection_set_has (set, 0));
  g_assert_true (be_connection_set_has (set, 7));
  g_assert_false (be_connection_set_has (set, 6));

  be_connection_set_free (set);
}

static void
test_older_connections_make_room (void)
{
  BeConnectionSet *set = be_connection_set_new ();

  be_connection_set_add (set, 7);
  g_assert_false (be_connection_set_has (set, 7 + BE_CONNECTION_SET_SPAN));
  be_connection_set_add (set, 7 + BE_CONNECTION_SET_SPAN);
  g_assert_true (be_connection_set_has (set, 7 + BE_CONNECTION_SET_SPAN));
  g_assert_false (be_connection_set_has (set, 7));

  be_connection_set_free (set);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connection-set/has-what-was-added", test_has_what_was_added);
  g_test_add_func ("/connection-set/older-connections-make-room", test_older_connections_make_room);

  return g_test_run ();
}
