/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-pending-news.h"

struct _BePendingNews
{
  gint        has_news; /* atomic, so that a turn without any costs no lock */
  GMutex      lock;     /* of the next */
  GHashTable *latest;   /* session's id → GPtrArray of BePendingCall */
};

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
}

BePendingNews *
be_pending_news_new (void)
{
  BePendingNews *self = g_new0 (BePendingNews, 1);

  g_mutex_init (&self->lock);
  self->latest = make_table ();

  return self;
}

void
be_pending_news_free (BePendingNews *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->latest);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * be_pending_news_put:
 * @calls: (transfer full): all that is pending of this session now
 */
void
be_pending_news_put (BePendingNews *self,
                     guint32        session_id,
                     GPtrArray     *calls)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->latest, GUINT_TO_POINTER (session_id), calls);
  g_atomic_int_set (&self->has_news, TRUE);
  g_mutex_unlock (&self->lock);
}

/**
 * be_pending_news_take:
 *
 * Returns: (transfer full) (nullable): session's id → GPtrArray, of those that
 *   have changed since the last time; %NULL when none has
 */
GHashTable *
be_pending_news_take (BePendingNews *self)
{
  GHashTable *taken;

  g_return_val_if_fail (self != NULL, NULL);

  if (!g_atomic_int_get (&self->has_news))
    return NULL;

  g_mutex_lock (&self->lock);
  taken = self->latest;
  self->latest = make_table ();
  g_atomic_int_set (&self->has_news, FALSE);
  g_mutex_unlock (&self->lock);

  return taken;
}
