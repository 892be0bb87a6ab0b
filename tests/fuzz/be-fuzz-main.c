/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Stands in for libFuzzer where that is not: gives the fuzzer every file of
 * the corpus, and then random changes of them, the same in every run. A file
 * for an argument is given alone, as libFuzzer does. */

#include "be-fuzz.h"

#include <string.h>

#define SEED 20260101
#define N_CHANGED 10000
#define MAX_CHANGES 8
#define MAX_BYTES 4096
#define TIME_LIMIT_USEC G_USEC_PER_SEC

/* What parsers look at. */
static const char interesting[] = "\\x0u{}[]:.%\"'<>-+ \t\r\n\x7f\x80\xc2\xe2\xed\xf0\xff";

/* A copy of just the size, so that a sanitizer sees each byte read behind it. */
static void
give (const guint8 *bytes,
      gsize         size)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, size);

  LLVMFuzzerTestOneInput (copy, size);
}

static void
load (GPtrArray  *corpus,
      const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize size;

  if (!g_file_get_contents (path, &contents, &size, &error))
    g_error ("%s", error->message);

  g_ptr_array_add (corpus, g_byte_array_new_take ((guint8 *) contents, size));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of their names: a directory has none of its own. */
static void
load_directory (GPtrArray  *corpus,
                const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) directory = g_dir_open (path, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  guint       i;

  if (directory == NULL)
    g_error ("%s", error->message);

  while ((name = g_dir_read_name (directory)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);

  for (i = 0; i < names->len; i++)
    load (corpus, g_ptr_array_index (names, i));
}

static void
change_once (GByteArray       *bytes,
             const GByteArray *other,
             GRand            *random)
{
  guint  at = (guint) g_rand_int_range (random, 0, (gint32) bytes->len + 1);
  guint  length = (guint) g_rand_int_range (random, 0, (gint32) (bytes->len - at) + 1);
  guint8 byte = (guint8) g_rand_int_range (random, 0, 256);

  if (g_rand_boolean (random))
    byte = (guint8) interesting[byte % (sizeof interesting - 1)];

  switch (g_rand_int_range (random, 0, 5))
    {
    case 0: /* takes a part out */
      g_byte_array_remove_range (bytes, at, length);
      break;
    case 1: /* cuts the end off */
      g_byte_array_set_size (bytes, at);
      break;
    case 2: /* puts the end of another behind a part of this */
      g_byte_array_set_size (bytes, at);
      g_byte_array_append (bytes, other->data + MIN (at, other->len), other->len - MIN (at, other->len));
      break;
    case 3: /* makes room for a byte */
      g_byte_array_append (bytes, &byte, 1);
      memmove (bytes->data + at + 1, bytes->data + at, bytes->len - at - 1);
      bytes->data[at] = byte;
      break;
    default: /* replaces one */
      if (at < bytes->len)
        bytes->data[at] = byte;
      break;
    }
}

static void
give_changed (GPtrArray *corpus,
              GRand     *random)
{
  const GByteArray *first = corpus->pdata[g_rand_int_range (random, 0, (gint32) corpus->len)];
  const GByteArray *second = corpus->pdata[g_rand_int_range (random, 0, (gint32) corpus->len)];
  gint32            n = g_rand_int_range (random, 1, MAX_CHANGES + 1);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, first->data, first->len);
  while (n-- > 0)
    change_once (bytes, second, random);

  give (bytes->data, MIN (bytes->len, MAX_BYTES));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  gboolean is_alone = argc == 2 && g_file_test (argv[1], G_FILE_TEST_IS_REGULAR);
  gint64   deadline;
  guint    i;

  for (i = 1; i < (guint) argc; i++)
    if (is_alone)
      load (corpus, argv[i]);
    else
      load_directory (corpus, argv[i]);

  if (corpus->len == 0)
    g_error ("usage: %s CORPUS-DIRECTORY... | FILE", argv[0]);

  give (NULL, 0);
  for (i = 0; i < corpus->len; i++)
    give (((GByteArray *) corpus->pdata[i])->data, ((GByteArray *) corpus->pdata[i])->len);

  deadline = g_get_monotonic_time () + TIME_LIMIT_USEC;
  for (i = 0; i < N_CHANGED && !is_alone && g_get_monotonic_time () < deadline; i++)
    give_changed (corpus, random);

  return 0;
}
