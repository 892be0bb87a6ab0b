/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-output.h"

#include <errno.h>
#ifdef G_OS_UNIX
#include <glib-unix.h>
#include <poll.h>
#include <unistd.h>
#else
#include <fcntl.h>
#include <io.h>
#endif

/* A pipe that is ready takes as many without waiting (PIPE_BUF, pipe(7)). */
#define PIECE_BYTES 4096

/* So that a fast reader does not keep the main loop from everything else. */
#define TURN_BYTES (1024u * 1024)

struct _BeOutput
{
  int          descriptor;
  BeOutputFunc changed;
  gpointer     user_data;

  GByteArray *waiting;
  gsize       offset; /* of what waits in @waiting */
  guint       source;
  gboolean    has_failed;
};

/* Waits at most so many milliseconds. */
static gboolean
is_ready (BeOutput *self,
          int       milliseconds)
{
#ifdef G_OS_UNIX
  struct pollfd descriptor = { .fd = self->descriptor, .events = POLLOUT };

  return poll (&descriptor, 1, milliseconds) > 0;
#else
  return TRUE;
#endif
}

/* Returns how many of the bytes went. */
static gsize
write_now (BeOutput     *self,
           const guint8 *bytes,
           gsize         length)
{
  gsize written = 0;

  while (written < length && written < TURN_BYTES && !self->has_failed && is_ready (self, 0))
    {
      gsize  piece = MIN (length - written, PIECE_BYTES);
      gssize n = write (self->descriptor, bytes + written, piece);

      if (n > 0)
        written += (gsize) n;
      else if (errno == EAGAIN)
        break;
      else if (errno != EINTR)
        self->has_failed = TRUE;
    }

  return written;
}

static void
write_waiting (BeOutput *self)
{
  self->offset += write_now (self, self->waiting->data + self->offset,
                             self->waiting->len - self->offset);

  /* What has gone goes from the array too, but not at each piece. */
  if (self->offset > self->waiting->len / 2 || self->has_failed)
    {
      g_byte_array_remove_range (self->waiting, 0, self->has_failed ? self->waiting->len : (guint) self->offset);
      self->offset = 0;
    }
}

#ifdef G_OS_UNIX
static gboolean
ready_cb (int          descriptor,
          GIOCondition condition,
          gpointer     user_data)
{
  BeOutput *self = user_data;

  write_waiting (self);
  if (be_output_get_waiting (self) > 0)
    return G_SOURCE_CONTINUE;

  self->source = 0;
  self->changed (self, self->user_data);

  return G_SOURCE_REMOVE;
}

static guint
watch (BeOutput *self)
{
  return g_unix_fd_add (self->descriptor, G_IO_OUT, ready_cb, self);
}
#else
static gboolean
ready_cb (gpointer user_data)
{
  BeOutput *self = user_data;

  write_waiting (self);
  if (be_output_get_waiting (self) > 0)
    return G_SOURCE_CONTINUE;

  self->source = 0;
  self->changed (self, self->user_data);

  return G_SOURCE_REMOVE;
}

static guint
watch (BeOutput *self)
{
  return g_idle_add (ready_cb, self);
}
#endif

/**
 * be_output_new:
 * @descriptor: 1 or 2; stays open
 * @changed: called from the main loop, never inside a call of this output
 *
 * Returns: (transfer full): an output to which nothing was written
 */
BeOutput *
be_output_new (int          descriptor,
               BeOutputFunc changed,
               gpointer     user_data)
{
  BeOutput *self = g_new0 (BeOutput, 1);

  self->descriptor = descriptor;
  self->changed = changed;
  self->user_data = user_data;
  self->waiting = g_byte_array_new ();
#ifdef G_OS_WIN32
  /* Or each LF would become two bytes. */
  _setmode (descriptor, _O_BINARY);
#endif

  return self;
}

/**
 * be_output_free:
 *
 * Forgets what waits still.
 */
void
be_output_free (BeOutput *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->waiting, g_byte_array_unref);
  g_free (self);
}

/**
 * be_output_write:
 *
 * Writes what goes at once and keeps the rest. Nothing after a failure.
 */
void
be_output_write (BeOutput     *self,
                 const guint8 *bytes,
                 gsize         length)
{
  gsize written = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || length == 0);

  if (self->has_failed)
    return;

  if (be_output_get_waiting (self) == 0)
    written = write_now (self, bytes, length);

  if (written < length)
    g_byte_array_append (self->waiting, bytes + written, (guint) (length - written));

  /* A failure is told from the main loop too. */
  if (written < length && self->source == 0)
    self->source = watch (self);
}

/**
 * be_output_get_waiting:
 *
 * Returns: the bytes that are not written yet
 */
gsize
be_output_get_waiting (BeOutput *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->waiting->len - self->offset;
}

/**
 * be_output_has_failed:
 *
 * Returns: whether nobody reads any more, or the disk is full
 */
gboolean
be_output_has_failed (BeOutput *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_failed;
}

/**
 * be_output_finish:
 * @microseconds: how long it may take
 *
 * Writes what waits, when the main loop does not run any more.
 */
void
be_output_finish (BeOutput *self,
                  gint64    microseconds)
{
  gint64 end = g_get_monotonic_time () + microseconds;

  g_return_if_fail (self != NULL);

  while (be_output_get_waiting (self) > 0)
    {
      gint64 left = (end - g_get_monotonic_time ()) / 1000;

      if (left <= 0 || !is_ready (self, (int) left))
        return;
      write_waiting (self);
    }
}
