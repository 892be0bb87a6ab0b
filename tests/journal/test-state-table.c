/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which connections and listeners the calls tell of. */

#include "be-state-table.h"

#define LISTENER 1u
#define CONNECTING 2u
#define OTHER 3u
#define PORT 7000u

static BeAddress
loopback (guint16 port)
{
  return (BeAddress){ .family = BE_ADDRESS_IPV4, .bytes = { 127, 0, 0, 1 }, .port = port };
}

static BeEventRecord
make_record (BeSide  side,
             BeCall  call,
             guint32 socket_id)
{
  return (BeEventRecord){
    .side = (guint8) side,
    .call = (guint8) call,
    .protocol = BE_PROTOCOL_TCP,
    .session_id = 1,
    .socket_id = socket_id,
    .local = loopback (side == BE_SIDE_SERVER ? PORT : 7001),
  };
}

static void
note_listener (BeStateTable *table,
               BeCall        call,
               gint32        result)
{
  BeEventRecord record = make_record (BE_SIDE_SERVER, call, LISTENER);

  record.result = result;
  be_state_table_note (table, &record, BE_EVENT_NO_CONNECTION);
}

/* Who sets an option of it does not keep it from accepting; who fails to accept
 * does. */
static void
test_pauses_a_listener_that_cannot_accept (void)
{
  g_autoptr (BeStateTable) table = be_state_table_new ();

  note_listener (table, BE_CALL_LISTEN, 0);
  g_assert_cmpuint (be_state_table_get_n_listeners (table), ==, 1);
  be_state_table_get_listener (table, 0)->next_time = G_MAXINT64;

  note_listener (table, BE_CALL_SETSOCKOPT, 0);
  g_assert_false (be_state_table_get_listener (table, 0)->is_paused);
  g_assert_cmpint (be_state_table_get_listener (table, 0)->next_time, ==, G_MAXINT64);

  note_listener (table, BE_CALL_ACCEPT, -1);
  g_assert_true (be_state_table_get_listener (table, 0)->is_paused);

  note_listener (table, BE_CALL_CLOSE, 0);
  g_assert_cmpuint (be_state_table_get_n_listeners (table), ==, 0);
}

/* A socket that was never connected is no connection, and none of those that
 * connect. */
static void
test_takes_no_socket_for_one_that_connects (void)
{
  g_autoptr (BeStateTable) table = be_state_table_new ();
  const BeConnectingSocket connecting = {
    .session_id = 1, .socket_id = CONNECTING, .local = loopback (7002), .peer = loopback (PORT)
  };
  BeEventRecord option = make_record (BE_SIDE_CLIENT, BE_CALL_SETSOCKOPT, OTHER);
  BeEventRecord close = make_record (BE_SIDE_CLIENT, BE_CALL_CLOSE, OTHER);

  g_assert_true (be_state_table_note_connecting (table, &connecting, 1));
  option.peer_id = OTHER;
  be_state_table_note (table, &option, BE_EVENT_NO_CONNECTION);

  /* As after a bind () that failed. */
  close.peer_id = OTHER;
  close.peer = loopback (PORT);
  be_state_table_note (table, &close, BE_EVENT_NO_CONNECTION);

  g_assert_cmpuint (be_state_table_get_n_connections (table), ==, 1);
  g_assert_cmpuint (be_state_table_get_connection (table, 0)->ends[BE_SIDE_CLIENT].peer_id, ==, CONNECTING);
  g_assert_true (be_state_table_get_connection (table, 0)->ends[BE_SIDE_CLIENT].is_open);
}

/* What TCP does then only the system can say: the calls imply that the end is gone. */
static void
test_a_closed_end_is_not_left_where_its_close_began (void)
{
  g_autoptr (BeStateTable) table = be_state_table_new ();
  BeEventRecord connect = make_record (BE_SIDE_CLIENT, BE_CALL_CONNECT, OTHER);
  BeEventRecord close = make_record (BE_SIDE_CLIENT, BE_CALL_CLOSE, OTHER);

  connect.peer_id = close.peer_id = OTHER;
  connect.peer = close.peer = loopback (PORT);
  connect.state = BE_SYSTEM_STATE_ESTABLISHED;
  close.state = BE_SYSTEM_STATE_FIN_WAIT_1;
  be_state_table_note (table, &connect, 0);
  g_assert_cmpint (be_state_table_get_connection (table, 0)->ends[BE_SIDE_CLIENT].state, ==, BE_SYSTEM_STATE_ESTABLISHED);

  be_state_table_note (table, &close, 0);
  g_assert_cmpint (be_state_table_get_connection (table, 0)->ends[BE_SIDE_CLIENT].state, ==, BE_SYSTEM_STATE_CLOSED);
  g_assert_true (be_state_connection_is_over (be_state_table_get_connection (table, 0)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state-table/pauses-a-listener-that-cannot-accept", test_pauses_a_listener_that_cannot_accept);
  g_test_add_func ("/state-table/takes-no-socket-for-one-that-connects", test_takes_no_socket_for_one_that_connects);
  g_test_add_func ("/state-table/a-closed-end-is-not-left-where-its-close-began",
                   test_a_closed_end_is_not_left_where_its_close_began);

  return g_test_run ();
}
