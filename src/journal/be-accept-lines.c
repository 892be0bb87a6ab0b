/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-accept-lines.h"

struct _BeAcceptLines
{
  GHashTable *lines; /* path → GQueue, owned; none is empty */
};

BeAcceptLines *
be_accept_lines_new (void)
{
  BeAcceptLines *self = g_new0 (BeAcceptLines, 1);

  self->lines = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_queue_free);

  return self;
}

void
be_accept_lines_free (BeAcceptLines *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->lines);
  g_free (self);
}

/**
 * be_accept_lines_join:
 * @path: the quark of a path
 * @who: unowned, until it leaves
 *
 * Returns: (transfer none): its place, to leave by
 */
GList *
be_accept_lines_join (BeAcceptLines *self,
                      guint32        path,
                      gpointer       who)
{
  GQueue *line;

  g_return_val_if_fail (self != NULL, NULL);

  line = g_hash_table_lookup (self->lines, GUINT_TO_POINTER (path));
  if (line == NULL)
    {
      line = g_queue_new ();
      g_hash_table_insert (self->lines, GUINT_TO_POINTER (path), line);
    }

  g_queue_push_tail (line, who);

  return g_queue_peek_tail_link (line);
}

/**
 * be_accept_lines_leave:
 * @place: what be_accept_lines_join () returned for the same path
 */
void
be_accept_lines_leave (BeAcceptLines *self,
                       guint32        path,
                       GList         *place)
{
  GQueue *line;

  g_return_if_fail (self != NULL);

  line = g_hash_table_lookup (self->lines, GUINT_TO_POINTER (path));
  g_return_if_fail (line != NULL);

  g_queue_delete_link (line, place);
  if (g_queue_is_empty (line))
    g_hash_table_remove (self->lines, GUINT_TO_POINTER (path));
}

/**
 * be_accept_lines_get_first:
 *
 * Returns: (transfer none) (nullable): who has waited longest
 */
gpointer
be_accept_lines_get_first (BeAcceptLines *self,
                           guint32        path)
{
  GQueue *line;

  g_return_val_if_fail (self != NULL, NULL);

  line = g_hash_table_lookup (self->lines, GUINT_TO_POINTER (path));

  return line != NULL ? g_queue_peek_head (line) : NULL;
}
