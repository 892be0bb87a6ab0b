/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-log.h"

/* What is known of one direction of one conversation. */
typedef struct
{
  guint64 position;
} Stream;

static const BeEventRecord *
get_record (GPtrArray *events,
            guint      position)
{
  return be_event_get_record (g_ptr_array_index (events, position));
}

static gboolean
matches (const BeEventRecord *record,
         BeSession           *session,
         BeCall               call)
{
  return (session == NULL || record->session_id == be_session_get_id (session)) &&
         record->call == call;
}

static gboolean
opens_socket (const BeEventRecord *record)
{
  return (record->call == BE_CALL_SOCKET || record->call == BE_CALL_ACCEPT) && record->result >= 0;
}

/* Everybody's bytes stand one behind the other without a gap; only when
 * events were lost there may be one. */
static void
check_position (GHashTable          *streams,
                const BeEventRecord *record,
                gboolean             has_lost)
{
  gint64  key = ((gint64) record->peer_id << 1) | (be_call_is_sending (record->call) ? 1 : 0);
  Stream *stream = g_hash_table_lookup (streams, &key);

  if (stream == NULL)
    {
      stream = g_new0 (Stream, 1);
      g_hash_table_insert (streams, g_memdup2 (&key, sizeof key), stream);
    }

  if (has_lost)
    g_assert_cmpuint (record->position, >=, stream->position);
  else
    g_assert_cmpuint (record->position, ==, stream->position);

  stream->position = record->position + (guint64) MAX (record->result, 0);
}

static void
check_payload (const BeEventRecord *record)
{
  if (be_call_is_sending (record->call) || be_call_is_reading (record->call))
    {
      g_assert_cmpuint (record->kept_length, <=, record->payload_length);
      g_assert_cmpint (record->payload_length, ==, MAX (record->result, 0));
    }
  if (record->result >= 0)
    g_assert_cmpint (record->error, ==, 0);
}

/* Every socket is opened once, closed once, and silent after that. */
static void
check_lifetime (GHashTable          *open,
                GHashTable          *closed,
                const BeEventRecord *record)
{
  gpointer id = GUINT_TO_POINTER (record->socket_id);

  g_assert_false (g_hash_table_contains (closed, id));
  if (opens_socket (record))
    g_assert_true (g_hash_table_add (open, id));
  if (record->call == BE_CALL_CLOSE)
    {
      g_assert_true (g_hash_table_remove (open, id));
      g_hash_table_add (closed, id);
    }
}

/**
 * be_test_log_check:
 *
 * Asserts what holds whatever happened: one order and one clock for all,
 * bytes without a gap, sockets that begin and end once.
 */
void
be_test_log_check (BeTestRecorder *recorder)
{
  GPtrArray *events = be_test_recorder_get_all (recorder);
  g_autoptr (GHashTable) streams = NULL;
  g_autoptr (GHashTable) open = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) closed = g_hash_table_new (NULL, NULL);
  guint64  sequence = 0;
  gint64   time = 0;
  gboolean has_lost = FALSE;

  streams = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < events->len; i++)
    {
      const BeEventRecord *record = get_record (events, i);

      g_assert_cmpuint (record->sequence, >, sequence);
      has_lost |= record->sequence != sequence + 1;
      sequence = record->sequence;

      g_assert_cmpint (record->time, >=, time);
      time = record->time;

      check_payload (record);
      if (record->socket_id == 0)
        continue;
      check_lifetime (open, closed, record);
      if (be_call_is_sending (record->call) || be_call_is_reading (record->call))
        check_position (streams, record, has_lost);
    }
}

/**
 * be_test_log_is_closed:
 *
 * Returns: whether every socket that was opened has been closed
 */
gboolean
be_test_log_is_closed (BeTestRecorder *recorder)
{
  GPtrArray *events = be_test_recorder_get_all (recorder);
  gint       n_open = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const BeEventRecord *record = get_record (events, i);

      if (opens_socket (record))
        n_open++;
      else if (record->call == BE_CALL_CLOSE)
        n_open--;
    }

  return n_open == 0;
}

/**
 * be_test_log_bytes:
 *
 * Returns: how many bytes the calls of one kind have moved together
 */
guint64
be_test_log_bytes (BeTestRecorder *recorder,
                   BeSession      *session,
                   BeCall          call)
{
  GPtrArray *events = be_test_recorder_get_all (recorder);
  guint64    bytes = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const BeEventRecord *record = get_record (events, i);

      if (matches (record, session, call) && record->result > 0)
        bytes += (guint64) record->result;
    }

  return bytes;
}

/**
 * be_test_log_flags:
 *
 * Returns: how many calls of one kind have all of @flags
 */
guint
be_test_log_flags (BeTestRecorder *recorder,
                   BeSession      *session,
                   BeCall          call,
                   guint           flags)
{
  GPtrArray *events = be_test_recorder_get_all (recorder);
  guint      n = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const BeEventRecord *record = get_record (events, i);

      if (matches (record, session, call) && (record->flags & flags) == flags)
        n++;
    }

  return n;
}

/**
 * be_test_log_nth:
 * @position: from 0
 *
 * Returns: (nullable): that call of its kind
 */
const BeEventRecord *
be_test_log_nth (BeTestRecorder *recorder,
                 BeSession      *session,
                 BeCall          call,
                 guint           position)
{
  GPtrArray *events = be_test_recorder_get_all (recorder);

  for (guint i = 0; i < events->len; i++)
    {
      const BeEventRecord *record = get_record (events, i);

      if (matches (record, session, call) && position-- == 0)
        return record;
    }

  return NULL;
}

const BeEventRecord *
be_test_log_last (BeTestRecorder *recorder,
                  BeSession      *session,
                  BeCall          call)
{
  BeEvent *event = be_test_recorder_last (recorder, session, call);

  return event != NULL ? be_event_get_record (event) : NULL;
}

/**
 * be_test_log_calls:
 *
 * Returns: (transfer full): the names of all calls of a session in their
 *   order; one that failed has an exclamation mark
 */
char *
be_test_log_calls (BeTestRecorder *recorder,
                   BeSession      *session)
{
  GPtrArray *events = be_test_recorder_get_all (recorder);
  GString   *calls = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const BeEventRecord *record = get_record (events, i);

      if (record->session_id != be_session_get_id (session))
        continue;
      g_string_append_printf (calls, "%s%s%s", calls->len > 0 ? " " : "",
                              be_call_get_name (record->call), record->result < 0 ? "!" : "");
    }

  return g_string_free (calls, FALSE);
}
