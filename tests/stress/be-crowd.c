/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-crowd.h"

#include "be-test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a process opens beside its clients. */
#define OTHER_DESCRIPTORS 64

/* The system has some 28,000 ports for the clients of one address
 * (ip_local_port_range, ip(7)), and keeps each for a minute: so they come
 * from different addresses. */
#define CLIENTS_PER_ADDRESS 2000
#define FIRST_ADDRESS 0x7f010001u /* 127.1.0.1 */
#define N_ADDRESSES 250u

#define ARRIVALS_PER_SECOND 1000u

typedef struct
{
  BeCrowdDeed deed;
  guint16     port;
  guint       n_clients;
} Order;

struct _BeCrowd
{
  pid_t    process;
  int      control; /* orders go, and a byte comes when one has been carried out */
  gboolean is_busy;
};

/* The other process. It calls the system only. */

typedef struct
{
  int  *clients;
  guint n_clients;
  guint n_arrivals; /* ever */
  guint n_talks;
} Clients;

G_NORETURN static void
give_up (const char *what)
{
  fprintf (stderr, "A client of the crowd failed: %s: %s\n", what, strerror (errno));
  _exit (EXIT_FAILURE);
}

/* Nobody waits for ever. */
static void
set_deadline (int client)
{
  const struct timeval time = { .tv_sec = BE_TEST_DEADLINE_SECONDS };

  if (setsockopt (client, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) != 0 ||
      setsockopt (client, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time) != 0)
    give_up ("setsockopt");
}

static int
connect_client (Clients *self,
                guint16  port)
{
  const int          no_port = 1;
  const guint        address = (self->n_arrivals++ / CLIENTS_PER_ADDRESS) % N_ADDRESSES;
  struct sockaddr_in local = {
    .sin_family = AF_INET,
    .sin_addr.s_addr = htonl (FIRST_ADDRESS + address),
  };
  struct sockaddr_in server = {
    .sin_family = AF_INET,
    .sin_port = htons (port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  int client = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (client < 0)
    give_up ("socket");
  set_deadline (client);

  /* The port is chosen when it connects: then another's may serve too. */
  setsockopt (client, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &no_port, sizeof no_port);
  if (bind (client, (const struct sockaddr *) &local, sizeof local) != 0)
    give_up ("bind");
  if (connect (client, (const struct sockaddr *) &server, sizeof server) != 0)
    give_up ("connect");

  return client;
}

static void
connect_clients (Clients *self,
                 guint16  port,
                 guint    n_clients)
{
  self->clients = realloc (self->clients, (self->n_clients + n_clients) * sizeof *self->clients);
  for (guint i = 0; i < n_clients; i++)
    self->clients[self->n_clients++] = connect_client (self, port);
}

static void
come_and_go (Clients *self,
             guint16  port,
             guint    n_clients)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n_clients; i++)
    {
      gint64 due = start + (gint64) i * G_USEC_PER_SEC / ARRIVALS_PER_SECOND;
      gint64 early = due - g_get_monotonic_time ();

      if (early > 0)
        usleep ((useconds_t) early);
      close (connect_client (self, port));
    }
}

/* The same length for all, so that nobody can get another one's answer unseen. */
static void
talk (Clients *self)
{
  char sentence[40];
  char answer[40];

  self->n_talks++;
  for (guint i = 0; i < self->n_clients; i++)
    {
      int length = snprintf (sentence, sizeof sentence, "client %8u, talk %8u", i, self->n_talks);

      if (send (self->clients[i], sentence, (gsize) length, MSG_NOSIGNAL) != length)
        give_up ("send");
    }
  for (guint i = 0; i < self->n_clients; i++)
    {
      int length = snprintf (sentence, sizeof sentence, "CLIENT %8u, TALK %8u", i, self->n_talks);

      if (recv (self->clients[i], answer, (gsize) length, MSG_WAITALL) != length)
        give_up ("recv");
      if (memcmp (answer, sentence, (gsize) length) != 0)
        give_up ("the answer");
    }
}

static void
expect_end (Clients *self)
{
  for (guint i = 0; i < self->n_clients; i++)
    {
      char byte;

      if (recv (self->clients[i], &byte, 1, 0) != 0)
        give_up ("the end");
    }
}

static void
leave (Clients *self,
       gboolean with_reset)
{
  const struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  for (guint i = 0; i < self->n_clients; i++)
    {
      if (with_reset)
        setsockopt (self->clients[i], SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
      close (self->clients[i]);
    }
  self->n_clients = 0;
}

static void
carry_out (Clients     *self,
           const Order *order)
{
  switch (order->deed)
    {
    case BE_CROWD_CONNECT:
      connect_clients (self, order->port, order->n_clients);
      break;
    case BE_CROWD_TALK:
      talk (self);
      break;
    case BE_CROWD_EXPECT_END:
      expect_end (self);
      break;
    case BE_CROWD_LEAVE:
    case BE_CROWD_RESET:
      leave (self, order->deed == BE_CROWD_RESET);
      break;
    case BE_CROWD_COME_AND_GO:
      come_and_go (self, order->port, order->n_clients);
      break;
    default:
      give_up ("the order");
    }
}

/* Until nobody gives orders any more. */
G_NORETURN static void
run_clients (int control)
{
  Clients clients = { 0 };
  Order   order;

  while (recv (control, &order, sizeof order, MSG_WAITALL) == sizeof order)
    {
      carry_out (&clients, &order);
      if (send (control, "", 1, MSG_NOSIGNAL) != 1)
        break;
    }
  _exit (EXIT_SUCCESS);
}

/* Public */

/**
 * be_crowd_has_room:
 *
 * Raises the limit of descriptors for this process and the crowds that it
 * makes, and skips the test when that does not suffice.
 *
 * Returns: whether so many clients and their server find room
 */
gboolean
be_crowd_has_room (guint n_clients)
{
  const rlim_t  wanted = n_clients + OTHER_DESCRIPTORS;
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  if (limit.rlim_cur >= wanted)
    return TRUE;

  if (limit.rlim_max < wanted)
    {
      g_test_skip_printf ("%u clients need more descriptors than the %u that this system allows.",
                          n_clients, (guint) limit.rlim_max);
      return FALSE;
    }

  limit.rlim_cur = wanted;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);

  return TRUE;
}

BeCrowd *
be_crowd_new (void)
{
  BeCrowd *self = g_new0 (BeCrowd, 1);
  int      ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  self->process = fork ();
  g_assert_cmpint (self->process, >=, 0);
  if (self->process == 0)
    {
      close (ends[0]);
      run_clients (ends[1]);
    }
  close (ends[1]);
  self->control = ends[0];

  return self;
}

void
be_crowd_free (BeCrowd *self)
{
  int status;

  close (self->control);
  g_assert_cmpint (waitpid (self->process, &status, 0), ==, self->process);
  g_assert_cmpint (status, ==, 0);
  g_free (self);
}

/**
 * be_crowd_begin:
 * @port: of 127.0.0.1, for those who come
 * @n_clients: who come
 *
 * Asks the crowd to do something that be_crowd_is_done () tells the end of.
 */
void
be_crowd_begin (BeCrowd    *self,
                BeCrowdDeed deed,
                guint16     port,
                guint       n_clients)
{
  const Order order = { deed, port, n_clients };

  g_assert_false (self->is_busy);
  g_assert_cmpint (send (self->control, &order, sizeof order, MSG_NOSIGNAL), ==, sizeof order);
  self->is_busy = TRUE;
}

gboolean
be_crowd_is_done (BeCrowd *self)
{
  char   byte;
  gssize length = recv (self->control, &byte, 1, MSG_DONTWAIT);

  if (length == 0)
    g_error ("The crowd is gone");
  if (length > 0)
    self->is_busy = FALSE;

  return !self->is_busy;
}

/**
 * be_crowd_do:
 *
 * The same, and waits for it.
 */
void
be_crowd_do (BeCrowd    *self,
             BeCrowdDeed deed,
             guint16     port,
             guint       n_clients)
{
  be_crowd_begin (self, deed, port, n_clients);
  be_test_wait_until (be_crowd_is_done (self));
}
