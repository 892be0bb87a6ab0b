/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where arrows stand in a picture: as in the window. */

#include "be-conversation-test.h"
#include "be-ladder-printer.h"
#include "be-palette.h"
#include "be-test-svg.h"

static void
append (BeSample *sample,
        guint64   sequence,
        BeSide    side,
        BeCall    call)
{
  BeAddress     server = { .family = BE_ADDRESS_IPV4, .port = 7777, .bytes = { 127, 0, 0, 1 } };
  BeAddress     client = { .family = BE_ADDRESS_IPV4, .port = 51879, .bytes = { 127, 0, 0, 1 } };
  BeEventRecord record = { .sequence = sequence, .call = (guint8) call, .side = (guint8) side };
  BeEventBatch  batch = { .n_records = 1 };

  record.time = g_get_monotonic_time ();
  record.session_id = side == BE_SIDE_SERVER ? 1 : 2;
  record.socket_id = side == BE_SIDE_SERVER ? 11 : 21;
  record.peer_id = record.socket_id;
  record.connection = BE_EVENT_NO_CONNECTION;
  record.protocol = BE_PROTOCOL_TCP;
  record.size = (guint32) be_event_record_size_for (0);
  if (call == BE_CALL_SHUTDOWN)
    {
      record.state = BE_SYSTEM_STATE_FIN_WAIT_1;
      record.local = side == BE_SIDE_SERVER ? server : client;
      record.peer = side == BE_SIDE_SERVER ? client : server;
    }
  else
    record.socket_id += 100;

  batch.begin = (const guint8 *) &record;
  batch.end = batch.begin + record.size;
  batch.size = record.size;
  be_journal_append (be_sample_get_journal (sample), &batch);
}

typedef struct
{
  GBytes *bytes;
  GError *error;
} Printed;

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Printed *printed = user_data;

  printed->bytes = be_ladder_printer_print_finish (result, NULL, NULL, &printed->error);
}

/* How many lines that are inferred fall as low as a row of the other side would stand. */
static guint
count_low_lines (BeSample *sample)
{
  const BePalette *palette = be_palette_get (FALSE, FALSE);
  g_autoptr (BeJournalFilter) filter = be_journal_filter_new (be_sample_get_journal (sample));
  Printed    printed = { 0 };
  BeTestSvg *svg;
  guint      n_low = 0;

  be_ladder_printer_print_async (filter, BE_LADDER_SVG, NULL, printed_cb, &printed);
  be_test_wait_until (printed.bytes != NULL || printed.error != NULL);
  g_assert_no_error (printed.error);

  svg = be_test_svg_new (printed.bytes);
  for (guint i = 0; i < svg->paths->len; i++)
    if (be_test_svg_is_line (svg, i, 1.4, &palette->inferred))
      n_low += be_test_svg_get_fall (svg, i) > 15 ? 1 : 0;
  be_test_svg_free (svg);
  g_bytes_unref (printed.bytes);

  return n_low;
}

static void
test_a_fin_keeps_clear_of_the_next_row (void)
{
  g_autoptr (BeSample) free = be_sample_new (100);
  g_autoptr (BeSample) taken = be_sample_new (100);

  be_sample_connect (free, 1);
  be_sample_flush (free);
  append (free, 3, BE_SIDE_SERVER, BE_CALL_SHUTDOWN);
  append (free, 4, BE_SIDE_SERVER, BE_CALL_SOCKET);
  g_assert_cmpuint (count_low_lines (free), ==, 1);

  /* Where the arrow ended stands a row of another call. */
  be_sample_connect (taken, 1);
  be_sample_flush (taken);
  append (taken, 3, BE_SIDE_SERVER, BE_CALL_SHUTDOWN);
  append (taken, 4, BE_SIDE_CLIENT, BE_CALL_SOCKET);
  g_assert_cmpuint (count_low_lines (taken), ==, 0);
}

static void
add_tests (void)
{
  g_test_add_func ("/ladder-sheets/a-fin-keeps-clear-of-the-next-row", test_a_fin_keeps_clear_of_the_next_row);
}

int
main (int    argc,
      char **argv)
{
  return be_conversation_test_run (argc, argv, add_tests);
}
