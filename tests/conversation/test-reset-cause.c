/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a call failed with a reset is not guessed where the other end is ours. */

#include "be-journal-search.h"
#include "be-row-content.h"
#include "be-test-batch.h"
#include "be-test-errors.h"

#define MAX_EVENTS 100000
#define WIDTH 1360
#define CLIENT 1
#define OTHER_CLIENT 2

typedef struct
{
  BeJournal   *journal;
  BeTestBatch *batch;
  BeRowSetting setting;
  BeRowContent content;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  self->journal = be_journal_new (MAX_EVENTS, BE_JOURNAL_MAX_BYTES);
  self->batch = be_test_batch_new ();
  self->setting.lettering = be_lettering_new (context);
  self->setting.width = WIDTH;
  self->setting.geometry = be_wire_geometry_for_width (WIDTH);
  self->setting.journal = self->journal;
  g_object_unref (context);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  be_row_content_clear (&self->content);
  be_test_batch_free (self->batch);
  g_assert_finalize_object (self->setting.lettering);
  g_assert_finalize_object (self->journal);
}

static void
add (Fixture *self,
     BeSide   side,
     BeCall   call,
     guint32  client)
{
  BeEventRecord record = be_test_record_of_end (side, call, client);

  be_test_batch_add (self->batch, &record, NULL, 0);
}

static void
connect_client (Fixture *self,
                guint32  client)
{
  add (self, BE_SIDE_CLIENT, BE_CALL_CONNECT, client);
  add (self, BE_SIDE_SERVER, BE_CALL_ACCEPT, client);
}

static void
close_client (Fixture *self,
              guint32  client,
              guint16  flags,
              guint64  unread)
{
  BeEventRecord record = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CLOSE, client);

  record.flags = flags;
  record.position = unread;
  be_test_batch_add (self->batch, &record, NULL, 0);
}

static void
fail_on_server (Fixture *self,
                guint32  client)
{
  BeEventRecord record = be_test_record_of_end (BE_SIDE_SERVER, BE_CALL_RECV, client);

  record.result = -1;
  record.error = BE_TEST_ERROR_CONNECTION_RESET;
  be_test_batch_add (self->batch, &record, NULL, 0);
}

/* What the row of the last event says. */
static void
assert_causes (Fixture    *self,
               const char *expected)
{
  const BeEventRecord *record = NULL;

  be_journal_append (self->journal, be_test_batch_get (self->batch));
  record = be_journal_get_record (self->journal, g_list_model_get_n_items (G_LIST_MODEL (self->journal)) - 1);
  be_row_content_fill (&self->content, &self->setting, NULL, record);
  g_assert_cmpstr (pango_layout_get_text (self->content.pieces[BE_PIECE_CAUSES]), ==, expected);
}

static void
test_tells_of_the_reset_of_the_other_end (Fixture      *self,
                                          gconstpointer data)
{
  connect_client (self, CLIENT);
  close_client (self, CLIENT, BE_EVENT_RESET, 0);
  fail_on_server (self, CLIENT);
  assert_causes (self, "Cause: The other end was told to reset: it closed with SO_LINGER and 0 seconds.");
}

static void
test_tells_what_the_other_end_left_unread (Fixture      *self,
                                           gconstpointer data)
{
  connect_client (self, CLIENT);
  close_client (self, CLIENT, BE_EVENT_RESET | BE_EVENT_UNREAD, 10);
  fail_on_server (self, CLIENT);
  assert_causes (self, "Cause: The other end closed with 10 bytes unread, and so its system sent the reset.");
}

static const char likely[] = "Likely causes:\n"
                             "1. The other program was ended, or it crashed.\n"
                             "2. It closed before it had read everything.\n"
                             "3. It was told to reset (SO_LINGER with 0 seconds).";

/* Another client was reset; and this one closed in the usual way. */
static void
test_guesses_where_nothing_is_known (Fixture      *self,
                                     gconstpointer data)
{
  connect_client (self, CLIENT);
  connect_client (self, OTHER_CLIENT);
  close_client (self, OTHER_CLIENT, BE_EVENT_RESET, 0);
  close_client (self, CLIENT, 0, 0);
  fail_on_server (self, CLIENT);
  assert_causes (self, likely);
}

static void
test_guesses_of_another_program (Fixture      *self,
                                 gconstpointer data)
{
  add (self, BE_SIDE_SERVER, BE_CALL_ACCEPT, CLIENT);
  fail_on_server (self, CLIENT);
  assert_causes (self, likely);
}

static void
add_many (Fixture *self,
          guint    n)
{
  for (guint i = 0; i < n; i++)
    add (self, BE_SIDE_SERVER, BE_CALL_SHUTDOWN, OTHER_CLIENT);
}

/* More than the journal lends at once. */
static void
test_a_read_may_have_been_held_since (Fixture      *self,
                                      gconstpointer data)
{
  connect_client (self, CLIENT);
  connect_client (self, OTHER_CLIENT);
  close_client (self, CLIENT, BE_EVENT_RESET, 0);
  add_many (self, 1000);
  fail_on_server (self, CLIENT);
  assert_causes (self, "Cause: The other end was told to reset: it closed with SO_LINGER and 0 seconds.");
}

/* It is asked of each row of a flood that failed. */
static void
test_does_not_look_back_for_ever (Fixture      *self,
                                  gconstpointer data)
{
  connect_client (self, CLIENT);
  connect_client (self, OTHER_CLIENT);
  close_client (self, CLIENT, BE_EVENT_RESET, 0);
  add_many (self, 2000);
  fail_on_server (self, CLIENT);
  assert_causes (self, likely);
}

#define add_test(name, function) \
  g_test_add ("/reset-cause/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("tells-of-the-reset-of-the-other-end", test_tells_of_the_reset_of_the_other_end);
  add_test ("tells-what-the-other-end-left-unread", test_tells_what_the_other_end_left_unread);
  add_test ("guesses-where-nothing-is-known", test_guesses_where_nothing_is_known);
  add_test ("guesses-of-another-program", test_guesses_of_another_program);
  add_test ("a-read-may-have-been-held-since", test_a_read_may_have_been_held_since);
  add_test ("does-not-look-back-for-ever", test_does_not_look_back_for_ever);

  return g_test_run ();
}
