/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-place-list.h"

#include <string.h>

#define MIN_CAPACITY 256u

/* Places and base go round at 2³²; their differences are right. */
struct _BePlaceList
{
  guint32 *places;
  guint    capacity;
  guint    begin; /* free room is before it, and from the end on */
  guint    end;

  guint32 base; /* the place of position 0 */
};

/* Makes room for @n_before places at the front and @n_behind at the end. Half
 * as much again as there is, and what is free at the other end stays as far as
 * it is no waste, so that growing costs the same at either end. */
static void
reserve (BePlaceList *self,
         guint        n_before,
         guint        n_behind)
{
  guint    length = self->end - self->begin;
  guint    room = MAX (length / 2, MIN_CAPACITY);
  guint    before = MIN (self->begin, room);
  guint    behind = MIN (self->capacity - self->end, room);
  guint32 *places;

  if (n_before <= self->begin && n_behind <= self->capacity - self->end)
    return;

  if (n_before > self->begin)
    before = n_before + room;
  if (n_behind > self->capacity - self->end)
    behind = n_behind + room;

  places = g_new (guint32, before + length + behind);
  if (length > 0)
    memcpy (places + before, self->places + self->begin, length * sizeof *places);
  g_free (self->places);

  self->places = places;
  self->capacity = before + length + behind;
  self->begin = before;
  self->end = before + length;
}

static void
store (BePlaceList   *self,
       guint          begin,
       const guint32 *positions,
       guint          n)
{
  guint i;

  for (i = 0; i < n; i++)
    self->places[begin + i] = self->base + positions[i];
}

/**
 * be_place_list_new:
 *
 * Returns: (transfer full): an empty list.
 */
BePlaceList *
be_place_list_new (void)
{
  return g_new0 (BePlaceList, 1);
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

  g_free (self->places);
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

  return self->end - self->begin;
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
  g_return_val_if_fail (index < self->end - self->begin, 0);

  return self->places[self->begin + index] - self->base;
}

/**
 * be_place_list_clear:
 *
 * Forgets all positions, and gives their memory back.
 */
void
be_place_list_clear (BePlaceList *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->places, g_free);
  self->capacity = self->begin = self->end = 0;
}

/**
 * be_place_list_reserve_front:
 * @n: how many positions may be prepended
 *
 * Makes room once, where it would be made often. Memory that is not used after
 * all is only address space on most systems.
 */
void
be_place_list_reserve_front (BePlaceList *self,
                             guint        n)
{
  g_return_if_fail (self != NULL);

  reserve (self, n, 0);
}

/**
 * be_place_list_append:
 * @positions: in rising order, greater than all others
 */
void
be_place_list_append (BePlaceList   *self,
                      const guint32 *positions,
                      guint          n)
{
  g_return_if_fail (self != NULL);

  reserve (self, 0, n);
  store (self, self->end, positions, n);
  self->end += n;
}

/**
 * be_place_list_prepend:
 * @positions: in rising order, less than all others
 */
void
be_place_list_prepend (BePlaceList   *self,
                       const guint32 *positions,
                       guint          n)
{
  g_return_if_fail (self != NULL);

  reserve (self, n, 0);
  self->begin -= n;
  store (self, self->begin, positions, n);
}

/**
 * be_place_list_insert_items:
 * @n_items: how many items came before all others
 *
 * Moves all positions up.
 */
void
be_place_list_insert_items (BePlaceList *self,
                            guint        n_items)
{
  g_return_if_fail (self != NULL);

  self->base -= n_items;
}

/**
 * be_place_list_remove_items:
 * @n_items: how many items fell off the front
 *
 * Moves the positions down, and forgets those of items that fell off.
 *
 * Returns: how many were forgotten.
 */
guint
be_place_list_remove_items (BePlaceList *self,
                            guint        n_items)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (self != NULL, 0);

  high = self->end - self->begin;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (be_place_list_get (self, middle) < n_items)
        low = middle + 1;
      else
        high = middle;
    }

  self->begin += low;
  self->base += n_items;

  return low;
}
