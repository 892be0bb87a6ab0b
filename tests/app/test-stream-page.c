/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-stream-page.h"

#include "be-byte-strip.h"
#include "be-framing.h"
#include "be-sample.h"
#include "be-stream-strips.h"
#include "be-test.h"

#include <adwaita.h>
#include <string.h>

#define SENT 0
#define RECEIVED 1
#define MESSAGES 2

typedef struct
{
  BeSample  *sample;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static GtkWidget *
find_type (GtkWidget *root,
           GType      type,
           guint     *position)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && (*position)-- == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type, position);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
find (Fixture *self,
      GType    type,
      guint    position)
{
  GtkWidget *found = find_type (self->page, type, &position);

  g_assert_nonnull (found);

  return found;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->sample = be_sample_new (1000);
  self->page = be_stream_page_new ();
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 700);
  gtk_window_set_child (GTK_WINDOW (self->window), self->page);
  gtk_window_present (GTK_WINDOW (self->window));
  be_test_wait_until (gtk_widget_get_mapped (self->page));
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  BeJournal *journal = g_object_ref (be_sample_get_journal (self->sample));

  g_object_ref (self->page);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->page);
  be_sample_free (self->sample);
  g_assert_finalize_object (journal);
}

static void
show (Fixture *self)
{
  be_sample_flush (self->sample);
  be_stream_page_set_stream (BE_STREAM_PAGE (self->page), be_sample_get_journal (self->sample), 0);
}

static guint
count (Fixture *self,
       guint    strip)
{
  GtkWidget *found = find (self, BE_TYPE_BYTE_STRIP, strip);

  return gtk_widget_get_visible (found) ? be_byte_strip_get_n_pieces (BE_BYTE_STRIP (found)) : 0;
}

/* Whether a label that can be seen says this. */
static gboolean
says (Fixture    *self,
      const char *text)
{
  GtkWidget *found;
  guint      position = 0;

  do
    {
      guint left = position++;

      found = find_type (self->page, GTK_TYPE_LABEL, &left);
      if (found != NULL && gtk_widget_get_mapped (found) &&
          strstr (gtk_label_get_text (GTK_LABEL (found)), text) != NULL)
        return TRUE;
    }
  while (found != NULL);

  return FALSE;
}

static void
choose (Fixture      *self,
        BeFramingKind kind)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (self, GTK_TYPE_DROP_DOWN, 0)), kind);
}

static void
send_three (Fixture *self)
{
  be_sample_connect (self->sample, 1);
  be_sample_send (self->sample, BE_SIDE_CLIENT, 1, "one\n", 4);
  be_sample_send (self->sample, BE_SIDE_CLIENT, 1, "two\n", 4);
  be_sample_send (self->sample, BE_SIDE_CLIENT, 1, "three", 5);
  be_sample_receive (self->sample, BE_SIDE_SERVER, 1, "one\ntwo\nthree", 13);
  show (self);
}

static void
test_three_sends_are_one_recv (Fixture      *self,
                               gconstpointer data)
{
  g_assert_true (says (self, "No connection selected"));
  send_three (self);

  be_test_wait_until (count (self, SENT) == 3);
  g_assert_cmpuint (count (self, RECEIVED), ==, 1);
  g_assert_cmpuint (count (self, MESSAGES), ==, 1);
  g_assert_true (says (self, "Sent: 3 sends"));
  g_assert_true (says (self, "Received: 1 recv"));
  g_assert_true (says (self, "TCP keeps the order of the bytes, not the borders of the sends."));
  gtk_test_accessible_assert_property (find (self, BE_TYPE_BYTE_STRIP, RECEIVED), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Received: 1 recv\n13 bytes: one␊ two␊ three");
}

static void
test_another_rule_cuts_the_same_bytes (Fixture      *self,
                                       gconstpointer data)
{
  send_three (self);
  choose (self, BE_FRAMING_LINE);
  be_test_wait_until (count (self, MESSAGES) == 3);
  g_assert_true (says (self, "By this rule: 2 messages"));
  g_assert_true (says (self, "The last line is incomplete: 5 bytes have come, and no line end."));

  choose (self, BE_FRAMING_FIXED);
  be_test_wait_until (count (self, MESSAGES) == 4);
  g_assert_true (says (self, "The last message is incomplete: 1 of 4 bytes have come."));

  choose (self, BE_FRAMING_PREFIX_4);
  be_test_wait_until (says (self, "these are probably not length prefixes"));
}

static void
test_a_delimiter_is_read_with_escapes (Fixture      *self,
                                       gconstpointer data)
{
  GtkWidget *entry;

  send_three (self);
  choose (self, BE_FRAMING_DELIMITER);
  be_test_wait_until (says (self, "and no delimiter"));

  entry = find (self, GTK_TYPE_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "\\x0a");
  be_test_wait_until (says (self, "By this rule: 2 messages"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  be_test_wait_until (says (self, "A delimiter has one byte at least."));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpuint (count (self, MESSAGES), ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (entry), "12345678901234567");
  be_test_wait_until (says (self, "A delimiter has at most 16 bytes."));

  gtk_editable_set_text (GTK_EDITABLE (entry), "w");
  be_test_wait_until (count (self, MESSAGES) == 2);
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
}

static void
test_it_grows_with_the_journal (Fixture      *self,
                                gconstpointer data)
{
  send_three (self);
  be_test_wait_until (count (self, SENT) == 3);

  be_sample_send (self->sample, BE_SIDE_CLIENT, 1, "four", 4);
  be_sample_flush (self->sample);
  be_test_wait_until (count (self, SENT) == 4);

  be_journal_clear (be_sample_get_journal (self->sample));
  be_test_wait_until (says (self, "Sent: nothing yet"));
  be_journal_undo_clear (be_sample_get_journal (self->sample));
  be_test_wait_until (count (self, SENT) == 4);
}

static void
test_nothing_is_looked_at_while_it_is_hidden (Fixture      *self,
                                              gconstpointer data)
{
  BeJournal *journal = be_sample_get_journal (self->sample);
  guint      signal = g_signal_lookup ("items-changed", G_TYPE_LIST_MODEL);

  send_three (self);
  be_test_wait_until (count (self, SENT) == 3);
  g_assert_true (g_signal_has_handler_pending (journal, signal, 0, TRUE));

  gtk_widget_set_visible (self->page, FALSE);
  g_assert_false (g_signal_has_handler_pending (journal, signal, 0, TRUE));
  be_sample_send (self->sample, BE_SIDE_CLIENT, 1, "four", 4);
  be_sample_flush (self->sample);

  gtk_widget_set_visible (self->page, TRUE);
  be_test_wait_until (count (self, SENT) == 4);
}

static void
test_the_other_direction_is_shown (Fixture      *self,
                                   gconstpointer data)
{
  send_three (self);
  be_test_wait_until (count (self, SENT) == 3);

  be_stream_page_set_from_side (BE_STREAM_PAGE (self->page), BE_SIDE_SERVER);
  be_test_wait_until (says (self, "Sent: nothing yet"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (self, GTK_TYPE_TOGGLE_BUTTON, 0)), TRUE);
  be_test_wait_until (count (self, SENT) == 3);
}

static void
test_datagrams_keep_their_borders (Fixture      *self,
                                   gconstpointer data)
{
  be_sample_cut_datagram (self->sample, "hello baby", 4);
  show (self);

  /* What was kept, and what was thrown away. */
  be_test_wait_until (count (self, RECEIVED) == 2);
  g_assert_cmpuint (count (self, SENT), ==, 1);
  g_assert_true (says (self, "UDP keeps the borders"));
  g_assert_false (says (self, "By this rule"));
  gtk_test_accessible_assert_property (find (self, BE_TYPE_BYTE_STRIP, RECEIVED), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Received: 1 datagram\n4 bytes: hell\n6 thrown away: o baby");
}

/* Of another program nothing but what came of it is known. */
static void
test_a_stranger_is_told_of (Fixture      *self,
                            gconstpointer data)
{
  be_sample_receive (self->sample, BE_SIDE_SERVER, 1, "hello", 5);
  show (self);

  be_test_wait_until (count (self, RECEIVED) == 1);
  g_assert_cmpuint (count (self, SENT), ==, 0);
  g_assert_true (says (self, "Sent by another program, whose calls cannot be seen"));

  be_stream_page_set_from_side (BE_STREAM_PAGE (self->page), BE_SIDE_SERVER);
  be_test_wait_until (says (self, "Sent: nothing yet"));
  g_assert_true (says (self, "Received by another program, whose calls cannot be seen"));
}

static void
test_the_last_of_many_are_shown (Fixture      *self,
                                 gconstpointer data)
{
  be_sample_connect (self->sample, 1);
  for (guint i = 0; i < 100; i++)
    be_sample_send (self->sample, BE_SIDE_CLIENT, 1, "x\n", 2);
  show (self);
  choose (self, BE_FRAMING_LINE);

  be_test_wait_until (count (self, MESSAGES) == BE_STREAM_STRIPS_MAX_SHOWN);
  g_assert_cmpuint (count (self, SENT), ==, BE_STREAM_STRIPS_MAX_SHOWN);
  g_assert_true (says (self, "Sent: 100 sends"));
  g_assert_true (says (self, "By this rule: 100 messages"));
  g_assert_true (says (self, "Of each, the last 40 are shown."));
}

static void
test_it_is_as_narrow_as_a_sheet (Fixture      *self,
                                 gconstpointer data)
{
  int minimum;

  send_three (self);
  for (guint kind = 0; kind < BE_N_FRAMINGS; kind++)
    {
      choose (self, kind);
      be_test_wait_until (count (self, SENT) == 3);
      gtk_widget_measure (self->page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 300);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, function) g_test_add ("/stream-page/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("three-sends-are-one-recv", test_three_sends_are_one_recv);
  ADD ("another-rule-cuts-the-same-bytes", test_another_rule_cuts_the_same_bytes);
  ADD ("a-delimiter-is-read-with-escapes", test_a_delimiter_is_read_with_escapes);
  ADD ("it-grows-with-the-journal", test_it_grows_with_the_journal);
  ADD ("nothing-is-looked-at-while-it-is-hidden", test_nothing_is_looked_at_while_it_is_hidden);
  ADD ("the-other-direction-is-shown", test_the_other_direction_is_shown);
  ADD ("datagrams-keep-their-borders", test_datagrams_keep_their_borders);
  ADD ("a-stranger-is-told-of", test_a_stranger_is_told_of);
  ADD ("the-last-of-many-are-shown", test_the_last_of_many_are_shown);
  ADD ("it-is-as-narrow-as-a-sheet", test_it_is_as_narrow_as_a_sheet);
#undef ADD

  return g_test_run ();
}
