/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-summary-private.h"

#include "be-pairing.h"

#include <glib/gi18n-lib.h>

static GParamSpec *properties[PROP_BYTES_RECEIVED + 1];

G_DEFINE_FINAL_TYPE (BeSocketSummary, be_socket_summary, G_TYPE_OBJECT)

/* GObject */

static void
be_socket_summary_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BeSocketSummary *self = BE_SOCKET_SUMMARY (object);

  switch ((BeSocketSummaryProperty) prop_id)
    {
    case PROP_CONNECTION:
      g_value_set_uint (value, self->connection);
      break;

    case PROP_LETTER:
      g_value_take_string (value, be_pairing_dup_letter (self->connection));
      break;

    case PROP_LOCAL_TEXT:
      g_value_take_string (value, be_address_to_string (&self->local));
      break;

    case PROP_PEER_TEXT:
      g_value_take_string (value, be_address_to_string (&self->peer));
      break;

    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;

    case PROP_STATE_NAME:
      /* Those that are words are marked for translation where they stand. */
      g_value_set_string (value, be_system_state_get_label (self->state));
      break;

    case PROP_IS_OPEN:
      g_value_set_boolean (value, self->is_open);
      break;

    case PROP_BYTES_SENT:
      g_value_set_uint64 (value, self->bytes_sent);
      break;

    case PROP_BYTES_RECEIVED:
      g_value_set_uint64 (value, self->bytes_received);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_socket_summary_class_init (BeSocketSummaryClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = be_socket_summary_get_property;

  /* The number that it shares with its other end, or %BE_EVENT_NO_CONNECTION. */
  properties[PROP_CONNECTION] =
    g_param_spec_uint ("connection", NULL, NULL, 0, G_MAXUINT32, BE_EVENT_NO_CONNECTION, flags);

  /* The same number for people; %NULL when it has none. */
  properties[PROP_LETTER] =
    g_param_spec_string ("letter", NULL, NULL, NULL, flags);

  /* This end's address. */
  properties[PROP_LOCAL_TEXT] =
    g_param_spec_string ("local-text", NULL, NULL, NULL, flags);

  /* The other end's address. */
  properties[PROP_PEER_TEXT] =
    g_param_spec_string ("peer-text", NULL, NULL, NULL, flags);

  /* The #BeSystemState after the last call, or what the system has said since. */
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, G_MAXUINT, BE_SYSTEM_STATE_UNKNOWN, flags);

  /* The state for people. */
  properties[PROP_STATE_NAME] =
    g_param_spec_string ("state-name", NULL, NULL, NULL, flags);

  /* Whether it has not been closed and did not fail to connect. */
  properties[PROP_IS_OPEN] =
    g_param_spec_boolean ("is-open", NULL, NULL, FALSE, flags);

  /* How much was given to the system. */
  properties[PROP_BYTES_SENT] =
    g_param_spec_uint64 ("bytes-sent", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /* How much was taken from the system. */
  properties[PROP_BYTES_RECEIVED] =
    g_param_spec_uint64 ("bytes-received", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
be_socket_summary_init (BeSocketSummary *self)
{
  self->connection = BE_EVENT_NO_CONNECTION;
}

/* Public */

guint32
be_socket_summary_get_session_id (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), 0);

  return self->session_id;
}

/**
 * be_socket_summary_get_socket_id:
 *
 * Returns: which socket it is; the peers of a UDP server share one.
 */
guint32
be_socket_summary_get_socket_id (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), 0);

  return self->socket_id;
}

guint32
be_socket_summary_get_peer_id (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), 0);

  return self->peer_id;
}

guint32
be_socket_summary_get_connection (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), BE_EVENT_NO_CONNECTION);

  return self->connection;
}

BeSide
be_socket_summary_get_side (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), BE_SIDE_SERVER);

  return self->side;
}

BeProtocol
be_socket_summary_get_protocol (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), BE_PROTOCOL_TCP);

  return self->protocol;
}

const BeAddress *
be_socket_summary_get_local (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), NULL);

  return &self->local;
}

const BeAddress *
be_socket_summary_get_peer (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), NULL);

  return &self->peer;
}

BeSystemState
be_socket_summary_get_state (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), BE_SYSTEM_STATE_UNKNOWN);

  return self->state;
}

/**
 * be_socket_summary_get_forgotten_at:
 *
 * Returns: in TIME_WAIT, when the system will forget the addresses,
 *   g_get_monotonic_time (), µs; 0 when it does not say
 */
gint64
be_socket_summary_get_forgotten_at (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), 0);

  return self->state == BE_SYSTEM_STATE_TIME_WAIT ? self->forgotten_at : 0;
}

gboolean
be_socket_summary_is_open (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), FALSE);

  return self->is_open;
}

/**
 * be_socket_summary_has_ended_sending:
 *
 * Returns: whether this end has called shutdown (): it may be open and read,
 *   but sends no more
 */
gboolean
be_socket_summary_has_ended_sending (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), FALSE);

  return self->has_ended_sending;
}

/**
 * be_socket_summary_get_closing:
 *
 * Returns: a number that is the greater the later it was closed, among the
 *   sockets of its list; 0 while it is open
 */
guint
be_socket_summary_get_closing (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), 0);

  return self->closing;
}

guint64
be_socket_summary_get_bytes_sent (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), 0);

  return self->bytes_sent;
}

guint64
be_socket_summary_get_bytes_received (BeSocketSummary *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_SUMMARY (self), 0);

  return self->bytes_received;
}

/**
 * be_socket_summary_commit:
 *
 * Tells of all changes since the last time, once for each property.
 */
void
be_socket_summary_commit (BeSocketSummary *self)
{
  guint changes;
  guint property;

  g_return_if_fail (BE_IS_SOCKET_SUMMARY (self));

  changes = self->changes;
  self->changes = 0;
  self->is_changing = FALSE;

  g_object_freeze_notify (G_OBJECT (self));
  for (property = PROP_CONNECTION; property < G_N_ELEMENTS (properties); property++)
    {
      if (changes & 1u << property)
        g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}
