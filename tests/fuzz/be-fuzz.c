/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-fuzz.h"

#include "be-socket-option.h"

#include <string.h>

#define TIME_BITS 53
#define N_ERRORS 256

/**
 * be_fuzz_dup_text:
 *
 * Returns: (transfer full): the bytes before the first NUL.
 */
char *
be_fuzz_dup_text (const guint8 *data,
                  gsize         size)
{
  return size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
}

/* No stranger can name a path: its quark is one that the program has. */
static void
make_address_possible (BeAddress *address)
{
  address->family %= BE_ADDRESS_UNIX + 1;
  if (address->family == BE_ADDRESS_UNIX)
    address->scope = address->scope % 2 != 0 ? g_quark_from_static_string ("/tmp/a.socket") : 0;
}

/* What is left of a file; behind its end there are zeros. */
typedef struct
{
  const guint8 *bytes;
  gsize         length;
} Seed;

/* Returns the number in the next @n_bytes, little endian. */
static guint64
take (Seed *seed,
      gsize n_bytes)
{
  gsize   n_there = MIN (n_bytes, seed->length);
  guint64 number = 0;

  for (gsize i = 0; i < n_there; i++)
    number |= (guint64) seed->bytes[i] << (8 * i);
  if (n_there > 0)
    seed->bytes += n_there;
  seed->length -= n_there;

  return number;
}

static BeAddress
take_address (Seed *seed)
{
  BeAddress address = { 0 };

  address.family = (guint16) take (seed, 2);
  address.port = (guint16) take (seed, 2);
  address.scope = (guint32) take (seed, 4);
  for (gsize i = 0; i < sizeof address.bytes; i++)
    address.bytes[i] = (guint8) take (seed, 1);

  return address;
}

/* The order and the widths are those of the files, whatever those of a
 * BeEventRecord are. */
static BeEventRecord
take_record (Seed *seed)
{
  BeEventRecord record = { 0 };

  take (seed, 8); /* two lengths, which follow from the file */
  record.sequence = take (seed, 8);
  record.time = (gint64) take (seed, 8);
  record.session_id = (guint32) take (seed, 4);
  record.socket_id = (guint32) take (seed, 4);
  record.peer_id = (guint32) take (seed, 4);
  record.connection = (guint32) take (seed, 4);
  record.result = (gint32) take (seed, 4);
  record.error = (gint32) take (seed, 4);
  record.payload_length = (guint32) take (seed, 4);
  record.detail = (guint32) take (seed, 4);
  record.position = take (seed, 8);
  record.side = (guint8) take (seed, 1);
  record.call = (guint8) take (seed, 1);
  record.protocol = (guint8) take (seed, 1);
  record.state = (guint8) take (seed, 1);
  record.flags = (guint16) take (seed, 2);
  take (seed, 2); /* nothing */
  record.local = take_address (seed);
  record.peer = take_address (seed);

  return record;
}

/* What only the program itself writes is brought into its range; what comes
 * from the network or the system is not. */
static void
make_possible (BeEventRecord *record)
{
  record->side %= BE_SIDE_CLIENT + 1;
  record->call %= BE_CALL_SETSOCKOPT + 1;
  if (record->call == BE_CALL_SETSOCKOPT)
    record->detail %= BE_N_SOCKET_OPTIONS;
  record->protocol %= BE_PROTOCOL_UNIX + 1;
  record->state %= BE_SYSTEM_STATE_UDP_CONNECTED + 1;
  record->time &= (G_GINT64_CONSTANT (1) << TIME_BITS) - 1;
  /* GLib remembers its words for every number for ever. */
  record->error %= N_ERRORS;
  make_address_possible (&record->local);
  make_address_possible (&record->peer);
}

/**
 * be_fuzz_dup_record:
 *
 * Reads a record from the bytes of a file, which have a format of their own, so
 * that the files mean the same when a #BeEventRecord changes. Little endian:
 *
 * |[
 *   0  u32, u32  not used
 *   8  u64       sequence
 *  16  i64       time
 *  24  u32 × 4   session_id, socket_id, peer_id, connection
 *  40  i32 × 2   result, error
 *  48  u32 × 2   payload_length, detail
 *  56  u64       position
 *  64  u8 × 4    side, call, protocol, state
 *  68  u16       flags
 *  70  u16       not used
 *  72            local: u16 family, u16 port, u32 scope, 16 bytes
 *  96            peer, likewise
 * 120            the payload, up to the end
 * ]|
 *
 * What a file is too short for is 0.
 *
 * Returns: (transfer full): the record, with its payload
 */
BeEventRecord *
be_fuzz_dup_record (const guint8 *data,
                    gsize         size)
{
  Seed           seed = { .bytes = data, .length = size };
  BeEventRecord  head = take_record (&seed);
  BeEventRecord *record = g_malloc0 (sizeof *record + seed.length);

  make_possible (&head);
  head.kept_length = (guint32) seed.length;
  *record = head;
  if (seed.length > 0)
    memcpy (record + 1, seed.bytes, seed.length);

  return record;
}

/**
 * be_fuzz_assert_shows_all:
 *
 * Asserts that @text can stand before people: valid UTF-8 in which nothing is
 * a control but line breaks, and nothing changes the direction of others.
 */
void
be_fuzz_assert_shows_all (const char *text)
{
  const char *at;

  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));

  for (at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (at));

      g_assert_true (type != G_UNICODE_CONTROL || *at == '\n');
      g_assert_cmpint (type, !=, G_UNICODE_FORMAT);
      g_assert_cmpint (type, !=, G_UNICODE_LINE_SEPARATOR);
      g_assert_cmpint (type, !=, G_UNICODE_PARAGRAPH_SEPARATOR);
    }
}
