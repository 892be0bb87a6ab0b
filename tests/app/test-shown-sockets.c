/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-shown-sockets.h"

#include "be-socket-words.h"
#include "be-stage-private.h"
#include "be-test-batch.h"
#include "be-test.h"

#define N_BATCHES 60u
#define MOST_CHANGES_A_SECOND 3
#define MOST_CHANGES_TOGETHER 10

/* A stage whose events the test makes up. */
typedef struct
{
  BeStage        *stage;
  BeShownSockets *shown;
  BeTestBatch    *batch;
  guint           n_changes;
} Fixture;

static void
items_changed_cb (Fixture *self)
{
  self->n_changes++;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  BeEventRecord record = be_test_record (BE_SIDE_SERVER, BE_CALL_ACCEPT, 1);

  self->stage = be_stage_new ();
  g_hash_table_insert (self->stage->protocols, GUINT_TO_POINTER (record.session_id),
                       GINT_TO_POINTER (BE_PROTOCOL_TCP));
  self->batch = be_test_batch_new ();
  self->shown = be_shown_sockets_new ();
  be_shown_sockets_set_stage (self->shown, self->stage, BE_SIDE_SERVER);
  g_signal_connect_swapped (self->shown, "items-changed", G_CALLBACK (items_changed_cb), self);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_assert_finalize_object (self->shown);
  g_assert_finalize_object (self->stage);
  be_test_batch_free (self->batch);
}

static void
report (Fixture *self,
        BeCall   call,
        guint32  id)
{
  BeEventRecord record = be_test_record (BE_SIDE_SERVER, call, id);

  be_test_batch_clear (self->batch);
  be_test_batch_add (self->batch, &record, NULL, 0);
  g_signal_emit_by_name (self->stage->network, "events", be_test_batch_get (self->batch));
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->shown));
}

static guint32
get_socket_at (Fixture *self,
               guint    position)
{
  g_autoptr (BeSocketSummary) socket = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  return be_socket_summary_get_socket_id (socket);
}

static void
test_follows_a_crowd_three_times_a_second (Fixture      *self,
                                           gconstpointer data)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 elapsed;

  for (guint i = 0; i < N_BATCHES; i++)
    {
      gint64 next = g_get_monotonic_time () + 5000;

      report (self, BE_CALL_ACCEPT, 1 + i);
      be_test_wait_until (g_get_monotonic_time () >= next);
    }
  be_test_wait_until (count (self) == N_BATCHES);
  elapsed = g_get_monotonic_time () - begin;

  g_assert_cmpuint (self->n_changes, >, 1);
  g_assert_cmpint (self->n_changes, <=,
                   1 + MOST_CHANGES_TOGETHER + elapsed * MOST_CHANGES_A_SECOND / G_USEC_PER_SEC);
  g_assert_cmpuint (be_shown_sockets_get_n_open (self->shown), ==, N_BATCHES);
  g_assert_cmpuint (get_socket_at (self, 0), ==, N_BATCHES);
}

static void
test_a_closed_socket_goes_behind_the_open_ones (Fixture      *self,
                                                gconstpointer data)
{
  report (self, BE_CALL_ACCEPT, 1);
  report (self, BE_CALL_ACCEPT, 2);
  be_test_wait_until (count (self) == 2);
  g_assert_cmpuint (get_socket_at (self, 0), ==, 2);

  report (self, BE_CALL_CLOSE, 2);
  be_test_wait_until (be_shown_sockets_get_n_open (self->shown) == 1);
  g_assert_cmpuint (get_socket_at (self, 0), ==, 1);
  g_assert_cmpuint (get_socket_at (self, 1), ==, 2);
}

static void
test_of_closed_sockets_only_the_newest_are_shown (Fixture      *self,
                                                  gconstpointer data)
{
  const guint n_closed = BE_SHOWN_SOCKETS_MAX_CLOSED + 3;

  for (guint i = 0; i <= n_closed; i++)
    report (self, BE_CALL_ACCEPT, 1 + i);
  for (guint i = 0; i < n_closed; i++)
    report (self, BE_CALL_CLOSE, 2 + i);
  be_shown_sockets_update (self->shown);

  g_assert_cmpuint (be_shown_sockets_get_n_open (self->shown), ==, 1);
  g_assert_cmpuint (count (self), ==, 1 + BE_SHOWN_SOCKETS_MAX_CLOSED);
  g_assert_cmpuint (be_shown_sockets_get_n_earlier (self->shown), ==, 3);
  g_assert_cmpuint (get_socket_at (self, 0), ==, 1);
  g_assert_cmpuint (get_socket_at (self, 1), ==, 1 + n_closed);

  be_shown_sockets_set_protocol (self->shown, BE_PROTOCOL_UDP);
  g_assert_cmpuint (be_shown_sockets_get_n_earlier (self->shown), ==, 0);
}

static void
test_the_socket_closed_last_is_the_first_closed_one (Fixture      *self,
                                                     gconstpointer data)
{
  static const guint32 ids[] = { 1, 8, 7, 6, 5 };

  for (guint32 id = 1; id <= 8; id++)
    report (self, BE_CALL_ACCEPT, id);
  for (guint32 id = 2; id <= 8; id++)
    report (self, BE_CALL_CLOSE, id);
  report (self, BE_CALL_CLOSE, 1);
  be_shown_sockets_update (self->shown);

  g_assert_cmpuint (be_shown_sockets_get_n_open (self->shown), ==, 0);
  g_assert_cmpuint (count (self), ==, BE_SHOWN_SOCKETS_MAX_CLOSED);
  for (guint i = 0; i < BE_SHOWN_SOCKETS_MAX_CLOSED; i++)
    g_assert_cmpuint (get_socket_at (self, i), ==, ids[i]);
}

static void
test_counts_all_that_were_closed_earlier (Fixture      *self,
                                          gconstpointer data)
{
  const guint n_closed = 100;

  for (guint32 id = 1; id <= n_closed; id++)
    {
      report (self, BE_CALL_ACCEPT, id);
      report (self, BE_CALL_CLOSE, id);
    }
  be_shown_sockets_update (self->shown);
  g_assert_cmpuint (be_shown_sockets_get_n_earlier (self->shown), ==, n_closed - BE_SHOWN_SOCKETS_MAX_CLOSED);

  be_shown_sockets_set_protocol (self->shown, BE_PROTOCOL_UDP);
  g_assert_cmpuint (be_shown_sockets_get_n_earlier (self->shown), ==, 0);

  be_shown_sockets_set_protocol (self->shown, BE_PROTOCOL_TCP);
  be_socket_list_clear_closed (be_stage_get_sockets (self->stage, BE_SIDE_SERVER));
  be_shown_sockets_update (self->shown);
  g_assert_cmpuint (be_shown_sockets_get_n_earlier (self->shown), ==, 0);
}

/* Its place is the same, and those who only want open sockets must hear of it. */
static void
test_says_that_the_only_socket_was_closed (Fixture      *self,
                                           gconstpointer data)
{
  report (self, BE_CALL_ACCEPT, 1);
  be_test_wait_until (count (self) == 1);
  self->n_changes = 0;

  report (self, BE_CALL_CLOSE, 1);
  be_test_wait_until (be_shown_sockets_get_n_open (self->shown) == 0);
  g_assert_cmpuint (self->n_changes, ==, 1);
  g_assert_cmpuint (count (self), ==, 1);
}

static void
test_shows_one_protocol (Fixture      *self,
                         gconstpointer data)
{
  report (self, BE_CALL_ACCEPT, 1);
  be_test_wait_until (count (self) == 1);

  be_shown_sockets_set_protocol (self->shown, BE_PROTOCOL_UDP);
  g_assert_cmpuint (count (self), ==, 0);
  be_shown_sockets_set_protocol (self->shown, BE_PROTOCOL_TCP);
  g_assert_cmpuint (count (self), ==, 1);
}

static void
test_may_end_while_a_change_is_due (Fixture      *self,
                                    gconstpointer data)
{
  for (guint i = 0; i < 2 * MOST_CHANGES_TOGETHER; i++)
    report (self, BE_CALL_ACCEPT, 1 + i);

  g_assert_cmpuint (count (self), <, 2 * MOST_CHANGES_TOGETHER);
}

static void
test_what_one_person_does_is_shown_at_once (Fixture      *self,
                                            gconstpointer data)
{
  report (self, BE_CALL_ACCEPT, 1);
  g_assert_cmpuint (count (self), ==, 1);
  report (self, BE_CALL_CLOSE, 1);
  g_assert_cmpuint (be_shown_sockets_get_n_open (self->shown), ==, 0);
}

static void
test_a_command_sees_what_is_open_now (Fixture      *self,
                                      gconstpointer data)
{
  for (guint i = 0; i < 2 * MOST_CHANGES_TOGETHER; i++)
    {
      report (self, BE_CALL_ACCEPT, 1 + i);
      be_shown_sockets_update (self->shown);
      g_assert_cmpuint (be_shown_sockets_get_n_open (self->shown), ==, 1 + i);
    }
}

static void
test_a_tooltip_has_the_exact_numbers (Fixture      *self,
                                      gconstpointer data)
{
  BeEventRecord    record = be_test_record (BE_SIDE_SERVER, BE_CALL_RECV, 1);
  g_autofree char *tooltip = NULL;
  g_autoptr (BeSocketSummary) socket = NULL;

  report (self, BE_CALL_ACCEPT, 1);
  be_test_wait_until (count (self) == 1);
  be_test_batch_clear (self->batch);
  be_test_batch_add_data (self->batch, record, "hello");
  g_signal_emit_by_name (self->stage->network, "events", be_test_batch_get (self->batch));

  socket = g_list_model_get_item (G_LIST_MODEL (self->shown), 0);
  tooltip = be_socket_words_dup_tooltip (socket);
  g_assert_cmpstr (tooltip, ==,
                   "127.0.0.1:8001 ← 127.0.0.1:50001\n"
                   "Bytes sent: 0, bytes received: 5\n"
                   "Inspect, close, half-close or reset this socket");
}

static void
test_udp_has_peers_and_sockets (Fixture      *self,
                                gconstpointer data)
{
  static const struct
  {
    BeSide      side;
    const char *beginning;
  } cases[] = {
    { BE_SIDE_SERVER, "Peer A, from 127.0.0.1:8001 to 127.0.0.1:50001, " },
    { BE_SIDE_CLIENT, "Socket A, from 127.0.0.1:50001 to 127.0.0.1:8001, " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BeEventRecord    record = be_test_record (cases[i].side, BE_CALL_RECVFROM, 1);
      g_autofree char *udp = NULL;
      g_autofree char *tcp = NULL;
      g_autoptr (BeSocketSummary) socket = NULL;
      g_autoptr (BeSocketSummary) connection = be_socket_summary_new (&record, 0);

      record.protocol = BE_PROTOCOL_UDP;
      socket = be_socket_summary_new (&record, 0);
      udp = be_socket_words_dup_name (socket);
      tcp = be_socket_words_dup_name (connection);
      g_assert_true (g_str_has_prefix (udp, cases[i].beginning));
      g_assert_true (g_str_has_prefix (tcp, "Connection A, from "));
    }
}

#define ADD(name, function) \
  g_test_add ("/app/shown-sockets/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("follows-a-crowd-three-times-a-second", test_follows_a_crowd_three_times_a_second);
  ADD ("a-closed-socket-goes-behind-the-open-ones", test_a_closed_socket_goes_behind_the_open_ones);
  ADD ("says-that-the-only-socket-was-closed", test_says_that_the_only_socket_was_closed);
  ADD ("shows-one-protocol", test_shows_one_protocol);
  ADD ("may-end-while-a-change-is-due", test_may_end_while_a_change_is_due);
  ADD ("what-one-person-does-is-shown-at-once", test_what_one_person_does_is_shown_at_once);
  ADD ("a-command-sees-what-is-open-now", test_a_command_sees_what_is_open_now);
  ADD ("of-closed-sockets-only-the-newest-are-shown", test_of_closed_sockets_only_the_newest_are_shown);
  ADD ("the-socket-closed-last-is-the-first-closed-one", test_the_socket_closed_last_is_the_first_closed_one);
  ADD ("counts-all-that-were-closed-earlier", test_counts_all_that_were_closed_earlier);
  ADD ("a-tooltip-has-the-exact-numbers", test_a_tooltip_has_the_exact_numbers);
  ADD ("udp-has-peers-and-sockets", test_udp_has_peers_and_sockets);

  return g_test_run ();
}
