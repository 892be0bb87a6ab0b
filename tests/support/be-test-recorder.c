/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-recorder.h"

struct _BeTestRecorder
{
  BeNetworkThread *network;
  gulong           handler;
  GPtrArray       *events;
};

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           BeTestRecorder     *self)
{
  for (const BeEventRecord *record = be_event_batch_first (batch);
       record != NULL;
       record = be_event_batch_next (batch, record))
    g_ptr_array_add (self->events, be_event_new (record));
}

BeTestRecorder *
be_test_recorder_new (BeNetworkThread *network)
{
  BeTestRecorder *self = g_new0 (BeTestRecorder, 1);

  self->network = g_object_ref (network);
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  self->handler = g_signal_connect (network, "events", G_CALLBACK (events_cb), self);

  return self;
}

void
be_test_recorder_free (BeTestRecorder *self)
{
  g_signal_handler_disconnect (self->network, self->handler);
  g_object_unref (self->network);
  g_ptr_array_unref (self->events);
  g_free (self);
}

void
be_test_recorder_clear (BeTestRecorder *self)
{
  g_ptr_array_set_size (self->events, 0);
}

static gboolean
matches (BeEvent   *event,
         BeSession *session,
         BeCall     call)
{
  const BeEventRecord *record = be_event_get_record (event);

  return (session == NULL || record->session_id == be_session_get_id (session)) &&
         record->call == call;
}

/* How many calls of a kind have returned; of all sessions when it is NULL. */
guint
be_test_recorder_count (BeTestRecorder *self,
                        BeSession      *session,
                        BeCall          call)
{
  guint n = 0;

  for (guint i = 0; i < self->events->len; i++)
    n += matches (g_ptr_array_index (self->events, i), session, call) ? 1 : 0;

  return n;
}

guint
be_test_recorder_failures (BeTestRecorder *self,
                           BeSession      *session,
                           BeCall          call)
{
  guint n = 0;

  for (guint i = 0; i < self->events->len; i++)
    {
      BeEvent *event = g_ptr_array_index (self->events, i);

      if (matches (event, session, call) && be_event_get_result (event) < 0)
        n++;
    }

  return n;
}

/* The newest, or NULL. */
BeEvent *
be_test_recorder_last (BeTestRecorder *self,
                       BeSession      *session,
                       BeCall          call)
{
  for (guint i = self->events->len; i > 0; i--)
    {
      BeEvent *event = g_ptr_array_index (self->events, i - 1);

      if (matches (event, session, call))
        return event;
    }

  return NULL;
}

GPtrArray *
be_test_recorder_get_all (BeTestRecorder *self)
{
  return self->events;
}

/* The bytes of all such calls one after another. */
GBytes *
be_test_recorder_payload (BeTestRecorder *self,
                          BeSession      *session,
                          BeCall          call)
{
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < self->events->len; i++)
    {
      BeEvent *event = g_ptr_array_index (self->events, i);
      gsize    length;

      if (matches (event, session, call))
        {
          const guint8 *payload = be_event_get_payload (event, &length);

          g_byte_array_append (bytes, payload, (guint) length);
        }
    }

  return g_byte_array_free_to_bytes (bytes);
}
