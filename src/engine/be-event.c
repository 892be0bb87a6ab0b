/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event.h"

#include <string.h>

/**
 * BeEvent:
 *
 * One socket call and its outcome, for those who want an object: a list, a
 * row. It owns a copy of the record and of its payload, never changes, and
 * ends with its last reference; it may be used on any thread.
 */
struct _BeEvent
{
  GObject parent_instance;

  BeEventRecord *record;
};

G_DEFINE_FINAL_TYPE (BeEvent, be_event, G_TYPE_OBJECT)

/* GObject */

static void
be_event_finalize (GObject *object)
{
  BeEvent *self = BE_EVENT (object);

  g_free (self->record);

  G_OBJECT_CLASS (be_event_parent_class)->finalize (object);
}

static void
be_event_class_init (BeEventClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = be_event_finalize;
}

static void
be_event_init (BeEvent *self)
{
}

/**
 * be_event_new:
 * @record: with its payload right behind it; copied
 *
 * Returns: (transfer full): a new event.
 */
BeEvent *
be_event_new (const BeEventRecord *record)
{
  BeEvent *self;
  gsize    size;

  g_return_val_if_fail (record != NULL, NULL);

  self = g_object_new (BE_TYPE_EVENT, NULL);

  /* The padding is not copied: a record that never was in a queue has none. */
  size = be_event_record_size_for (record->kept_length);
  self->record = g_malloc0 (size);
  memcpy (self->record, record, sizeof (BeEventRecord) + record->kept_length);
  self->record->size = (guint32) size;

  return self;
}

/**
 * be_event_get_record:
 *
 * Returns: the record, followed by its payload.
 */
const BeEventRecord *
be_event_get_record (BeEvent *self)
{
  g_return_val_if_fail (BE_IS_EVENT (self), NULL);

  return self->record;
}

/**
 * be_event_get_sequence:
 *
 * Returns: the event's place in the one order over all sessions, from 1.
 */
guint64
be_event_get_sequence (BeEvent *self)
{
  g_return_val_if_fail (BE_IS_EVENT (self), 0);

  return self->record->sequence;
}

/**
 * be_event_get_side:
 *
 * Returns: the side that called.
 */
BeSide
be_event_get_side (BeEvent *self)
{
  g_return_val_if_fail (BE_IS_EVENT (self), BE_SIDE_SERVER);

  return self->record->side;
}

/**
 * be_event_get_call:
 *
 * Returns: the call.
 */
BeCall
be_event_get_call (BeEvent *self)
{
  g_return_val_if_fail (BE_IS_EVENT (self), BE_CALL_SOCKET);

  return self->record->call;
}

/**
 * be_event_get_state:
 *
 * Returns: the state of the socket after the call.
 */
BeSystemState
be_event_get_state (BeEvent *self)
{
  g_return_val_if_fail (BE_IS_EVENT (self), BE_SYSTEM_STATE_UNKNOWN);

  return self->record->state;
}

/**
 * be_event_get_result:
 *
 * Returns: what the call returned: bytes, 0, a descriptor, or -1.
 */
gint
be_event_get_result (BeEvent *self)
{
  g_return_val_if_fail (BE_IS_EVENT (self), -1);

  return self->record->result;
}

/**
 * be_event_get_error:
 *
 * Returns: the system's error number when the result is -1; for getaddrinfo
 *   a GResolverError + 1.
 */
gint
be_event_get_error (BeEvent *self)
{
  g_return_val_if_fail (BE_IS_EVENT (self), 0);

  return self->record->error;
}

/**
 * be_event_has_flag:
 *
 * Returns: whether the event has @flag; of several, whether it has all.
 */
gboolean
be_event_has_flag (BeEvent     *self,
                   BeEventFlags flag)
{
  g_return_val_if_fail (BE_IS_EVENT (self), FALSE);

  return (self->record->flags & flag) == flag;
}

/**
 * be_event_get_local:
 *
 * Returns: the address of this end; its family may be %BE_ADDRESS_NONE.
 */
const BeAddress *
be_event_get_local (BeEvent *self)
{
  g_return_val_if_fail (BE_IS_EVENT (self), NULL);

  return &self->record->local;
}

/**
 * be_event_get_peer:
 *
 * Returns: the address of the other end; its family may be %BE_ADDRESS_NONE.
 */
const BeAddress *
be_event_get_peer (BeEvent *self)
{
  g_return_val_if_fail (BE_IS_EVENT (self), NULL);

  return &self->record->peer;
}

/**
 * be_event_get_payload:
 * @kept_length: (out): how many bytes there are
 *
 * Returns: the bytes that moved, or as many as the log had room for.
 */
const guint8 *
be_event_get_payload (BeEvent *self,
                      gsize   *kept_length)
{
  g_return_val_if_fail (BE_IS_EVENT (self), NULL);
  g_return_val_if_fail (kept_length != NULL, NULL);

  *kept_length = self->record->kept_length;

  return be_event_record_payload (self->record);
}
