/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* load-generator PORT CONNECTIONS SECONDS
 *
 * Plays ping-pong with an upper-casing TCP server on 127.0.0.1: each
 * connection has one message of 64 bytes on its way at any time. Every byte of
 * the replies is compared. Prints the round trips a second and, in
 * microseconds, the median of a round trip and what 99 of 100 do not exceed.
 * The first part is not counted. */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MESSAGE_BYTES 64
#define MAX_CONNECTIONS 1024
#define MAX_SAMPLES (8 * 1024 * 1024)
#define WARM_UP_SECONDS 0.2
#define STALL_MILLISECONDS 5000

typedef struct
{
  int      descriptor;
  size_t   n_received;
  uint64_t sent_at; /* ns */
} Connection;

static const char message[MESSAGE_BYTES + 1] = "hello from the load generator, who says this again and again... ";
static const char reply[MESSAGE_BYTES + 1] = "HELLO FROM THE LOAD GENERATOR, WHO SAYS THIS AGAIN AND AGAIN... ";

static Connection connections[MAX_CONNECTIONS];
static uint32_t  *samples; /* ns */
static size_t     n_samples;

static uint64_t
get_nanoseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);

  return (uint64_t) now.tv_sec * 1000000000u + (uint64_t) now.tv_nsec;
}

static void
fail (const char *what)
{
  fprintf (stderr, "load-generator: %s: %s\n", what, strerror (errno));
  exit (1);
}

static void
say (Connection *connection)
{
  connection->sent_at = get_nanoseconds ();
  connection->n_received = 0;
  if (send (connection->descriptor, message, MESSAGE_BYTES, MSG_NOSIGNAL) != MESSAGE_BYTES)
    fail ("send");
}

static void
hear (Connection *connection,
      uint64_t    counted_from)
{
  char     bytes[MESSAGE_BYTES];
  size_t   n_expected = MESSAGE_BYTES - connection->n_received;
  ssize_t  n_bytes = recv (connection->descriptor, bytes, n_expected, 0);
  uint64_t now;

  if (n_bytes <= 0)
    fail (n_bytes == 0 ? "the server has closed" : "recv");
  if (memcmp (bytes, reply + connection->n_received, (size_t) n_bytes) != 0)
    {
      errno = EBADMSG;
      fail ("a wrong reply");
    }

  connection->n_received += (size_t) n_bytes;
  if (connection->n_received < MESSAGE_BYTES)
    return;

  now = get_nanoseconds ();
  if (connection->sent_at >= counted_from && n_samples < MAX_SAMPLES)
    samples[n_samples++] = (uint32_t) (now - connection->sent_at);
  say (connection);
}

/* The next one connects when this one is served: a server's queue may be
 * short, and what finds no place in it tries again a second later. */
static void
prove (Connection *connection)
{
  char bytes[MESSAGE_BYTES];

  say (connection);
  if (recv (connection->descriptor, bytes, MESSAGE_BYTES, MSG_WAITALL) != MESSAGE_BYTES)
    fail ("recv");
}

static int
connect_all (int port,
             int n_connections)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((uint16_t) port) };
  int                poller = epoll_create1 (EPOLL_CLOEXEC);
  int                on = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  for (int i = 0; i < n_connections; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.ptr = &connections[i] };
      int                descriptor = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

      if (descriptor < 0 || connect (descriptor, (struct sockaddr *) &address, sizeof address) < 0)
        fail ("connect");
      setsockopt (descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      connections[i].descriptor = descriptor;
      prove (&connections[i]);
      if (epoll_ctl (poller, EPOLL_CTL_ADD, descriptor, &event) < 0)
        fail ("epoll_ctl");
    }

  return poller;
}

static int
compare (const void *a,
         const void *b)
{
  uint32_t sample_a = *(const uint32_t *) a;
  uint32_t sample_b = *(const uint32_t *) b;

  return (sample_a > sample_b) - (sample_a < sample_b);
}

static void
report (double seconds)
{
  if (n_samples == 0)
    {
      errno = ETIMEDOUT;
      fail ("no round trip");
    }

  qsort (samples, n_samples, sizeof *samples, compare);
  printf ("%.0f %.1f %.1f\n", (double) n_samples / seconds,
          samples[n_samples / 2] / 1e3, samples[n_samples - 1 - n_samples / 100] / 1e3);
}

int
main (int    argc,
      char **argv)
{
  int      n_connections = argc == 4 ? atoi (argv[2]) : 0;
  double   seconds = argc == 4 ? atof (argv[3]) : 0;
  uint64_t counted_from;
  uint64_t end;
  int      poller;

  if (n_connections < 1 || n_connections > MAX_CONNECTIONS || seconds <= 0)
    {
      fputs ("usage: load-generator PORT CONNECTIONS SECONDS\n", stderr);
      return 2;
    }

  samples = calloc (MAX_SAMPLES, sizeof *samples);
  poller = connect_all (atoi (argv[1]), n_connections);
  counted_from = get_nanoseconds () + (uint64_t) (WARM_UP_SECONDS * 1e9);
  end = counted_from + (uint64_t) (seconds * 1e9);
  for (int i = 0; i < n_connections; i++)
    say (&connections[i]);

  while (get_nanoseconds () < end)
    {
      struct epoll_event events[MAX_CONNECTIONS];
      int                n_events = epoll_wait (poller, events, MAX_CONNECTIONS, STALL_MILLISECONDS);

      if (n_events <= 0)
        fail ("nothing comes back");
      for (int i = 0; i < n_events; i++)
        hear (events[i].data.ptr, counted_from);
    }
  report (seconds);

  return 0;
}
