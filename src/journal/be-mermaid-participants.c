/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-mermaid-participants.h"

#include "be-ladder-ends.h"
#include "be-mermaid-text.h"

#include <glib/gi18n-lib.h>

/* Ids are ours, so that no name can be a keyword. */
#define SERVER_ID "S"
#define CLIENT_ID "C"

struct _BeMermaidParticipants
{
  BePairing    *pairing; /* lent */
  GHashTable   *names;   /* id → what the participant is called */
  GPtrArray    *ids;     /* in the order of their appearance, lent */
  BeLadderEnds *ends;
};

static const char *
add_participant (BeMermaidParticipants *self,
                 char                  *id,
                 char                  *name)
{
  gpointer known = NULL;

  if (g_hash_table_lookup_extended (self->names, id, &known, NULL))
    {
      g_free (id);
      g_free (name);
      return known;
    }

  g_hash_table_insert (self->names, id, name);
  g_ptr_array_add (self->ids, id);

  return id;
}

static const char *
get_client (BeMermaidParticipants *self,
            const BeEventRecord   *record)
{
  const BeAddress *address = record->side == BE_SIDE_CLIENT ? &record->local : &record->peer;
  g_autofree char *letter = NULL;
  g_autofree char *text = NULL;

  if (record->connection == BE_EVENT_NO_CONNECTION)
    return add_participant (self, g_strdup (CLIENT_ID), g_strdup (C_ ("speaker", "Client")));

  letter = be_pairing_dup_letter (record->connection);
  text = be_address_to_string (address);

  return add_participant (self, g_strdup_printf (CLIENT_ID "%u", record->connection),
                          *text != '\0'
                            /* TRANSLATORS: the letter of a connection, and an address */
                            ? g_strdup_printf (_ ("Client %s %s"), letter, text)
                            /* TRANSLATORS: %s is the letter of a connection */
                            : g_strdup_printf (_ ("Client %s"), letter));
}

/* Ours, or another program with which the client speaks. */
static const char *
get_server (BeMermaidParticipants *self,
            const BeEventRecord   *record)
{
  g_autofree char *text = NULL;

  if (record->side == BE_SIDE_SERVER || be_pairing_has_both_ends (self->pairing, record->connection))
    return add_participant (self, g_strdup (SERVER_ID), g_strdup (C_ ("speaker", "Server")));

  text = be_address_to_string (&record->peer);

  return add_participant (self, g_strdup_printf (SERVER_ID "%u", record->connection),
                          /* TRANSLATORS: %s is an address */
                          g_strdup_printf (_ ("Server %s"), text));
}

/**
 * be_mermaid_participants_new:
 * @pairing: of the journal whose rows are written, and outlives this
 *
 * Returns: (transfer full): nobody yet
 */
BeMermaidParticipants *
be_mermaid_participants_new (BePairing *pairing)
{
  BeMermaidParticipants *self = g_new0 (BeMermaidParticipants, 1);

  self->pairing = pairing;
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->ids = g_ptr_array_new ();
  self->ends = be_ladder_ends_new ();

  return self;
}

void
be_mermaid_participants_free (BeMermaidParticipants *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->ids);
  g_hash_table_unref (self->names);
  be_ladder_ends_free (self->ends);
  g_free (self);
}

/**
 * be_mermaid_participants_get:
 * @record: an event
 * @side: of its two ends
 *
 * Returns: the id of who is at this end
 */
const char *
be_mermaid_participants_get (BeMermaidParticipants *self,
                             const BeEventRecord   *record,
                             BeSide                 side)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  return side == BE_SIDE_SERVER ? get_server (self, record) : get_client (self, record);
}

/**
 * be_mermaid_participants_note:
 * @record: an event of the diagram
 *
 * What it tells of the addresses of the server.
 */
void
be_mermaid_participants_note (BeMermaidParticipants *self,
                              const BeEventRecord   *record)
{
  g_return_if_fail (self != NULL);

  be_ladder_ends_add (self->ends, record);
}

static void
append_participant (const BeMermaidParticipants *self,
                    GString                     *text,
                    const char                  *id)
{
  g_autoptr (GString) name = g_string_new (g_hash_table_lookup (self->names, id));

  if (g_str_equal (id, SERVER_ID))
    {
      g_autofree char *addresses = be_ladder_ends_dup_server (self->ends);

      if (*addresses != '\0')
        g_string_append_printf (name, " %s", addresses);
    }

  g_string_append_printf (text, "    participant %s as ", id);
  be_mermaid_text_append (text, name->str);
  g_string_append_c (text, '\n');
}

/**
 * be_mermaid_participants_append:
 * @text: a sequence diagram
 *
 * Declares those that were asked for: the server on the left, as in the window.
 */
void
be_mermaid_participants_append (BeMermaidParticipants *self,
                                GString               *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  for (guint is_client = 0; is_client <= 1; is_client++)
    for (guint i = 0; i < self->ids->len; i++)
      {
        const char *id = g_ptr_array_index (self->ids, i);

        if (g_str_has_prefix (id, CLIENT_ID) == (gboolean) is_client)
          append_participant (self, text, id);
      }
}
