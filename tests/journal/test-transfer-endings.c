/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the system sends by itself, because of calls that open and end a stream. */

#include "be-test-filter.h"
#include "be-transfer-links.h"

#ifdef G_OS_WIN32
#include <winsock2.h>
#define NUMBER(name) WSA##name
#else
#include <errno.h>
#define NUMBER(name) name
#endif

/* Every client has its connection; rows 0 and 1 are those of the first. */
typedef struct
{
  BeTestFilter     base;
  BeTransferLinks *links;
  BeProtocol       protocol;
} Fixture;

static BeEventRecord
make (Fixture *fixture,
      BeSide   side,
      BeCall   call,
      guint32  client)
{
  BeEventRecord record = be_test_record_of_end (side, call, client);
  BeAddress     path = { .family = BE_ADDRESS_UNIX, .scope = g_quark_from_static_string ("/tmp/both-ends") };
  BeAddress     unnamed = { .family = BE_ADDRESS_UNIX };

  record.protocol = (guint8) fixture->protocol;
  if (fixture->protocol == BE_PROTOCOL_UNIX)
    {
      record.local = side == BE_SIDE_SERVER ? path : unnamed;
      record.peer = side == BE_SIDE_SERVER ? unnamed : path;
    }
  return record;
}

static void
add (Fixture *fixture,
     BeSide   side,
     BeCall   call)
{
  BeEventRecord record = make (fixture, side, call, 1);

  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
}

static void
add_reset (Fixture *fixture,
           BeSide   side)
{
  BeEventRecord record = make (fixture, side, BE_CALL_CLOSE, 1);

  record.flags = BE_EVENT_RESET;
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
}

static void
add_failure (Fixture *fixture,
             BeSide   side,
             BeCall   call,
             int      error)
{
  BeEventRecord record = make (fixture, side, call, 1);

  record.result = -1;
  record.error = error;
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
}

static void
join (Fixture *fixture,
      guint32  client)
{
  BeEventRecord connect = make (fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, client);
  BeEventRecord accept = make (fixture, BE_SIDE_SERVER, BE_CALL_ACCEPT, client);

  be_test_batch_add (fixture->base.batch, &connect, NULL, 0);
  be_test_batch_add (fixture->base.batch, &accept, NULL, 0);
}

static void
set_up (Fixture      *fixture,
        gconstpointer protocol)
{
  be_test_filter_set_up (&fixture->base, 100);
  fixture->links = be_transfer_links_new ();
  fixture->protocol = (BeProtocol) GPOINTER_TO_UINT (protocol);
  join (fixture, 1);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer protocol)
{
  be_transfer_links_free (fixture->links);
  be_test_filter_tear_down (&fixture->base);
}

/* Returns how many links there are. */
static guint
look (Fixture *fixture)
{
  guint n_links;

  be_test_filter_append (&fixture->base);
  be_transfer_links_update (fixture->links, fixture->base.filter, 0, be_test_filter_count (&fixture->base) - 1);
  be_transfer_links_get (fixture->links, &n_links);

  return n_links;
}

static const BeTransferLink *
find (Fixture        *fixture,
      guint           from,
      guint           to,
      BeTransferMeans means)
{
  guint                 n_links;
  const BeTransferLink *links = be_transfer_links_get (fixture->links, &n_links);

  for (guint i = 0; i < n_links; i++)
    if (links[i].from == from && links[i].to == to && links[i].means == means &&
        links[i].outcome == (to == BE_TRANSFER_NO_ROW ? BE_TRANSFER_WAITING : BE_TRANSFER_ARRIVED) &&
        links[i].from_side == be_journal_filter_get_record (fixture->base.filter, from)->side)
      return &links[i];

  return NULL;
}

static gboolean
has (Fixture        *fixture,
     guint           from,
     guint           to,
     BeTransferMeans means)
{
  return find (fixture, from, to, means) != NULL;
}

static gboolean
has_handshake (Fixture *fixture,
               guint    from,
               guint    to,
               gboolean is_late)
{
  const BeTransferLink *link = find (fixture, from, to, BE_TRANSFER_BY_HANDSHAKE);

  return link != NULL && link->is_late == is_late;
}

/* Whoever accepts late has not shaken hands: the system did, when connect () returned. */
static void
test_a_late_accept_is_no_part_of_the_handshake (Fixture      *fixture,
                                                gconstpointer protocol)
{
  BeEventRecord connect = make (fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, 2);
  BeEventRecord accept = make (fixture, BE_SIDE_SERVER, BE_CALL_ACCEPT, 2);

  accept.time = connect.time + 5 * G_USEC_PER_SEC;
  be_test_batch_add (fixture->base.batch, &connect, NULL, 0);
  be_test_batch_add (fixture->base.batch, &accept, NULL, 0);

  g_assert_cmpuint (look (fixture), ==, 2);
  g_assert_true (has_handshake (fixture, 0, 1, FALSE));
  g_assert_true (has_handshake (fixture, 2, 3, TRUE));
}

static void
test_the_system_shakes_hands (Fixture      *fixture,
                              gconstpointer protocol)
{
  join (fixture, 2);

  g_assert_cmpuint (look (fixture), ==, 2);
  g_assert_true (has (fixture, 0, 1, BE_TRANSFER_BY_HANDSHAKE));
  g_assert_true (has (fixture, 2, 3, BE_TRANSFER_BY_HANDSHAKE));
}

/* No segment is sent: both ends are in one system. */
static void
test_unix_sockets_send_no_segments (Fixture      *fixture,
                                    gconstpointer protocol)
{
  add (fixture, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN);
  add (fixture, BE_SIDE_SERVER, BE_CALL_RECV);
  add_reset (fixture, BE_SIDE_SERVER);
  add_failure (fixture, BE_SIDE_CLIENT, BE_CALL_RECV, NUMBER (ECONNRESET));

  g_assert_cmpuint (look (fixture), ==, 1);
  g_assert_true (has (fixture, 0, 1, BE_TRANSFER_BY_CALLS));
}

static void
test_shutdown_sends_fin (Fixture      *fixture,
                         gconstpointer protocol)
{
  add (fixture, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN);
  g_assert_cmpuint (look (fixture), ==, 2);
  g_assert_true (has (fixture, 2, BE_TRANSFER_NO_ROW, BE_TRANSFER_BY_FIN));

  add (fixture, BE_SIDE_SERVER, BE_CALL_RECV);
  g_assert_cmpuint (look (fixture), ==, 2);
  g_assert_true (has (fixture, 2, 3, BE_TRANSFER_BY_FIN));
}

static void
test_close_sends_fin (Fixture      *fixture,
                      gconstpointer protocol)
{
  add (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE);
  add (fixture, BE_SIDE_CLIENT, BE_CALL_RECV);

  g_assert_cmpuint (look (fixture), ==, 2);
  g_assert_true (has (fixture, 2, 3, BE_TRANSFER_BY_FIN));
}

/* The last close () sends none: its side had shut down before. */
static void
test_each_side_sends_one_fin (Fixture      *fixture,
                              gconstpointer protocol)
{
  add (fixture, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN);
  add (fixture, BE_SIDE_SERVER, BE_CALL_RECV);
  add (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE);
  add (fixture, BE_SIDE_CLIENT, BE_CALL_RECV);
  add (fixture, BE_SIDE_CLIENT, BE_CALL_CLOSE);

  g_assert_cmpuint (look (fixture), ==, 3);
  g_assert_true (has (fixture, 2, 3, BE_TRANSFER_BY_FIN));
  g_assert_true (has (fixture, 4, 5, BE_TRANSFER_BY_FIN));
}

/* The second FIN comes to a socket that nobody reads any more. */
static void
test_a_fin_that_nobody_reads_comes_to_the_lifeline (Fixture      *fixture,
                                                    gconstpointer protocol)
{
  add (fixture, BE_SIDE_CLIENT, BE_CALL_CLOSE);
  add (fixture, BE_SIDE_SERVER, BE_CALL_RECV);
  add (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE);

  g_assert_cmpuint (look (fixture), ==, 3);
  g_assert_true (has (fixture, 2, 3, BE_TRANSFER_BY_FIN));
  g_assert_true (has (fixture, 4, BE_TRANSFER_NO_ROW, BE_TRANSFER_BY_FIN));
}

static void
test_a_reset_sends_rst (Fixture      *fixture,
                        gconstpointer protocol)
{
  add_reset (fixture, BE_SIDE_CLIENT);
  add_failure (fixture, BE_SIDE_SERVER, BE_CALL_RECV, NUMBER (ECONNRESET));
  add (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE);

  g_assert_cmpuint (look (fixture), ==, 2);
  g_assert_true (has (fixture, 2, 3, BE_TRANSFER_BY_RST));
}

/* Also while nobody at the other end has been told. */
static void
test_a_close_with_bytes_unread_sends_rst (Fixture      *fixture,
                                          gconstpointer protocol)
{
  BeEventRecord record = make (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, 1);

  record.flags = BE_EVENT_UNREAD | BE_EVENT_RESET;
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
  g_assert_cmpuint (look (fixture), ==, 2);
  g_assert_true (has (fixture, 2, BE_TRANSFER_NO_ROW, BE_TRANSFER_BY_RST));

  add_failure (fixture, BE_SIDE_CLIENT, BE_CALL_RECV, NUMBER (ECONNRESET));
  add (fixture, BE_SIDE_CLIENT, BE_CALL_CLOSE);
  g_assert_cmpuint (look (fixture), ==, 2);
  g_assert_true (has (fixture, 2, 3, BE_TRANSFER_BY_RST));
}

/* As a close () does that leaves bytes unread, where the system does not tell. */
static void
test_a_plain_close_may_send_rst (Fixture      *fixture,
                                 gconstpointer protocol)
{
  add (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE);
  add_failure (fixture, BE_SIDE_CLIENT, BE_CALL_SEND, NUMBER (ECONNRESET));
  add_failure (fixture, BE_SIDE_CLIENT, BE_CALL_RECV, NUMBER (ECONNRESET));

  g_assert_cmpuint (look (fixture), ==, 2);
  g_assert_true (has (fixture, 2, 3, BE_TRANSFER_BY_RST));
}

static void
test_a_reset_may_follow_a_fin (Fixture      *fixture,
                               gconstpointer protocol)
{
  add (fixture, BE_SIDE_SERVER, BE_CALL_SHUTDOWN);
  add (fixture, BE_SIDE_CLIENT, BE_CALL_RECV);
  add_reset (fixture, BE_SIDE_SERVER);
  add_failure (fixture, BE_SIDE_CLIENT, BE_CALL_SEND, NUMBER (ECONNRESET));

  g_assert_cmpuint (look (fixture), ==, 3);
  g_assert_true (has (fixture, 2, 3, BE_TRANSFER_BY_FIN));
  g_assert_true (has (fixture, 4, 5, BE_TRANSFER_BY_RST));
}

/* It was an answer to later bytes, which no row sent. */
static void
test_a_close_whose_fin_arrived_sent_no_rst (Fixture      *fixture,
                                            gconstpointer protocol)
{
  add (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE);
  add (fixture, BE_SIDE_CLIENT, BE_CALL_RECV);
  add_failure (fixture, BE_SIDE_CLIENT, BE_CALL_SEND, NUMBER (ECONNRESET));

  g_assert_cmpuint (look (fixture), ==, 2);
  g_assert_true (has (fixture, 2, 3, BE_TRANSFER_BY_FIN));
}

static void
test_other_failures_are_no_reset (Fixture      *fixture,
                                  gconstpointer protocol)
{
  add (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE);
  add_failure (fixture, BE_SIDE_CLIENT, BE_CALL_SEND, NUMBER (ETIMEDOUT));
  add_failure (fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, NUMBER (ECONNRESET));

  g_assert_cmpuint (look (fixture), ==, 1);
}

/* The connect () of another client fails, in row 2. */
static void
attempt (Fixture    *fixture,
         const char *host,
         int         error,
         guint       flags)
{
  BeEventRecord record = make (fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, 2);
  g_autoptr (GSocketAddress) peer = g_inet_socket_address_new_from_string (host, 9000);

  record.result = -1;
  record.error = error;
  record.flags = (guint16) flags;
  if (fixture->protocol == BE_PROTOCOL_TCP)
    be_address_set_socket_address (&record.peer, peer);
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
}

static BeTransferLink
find_attempt (Fixture        *fixture,
              BeTransferMeans means)
{
  guint                 n_links;
  const BeTransferLink *links = be_transfer_links_get (fixture->links, &n_links);

  for (guint i = 0; i < n_links; i++)
    if (links[i].means == means)
      return links[i];

  return (BeTransferLink){ .from = BE_TRANSFER_NO_ROW, .to = BE_TRANSFER_NO_ROW };
}

static void
test_another_computer_refuses_too (Fixture      *fixture,
                                   gconstpointer protocol)
{
  attempt (fixture, "192.0.2.1", NUMBER (ECONNREFUSED), 0);

  g_assert_cmpuint (look (fixture), ==, 3);
  g_assert_cmpint (find_attempt (fixture, BE_TRANSFER_BY_SYN).outcome, ==, BE_TRANSFER_REFUSED_ELSEWHERE);
  g_assert_cmpuint (find_attempt (fixture, BE_TRANSFER_BY_SYN).from, ==, 2);
  g_assert_cmpint (find_attempt (fixture, BE_TRANSFER_BY_RST).outcome, ==, BE_TRANSFER_REFUSED_ELSEWHERE);
  g_assert_cmpuint (find_attempt (fixture, BE_TRANSFER_BY_RST).to, ==, 2);
  g_assert_cmpint (find_attempt (fixture, BE_TRANSFER_BY_RST).from_side, ==, BE_SIDE_SERVER);
}

/* Whether the system gave up, or we did. */
static void
test_nothing_answers_a_connect_that_timed_out (Fixture      *fixture,
                                               gconstpointer protocol)
{
  attempt (fixture, "192.0.2.1", NUMBER (ETIMEDOUT), 0);
  g_assert_cmpuint (look (fixture), ==, 2);
  g_assert_cmpint (find_attempt (fixture, BE_TRANSFER_BY_SYN).outcome, ==, BE_TRANSFER_UNANSWERED);

  attempt (fixture, "127.0.0.1", 0, BE_EVENT_TIMED_OUT);
  g_assert_cmpuint (look (fixture), ==, 3);
  g_assert_cmpuint (find_attempt (fixture, BE_TRANSFER_BY_RST).to, ==, BE_TRANSFER_NO_ROW);
}

/* What was answered by somebody on the way, or not sent at all. */
static void
test_other_failed_connects_say_nothing_of_segments (Fixture      *fixture,
                                                    gconstpointer protocol)
{
  attempt (fixture, "192.0.2.1", NUMBER (EHOSTUNREACH), 0);
  attempt (fixture, "192.0.2.1", NUMBER (ECONNRESET), 0);

  g_assert_cmpuint (look (fixture), ==, 1);
}

static void
test_unix_sockets_refuse_without_segments (Fixture      *fixture,
                                           gconstpointer protocol)
{
  attempt (fixture, "127.0.0.1", NUMBER (ECONNREFUSED), 0);

  g_assert_cmpuint (look (fixture), ==, 1);
}

#define add_test(path, protocol, function) \
  g_test_add ("/transfer-endings/" path, Fixture, GUINT_TO_POINTER (protocol), set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("the-system-shakes-hands", BE_PROTOCOL_TCP, test_the_system_shakes_hands);
  add_test ("unix-sockets-send-no-segments", BE_PROTOCOL_UNIX, test_unix_sockets_send_no_segments);
  add_test ("shutdown-sends-fin", BE_PROTOCOL_TCP, test_shutdown_sends_fin);
  add_test ("close-sends-fin", BE_PROTOCOL_TCP, test_close_sends_fin);
  add_test ("each-side-sends-one-fin", BE_PROTOCOL_TCP, test_each_side_sends_one_fin);
  add_test ("a-fin-that-nobody-reads-comes-to-the-lifeline", BE_PROTOCOL_TCP, test_a_fin_that_nobody_reads_comes_to_the_lifeline);
  add_test ("a-late-accept-is-no-part-of-the-handshake", BE_PROTOCOL_TCP, test_a_late_accept_is_no_part_of_the_handshake);
  add_test ("a-reset-sends-rst", BE_PROTOCOL_TCP, test_a_reset_sends_rst);
  add_test ("a-close-with-bytes-unread-sends-rst", BE_PROTOCOL_TCP, test_a_close_with_bytes_unread_sends_rst);
  add_test ("a-plain-close-may-send-rst", BE_PROTOCOL_TCP, test_a_plain_close_may_send_rst);
  add_test ("a-reset-may-follow-a-fin", BE_PROTOCOL_TCP, test_a_reset_may_follow_a_fin);
  add_test ("a-close-whose-fin-arrived-sent-no-rst", BE_PROTOCOL_TCP, test_a_close_whose_fin_arrived_sent_no_rst);
  add_test ("other-failures-are-no-reset", BE_PROTOCOL_TCP, test_other_failures_are_no_reset);
  add_test ("another-computer-refuses-too", BE_PROTOCOL_TCP, test_another_computer_refuses_too);
  add_test ("nothing-answers-a-connect-that-timed-out", BE_PROTOCOL_TCP, test_nothing_answers_a_connect_that_timed_out);
  add_test ("other-failed-connects-say-nothing-of-segments", BE_PROTOCOL_TCP,
            test_other_failed_connects_say_nothing_of_segments);
  add_test ("unix-sockets-refuse-without-segments", BE_PROTOCOL_UNIX, test_unix_sockets_refuse_without_segments);

  return g_test_run ();
}
