/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-pairing.h"

#include "be-accept-lines.h"
#include "be-address-pair.h"
#include "be-connection-set.h"
#include "be-listening.h"

#define MAX_ENDS 65536u

/* How far apart the two ends may tell of a connection that is over already. */
#define LATE_MICROSECONDS G_USEC_PER_SEC

typedef struct _Pair Pair;

/* One side's view of a connection: a peer_id. */
typedef struct
{
  guint32 peer_id;
  guint32 socket_id;
  guint32 connection;
  guint8  side;

  guint8 is_closed;
  gint64 closed_time;

  Pair   *pair;    /* unowned; NULL: the addresses are not known, or say nothing any more */
  guint32 path;    /* Unix-domain: where it waits to be accepted; 0: it does not */
  GList  *in_line; /* in the waiting line of its path */
  GList   by_age;  /* in open_ends or closed_ends */
} End;

/* A pair of addresses in use, and the ends that were seen of it. */
struct _Pair
{
  BeAddressPair addresses; /* first, so that it is the key of its table */

  guint32 connection;
  End    *ends[2]; /* by BeSide; at least one */
};

/**
 * BePairing:
 *
 * Which socket is whose other end. Each connection gets a number, from 0; the
 * two ends of one connection get the same, whichever is seen first. An end
 * keeps its number; a pair of addresses gets a new one when it is used again.
 *
 * Owns what it remembers of the ends, 65,536 at most: the oldest is forgotten,
 * closed ones first. Ends with its last reference.
 */
struct _BePairing
{
  GObject parent_instance;

  GHashTable *ends;  /* peer_id → End, owned */
  GHashTable *pairs; /* Pair → the same, owned */
  GHashTable *ports; /* the socket_id of UDP servers that are open */
  GQueue      open_ends;
  GQueue      closed_ends;

  BeAcceptLines *lines; /* of End, with a Unix-domain path */

  End *last; /* the end of the last event: very often it is that of the next */

  BeConnectionSet *joined;  /* both ends were seen */
  BeConnectionSet *awaited; /* one end was, and the other is for our listener to accept */
  BeListening     *listening;

  guint32 n_connections;
  guint64 last_sequence;
};

G_DEFINE_FINAL_TYPE (BePairing, be_pairing, G_TYPE_OBJECT)

static void
forget_pair (BePairing *self,
             Pair      *pair)
{
  for (guint side = BE_SIDE_SERVER; side <= BE_SIDE_CLIENT; side++)
    if (pair->ends[side] != NULL)
      pair->ends[side]->pair = NULL;

  g_hash_table_remove (self->pairs, pair);
}

static void
leave_line (BePairing *self,
            End       *end)
{
  if (end->in_line == NULL)
    return;

  be_accept_lines_leave (self->lines, end->path, g_steal_pointer (&end->in_line));
  end->path = 0;
}

static End *
take_first_in_line (BePairing *self,
                    guint32    path)
{
  End *first = be_accept_lines_get_first (self->lines, path);

  if (first != NULL)
    leave_line (self, first);

  return first;
}

/* Ends */

static gboolean
end_is_closed (BePairing *self,
               const End *end)
{
  if (end->is_closed)
    return TRUE;

  /* A UDP server has one socket for all its peers. */
  return end->socket_id != end->peer_id &&
         !g_hash_table_contains (self->ports, GUINT_TO_POINTER (end->socket_id));
}

static void
forget_end (BePairing *self,
            End       *end)
{
  if (end->pair != NULL)
    forget_pair (self, end->pair);
  leave_line (self, end);
  if (self->last == end)
    self->last = NULL;

  g_queue_unlink (end->is_closed ? &self->closed_ends : &self->open_ends, &end->by_age);
  g_hash_table_remove (self->ends, GUINT_TO_POINTER (end->peer_id));
}

/* So that memory returns when very many have left, what closed first goes for
 * who comes, when no other end can come to it any more: see may_join (). */
static void
make_room (BePairing *self,
           gint64     time)
{
  End *oldest = g_queue_peek_head (&self->closed_ends);

  if (g_hash_table_size (self->ends) >= MAX_ENDS)
    forget_end (self, oldest != NULL ? oldest : g_queue_peek_head (&self->open_ends));
  else if (oldest != NULL && time - oldest->closed_time > LATE_MICROSECONDS && oldest->path == 0 &&
           (oldest->side == BE_SIDE_SERVER || oldest->pair == NULL))
    forget_end (self, oldest);
}

static End *
add_end (BePairing           *self,
         const BeEventRecord *record)
{
  End *end;

  make_room (self, record->time);
  end = g_new0 (End, 1);
  end->peer_id = record->peer_id;
  end->socket_id = record->socket_id;
  end->side = record->side;
  end->connection = BE_EVENT_NO_CONNECTION;
  end->by_age.data = end;
  g_hash_table_insert (self->ends, GUINT_TO_POINTER (end->peer_id), end);
  g_queue_push_tail_link (&self->open_ends, &end->by_age);

  if (record->protocol == BE_PROTOCOL_UDP && record->side == BE_SIDE_SERVER)
    g_hash_table_add (self->ports, GUINT_TO_POINTER (record->socket_id));

  return end;
}

static void
close_end (BePairing *self,
           End       *end,
           gint64     time)
{
  if (end == NULL || end->is_closed)
    return;

  end->is_closed = TRUE;
  end->closed_time = time;
  g_queue_unlink (&self->open_ends, &end->by_age);
  g_queue_push_tail_link (&self->closed_ends, &end->by_age);

  if (end->pair != NULL)
    {
      End *other = end->pair->ends[1 - end->side];

      if (other != NULL && end_is_closed (self, other))
        forget_pair (self, end->pair);
    }
}

/* Whether @end is the other end that @pair lacks, and not the first of a new
 * connection with the same addresses. */
static gboolean
may_join (BePairing           *self,
          const Pair          *pair,
          const End           *end,
          const BeEventRecord *record)
{
  const End *same = pair->ends[end->side];
  const End *other = pair->ends[1 - end->side];

  if (other == NULL)
    return FALSE;

  /* UDP knows no connection: as long as one end is there, a new one on the
   * other side's address talks with it. */
  if (!end_is_closed (self, other))
    return same == NULL || record->protocol == BE_PROTOCOL_UDP;

  if (same != NULL)
    return FALSE;

  /* A client may be gone before accept () is called, however late that is. */
  if (record->protocol == BE_PROTOCOL_TCP && end->side == BE_SIDE_SERVER)
    return TRUE;

  return record->time - other->closed_time < LATE_MICROSECONDS;
}

static void
join_addresses (BePairing           *self,
                End                 *end,
                const BeEventRecord *record)
{
  BeAddressPair key;
  Pair         *pair;

  if (!be_address_pair_set_record (&key, record))
    {
      end->connection = self->n_connections++;
      return;
    }

  pair = g_hash_table_lookup (self->pairs, &key);
  if (pair != NULL && !may_join (self, pair, end, record))
    {
      forget_pair (self, pair);
      pair = NULL;
    }

  if (pair == NULL)
    {
      pair = g_new0 (Pair, 1);
      pair->addresses = key;
      pair->connection = self->n_connections++;
      g_hash_table_add (self->pairs, pair);
    }

  if (pair->ends[end->side] != NULL)
    pair->ends[end->side]->pair = NULL;
  pair->ends[end->side] = end;
  if (pair->ends[1 - end->side] != NULL)
    be_connection_set_add (self->joined, pair->connection);
  end->pair = pair;
  end->connection = pair->connection;
}

static void
join_line (BePairing           *self,
           End                 *end,
           const BeEventRecord *record)
{
  gboolean is_server = record->side == BE_SIDE_SERVER;
  guint32  path = is_server ? record->local.scope : record->peer.scope;
  End     *client = is_server ? take_first_in_line (self, path) : NULL;

  end->connection = client != NULL ? client->connection : self->n_connections++;
  if (client != NULL)
    be_connection_set_add (self->joined, client->connection);

  if (!is_server && path != 0)
    {
      end->path = path;
      end->in_line = be_accept_lines_join (self->lines, path, end);
    }
}

static void
join (BePairing           *self,
      End                 *end,
      const BeEventRecord *record)
{
  /* An attempt that failed has no other end, and a number of its own. */
  if (record->call == BE_CALL_CONNECT && record->result == -1)
    end->connection = self->n_connections++;
  else if (record->protocol == BE_PROTOCOL_UNIX)
    join_line (self, end, record);
  else
    join_addresses (self, end, record);

  if (record->call == BE_CALL_CONNECT && be_listening_has_called (self->listening, record))
    be_connection_set_add (self->awaited, end->connection);
}

/* A listener begins: clients that came to its address before came to somebody
 * else, so they are not those that it will accept. */
static void
forget_strangers (BePairing           *self,
                  const BeEventRecord *record)
{
  GHashTableIter iter;
  gpointer       value;

  while (record->protocol == BE_PROTOCOL_UNIX &&
         take_first_in_line (self, record->local.scope) != NULL)
    ;

  if (record->protocol != BE_PROTOCOL_TCP)
    return;

  g_hash_table_iter_init (&iter, self->pairs);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      Pair *pair = value;

      if (pair->ends[BE_SIDE_SERVER] == NULL &&
          pair->addresses.protocol == BE_PROTOCOL_TCP &&
          pair->addresses.server.port == record->local.port &&
          end_is_closed (self, pair->ends[BE_SIDE_CLIENT]))
        {
          pair->ends[BE_SIDE_CLIENT]->pair = NULL;
          g_hash_table_iter_remove (&iter);
        }
    }
}

/* What an event says beyond its own end. */
static void
follow (BePairing           *self,
        const BeEventRecord *record)
{
  if (record->call == BE_CALL_LISTEN || record->call == BE_CALL_CLOSE)
    be_listening_follow (self->listening, record);
  if (record->call == BE_CALL_LISTEN && record->result == 0)
    forget_strangers (self, record);

  if (record->call == BE_CALL_CLOSE && record->peer_id == 0)
    g_hash_table_remove (self->ports, GUINT_TO_POINTER (record->socket_id));

  if (record->call == BE_CALL_RECVFROM && (record->flags & BE_EVENT_LIMIT))
    close_end (self, g_hash_table_lookup (self->ends, GUINT_TO_POINTER (record->detail)),
               record->time);
}

/* GObject */

static void
be_pairing_finalize (GObject *object)
{
  BePairing *self = BE_PAIRING (object);

  g_clear_pointer (&self->pairs, g_hash_table_unref);
  g_clear_pointer (&self->lines, be_accept_lines_free);
  g_clear_pointer (&self->ports, g_hash_table_unref);
  g_clear_pointer (&self->ends, g_hash_table_unref);
  g_clear_pointer (&self->joined, be_connection_set_free);
  g_clear_pointer (&self->awaited, be_connection_set_free);
  g_clear_pointer (&self->listening, be_listening_free);

  G_OBJECT_CLASS (be_pairing_parent_class)->finalize (object);
}

static void
be_pairing_class_init (BePairingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = be_pairing_finalize;
}

static void
be_pairing_init (BePairing *self)
{
  self->ends = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->pairs = g_hash_table_new_full ((GHashFunc) be_address_pair_hash,
                                       (GEqualFunc) be_address_pair_equal, NULL, g_free);
  self->lines = be_accept_lines_new ();
  self->ports = g_hash_table_new (NULL, NULL);
  self->joined = be_connection_set_new ();
  self->awaited = be_connection_set_new ();
  self->listening = be_listening_new ();
}

/* Public */

/**
 * be_pairing_new:
 *
 * Returns: (transfer full): a pairing that has seen nothing.
 */
BePairing *
be_pairing_new (void)
{
  return g_object_new (BE_TYPE_PAIRING, NULL);
}

/**
 * be_pairing_assign:
 * @record: the next event, of any session; or one that was given before
 *
 * Several readers of the same events may share a pairing, if each of them
 * gives it every event: the first one counts.
 *
 * Returns: the number of the record's connection, or %BE_EVENT_NO_CONNECTION
 *   for what has no other end: a listener, a socket before it connects.
 */
guint32
be_pairing_assign (BePairing           *self,
                   const BeEventRecord *record)
{
  gboolean is_known;
  End     *end = NULL;

  g_return_val_if_fail (BE_IS_PAIRING (self), BE_EVENT_NO_CONNECTION);
  g_return_val_if_fail (record != NULL, BE_EVENT_NO_CONNECTION);

  is_known = be_pairing_has_seen (self, record);
  self->last_sequence = MAX (self->last_sequence, record->sequence);

  if (!is_known)
    follow (self, record);

  if (record->peer_id == 0)
    return BE_EVENT_NO_CONNECTION;

  end = self->last;
  if (end == NULL || end->peer_id != record->peer_id)
    end = g_hash_table_lookup (self->ends, GUINT_TO_POINTER (record->peer_id));
  if (end == NULL && !is_known && be_call_has_peer (record->call))
    {
      end = add_end (self, record);
      join (self, end, record);
    }

  self->last = end;
  if (end != NULL && !is_known && record->call == BE_CALL_CLOSE)
    close_end (self, end, record->time);

  return end != NULL ? end->connection : BE_EVENT_NO_CONNECTION;
}

/**
 * be_pairing_has_seen:
 *
 * Returns: whether the event was given to be_pairing_assign () before, so that
 *   only who wants its connection has to give it again
 */
gboolean
be_pairing_has_seen (BePairing           *self,
                     const BeEventRecord *record)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return record->sequence != 0 && record->sequence <= self->last_sequence;
}

/**
 * be_pairing_has_both_ends:
 * @connection: a connection's number
 *
 * Returns: whether both its ends were seen, so that neither is another
 *   program's; it stays so when they are closed
 */
gboolean
be_pairing_has_both_ends (BePairing *self,
                          guint32    connection)
{
  g_return_val_if_fail (BE_IS_PAIRING (self), FALSE);

  return be_connection_set_has (self->joined, connection);
}

/**
 * be_pairing_awaits_accept:
 * @connection: a connection's number
 *
 * Returns: whether its client called a listener of ours, so that the other end
 *   is no other program's although nothing was seen of it: it waits in the
 *   accept queue, or did until both ends were seen
 */
gboolean
be_pairing_awaits_accept (BePairing *self,
                          guint32    connection)
{
  g_return_val_if_fail (BE_IS_PAIRING (self), FALSE);

  return be_connection_set_has (self->awaited, connection);
}
