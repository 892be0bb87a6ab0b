/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-cache.h"

struct _BeEventCache
{
  GHashTable *events; /* key → BeEvent, unowned */
};

/* Knows where a living event stands; ends with it. Holds the table, because
 * the event may outlive the cache. */
typedef struct
{
  GHashTable *events;
  guint32     key;
} Place;

static void
event_ended_cb (gpointer data,
                GObject *where_the_event_was)
{
  Place *place = data;

  g_hash_table_remove (place->events, GUINT_TO_POINTER (place->key));
  g_hash_table_unref (place->events);
  g_free (place);
}

/**
 * be_event_cache_new:
 *
 * Returns: (transfer full): an empty cache.
 */
BeEventCache *
be_event_cache_new (void)
{
  BeEventCache *self = g_new0 (BeEventCache, 1);

  self->events = g_hash_table_new (NULL, NULL);

  return self;
}

/**
 * be_event_cache_free:
 *
 * Ends the cache. Events that are held stay.
 */
void
be_event_cache_free (BeEventCache *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->events, g_hash_table_unref);
  g_free (self);
}

/**
 * be_event_cache_dup_event:
 * @key: of the record, and of no other
 * @record: what the event is made of when there is none yet
 *
 * Returns: (transfer full): the event.
 */
BeEvent *
be_event_cache_dup_event (BeEventCache        *self,
                          guint32              key,
                          const BeEventRecord *record)
{
  BeEvent *event;
  Place   *place;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  event = g_hash_table_lookup (self->events, GUINT_TO_POINTER (key));
  if (event != NULL)
    return g_object_ref (event);

  event = be_event_new (record);
  place = g_new0 (Place, 1);
  place->events = g_hash_table_ref (self->events);
  place->key = key;
  g_hash_table_insert (self->events, GUINT_TO_POINTER (key), event);
  g_object_weak_ref (G_OBJECT (event), event_ended_cb, place);

  return event;
}
