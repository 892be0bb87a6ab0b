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
make_possible (BeAddress *address)
{
  address->family %= BE_ADDRESS_UNIX + 1;
  if (address->family == BE_ADDRESS_UNIX)
    address->scope = address->scope % 2 != 0 ? g_quark_from_static_string ("/tmp/a.socket") : 0;
}

/**
 * be_fuzz_dup_record:
 *
 * Returns: (transfer full): a record made of the bytes as they stand, with the
 *   rest for its payload. What only the program itself writes is brought into
 *   its range; what comes from the network or the system is not.
 */
BeEventRecord *
be_fuzz_dup_record (const guint8 *data,
                    gsize         size)
{
  gsize          head = MIN (size, sizeof (BeEventRecord));
  BeEventRecord *record = g_malloc0 (sizeof *record + size - head);

  if (size > 0)
    {
      memcpy (record, data, head);
      memcpy (record + 1, data + head, size - head);
    }

  record->kept_length = (guint32) (size - head);
  record->side %= BE_SIDE_CLIENT + 1;
  record->call %= BE_CALL_SETSOCKOPT + 1;
  if (record->call == BE_CALL_SETSOCKOPT)
    record->detail %= BE_N_SOCKET_OPTIONS;
  record->protocol %= BE_PROTOCOL_UNIX + 1;
  record->state %= BE_SYSTEM_STATE_UDP_CONNECTED + 1;
  record->time &= (G_GINT64_CONSTANT (1) << TIME_BITS) - 1;
  /* GLib remembers its words for every number for ever. */
  record->error %= N_ERRORS;
  make_possible (&record->local);
  make_possible (&record->peer);

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
