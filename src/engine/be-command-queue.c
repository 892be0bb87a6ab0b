/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-command-queue.h"

#include "be-hot.h"

typedef struct
{
  BeNetworkFunc func;
  gpointer      data;
} Command;

struct _BeCommandQueue
{
  gint    has_posted; /* atomic, so that a turn without a command costs no lock */
  GMutex  lock;       /* of @posted */
  GArray *posted;
  GArray *running;
};

BeCommandQueue *
be_command_queue_new (void)
{
  BeCommandQueue *self = g_new0 (BeCommandQueue, 1);

  g_mutex_init (&self->lock);
  self->posted = g_array_new (FALSE, FALSE, sizeof (Command));
  self->running = g_array_new (FALSE, FALSE, sizeof (Command));

  return self;
}

void
be_command_queue_free (BeCommandQueue *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->posted);
  g_array_unref (self->running);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * be_command_queue_post:
 *
 * Has @func called with @data after everything that was posted before. From
 * any thread.
 */
void
be_command_queue_post (BeCommandQueue *self,
                       BeNetworkFunc   func,
                       gpointer        data)
{
  Command command = { func, data };

  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  g_mutex_lock (&self->lock);
  g_array_append_val (self->posted, command);
  g_atomic_int_set (&self->has_posted, TRUE);
  g_mutex_unlock (&self->lock);
}

/**
 * be_command_queue_run:
 *
 * Does what was posted before the call.
 */
BE_HOT void
be_command_queue_run (BeCommandQueue *self)
{
  GArray *taken;

  g_return_if_fail (self != NULL);

  if (!g_atomic_int_get (&self->has_posted))
    return;

  g_mutex_lock (&self->lock);
  taken = self->posted;
  self->posted = self->running;
  self->running = taken;
  g_atomic_int_set (&self->has_posted, FALSE);
  g_mutex_unlock (&self->lock);

  for (guint i = 0; i < taken->len; i++)
    {
      const Command *command = &g_array_index (taken, Command, i);

      command->func (command->data);
    }
  g_array_set_size (taken, 0);
}
