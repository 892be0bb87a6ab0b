/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-deadlines.h"

#include "be-hot.h"

struct _BeDeadlines
{
  GPtrArray *set;
};

BeDeadlines *
be_deadlines_new (void)
{
  BeDeadlines *self = g_new0 (BeDeadlines, 1);

  self->set = g_ptr_array_new ();

  return self;
}

void
be_deadlines_free (BeDeadlines *self)
{
  g_return_if_fail (self != NULL);

  if (self->set->len > 0)
    g_warning ("%u deadlines are still set at the end", self->set->len);

  g_ptr_array_unref (self->set);
  g_free (self);
}

/**
 * be_deadlines_set:
 * @deadline: replaced when it is set already
 * @time: g_get_monotonic_time (), µs
 *
 * Has @func called once, from be_deadlines_run (), when the time has come.
 */
void
be_deadlines_set (BeDeadlines   *self,
                  BeDeadline    *deadline,
                  gint64         time,
                  BeDeadlineFunc func,
                  gpointer       data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (deadline != NULL);
  g_return_if_fail (time > 0);

  be_deadlines_cancel (self, deadline);
  deadline->time = time;
  deadline->func = func;
  deadline->data = data;
  g_ptr_array_add (self->set, deadline);
}

void
be_deadlines_cancel (BeDeadlines *self,
                     BeDeadline  *deadline)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (deadline != NULL);

  if (deadline->time == 0)
    return;

  g_ptr_array_remove_fast (self->set, deadline);
  deadline->time = 0;
}

static BeDeadline *
find_next (BeDeadlines *self)
{
  BeDeadline *next = NULL;

  for (guint i = 0; i < self->set->len; i++)
    {
      BeDeadline *deadline = g_ptr_array_index (self->set, i);

      if (next == NULL || deadline->time < next->time)
        next = deadline;
    }

  return next;
}

/**
 * be_deadlines_run:
 *
 * Calls everybody whose time has come.
 *
 * Returns: µs until the next, or -1 when there is none
 */
BE_HOT gint64
be_deadlines_run (BeDeadlines *self)
{
  BeDeadline *next;

  g_return_val_if_fail (self != NULL, -1);

  while ((next = find_next (self)) != NULL)
    {
      gint64 now = g_get_monotonic_time ();

      if (next->time > now)
        return next->time - now;

      be_deadlines_cancel (self, next);
      next->func (next->data);
    }

  return -1;
}
