/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-json.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "be-event-text.h"
#include "be-explanation.h"
#include "be-pairing.h"
#include "be-payload-character.h"
#include "be-socket-option.h"

/* The names here are an interface, as docs/event.schema.json says: they are
 * the same in every language and stay. */

static const char *const side_names[] = {
  [BE_SIDE_SERVER] = "server",
  [BE_SIDE_CLIENT] = "client",
};

static const char *const protocol_names[] = {
  [BE_PROTOCOL_TCP] = "tcp",
  [BE_PROTOCOL_UDP] = "udp",
  [BE_PROTOCOL_UNIX] = "unix",
};

static const struct
{
  BeEventFlags flag;
  const char  *name;
} flag_names[] = {
  { BE_EVENT_REPLY, "reply" },
  { BE_EVENT_TRUNCATED, "truncated" },
  { BE_EVENT_RESET, "reset" },
  { BE_EVENT_LIMIT, "limit" },
  { BE_EVENT_TIMED_OUT, "timed-out" },
  { BE_EVENT_CANCELLED, "cancelled" },
  { BE_EVENT_ON_REQUEST, "on-request" },
  { BE_EVENT_MORE, "more" },
  { BE_EVENT_UNREAD, "unread" },
};

static void
add_number (JsonBuilder *builder,
            const char  *name,
            guint64      number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) number);
}

/* @text: (nullable): null where there is none */
static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/* What is not so is not there. */
static void
add_true (JsonBuilder *builder,
          const char  *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, TRUE);
}

/* RFC 3339, in UTC and always with microseconds, so that lines sort. */
static char *
dup_clock (gint64 microseconds)
{
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autofree char *text = second != NULL ? g_date_time_format (second, "%Y-%m-%dT%H:%M:%S") : NULL;

  if (text == NULL)
    return NULL;

  return g_strdup_printf ("%s.%06dZ", text, (int) (microseconds % G_USEC_PER_SEC));
}

static char *
dup_address (const BeAddress *address)
{
  if (address->family == BE_ADDRESS_NONE)
    return NULL;

  /* In words this would be "unnamed", in the language of the reader. */
  if (address->family == BE_ADDRESS_UNIX && address->scope == 0)
    return g_strdup ("");

  return be_address_to_string (address);
}

static const char *
get_lookup_error_name (int error)
{
  switch ((GResolverError) (error - 1))
    {
    case G_RESOLVER_ERROR_NOT_FOUND:
      return "G_RESOLVER_ERROR_NOT_FOUND";
    case G_RESOLVER_ERROR_TEMPORARY_FAILURE:
      return "G_RESOLVER_ERROR_TEMPORARY_FAILURE";
    case G_RESOLVER_ERROR_INTERNAL:
    default:
      return "G_RESOLVER_ERROR_INTERNAL";
    }
}

static const char *
get_error_name (const BeEventRecord *record)
{
  if (record->error == 0)
    return NULL;

  return record->call == BE_CALL_GETADDRINFO ? get_lookup_error_name (record->error)
                                             : be_explanation_error_name (record->error);
}

static void
add_identity (JsonBuilder         *builder,
              const BeEventRecord *record,
              gint64               clock_offset)
{
  g_autofree char *clock = dup_clock (record->time + clock_offset);
  g_autofree char *letter = be_pairing_dup_letter (record->connection);

  add_number (builder, "sequence", record->sequence);
  add_number (builder, "time", (guint64) record->time);
  add_text (builder, "clock", clock);
  add_text (builder, "side", side_names[record->side]);
  add_text (builder, "protocol", protocol_names[record->protocol]);
  add_number (builder, "session", record->session_id);
  add_number (builder, "socket", record->socket_id);
  add_number (builder, "peer", record->peer_id);
  add_text (builder, "connection", letter);
}

static void
add_flags (JsonBuilder *builder,
           BeEventFlags flags)
{
  json_builder_set_member_name (builder, "flags");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (flag_names); i++)
    {
      if (flags & flag_names[i].flag)
        json_builder_add_string_value (builder, flag_names[i].name);
    }
  json_builder_end_array (builder);
}

static void
add_option (JsonBuilder         *builder,
            const BeEventRecord *record)
{
  BeSocketTraits traits = be_socket_traits (&record->local, record->protocol != BE_PROTOCOL_UDP);

  add_text (builder, "option", be_socket_option_get_name (record->detail, &traits));
  add_number (builder, "option_value", (guint64) (gint64) be_event_record_get_option_value (record));
}

static void
add_outcome (JsonBuilder         *builder,
             const BeEventRecord *record)
{
  g_autofree char *local = dup_address (&record->local);
  g_autofree char *peer = dup_address (&record->peer);
  gboolean         is_option = record->call == BE_CALL_SETSOCKOPT;

  add_text (builder, "call", be_call_get_name (record->call));
  add_number (builder, "result", (guint64) (gint64) record->result);
  add_number (builder, "error", (guint64) (gint64) record->error);
  add_text (builder, "error_name", get_error_name (record));
  add_text (builder, "state", be_system_state_get_name (record->state));
  if (be_event_text_is_state_implied (record))
    add_true (builder, "state_implied");
  add_flags (builder, record->flags);
  add_number (builder, "detail", is_option ? 0 : record->detail);
  add_text (builder, "local_address", local);
  add_text (builder, "peer_address", peer);
  if (is_option)
    add_option (builder, record);
  if (record->flags & BE_EVENT_UNREAD)
    add_number (builder, "unread_bytes", record->position);
}

/* All of it, and without a NUL, at which a string of GLib's would end. */
static gboolean
is_text (const BeEventRecord *record)
{
  return (be_event_record_is_data (record) || record->kept_length > 0) &&
         record->kept_length >= record->payload_length &&
         g_utf8_validate_len ((const char *) be_event_record_payload (record),
                              record->kept_length, NULL);
}

static void
add_payload (JsonBuilder         *builder,
             const BeEventRecord *record)
{
  const guint8    *payload = be_event_record_payload (record);
  gboolean         is_place = record->call != BE_CALL_SETSOCKOPT && (record->flags & BE_EVENT_UNREAD) == 0;
  g_autofree char *base64 = g_base64_encode (payload, record->kept_length);

  add_number (builder, "position", is_place ? record->position : 0);
  add_number (builder, "payload_length", record->payload_length);
  add_number (builder, "kept_length", record->kept_length);
  add_text (builder, "payload", base64);
  if (is_text (record))
    {
      g_autofree char *text = g_strndup ((const char *) payload, record->kept_length);

      add_text (builder, "text", text);
    }
}

static void
append_escaped (GString *text,
                gunichar character)
{
  if (character <= 0xffff)
    g_string_append_printf (text, "\\u%04x", character);
  else
    g_string_append_printf (text, "\\u%04x\\u%04x", 0xd7c0 + (character >> 10), 0xdc00 + (character & 0x3ff));
}

/* A terminal obeys more characters than JSON-GLib escapes. They stand in
 * strings only, where JSON may escape any (RFC 8259, section 7). */
static char *
dup_inert (const char *json)
{
  GString *text = g_string_sized_new (strlen (json) + 1);

  while (*json != '\0')
    {
      gsize    n_plain = 0;
      gunichar character;

      while (g_ascii_isprint (json[n_plain]))
        n_plain++;
      g_string_append_len (text, json, (gssize) n_plain);
      json += n_plain;
      if (*json == '\0')
        break;

      character = g_utf8_get_char (json);
      if (be_payload_character_can_be_shown (character))
        g_string_append_unichar (text, character);
      else
        append_escaped (text, character);
      json = g_utf8_next_char (json);
    }

  return g_string_free (text, FALSE);
}

/**
 * be_event_json_get_clock_offset:
 *
 * Returns: what to add to the time of an event, µs, to get the time of the
 *   clock on the wall since 1970, as it goes now.
 */
gint64
be_event_json_get_clock_offset (void)
{
  return g_get_real_time () - g_get_monotonic_time ();
}

/**
 * be_event_json_from_record:
 * @clock_offset: see be_event_json_get_clock_offset ()
 *
 * Returns: (transfer full): the event as one JSON object (RFC 8259) on one
 *   line, without its end and without a character that acts on a terminal;
 *   docs/event.schema.json says what is in it.
 */
char *
be_event_json_from_record (const BeEventRecord *record,
                           gint64               clock_offset)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (record != NULL, NULL);
  g_return_val_if_fail (record->side < G_N_ELEMENTS (side_names), NULL);
  g_return_val_if_fail (record->protocol < G_N_ELEMENTS (protocol_names), NULL);

  json_builder_begin_object (builder);
  add_identity (builder, record, clock_offset);
  add_outcome (builder, record);
  add_payload (builder, record);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  json = json_to_string (root, FALSE);

  return dup_inert (json);
}
