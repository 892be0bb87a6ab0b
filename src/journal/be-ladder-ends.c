/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-ladder-ends.h"

#include "be-pairing.h"

#include <glib/gi18n-lib.h>

#define MAX_NAMED 3u /* of each side */

/* How well a record knows the address of the server. One that hears all
 * addresses of this computer is called on one of them. */
typedef enum
{
  KNOWS_NOTHING,
  KNOWS_WHOM_IT_CALLED,
  KNOWS_ITS_SOCKET,
  KNOWS_WHAT_IT_BOUND,
} Knowledge;

struct _BeLadderEnds
{
  Knowledge   knowledge;
  GPtrArray  *servers;
  GPtrArray  *clients;
  GHashTable *connections; /* of which a client is known */
};

BeLadderEnds *
be_ladder_ends_new (void)
{
  BeLadderEnds *self = g_new0 (BeLadderEnds, 1);

  self->servers = g_ptr_array_new_with_free_func (g_free);
  self->clients = g_ptr_array_new_with_free_func (g_free);
  self->connections = g_hash_table_new (NULL, NULL);

  return self;
}

void
be_ladder_ends_free (BeLadderEnds *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->servers);
  g_ptr_array_unref (self->clients);
  g_hash_table_unref (self->connections);
  g_free (self);
}

static Knowledge
get_knowledge (const BeEventRecord *record)
{
  const BeAddress *address = record->side == BE_SIDE_SERVER ? &record->local : &record->peer;

  if (address->port == 0 && (address->family != BE_ADDRESS_UNIX || address->scope == 0))
    return KNOWS_NOTHING;
  if (record->side == BE_SIDE_CLIENT)
    return KNOWS_WHOM_IT_CALLED;
  if (record->call == BE_CALL_BIND || record->call == BE_CALL_LISTEN)
    return KNOWS_WHAT_IT_BOUND;

  return KNOWS_ITS_SOCKET;
}

static void
add_server (BeLadderEnds        *self,
            const BeEventRecord *record)
{
  Knowledge        knowledge = get_knowledge (record);
  g_autofree char *text = NULL;

  if (knowledge == KNOWS_NOTHING || knowledge < self->knowledge)
    return;

  if (knowledge > self->knowledge)
    g_ptr_array_set_size (self->servers, 0);
  self->knowledge = knowledge;

  text = be_address_to_string (record->side == BE_SIDE_SERVER ? &record->local : &record->peer);
  if (!g_ptr_array_find_with_equal_func (self->servers, text, g_str_equal, NULL) && self->servers->len <= MAX_NAMED)
    g_ptr_array_add (self->servers, g_steal_pointer (&text));
}

static void
add_client (BeLadderEnds        *self,
            const BeEventRecord *record)
{
  const BeAddress *address = record->side == BE_SIDE_CLIENT ? &record->local : &record->peer;
  g_autofree char *text = NULL;
  g_autofree char *letter = NULL;

  if (record->connection == BE_EVENT_NO_CONNECTION || (address->port == 0 && address->family != BE_ADDRESS_UNIX) ||
      !g_hash_table_add (self->connections, GUINT_TO_POINTER (record->connection)))
    return;

  letter = be_pairing_dup_letter (record->connection);
  text = be_address_to_string (address);
  g_ptr_array_add (self->clients, g_strdup_printf ("%s %s", letter, text));
}

/**
 * be_ladder_ends_add:
 * @record: a row, of either side
 */
void
be_ladder_ends_add (BeLadderEnds        *self,
                    const BeEventRecord *record)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);

  add_server (self, record);
  add_client (self, record);
}

static char *
join (GPtrArray *ends)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_named = ends->len > MAX_NAMED ? MAX_NAMED - 1 : ends->len;

  for (guint i = 0; i < n_named; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (ends, i));
  if (ends->len == n_named)
    return g_string_free (g_steal_pointer (&text), FALSE);

  /* TRANSLATORS: some addresses, and how many more there are */
  return g_strdup_printf (ngettext ("%s and %'u more", "%s and %'u more", ends->len - n_named), text->str,
                          ends->len - n_named);
}

/**
 * be_ladder_ends_dup_server:
 *
 * Returns: (transfer full): where the server is: what it bound, or, where the
 *   rows do not tell, what its sockets or its clients say; may be empty
 */
char *
be_ladder_ends_dup_server (BeLadderEnds *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return join (self->servers);
}

/**
 * be_ladder_ends_dup_clients:
 *
 * Returns: (transfer full): the clients with the letters of their connections,
 *   "A 127.0.0.1:51879, B 127.0.0.1:51880"; may be empty
 */
char *
be_ladder_ends_dup_clients (BeLadderEnds *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return join (self->clients);
}
