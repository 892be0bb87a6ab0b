/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-row-heights.h"

#include <string.h>

#define ROWS_PER_CHUNK 256

typedef struct
{
  guint16 *heights;
  guint    length;
  guint    sum;

  /* What stands before this chunk: right for the first n_summed chunks. */
  guint  row;
  gint64 offset;
} Chunk;

struct _BeRowHeights
{
  GArray *chunks;
  guint   n_summed;

  guint  length;
  gint64 total;

  guint16 estimate;
};

static void
clear_chunk (gpointer data)
{
  Chunk *chunk = data;

  g_clear_pointer (&chunk->heights, g_free);
}

static Chunk *
get_chunk (BeRowHeights *self,
           guint         index)
{
  return &g_array_index (self->chunks, Chunk, index);
}

static guint16
clamp_height (guint height)
{
  return (guint16) MIN (height, G_MAXUINT16);
}

static void
sum_up (BeRowHeights *self)
{
  for (; self->n_summed < self->chunks->len; self->n_summed++)
    {
      Chunk *chunk = get_chunk (self, self->n_summed);

      chunk->row = 0;
      chunk->offset = 0;

      if (self->n_summed > 0)
        {
          const Chunk *before = chunk - 1;

          chunk->row = before->row + before->length;
          chunk->offset = before->offset + before->sum;
        }
    }
}

static void
forget_sums_from (BeRowHeights *self,
                  guint         index)
{
  self->n_summed = MIN (self->n_summed, index);
}

/* The chunk that has @row; the number of chunks when there is no such row. */
static guint
find_chunk_of_row (BeRowHeights *self,
                   guint         row)
{
  guint low = 0;
  guint high = self->chunks->len;

  sum_up (self);

  while (low < high)
    {
      guint        middle = low + (high - low) / 2;
      const Chunk *chunk = get_chunk (self, middle);

      if (chunk->row + chunk->length <= row)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static guint
sum_of (const guint16 *heights,
        guint          n_heights)
{
  guint sum = 0;

  for (guint i = 0; i < n_heights; i++)
    sum += heights[i];

  return sum;
}

/* Cuts a chunk in two where needed, so that @row is the first of one. */
static guint
split_before (BeRowHeights *self,
              guint         row)
{
  guint  index = find_chunk_of_row (self, row);
  Chunk *chunk;
  Chunk  tail = { 0 };
  guint  n_kept;

  if (index == self->chunks->len)
    return index;

  chunk = get_chunk (self, index);
  n_kept = row - chunk->row;
  if (n_kept == 0)
    return index;

  tail.heights = g_new (guint16, ROWS_PER_CHUNK);
  tail.length = chunk->length - n_kept;
  memcpy (tail.heights, chunk->heights + n_kept, tail.length * sizeof (guint16));
  tail.sum = sum_of (tail.heights, tail.length);
  chunk->length = n_kept;
  chunk->sum -= tail.sum;

  g_array_insert_val (self->chunks, index + 1, tail);
  forget_sums_from (self, index + 1);

  return index + 1;
}

static void
fill (BeRowHeights *self,
      Chunk        *chunk,
      guint         n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    chunk->heights[chunk->length + i] = self->estimate;

  chunk->length += n_rows;
  chunk->sum += n_rows * self->estimate;
}

static void
insert_rows (BeRowHeights *self,
             guint         index,
             guint         n_rows)
{
  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (Chunk));

  if (index > 0)
    {
      Chunk *before = get_chunk (self, index - 1);
      guint  n_fitting = MIN (n_rows, ROWS_PER_CHUNK - before->length);

      fill (self, before, n_fitting);
      n_rows -= n_fitting;
    }

  while (n_rows > 0)
    {
      guint n_fitting = MIN (n_rows, ROWS_PER_CHUNK);
      Chunk chunk = { .heights = g_new (guint16, ROWS_PER_CHUNK) };

      fill (self, &chunk, n_fitting);
      g_array_append_val (added, chunk);
      n_rows -= n_fitting;
    }

  if (added->len > 0)
    g_array_insert_vals (self->chunks, index, added->data, added->len);
}

/**
 * be_row_heights_new:
 * @estimate: what a row counts that nobody has measured
 *
 * Returns: (transfer full): heights of no rows
 */
BeRowHeights *
be_row_heights_new (guint estimate)
{
  BeRowHeights *self = g_new0 (BeRowHeights, 1);

  self->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  g_array_set_clear_func (self->chunks, clear_chunk);
  self->estimate = clamp_height (estimate);

  return self;
}

void
be_row_heights_free (BeRowHeights *self)
{
  g_array_unref (self->chunks);
  g_free (self);
}

/**
 * be_row_heights_reset:
 * @self: the heights
 * @estimate: what each row counts from now on, until it is measured
 *
 * Forgets what was measured, for another width or font. The rows stay.
 */
void
be_row_heights_reset (BeRowHeights *self,
                      guint         estimate)
{
  guint length;

  g_return_if_fail (self != NULL);

  length = self->length;
  be_row_heights_splice (self, 0, length, 0);
  self->estimate = clamp_height (estimate);
  be_row_heights_splice (self, 0, 0, length);
}

/**
 * be_row_heights_splice:
 * @self: the heights
 * @position: the first row concerned
 * @n_removed: how many rows go from there
 * @n_added: how many come instead, with the estimate
 *
 * Follows a list model. Costs one step per 256 rows, wherever it happens.
 */
void
be_row_heights_splice (BeRowHeights *self,
                       guint         position,
                       guint         n_removed,
                       guint         n_added)
{
  guint  first;
  gint64 removed_height;

  g_return_if_fail (self != NULL);
  g_return_if_fail (position <= self->length);
  g_return_if_fail (n_removed <= self->length - position);

  removed_height = be_row_heights_get_offset (self, position + n_removed) -
                   be_row_heights_get_offset (self, position);

  first = split_before (self, position);
  if (n_removed > 0)
    {
      guint end = split_before (self, position + n_removed);

      g_array_remove_range (self->chunks, first, end - first);
    }
  forget_sums_from (self, first);
  insert_rows (self, first, n_added);

  self->length += n_added;
  self->length -= n_removed;
  self->total += (gint64) n_added * self->estimate - removed_height;
}

guint
be_row_heights_get_length (BeRowHeights *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

gint64
be_row_heights_get_total (BeRowHeights *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->total;
}

guint
be_row_heights_get (BeRowHeights *self,
                    guint         row)
{
  const Chunk *chunk;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->length, 0);

  chunk = get_chunk (self, find_chunk_of_row (self, row));

  return chunk->heights[row - chunk->row];
}

/**
 * be_row_heights_set:
 * @self: the heights
 * @row: a row
 * @height: what it takes, as measured
 */
void
be_row_heights_set (BeRowHeights *self,
                    guint         row,
                    guint         height)
{
  guint   index;
  Chunk  *chunk;
  guint16 before;
  guint16 after = clamp_height (height);

  g_return_if_fail (self != NULL);
  g_return_if_fail (row < self->length);

  index = find_chunk_of_row (self, row);
  chunk = get_chunk (self, index);
  before = chunk->heights[row - chunk->row];
  if (before == after)
    return;

  chunk->heights[row - chunk->row] = after;
  chunk->sum = chunk->sum - before + after;
  self->total += (gint64) after - before;
  forget_sums_from (self, index + 1);
}

/**
 * be_row_heights_get_offset:
 * @self: the heights
 * @row: a row, or the number of rows
 *
 * Returns: what all rows before @row take together
 */
gint64
be_row_heights_get_offset (BeRowHeights *self,
                           guint         row)
{
  const Chunk *chunk;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row <= self->length, 0);

  if (row == self->length)
    return self->total;

  chunk = get_chunk (self, find_chunk_of_row (self, row));

  return chunk->offset + sum_of (chunk->heights, row - chunk->row);
}

/**
 * be_row_heights_find:
 * @self: the heights of one row at least
 * @offset: a place, counted from the top of the first row
 *
 * Returns: the row that has this place; the first or the last for a place
 *   above or below all
 */
guint
be_row_heights_find (BeRowHeights *self,
                     gint64        offset)
{
  const Chunk *chunk;
  guint        low = 0;
  guint        high;
  guint        row = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (self->length > 0, 0);

  if (offset >= self->total)
    return self->length - 1;

  sum_up (self);

  /* The last chunk that begins at or above the place. */
  high = self->chunks->len - 1;
  while (low < high)
    {
      guint middle = low + (high - low + 1) / 2;

      if (get_chunk (self, middle)->offset <= offset)
        low = middle;
      else
        high = middle - 1;
    }

  chunk = get_chunk (self, low);
  offset -= chunk->offset;
  while (row + 1 < chunk->length && offset >= chunk->heights[row])
    offset -= chunk->heights[row++];

  return chunk->row + row;
}
