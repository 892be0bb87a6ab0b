/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-call-purpose.h"
#include "be-listen-limit.h"
#include "be-test.h"

#define assert_words(expected, ...)                                     \
  G_STMT_START                                                          \
  {                                                                     \
    BePendingCall    call_ = { __VA_ARGS__ };                           \
    g_autofree char *words_ = be_call_purpose_dup_words (&call_, NULL); \
                                                                        \
    g_assert_cmpstr (words_, ==, expected);                             \
  }                                                                     \
  G_STMT_END

static void
test_says_what_a_call_will_do (void)
{
  assert_words ("takes the next client from the accept queue", .call = BE_CALL_ACCEPT);
  assert_words ("asks the system to begin the handshake: SYN", .call = BE_CALL_CONNECT);
  assert_words ("gives 10 bytes to the system", .call = BE_CALL_SEND, .argument = 10);
  assert_words ("gives the system one datagram of 1 byte", .call = BE_CALL_SENDTO, .argument = 1,
                .protocol = BE_PROTOCOL_UDP);
  assert_words (BE_LISTEN_LETS_ONE_MORE_WAIT ? "lets clients in, of whom 5 may wait, and one more"
                                             : "lets clients in, of whom at most 5 may wait",
                .call = BE_CALL_LISTEN, .argument = 5);
  assert_words (BE_LISTEN_LETS_ONE_MORE_WAIT ? "lets clients in; with a backlog of 0 Linux still lets one wait"
                                             : "lets clients in, of whom at most 0 may wait",
                .call = BE_CALL_LISTEN);
  assert_words ("says: nothing more will be sent (FIN)", .call = BE_CALL_SHUTDOWN);
}

/* Whether it will be data, nothing, or the end of the stream nobody knows. */
static void
test_does_not_guess_what_a_read_will_return (void)
{
  assert_words ("takes up to 512 bytes that have arrived",
                .call = BE_CALL_RECV, .argument = 512);
  assert_words ("waits until something arrives", .call = BE_CALL_RECV, .state = BE_PENDING_WAITING);
  assert_words ("takes one datagram, at most 4 bytes of it, and learns who sent it", .call = BE_CALL_RECVFROM,
                .argument = 4, .protocol = BE_PROTOCOL_UDP);
}

static void
test_says_when_it_would_wait (void)
{
  assert_words ("will wait: nothing has arrived yet", .call = BE_CALL_RECV, .argument = 512,
                .readiness = BE_PENDING_WOULD_WAIT);
  assert_words ("will wait: no datagram has arrived yet", .call = BE_CALL_RECVFROM, .protocol = BE_PROTOCOL_UDP,
                .readiness = BE_PENDING_WOULD_WAIT);
  assert_words ("will wait: nobody is in the accept queue yet", .call = BE_CALL_ACCEPT,
                .readiness = BE_PENDING_WOULD_WAIT);
  assert_words ("takes up to 512 bytes that have arrived", .call = BE_CALL_RECV, .argument = 512,
                .readiness = BE_PENDING_READY);
}

static void
test_a_close_says_how (void)
{
  assert_words ("ends the connection and gives the socket back", .call = BE_CALL_CLOSE, .peer_id = 7,
                .peer = { .family = BE_ADDRESS_IPV4 });
  assert_words ("breaks the connection off (RST) and gives the socket back", .call = BE_CALL_CLOSE, .peer_id = 7,
                .flags = BE_EVENT_RESET);
  assert_words ("gives the socket back", .call = BE_CALL_CLOSE);
  assert_words ("gives the socket back", .call = BE_CALL_CLOSE, .peer_id = 7); /* refused, or reset */
  assert_words ("gives the socket back, of which the network learns nothing", .call = BE_CALL_CLOSE,
                .protocol = BE_PROTOCOL_UDP);
}

static void
test_a_connect_that_waits_says_from_where (void)
{
  BePendingCall    call = { .call = BE_CALL_CONNECT, .state = BE_PENDING_WAITING, .side = BE_SIDE_CLIENT };
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GSocketAddress) local = g_inet_socket_address_new_from_string ("127.0.0.1", 40222);

  g_assert_true (be_address_set_socket_address (&call.local, local));
  title = be_call_purpose_dup_title (&call, NULL, "4.2 s");
  sentence = be_call_purpose_dup_sentence (&call, BE_EVENT_NO_CONNECTION, NULL);

  g_assert_cmpstr (title, ==, "waiting in  connect()  from 127.0.0.1:40222  4.2 s");
  g_assert_cmpstr (sentence, ==, "Client: in connect() from 127.0.0.1:40222, which waits for the answer to its SYN");
}

/* A call that has no words would be an empty line in the window. */
static void
test_every_call_has_words (void)
{
  for (int name = BE_CALL_GETADDRINFO; name <= BE_CALL_SETSOCKOPT; name++)
    for (int state = BE_PENDING_HELD; state <= BE_PENDING_WAITING; state++)
      for (int protocol = BE_PROTOCOL_TCP; protocol <= BE_PROTOCOL_UNIX; protocol++)
        {
          BePendingCall call = {
            .call = (BeCall) name, .state = (BePendingState) state, .protocol = (guint8) protocol
          };
          g_autofree char *words = be_call_purpose_dup_words (&call, NULL);

          g_assert_nonnull (words);
          g_assert_cmpstr (words, !=, "");
        }
}

static void
test_the_title_has_the_size_and_the_letter (void)
{
  BePendingCall    accept = { .call = BE_CALL_ACCEPT, .state = BE_PENDING_HELD };
  BePendingCall    recv = { .call = BE_CALL_RECV, .state = BE_PENDING_WAITING, .argument = 1024 };
  g_autofree char *before = be_call_purpose_dup_title (&accept, "A", NULL);
  g_autofree char *during = be_call_purpose_dup_title (&recv, NULL, "4.2 s");

  g_assert_cmpstr (before, ==, "about to:  accept()  takes A");
  g_assert_cmpstr (during, ==, "waiting in  recv(1024)  4.2 s");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call-purpose/says-what-a-call-will-do", test_says_what_a_call_will_do);
  g_test_add_func ("/call-purpose/does-not-guess-what-a-read-will-return", test_does_not_guess_what_a_read_will_return);
  g_test_add_func ("/call-purpose/says-when-it-would-wait", test_says_when_it_would_wait);
  g_test_add_func ("/call-purpose/a-close-says-how", test_a_close_says_how);
  g_test_add_func ("/call-purpose/a-connect-that-waits-says-from-where", test_a_connect_that_waits_says_from_where);
  g_test_add_func ("/call-purpose/every-call-has-words", test_every_call_has_words);
  g_test_add_func ("/call-purpose/the-title-has-the-size-and-the-letter", test_the_title_has_the_size_and_the_letter);

  return g_test_run ();
}
