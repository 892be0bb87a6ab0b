/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What links the rows of a connection to another program: one end is seen. */

#include "be-test-links.h"

#ifdef G_OS_WIN32
#include <winsock2.h>
#define NUMBER(name) WSA##name
#else
#include <errno.h>
#define NUMBER(name) name
#endif

#define NO_ROW BE_TRANSFER_NO_ROW

static void
add_record (BeTestLinks  *fixture,
            BeCall        call,
            BeSystemState state,
            guint         flags,
            int           error)
{
  BeEventRecord record = be_test_record_of_end (BE_SIDE_SERVER, call, 1);

  record.state = (guint8) state;
  record.flags = (guint16) flags;
  record.result = error != 0 ? -1 : 0;
  record.error = error;
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
}

/* Whether there is one such link, of this direction. */
static gboolean
has (BeTestLinks    *fixture,
     guint           from,
     guint           to,
     BeTransferMeans means,
     BeSide          from_side)
{
  guint                 n_links;
  const BeTransferLink *links = be_transfer_links_get (fixture->links, &n_links);
  guint                 n_found = 0;

  for (guint i = 0; i < n_links; i++)
    n_found += links[i].from == from && links[i].to == to && links[i].means == means && links[i].from_side == from_side &&
               links[i].outcome == BE_TRANSFER_FOREIGN;

  return n_found == 1;
}

static void
test_their_fin_comes_and_ours_goes (BeTestLinks  *fixture,
                                    gconstpointer data)
{
  add_record (fixture, BE_CALL_ACCEPT, BE_SYSTEM_STATE_ESTABLISHED, 0, 0);
  add_record (fixture, BE_CALL_RECV, BE_SYSTEM_STATE_CLOSE_WAIT, 0, 0);
  add_record (fixture, BE_CALL_CLOSE, BE_SYSTEM_STATE_LAST_ACK, 0, 0);

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 3);
  g_assert_true (has (fixture, NO_ROW, 0, BE_TRANSFER_BY_HANDSHAKE, BE_SIDE_CLIENT));
  g_assert_true (has (fixture, NO_ROW, 1, BE_TRANSFER_BY_FIN, BE_SIDE_CLIENT));
  g_assert_true (has (fixture, 2, NO_ROW, BE_TRANSFER_BY_FIN, BE_SIDE_SERVER));
}

static void
test_a_side_sends_one_fin (BeTestLinks  *fixture,
                           gconstpointer data)
{
  add_record (fixture, BE_CALL_SHUTDOWN, BE_SYSTEM_STATE_FIN_WAIT_1, 0, 0);
  add_record (fixture, BE_CALL_CLOSE, BE_SYSTEM_STATE_FIN_WAIT_1, 0, 0);

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 1);
  g_assert_true (has (fixture, 0, NO_ROW, BE_TRANSFER_BY_FIN, BE_SIDE_SERVER));

  /* Also where only the close () is in view. */
  g_assert_cmpuint (be_test_links_look (fixture, 1, 1), ==, 0);
}

static void
test_a_reset_ends_it_without_a_fin (BeTestLinks  *fixture,
                                    gconstpointer data)
{
  add_record (fixture, BE_CALL_RECV, BE_SYSTEM_STATE_CLOSED, 0, NUMBER (ECONNRESET));
  add_record (fixture, BE_CALL_CLOSE, BE_SYSTEM_STATE_CLOSED, 0, 0);

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 1);
  g_assert_true (has (fixture, NO_ROW, 0, BE_TRANSFER_BY_RST, BE_SIDE_CLIENT));
}

static void
test_a_close_with_a_reset_sends_rst (BeTestLinks  *fixture,
                                     gconstpointer data)
{
  add_record (fixture, BE_CALL_ACCEPT, BE_SYSTEM_STATE_ESTABLISHED, 0, 0);
  add_record (fixture, BE_CALL_CLOSE, BE_SYSTEM_STATE_CLOSED, BE_EVENT_RESET, 0);

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);
  g_assert_true (has (fixture, 1, NO_ROW, BE_TRANSFER_BY_RST, BE_SIDE_SERVER));
}

/* Nothing is left that could be reset. */
static void
test_who_was_reset_sends_no_rst (BeTestLinks  *fixture,
                                 gconstpointer data)
{
  add_record (fixture, BE_CALL_RECV, BE_SYSTEM_STATE_CLOSED, 0, NUMBER (ECONNRESET));
  add_record (fixture, BE_CALL_CLOSE, BE_SYSTEM_STATE_CLOSED, BE_EVENT_RESET, 0);

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 1);
  g_assert_true (has (fixture, NO_ROW, 0, BE_TRANSFER_BY_RST, BE_SIDE_CLIENT));
}

/* No connection was made: no FIN ends it. */
static void
test_the_close_after_a_refusal_sends_nothing (BeTestLinks  *fixture,
                                              gconstpointer data)
{
  BeEventRecord connect = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  BeEventRecord close = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1);

  connect.result = -1;
  connect.error = NUMBER (ECONNREFUSED);
  be_test_batch_add (fixture->base.batch, &connect, NULL, 0);
  be_test_batch_add (fixture->base.batch, &close, NULL, 0);

  g_assert_cmpuint (be_test_links_look_at_all (fixture), ==, 2);
  g_assert_true (be_test_links_has (fixture, 0, NO_ROW, BE_TRANSFER_REFUSED));
  g_assert_true (be_test_links_has (fixture, NO_ROW, 0, BE_TRANSFER_REFUSED));
}

#define add(path, function) \
  g_test_add ("/transfer-strangers/" path, BeTestLinks, GUINT_TO_POINTER (100), be_test_links_set_up, function, be_test_links_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("their-fin-comes-and-ours-goes", test_their_fin_comes_and_ours_goes);
  add ("a-side-sends-one-fin", test_a_side_sends_one_fin);
  add ("a-reset-ends-it-without-a-fin", test_a_reset_ends_it_without_a_fin);
  add ("a-close-with-a-reset-sends-rst", test_a_close_with_a_reset_sends_rst);
  add ("who-was-reset-sends-no-rst", test_who_was_reset_sends_no_rst);
  add ("the-close-after-a-refusal-sends-nothing", test_the_close_after_a_refusal_sends_nothing);

  return g_test_run ();
}
