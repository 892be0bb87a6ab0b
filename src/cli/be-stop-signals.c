/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stop-signals.h"

#include <signal.h>
#ifdef G_OS_UNIX
#include <glib-unix.h>
#endif

#ifdef G_OS_UNIX
static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

struct _BeStopSignals
{
  BeStopSignalsFunc asked;
  gpointer          user_data;

  guint sources[G_N_ELEMENTS (numbers)];
};

static gboolean
signal_cb (gpointer user_data)
{
  BeStopSignals *self = user_data;

  self->asked (self->user_data);

  return G_SOURCE_CONTINUE;
}

/* nohup(1) means it. For SIGINT it is what shells do to all that they start
 * in the background, and says nothing. */
static gboolean
is_to_be_left_alone (int number)
{
  struct sigaction before;

  return number == SIGHUP && sigaction (number, NULL, &before) == 0 && before.sa_handler == SIG_IGN;
}

/**
 * be_stop_signals_new:
 * @asked: called from the main loop at each signal
 *
 * Also lets a write to a pipe that nobody reads fail, instead of ending the
 * program (SIGPIPE, signal(7)).
 *
 * Returns: (transfer full): the signals
 */
BeStopSignals *
be_stop_signals_new (BeStopSignalsFunc asked,
                     gpointer          user_data)
{
  BeStopSignals *self = g_new0 (BeStopSignals, 1);

  self->asked = asked;
  self->user_data = user_data;
  signal (SIGPIPE, SIG_IGN);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (!is_to_be_left_alone (numbers[i]))
        self->sources[i] = g_unix_signal_add (numbers[i], signal_cb, self);
    }

  return self;
}

void
be_stop_signals_free (BeStopSignals *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_clear_handle_id (&self->sources[i], g_source_remove);
  g_free (self);
}
#else
struct _BeStopSignals
{
  gint unused;
};

/* Ctrl+C ends a program on Windows, and the system closes its sockets. */
BeStopSignals *
be_stop_signals_new (BeStopSignalsFunc asked,
                     gpointer          user_data)
{
  return g_new0 (BeStopSignals, 1);
}

void
be_stop_signals_free (BeStopSignals *self)
{
  g_return_if_fail (self != NULL);

  g_free (self);
}
#endif
