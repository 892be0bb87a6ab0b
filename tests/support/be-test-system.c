/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-system.h"

#include "be-test.h"

#include <stdio.h>

#define TABLE "/proc/net/tcp"

typedef struct
{
  guint local_port;
  guint peer_port;
  guint state;
  guint waiting; /* bytes not read, or of a listener: connections not accepted */
} Line;

typedef gboolean (*LineFunc) (const Line *line,
                              guint       port,
                              guint       state);

typedef struct
{
  guint n_lines;
  guint waiting;
} Sum;

static gboolean
is_from (const Line *line,
         guint       port,
         guint       state)
{
  return line->local_port == port && line->state == state;
}

static gboolean
is_to (const Line *line,
       guint       port,
       guint       state)
{
  return line->peer_port == port && line->state == state;
}

static Sum
add_up (LineFunc is_meant,
        guint    port,
        guint    state)
{
  Sum              sum = { 0 };
  g_autofree char *table = NULL;
  g_auto (GStrv) texts = NULL;

  if (!g_file_get_contents (TABLE, &table, NULL, NULL))
    return sum;

  texts = g_strsplit (table, "\n", -1);
  for (guint i = 1; texts[i] != NULL; i++)
    {
      Line line;

      if (sscanf (texts[i], " %*d: %*x:%x %*x:%x %x %*x:%x", &line.local_port, &line.peer_port, &line.state,
                  &line.waiting) != 4 ||
          !is_meant (&line, port, state))
        continue;

      sum.n_lines++;
      sum.waiting += line.waiting;
    }

  return sum;
}

gboolean
be_test_system_tells (void)
{
  return g_file_test (TABLE, G_FILE_TEST_EXISTS);
}

/**
 * be_test_system_count_from:
 *
 * Returns: how many sockets with the local port @port are in @state
 */
guint
be_test_system_count_from (guint16 port,
                           guint   state)
{
  return add_up (is_from, port, state).n_lines;
}

/**
 * be_test_system_count_to:
 *
 * Returns: how many sockets whose peer has the port @port are in @state
 */
guint
be_test_system_count_to (guint16 port,
                         guint   state)
{
  return add_up (is_to, port, state).n_lines;
}

/**
 * be_test_system_wait_for_unread:
 * @port: of a server
 *
 * Waits until so many bytes have come to the open connections of a server and
 * were not read: send () returns before that, if only by a little.
 */
void
be_test_system_wait_for_unread (guint16 port,
                                gsize   n_bytes)
{
  be_test_wait_until (!be_test_system_tells () ||
                      add_up (is_from, port, BE_TEST_SYSTEM_ESTABLISHED).waiting == n_bytes);
}

/**
 * be_test_system_wait_for_queue:
 * @port: of a listener
 *
 * Waits until so many connections are in the accept queue: connect () returns
 * before that, if only by a little.
 */
void
be_test_system_wait_for_queue (guint16 port,
                               guint   n_connections)
{
  be_test_wait_until (!be_test_system_tells () ||
                      add_up (is_from, port, BE_TEST_SYSTEM_LISTEN).waiting == n_connections);
}
