/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Several datagrams at once, and one: the calls themselves, on real sockets. */

#include "be-socket-datagrams.h"

#include "be-socket.h"
#include "be-test-rows.h"
#include "be-test.h"

#include <string.h>

#define SIZE 16u
#define MAX_DATAGRAMS 8u
#define TOO_LONG "longer than what is asked for"
#define MORE_THAN_ANY_BYTES 70000u
#define MAX_ROW 24u
#define LONG_BYTES 1400u /* goes in one packet everywhere */
#define N_LONG 48u
#define MAX_DATAGRAM_BYTES 65507

typedef struct
{
  BeSocket         receiver;
  BeSocket         senders[2];
  BeAddress        receiver_address;
  BeAddress        sender_addresses[2];
  guint8           bytes[MAX_DATAGRAMS][SIZE];
  BeSocketDatagram received[MAX_DATAGRAMS];
} Fixture;

static BeSocket
open_bound (BeAddress *local)
{
  const BeAddress loopback = { .family = BE_ADDRESS_IPV4, .bytes = { 127, 0, 0, 1 } };
  int             error = 0;
  BeSocket        socket = be_socket_open (BE_ADDRESS_IPV4, G_SOCKET_TYPE_DATAGRAM, &error);

  g_assert_cmpint (error, ==, 0);
  g_assert_cmpint (be_socket_bind (socket, &loopback, &error), ==, 0);
  be_socket_get_local (socket, local);

  return socket;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->receiver = open_bound (&self->receiver_address);
  for (guint i = 0; i < G_N_ELEMENTS (self->senders); i++)
    self->senders[i] = open_bound (&self->sender_addresses[i]);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  int error;

  be_socket_close (self->receiver, &error);
  for (guint i = 0; i < G_N_ELEMENTS (self->senders); i++)
    be_socket_close (self->senders[i], &error);
}

static BeSocketDatagram
make_datagram (Fixture    *self,
               const char *text)
{
  return (BeSocketDatagram){ .bytes = (guint8 *) text, .length = strlen (text), .address = self->receiver_address };
}

static void
send_all (Fixture          *self,
          guint             sender,
          BeSocketDatagram *datagrams,
          guint             n_datagrams)
{
  int error = 0;

  for (guint n_sent = 0; n_sent < n_datagrams;)
    {
      int n = be_socket_send_datagrams (self->senders[sender], datagrams + n_sent, n_datagrams - n_sent, &error);

      g_assert_cmpint (error, ==, 0);
      g_assert_cmpint (n, >, 0);
      n_sent += (guint) n;
    }
}

/* Everything is to be said, so that nothing that was there before is right. */
static void
make_room (Fixture *self)
{
  for (guint i = 0; i < MAX_DATAGRAMS; i++)
    {
      memset (self->bytes[i], '#', SIZE);
      self->received[i] = (BeSocketDatagram){
        .bytes = self->bytes[i],
        .length = G_MAXSIZE,
        .is_truncated = i % 2 == 0,
        .whole_length = G_MAXSIZE,
      };
    }
}

/* Always asks for more than one, which is another call of the system. */
static void
receive_all (Fixture *self,
             guint    n_datagrams)
{
  int error = 0;

  g_assert_cmpuint (n_datagrams, <, MAX_DATAGRAMS);
  make_room (self);
  for (guint n_received = 0; n_received < n_datagrams;)
    {
      int n;

      be_test_wait_until (be_socket_is_readable (self->receiver));
      n = be_socket_recv_datagrams (self->receiver, self->received + n_received, MAX_DATAGRAMS - n_received, SIZE, &error);
      g_assert_cmpint (error, ==, 0);
      g_assert_cmpint (n, >, 0);
      n_received += (guint) n;
    }
}

static void
assert_received (Fixture    *self,
                 guint       number,
                 guint       sender,
                 const char *text)
{
  const BeSocketDatagram *datagram = &self->received[number];

  g_test_message ("datagram %u", number);
  g_assert_cmpmem (datagram->bytes, datagram->length, text, MIN (strlen (text), SIZE));
  g_assert_cmpint (datagram->is_truncated, ==, strlen (text) > SIZE);
  g_assert_true (be_address_equal (&datagram->address, &self->sender_addresses[sender]));

  if (datagram->is_truncated)
#ifdef __linux__
    g_assert_cmpuint (datagram->whole_length, ==, strlen (text));
#else
    g_assert_true (datagram->whole_length == 0 || datagram->whole_length == strlen (text));
#endif
}

static void
test_several_come_as_they_were_sent (Fixture      *self,
                                     gconstpointer data)
{
  BeSocketDatagram first[] = {
    make_datagram (self, "hello"),
    make_datagram (self, TOO_LONG),
    make_datagram (self, ""),
    make_datagram (self, "exactly sixteen!"),
  };
  BeSocketDatagram second[] = { make_datagram (self, TOO_LONG ", too"), make_datagram (self, "bye") };

  send_all (self, 0, first, G_N_ELEMENTS (first));
  send_all (self, 1, second, G_N_ELEMENTS (second));
  receive_all (self, G_N_ELEMENTS (first) + G_N_ELEMENTS (second));

  assert_received (self, 0, 0, "hello");
  assert_received (self, 1, 0, TOO_LONG);
  assert_received (self, 2, 0, "");
  assert_received (self, 3, 0, "exactly sixteen!");
  assert_received (self, 4, 1, TOO_LONG ", too");
  assert_received (self, 5, 1, "bye");
  /* What nothing came for is as it was. */
  g_assert_cmpuint (self->received[6].length, ==, G_MAXSIZE);
}

static void
test_one_comes_as_it_was_sent (Fixture      *self,
                               gconstpointer data)
{
  static const char *const texts[] = { "hello", TOO_LONG, "", "exactly sixteen!" };
  int                      error = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      BeSocketDatagram datagram = make_datagram (self, texts[i]);

      make_room (self);
      g_assert_cmpint (be_socket_send_datagram (self->senders[1], &datagram, &error), ==, 1);
      g_assert_cmpint (error, ==, 0);
      be_test_wait_until (be_socket_is_readable (self->receiver));
      g_assert_cmpint (be_socket_recv_datagram (self->receiver, &self->received[i], SIZE, &error), ==, 1);
      g_assert_cmpint (error, ==, 0);
      assert_received (self, i, 1, texts[i]);
    }
}

static void
test_nothing_there_is_an_error_of_the_system (Fixture      *self,
                                              gconstpointer data)
{
  int error = 0;

  make_room (self);
  g_assert_cmpint (be_socket_recv_datagrams (self->receiver, self->received, MAX_DATAGRAMS, SIZE, &error), ==, -1);
  g_assert_true (be_socket_error_is_retry (error));

  error = 0;
  g_assert_cmpint (be_socket_recv_datagram (self->receiver, self->received, SIZE, &error), ==, -1);
  g_assert_true (be_socket_error_is_retry (error));
}

static void
test_sends_up_to_the_first_that_cannot_go (Fixture      *self,
                                           gconstpointer data)
{
  g_autofree guint8 *many = g_malloc0 (MORE_THAN_ANY_BYTES);
  BeSocketDatagram   datagrams[] = { make_datagram (self, "hello"), make_datagram (self, ""), make_datagram (self, "bye") };
  int                error = 0;

  datagrams[1].bytes = many;
  datagrams[1].length = MORE_THAN_ANY_BYTES;
  g_assert_cmpint (be_socket_send_datagrams (self->senders[0], datagrams, 3, &error), ==, 1);
  g_assert_cmpint (error, ==, 0);
  receive_all (self, 1);
  assert_received (self, 0, 0, "hello");

  g_assert_cmpint (be_socket_send_datagrams (self->senders[0], datagrams + 1, 2, &error), ==, -1);
  g_assert_cmpint (error, !=, 0);
  error = 0;
  g_assert_cmpint (be_socket_send_datagram (self->senders[0], datagrams + 1, &error), ==, -1);
  g_assert_cmpint (error, !=, 0);
}

/* Of so many that are equally long, and one of another length behind them. Returns
 * how many went. */
static int
send_row (Fixture    *self,
          guint       n_equal,
          const char *last)
{
  static const char *const equal[] = { "one", "two" };
  BeSocketDatagram         datagrams[MAX_ROW + 1];

  g_assert_cmpuint (n_equal, <=, MAX_ROW);
  for (guint i = 0; i < n_equal; i++)
    datagrams[i] = make_datagram (self, equal[i % 2]);
  datagrams[n_equal] = make_datagram (self, last);

  return be_socket_send_row (self->senders[0], datagrams, n_equal + 1);
}

static gboolean
takes_rows (void)
{
#ifdef BE_TEST_ONE_AT_A_TIME
  return FALSE;
#else
  return be_test_has_rows ();
#endif
}

static void
assert_row_received (Fixture    *self,
                     guint       n_equal,
                     const char *last)
{
  int error;

  for (guint i = 0; i < n_equal + (last != NULL ? 1 : 0); i++)
    {
      make_room (self);
      be_test_wait_until (be_socket_is_readable (self->receiver));
      g_assert_cmpint (be_socket_recv_datagram (self->receiver, &self->received[0], SIZE, &error), ==, 1);
      assert_received (self, 0, 0, i == n_equal ? last : i % 2 == 0 ? "one"
                                                                    : "two");
    }
  g_assert_cmpint (be_socket_recv_datagram (self->receiver, &self->received[0], SIZE, &error), ==, -1);
}

static void
test_a_row_goes_and_each_comes (Fixture      *self,
                                gconstpointer data)
{
  if (!takes_rows ())
    {
      g_assert_cmpint (send_row (self, MAX_ROW, "x"), <=, 0);
      return;
    }

  g_assert_cmpint (send_row (self, MAX_ROW, "x"), ==, MAX_ROW + 1);
  assert_row_received (self, MAX_ROW, "x");

  /* What is not alike is left for another call. */
  g_assert_cmpint (send_row (self, MAX_ROW, "longer"), ==, MAX_ROW);
  assert_row_received (self, MAX_ROW, NULL);
  g_assert_cmpint (send_row (self, MAX_ROW, ""), ==, MAX_ROW);
  assert_row_received (self, MAX_ROW, NULL);

  g_assert_cmpint (send_row (self, 3, "x"), ==, 0);
  assert_row_received (self, 0, NULL);
}

static void
test_a_row_is_for_one_only (Fixture      *self,
                            gconstpointer data)
{
  BeSocketDatagram datagrams[MAX_ROW];

  for (guint i = 0; i < MAX_ROW; i++)
    {
      datagrams[i] = make_datagram (self, "hello");
      if (i % 2 == 1)
        datagrams[i].address = self->sender_addresses[1];
    }
  g_assert_cmpint (be_socket_send_row (self->senders[0], datagrams, MAX_ROW), ==, 0);
}

static void
test_a_row_is_no_longer_than_a_datagram (Fixture      *self,
                                         gconstpointer data)
{
  static guint8    bytes[LONG_BYTES];
  BeSocketDatagram datagrams[N_LONG];
  int              n_sent;

  for (guint i = 0; i < N_LONG; i++)
    datagrams[i] = (BeSocketDatagram){ .bytes = bytes, .length = LONG_BYTES, .address = self->receiver_address };
  n_sent = be_socket_send_row (self->senders[0], datagrams, N_LONG);
  if (takes_rows ())
    g_assert_cmpint (n_sent, ==, (int) (MAX_DATAGRAM_BYTES / LONG_BYTES));
  else
    g_assert_cmpint (n_sent, <=, 0);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/socket-datagrams/several-come-as-they-were-sent", test_several_come_as_they_were_sent);
  add ("/socket-datagrams/one-comes-as-it-was-sent", test_one_comes_as_it_was_sent);
  add ("/socket-datagrams/nothing-there-is-an-error-of-the-system", test_nothing_there_is_an_error_of_the_system);
  add ("/socket-datagrams/sends-up-to-the-first-that-cannot-go", test_sends_up_to_the_first_that_cannot_go);
  add ("/socket-datagrams/a-row-goes-and-each-comes", test_a_row_goes_and_each_comes);
  add ("/socket-datagrams/a-row-is-for-one-only", test_a_row_is_for_one_only);
  add ("/socket-datagrams/a-row-is-no-longer-than-a-datagram", test_a_row_is_no_longer_than_a_datagram);

  return g_test_run ();
}
