/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-benchmark-traffic.h"

#include <string.h>

#define N_CLIENTS 12u
#define MESSAGES_PER_CONNECTION 20u
#define FIRST_CLIENT_PORT 20000u
#define N_CLIENT_PORTS 40000u
#define MAX_TEXT_BYTES 256

/* Far above what a real session of the same window has got so far. */
#define FIRST_SOCKET 1000000u

/* One client at its server: connect and accept, then messages and their
 * answers, then the five calls of an end. */
typedef struct
{
  guint32 client_socket;
  guint32 server_socket;
  guint   port;
  guint   step;
  guint   n_messages;
  char    text[MAX_TEXT_BYTES];
  guint64 positions[2][2]; /* by side, and whether it was received */
} Client;

struct _BeBenchmarkTraffic
{
  BeTestBatch *batch;
  guint32      sessions[2];
  Client       clients[N_CLIENTS];
  guint32      last_socket;
  guint        n_connections;
  guint        n_messages;
  guint32      random;
  BeAddress    server;
  BeAddress    client;
};

enum
{
  STEP_CONNECT,
  STEP_ACCEPT,
  STEP_ASK,
  STEP_HEAR,
  STEP_ANSWER,
  STEP_HEAR_ANSWER,
  STEP_SHUTDOWN,
  STEP_HEAR_END,
  STEP_CLOSE,
  STEP_HEAR_OTHER_END,
  STEP_CLOSE_TOO,
  N_STEPS,
};

static const struct
{
  BeSide        side;
  BeCall        call;
  BeSystemState state;
} steps[N_STEPS] = {
  [STEP_CONNECT] = { BE_SIDE_CLIENT, BE_CALL_CONNECT, BE_SYSTEM_STATE_ESTABLISHED },
  [STEP_ACCEPT] = { BE_SIDE_SERVER, BE_CALL_ACCEPT, BE_SYSTEM_STATE_ESTABLISHED },
  [STEP_ASK] = { BE_SIDE_CLIENT, BE_CALL_SEND, BE_SYSTEM_STATE_ESTABLISHED },
  [STEP_HEAR] = { BE_SIDE_SERVER, BE_CALL_RECV, BE_SYSTEM_STATE_ESTABLISHED },
  [STEP_ANSWER] = { BE_SIDE_SERVER, BE_CALL_SEND, BE_SYSTEM_STATE_ESTABLISHED },
  [STEP_HEAR_ANSWER] = { BE_SIDE_CLIENT, BE_CALL_RECV, BE_SYSTEM_STATE_ESTABLISHED },
  [STEP_SHUTDOWN] = { BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, BE_SYSTEM_STATE_FIN_WAIT_1 },
  [STEP_HEAR_END] = { BE_SIDE_SERVER, BE_CALL_RECV, BE_SYSTEM_STATE_CLOSE_WAIT },
  [STEP_CLOSE] = { BE_SIDE_SERVER, BE_CALL_CLOSE, BE_SYSTEM_STATE_CLOSED },
  [STEP_HEAR_OTHER_END] = { BE_SIDE_CLIENT, BE_CALL_RECV, BE_SYSTEM_STATE_TIME_WAIT },
  [STEP_CLOSE_TOO] = { BE_SIDE_CLIENT, BE_CALL_CLOSE, BE_SYSTEM_STATE_CLOSED },
};

/* Short, long, of several lines, Chinese. */
static const char *const sentences[] = {
  "hello baby",
  "how is the weather at your end of the wire?",
  "你好，今天天气不错",
  "HTTP/1.1 200 OK\r\nHost: localhost\r\nAccept: text/html\r\n\r\n",
  "ok",
  "{\"name\": \"Both Ends\", \"values\": [1, 2, 3], \"text\": \"an object on its way from here to there\"}",
  "temperature;21.5;degrees\n",
};

static void
restart (BeBenchmarkTraffic *self,
         Client             *client)
{
  memset (client, 0, sizeof *client);
  client->client_socket = ++self->last_socket;
  client->server_socket = ++self->last_socket;
  client->port = FIRST_CLIENT_PORT + self->n_connections++ % N_CLIENT_PORTS;
}

static void
choose_next_step (BeBenchmarkTraffic *self,
                  Client             *client)
{
  if (client->step == STEP_CLOSE_TOO)
    restart (self, client);
  else if (client->step == STEP_HEAR_ANSWER && ++client->n_messages < MESSAGES_PER_CONNECTION)
    client->step = STEP_ASK;
  else
    client->step++;
}

static void
write_text (BeBenchmarkTraffic *self,
            Client             *client)
{
  guint which = self->n_messages % G_N_ELEMENTS (sentences);

  if (client->step == STEP_ASK)
    {
      g_snprintf (client->text, sizeof client->text, "%u %s", self->n_messages, sentences[which]);
      self->n_messages++;
    }
  else if (client->step == STEP_ANSWER)
    {
      for (char *byte = client->text; *byte != '\0'; byte++)
        *byte = g_ascii_toupper (*byte);
    }
}

static void
add_event (BeBenchmarkTraffic *self,
           Client             *client)
{
  BeSide        side = steps[client->step].side;
  BeEventRecord record = { 0 };

  self->client.port = (guint16) client->port;
  record.time = g_get_monotonic_time ();
  record.session_id = self->sessions[side];
  record.socket_id = side == BE_SIDE_SERVER ? client->server_socket : client->client_socket;
  record.peer_id = record.socket_id;
  record.connection = BE_EVENT_NO_CONNECTION;
  record.side = (guint8) side;
  record.call = (guint8) steps[client->step].call;
  record.protocol = BE_PROTOCOL_TCP;
  record.state = (guint8) steps[client->step].state;
  record.flags = client->step == STEP_ANSWER ? BE_EVENT_REPLY : 0;
  record.local = side == BE_SIDE_SERVER ? self->server : self->client;
  record.peer = side == BE_SIDE_SERVER ? self->client : self->server;

  if (client->step >= STEP_ASK && client->step <= STEP_HEAR_ANSWER)
    {
      guint64 *position = &client->positions[side][be_call_is_reading (record.call)];

      write_text (self, client);
      record.position = *position;
      *position += strlen (client->text);
      be_test_batch_add_data (self->batch, record, client->text);
    }
  else
    be_test_batch_add (self->batch, &record, NULL, 0);
}

/**
 * be_benchmark_traffic_new:
 * @server_session: the session whose sockets the clients reach
 * @client_session: the session of all clients
 *
 * Returns: (transfer full): traffic that has not begun
 */
BeBenchmarkTraffic *
be_benchmark_traffic_new (guint32 server_session,
                          guint32 client_session)
{
  BeBenchmarkTraffic *self = g_new0 (BeBenchmarkTraffic, 1);

  self->batch = be_test_batch_new ();
  self->batch->last_sequence = FIRST_SOCKET;
  self->sessions[BE_SIDE_SERVER] = server_session;
  self->sessions[BE_SIDE_CLIENT] = client_session;
  self->last_socket = FIRST_SOCKET;
  self->server = be_test_address ("127.0.0.1", 8001);
  self->client = self->server;
  for (guint i = 0; i < N_CLIENTS; i++)
    restart (self, &self->clients[i]);

  return self;
}

void
be_benchmark_traffic_free (BeBenchmarkTraffic *self)
{
  be_test_batch_free (self->batch);
  g_free (self);
}

/**
 * be_benchmark_traffic_next:
 * @n_events: how many
 *
 * Returns: the next events of all clients in no order; lent until the next
 *   call
 */
const BeEventBatch *
be_benchmark_traffic_next (BeBenchmarkTraffic *self,
                           guint               n_events)
{
  be_test_batch_clear (self->batch);

  for (guint i = 0; i < n_events; i++)
    {
      Client *client;

      self->random = self->random * 1664525u + 1013904223u;
      client = &self->clients[(self->random >> 16) % N_CLIENTS];
      add_event (self, client);
      choose_next_step (self, client);
    }

  return be_test_batch_get (self->batch);
}
