/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes a picture of the ladder while the window goes on: a thread looks for
 * the fonts, then it is drawn in short slices between the frames, and at last a
 * thread puts it on paper. One of the three at a time. */

#include "be-ladder-printer.h"

#include "be-ladder-paper.h"

/* Of a frame of 16 ms, what the window does not miss. */
#define SLICE_MICROSECONDS 4000

static void
print_cb (GTask        *task,
          gpointer      source,
          gpointer      picture,
          GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = be_ladder_paper_print (picture, cancellable, &error);

  be_ladder_picture_forget_drawing (picture);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
draw_cb (gpointer user_data)
{
  GTask           *task = user_data;
  BeLadderPicture *picture = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  if (!be_ladder_picture_work (picture, g_get_monotonic_time () + SLICE_MICROSECONDS))
    return G_SOURCE_CONTINUE;

  g_task_run_in_thread (task, print_cb);

  return G_SOURCE_REMOVE;
}

static void
load_cb (GTask        *loading,
         gpointer      source,
         gpointer      picture,
         GCancellable *cancellable)
{
  be_ladder_picture_load_fonts (picture);
  g_task_return_boolean (loading, TRUE);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      task)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, draw_cb, task, g_object_unref);
}

/**
 * be_ladder_printer_print_async:
 * @filter: the rows, at least one; how they are now is what is printed
 * @format: what the file is to be
 */
void
be_ladder_printer_print_async (BeJournalFilter    *filter,
                               BeLadderFormat      format,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  GTask *task;
  g_autoptr (GTask) loading = NULL;

  g_return_if_fail (BE_IS_JOURNAL_FILTER (filter));
  g_return_if_fail (g_list_model_get_n_items (G_LIST_MODEL (filter)) > 0);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, be_ladder_printer_print_async);
  g_task_set_task_data (task, be_ladder_picture_new (filter, format), g_object_unref);

  loading = g_task_new (NULL, NULL, loaded_cb, task);
  g_task_set_task_data (loading, g_object_ref (g_task_get_task_data (task)), g_object_unref);
  g_task_run_in_thread (loading, load_cb);
}

/**
 * be_ladder_printer_print_finish:
 * @n_rows: (out) (optional): how many rows there are in the file
 * @n_left_out: (out) (optional): how many older ones it has no room for
 *
 * Returns: (transfer full) (nullable): the file, as bytes
 */
GBytes *
be_ladder_printer_print_finish (GAsyncResult *result,
                                guint        *n_rows,
                                guint        *n_left_out,
                                GError      **error)
{
  BeLadderPicture *picture;
  GBytes          *bytes;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  bytes = g_task_propagate_pointer (G_TASK (result), error);
  if (bytes == NULL)
    return NULL;

  picture = g_task_get_task_data (G_TASK (result));
  if (n_rows != NULL)
    *n_rows = be_ladder_picture_get_n_rows (picture);
  if (n_left_out != NULL)
    *n_left_out = be_ladder_picture_get_n_left_out (picture);

  return bytes;
}
