/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-sender-input.h"

#include <string.h>
#ifdef G_OS_WIN32
#include <fcntl.h>
#include <gio/gwin32inputstream.h>
#include <io.h>
#else
#include <gio/gunixinputstream.h>
#endif

#define READ_BYTES (64u * 1024)

/* The largest datagram over IPv4 (65,535 less the headers of IP and UDP, RFC
 * 768), and one byte more. */
#define TOO_LONG_BYTES (65507u + 1)

/**
 * BeSenderInput:
 *
 * What is to be sent, piece by piece, never more in memory than a piece and
 * what one read brings. Owns the stream, and ends with its last reference.
 */
struct _BeSenderInput
{
  GObject parent_instance;

  GInputStream  *stream;
  BeSenderPieces pieces;

  GByteArray *buffer;
  gsize       offset; /* of what was not given yet */
  gboolean    is_at_end;
  gboolean    has_given_whole;
};

G_DEFINE_FINAL_TYPE (BeSenderInput, be_sender_input, G_TYPE_OBJECT)

static void next (GTask *task);

static gsize
get_length (BeSenderInput *self)
{
  return self->buffer->len - self->offset;
}

static GBytes *
take (BeSenderInput *self,
      gsize          length,
      gsize          n_skipped)
{
  GBytes *piece = g_bytes_new (self->buffer->data + self->offset, length);

  self->offset += length + n_skipped;

  return piece;
}

static GBytes *
take_line (BeSenderInput *self)
{
  gsize         length = get_length (self);
  const guint8 *start = length > 0 ? self->buffer->data + self->offset : NULL;
  const guint8 *end = length > 0 ? memchr (start, '\n', MIN (length, TOO_LONG_BYTES)) : NULL;

  if (end != NULL)
    return take (self, (gsize) (end - start), 1);

  if (length >= TOO_LONG_BYTES)
    return take (self, TOO_LONG_BYTES, 0);

  return self->is_at_end && length > 0 ? take (self, length, 0) : NULL;
}

static GBytes *
take_whole (BeSenderInput *self)
{
  gsize length = MIN (get_length (self), TOO_LONG_BYTES);

  if (self->has_given_whole || (!self->is_at_end && length < TOO_LONG_BYTES))
    return NULL;

  self->has_given_whole = TRUE;
  self->is_at_end = TRUE;

  return take (self, length, 0);
}

/* Returns: (nullable): a piece, when there is one already */
static GBytes *
take_piece (BeSenderInput *self)
{
  switch (self->pieces)
    {
    case BE_SENDER_LINES:
      return take_line (self);
    case BE_SENDER_WHOLE:
      return take_whole (self);
    case BE_SENDER_STREAM:
    default:
      return get_length (self) > 0 ? take (self, get_length (self), 0) : NULL;
    }
}

static void
keep (BeSenderInput *self,
      GBytes        *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (self->offset > 0)
    g_byte_array_remove_range (self->buffer, 0, (guint) self->offset);
  self->offset = 0;
  if (length > 0)
    g_byte_array_append (self->buffer, data, (guint) length);
  else
    self->is_at_end = TRUE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  keep (g_task_get_source_object (task), bytes);
  next (g_steal_pointer (&task));
}

/* Takes the task. */
static void
next (GTask *taken)
{
  g_autoptr (GTask) task = taken;
  BeSenderInput *self = g_task_get_source_object (task);
  GBytes        *piece = take_piece (self);

  if (piece != NULL || (self->is_at_end && (get_length (self) == 0 || self->has_given_whole)))
    {
      g_task_return_pointer (task, piece, (GDestroyNotify) g_bytes_unref);
      return;
    }

  g_input_stream_read_bytes_async (self->stream, READ_BYTES, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/* GObject */

static void
be_sender_input_dispose (GObject *object)
{
  BeSenderInput *self = BE_SENDER_INPUT (object);

  g_clear_object (&self->stream);

  G_OBJECT_CLASS (be_sender_input_parent_class)->dispose (object);
}

static void
be_sender_input_finalize (GObject *object)
{
  BeSenderInput *self = BE_SENDER_INPUT (object);

  g_clear_pointer (&self->buffer, g_byte_array_unref);

  G_OBJECT_CLASS (be_sender_input_parent_class)->finalize (object);
}

static void
be_sender_input_class_init (BeSenderInputClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = be_sender_input_dispose;
  object_class->finalize = be_sender_input_finalize;
}

static void
be_sender_input_init (BeSenderInput *self)
{
  self->buffer = g_byte_array_new ();
}

/* Public */

/**
 * be_sender_input_new:
 *
 * Returns: (transfer full): an input of which nothing was taken
 */
BeSenderInput *
be_sender_input_new (GInputStream  *stream,
                     BeSenderPieces pieces)
{
  BeSenderInput *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = g_object_new (BE_TYPE_SENDER_INPUT, NULL);
  self->stream = g_object_ref (stream);
  self->pieces = pieces;

  return self;
}

/**
 * be_sender_input_next_async:
 *
 * Asks for the next piece; one request at a time.
 */
void
be_sender_input_next_async (BeSenderInput      *self,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (BE_IS_SENDER_INPUT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, be_sender_input_next_async);
  next (task);
}

/**
 * be_sender_input_next_finish:
 *
 * Returns: (transfer full) (nullable): the piece; %NULL without an error at
 *   the end
 */
GBytes *
be_sender_input_next_finish (BeSenderInput *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * be_sender_input_open_descriptor:
 * @descriptor: open for reading; stays open
 *
 * Returns: (transfer full): its bytes, as they are
 */
GInputStream *
be_sender_input_open_descriptor (int descriptor)
{
#ifdef G_OS_WIN32
  _setmode (descriptor, _O_BINARY);

  return g_win32_input_stream_new ((void *) _get_osfhandle (descriptor), FALSE);
#else
  return g_unix_input_stream_new (descriptor, FALSE);
#endif
}
