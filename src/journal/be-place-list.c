/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-place-list.h"

/* How many places in front are worth moving the rest to the front. */
#define MIN_COMPACTED 1024u

/* Places and base go round at 2³²; their differences are right. */
struct _BePlaceList
{
  GArray *places; /* of guint32 */
  guint   first;  /* how many at the front are gone */
  guint32 base;   /* the place of position 0 */
};

static void
compact (BePlaceList *self)
{
  g_array_remove_range (self->places, 0, self->first);
  self->first = 0;
}

/**
 * be_place_list_new:
 *
 * Returns: (transfer full): an empty list.
 */
BePlaceList *
be_place_list_new (void)
{
  BePlaceList *self = g_new0 (BePlaceList, 1);

  self->places = g_array_new (FALSE, FALSE, sizeof (guint32));

  return self;
}

/**
 * be_place_list_free:
 *
 * Ends the list.
 */
void
be_place_list_free (BePlaceList *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->places, g_array_unref);
  g_free (self);
}

/**
 * be_place_list_get_length:
 *
 * Returns: how many positions there are.
 */
guint
be_place_list_get_length (BePlaceList *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->places->len - self->first;
}

/**
 * be_place_list_get:
 * @index: less than the length
 *
 * Returns: the position, as it is now.
 */
guint
be_place_list_get (BePlaceList *self,
                   guint        index)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (index < be_place_list_get_length (self), 0);

  return g_array_index (self->places, guint32, self->first + index) - self->base;
}

/**
 * be_place_list_clear:
 *
 * Forgets all positions.
 */
void
be_place_list_clear (BePlaceList *self)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (self->places, 0);
  self->first = 0;
}

/**
 * be_place_list_append:
 * @position: greater than all others
 */
void
be_place_list_append (BePlaceList *self,
                      guint        position)
{
  guint32 place;

  g_return_if_fail (self != NULL);

  place = self->base + position;
  g_array_append_val (self->places, place);
}

/**
 * be_place_list_insert:
 * @n_items: how many items came before all others
 * @positions: those of them that are wanted
 */
void
be_place_list_insert (BePlaceList *self,
                      guint        n_items,
                      BePlaceList *positions)
{
  g_autoptr (GArray) places = NULL;
  guint n;
  guint i;

  g_return_if_fail (self != NULL);
  g_return_if_fail (positions != NULL);

  self->base -= n_items;
  n = be_place_list_get_length (positions);
  places = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);
  for (i = 0; i < n; i++)
    {
      guint32 place = self->base + be_place_list_get (positions, i);

      g_array_append_val (places, place);
    }

  compact (self);
  g_array_prepend_vals (self->places, places->data, n);
}

/**
 * be_place_list_remove:
 * @n_items: how many items fell off the front
 *
 * Returns: how many of them had a position here.
 */
guint
be_place_list_remove (BePlaceList *self,
                      guint        n_items)
{
  guint n_removed = 0;
  guint length;

  g_return_val_if_fail (self != NULL, 0);

  length = be_place_list_get_length (self);
  while (n_removed < length && be_place_list_get (self, n_removed) < n_items)
    n_removed++;

  self->base += n_items;
  self->first += n_removed;
  if (self->first >= MIN_COMPACTED && self->first > self->places->len / 2)
    compact (self);

  return n_removed;
}
