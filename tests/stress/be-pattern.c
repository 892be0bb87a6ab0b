/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-pattern.h"

#include "be-test-peer.h"

/* The largest prime below 1 MiB. */
#define PERIOD_BYTES 1048573

struct _BePattern
{
  GBytes *bytes;
  GBytes *answer;
};

/* Another one each time, of the test's seed. */
BePattern *
be_pattern_new (void)
{
  BePattern *self = g_new0 (BePattern, 1);

  self->bytes = be_test_random_bytes (PERIOD_BYTES);
  self->answer = be_test_upper_case (self->bytes);

  return self;
}

void
be_pattern_free (BePattern *self)
{
  g_bytes_unref (self->bytes);
  g_bytes_unref (self->answer);
  g_free (self);
}

static const guint8 *
find (GBytes *bytes,
      guint64 position,
      gsize   at_most,
      gsize  *length)
{
  const guint8 *all = g_bytes_get_data (bytes, NULL);
  const gsize   offset = (gsize) (position % PERIOD_BYTES);

  *length = MIN (at_most, PERIOD_BYTES - offset);

  return all + offset;
}

/**
 * be_pattern_get:
 * @length: (out): how many bytes of the stream stand there, at least one
 *
 * Returns: (transfer none): the bytes from @position on
 */
const guint8 *
be_pattern_get (BePattern *self,
                guint64    position,
                gsize      at_most,
                gsize     *length)
{
  return find (self->bytes, position, at_most, length);
}

static void
compare (GBytes       *pattern,
         guint64       position,
         const guint8 *bytes,
         gsize         length)
{
  while (length > 0)
    {
      gsize         n_bytes;
      const guint8 *expected = find (pattern, position, length, &n_bytes);

      g_assert_cmpmem (bytes, n_bytes, expected, n_bytes);
      position += n_bytes;
      bytes += n_bytes;
      length -= n_bytes;
    }
}

/**
 * be_pattern_check:
 *
 * Asserts that these are the bytes from @position on.
 */
void
be_pattern_check (BePattern    *self,
                  guint64       position,
                  const guint8 *bytes,
                  gsize         length)
{
  compare (self->bytes, position, bytes, length);
}

/**
 * be_pattern_check_answer:
 *
 * The same for the stream in capital letters.
 */
void
be_pattern_check_answer (BePattern    *self,
                         guint64       position,
                         const guint8 *bytes,
                         gsize         length)
{
  compare (self->answer, position, bytes, length);
}
