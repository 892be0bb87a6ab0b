/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-poller.h"

#define SAME_TIME_MICROSECONDS 1000

/**
 * GlibPoller:
 *
 * Every system: a GMainContext of its own with one source for each socket.
 * Slower with many sockets, because a context walks all its sources, but it
 * runs wherever GLib does.
 */
typedef struct
{
  BePoller parent;

  GMainContext *context;
  GSource      *timer; /* ends a wait; armed by it */
} GlibPoller;

static gboolean
socket_ready_cb (BeSocket     socket,
                 GIOCondition condition,
                 gpointer     user_data)
{
  BePollerWatch *watch = user_data;

  watch->func (watch->user_data, condition);

  return G_SOURCE_CONTINUE;
}

static void
glib_poller_change (BePoller      *poller,
                    BePollerWatch *watch,
                    GIOCondition   previous)
{
  GlibPoller *self = (GlibPoller *) poller;

  if (watch->source != NULL)
    {
      g_source_destroy (watch->source);
      g_clear_pointer (&watch->source, g_source_unref);
    }

  if (watch->conditions == 0)
    return;

  watch->source = be_socket_create_source (watch->socket, watch->conditions);
  g_source_set_callback (watch->source, G_SOURCE_FUNC (socket_ready_cb), watch, NULL);
  /* Without this GLib rebuilds its poll set around every dispatch; no
   * callback here runs a nested loop. */
  g_source_set_can_recurse (watch->source, TRUE);
  g_source_attach (watch->source, self->context);
}

static gboolean
timer_dispatch_cb (GSource    *source,
                   GSourceFunc callback,
                   gpointer    user_data)
{
  g_source_set_ready_time (source, -1);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch_cb };

static void
glib_poller_wait (BePoller *poller,
                  gint64    timeout)
{
  GlibPoller *self = (GlibPoller *) poller;
  gint64      time = timeout >= 0 ? g_get_monotonic_time () + timeout : -1;
  gint64      difference = time - g_source_get_ready_time (self->timer);

  /* Setting a time wakes the context: one that differs by the time it took to
   * come here again stays, or it would wake itself over and over. */
  if (time < 0 || ABS (difference) > SAME_TIME_MICROSECONDS)
    g_source_set_ready_time (self->timer, time);
  g_main_context_iteration (self->context, TRUE);
}

static void
glib_poller_wake (BePoller *poller)
{
  GlibPoller *self = (GlibPoller *) poller;

  g_main_context_wakeup (self->context);
}

static void
glib_poller_free (BePoller *poller)
{
  GlibPoller *self = (GlibPoller *) poller;

  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_main_context_unref (self->context);
  g_free (self);
}

static const BePollerClass glib_poller_class = {
  .free = glib_poller_free,
  .change = glib_poller_change,
  .wait = glib_poller_wait,
  .wake = glib_poller_wake,
};

/**
 * be_poller_glib_new:
 *
 * Returns: (transfer full): a poller on GLib's sources
 */
BePoller *
be_poller_glib_new (void)
{
  GlibPoller *self = g_new0 (GlibPoller, 1);

  self->parent.klass = &glib_poller_class;
  self->context = g_main_context_new ();
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_attach (self->timer, self->context);

  return &self->parent;
}
