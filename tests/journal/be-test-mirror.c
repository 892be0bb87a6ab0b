/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-mirror.h"

static void
insert_items (BeTestMirror *self,
              guint         position,
              guint         n)
{
  guint i;

  for (i = 0; i < n; i++)
    {
      gpointer item = g_list_model_get_item (self->model, position + i);

      g_assert_nonnull (item);
      g_ptr_array_insert (self->items, (int) (position + i), item);
    }
}

static void
items_changed_cb (GListModel   *model,
                  guint         position,
                  guint         removed,
                  guint         added,
                  BeTestMirror *self)
{
  g_assert_cmpuint (removed + added, >, 0);
  g_assert_cmpuint (position + removed, <=, self->items->len);

  if (removed > 0)
    g_ptr_array_remove_range (self->items, position, removed);
  insert_items (self, position, added);

  self->n_signals++;
  be_test_mirror_check (self);
}

BeTestMirror *
be_test_mirror_new (GListModel *model)
{
  BeTestMirror *self = g_new0 (BeTestMirror, 1);

  self->model = g_object_ref (model);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  insert_items (self, 0, g_list_model_get_n_items (model));
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);

  return self;
}

void
be_test_mirror_free (BeTestMirror *self)
{
  g_signal_handlers_disconnect_by_data (self->model, self);
  g_ptr_array_unref (self->items);
  g_object_unref (self->model);
  g_free (self);
}

/* Item by item: the same objects at the same places, and nothing behind. */
void
be_test_mirror_check (BeTestMirror *self)
{
  guint i;

  g_assert_cmpuint (g_list_model_get_n_items (self->model), ==, self->items->len);

  for (i = 0; i < self->items->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->model, i);

      g_assert_true (item == g_ptr_array_index (self->items, i));
    }

  g_assert_null (g_list_model_get_item (self->model, self->items->len));
}
