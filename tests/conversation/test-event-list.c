/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-conversation-test.h"

#define MANY 100000

static void
test_follows_the_end (BeConversationTest *test,
                      gconstpointer       data)
{
  be_conversation_test_add (test, 500);
  be_test_wait_until (be_conversation_test_is_at_end (test, 500));

  for (guint64 i = 1; i <= 5; i++)
    {
      be_conversation_test_add (test, 100);
      be_test_wait_until (be_conversation_test_is_at_end (test, 500 + i * 100));
      g_assert_true (be_event_list_is_following (test->list));
      g_assert_cmpuint (be_event_list_get_n_new (test->list), ==, 0);
    }
}

static void
leave_the_end (BeConversationTest *test,
               double              share)
{
  double upper = gtk_adjustment_get_upper (test->adjustment);

  gtk_adjustment_set_value (test->adjustment, upper * share);
  g_assert_false (be_event_list_is_following (test->list));
}

/* The row that is nearest to the top of the view, and fully in it. */
static guint64
get_first_in_view (BeConversationTest *test)
{
  for (guint i = 0; i < test->list->rows->len; i++)
    {
      guint64 sequence = be_event_row_get_sequence (g_ptr_array_index (test->list->rows, i));

      if (be_conversation_test_get_y (test, sequence) >= 0)
        return sequence;
    }

  g_assert_not_reached ();
}

static gboolean
has_settled (BeConversationTest *test,
             double              upper_before)
{
  return gtk_adjustment_get_upper (test->adjustment) != upper_before;
}

static void
test_stays_where_one_reads (BeConversationTest *test,
                            gconstpointer       data)
{
  guint64 sequence;
  double  upper;
  int     y;

  be_conversation_test_add (test, 2000);
  be_test_wait_until (be_conversation_test_is_at_end (test, 2000));
  leave_the_end (test, 0.5);
  be_test_wait_until (!be_conversation_test_shows (test, 2000));

  sequence = get_first_in_view (test);
  y = be_conversation_test_get_y (test, sequence);
  for (guint i = 1; i <= 5; i++)
    {
      upper = gtk_adjustment_get_upper (test->adjustment);
      be_conversation_test_add (test, 70);
      be_test_wait_until (has_settled (test, upper));
      g_assert_cmpint (be_conversation_test_get_y (test, sequence), ==, y);
      g_assert_cmpuint (be_event_list_get_n_new (test->list), ==, i * 70);
    }

  be_event_list_scroll_to_end (test->list);
  be_test_wait_until (be_conversation_test_is_at_end (test, 2350));
  g_assert_cmpuint (be_event_list_get_n_new (test->list), ==, 0);
}

/* Rows come in fours, the first two of which are the client's. */
static void
test_counts_only_new_rows_that_are_shown (BeConversationTest *test,
                                          gconstpointer       data)
{
  BeJournalFilter *filter = BE_CONVERSATION (test->conversation)->filter;

  be_conversation_test_add (test, 2000);
  be_test_wait_until (be_conversation_test_is_at_end (test, 2000));
  leave_the_end (test, 0.5);
  be_conversation_test_add (test, 40);
  g_assert_cmpuint (be_event_list_get_n_new (test->list), ==, 40);

  be_journal_filter_set_side (filter, BE_SIDE_FILTER_SERVER);
  g_assert_cmpuint (be_event_list_get_n_new (test->list), ==, 20);
  be_conversation_test_add (test, 8);
  g_assert_cmpuint (be_event_list_get_n_new (test->list), ==, 24);

  be_journal_filter_reset (filter);
  g_assert_cmpuint (be_event_list_get_n_new (test->list), ==, 48);
}

/* Not one row more or less, while 100,000 events pass and the oldest fall off. */
static void
test_shows_the_right_rows_while_many_pass (BeConversationTest *test,
                                           gconstpointer       data)
{
  BeJournal *journal = be_sample_get_journal (test->sample);
  guint64    sequence = 0;

  while (sequence < MANY)
    {
      guint n_widgets;

      be_conversation_test_add (test, 2500);
      sequence += 2500;
      be_test_wait_until (be_conversation_test_is_at_end (test, sequence));
      n_widgets = be_event_list_get_n_widgets (test->list);
      g_assert_cmpuint (n_widgets, <, 80);
      g_assert_cmpuint (be_row_heights_get_length (test->list->heights), ==,
                        g_list_model_get_n_items (G_LIST_MODEL (journal)));

      for (guint i = 0; i < n_widgets; i++)
        {
          guint position = test->list->first_position + i;

          g_assert_cmpuint (be_event_row_get_sequence (g_ptr_array_index (test->list->rows, i)), ==,
                            be_journal_get_record (journal, position)->sequence);
        }
    }

  g_assert_cmpuint (be_journal_get_n_dropped (journal), >, 0);
}

/* A side that never did anything keeps its dotted line, however much the other
 * side does. */
static void
test_a_lifeline_is_dotted_until_its_side_lives (BeConversationTest *test,
                                                gconstpointer       data)
{
  for (guint i = 0; i < 200; i++)
    be_sample_datagram (test->sample, "from elsewhere", 14);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_is_at_end (test, 200));
  g_assert_true (test->list->has_side[BE_SIDE_SERVER]);
  g_assert_false (test->list->has_side[BE_SIDE_CLIENT]);

  be_sample_send (test->sample, BE_SIDE_CLIENT, 1, "x", 1);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_is_at_end (test, 201));
  g_assert_true (test->list->has_side[BE_SIDE_CLIENT]);
}

static void
test_stays_while_older_rows_fall_off (BeConversationTest *test,
                                      gconstpointer       data)
{
  BeJournal *journal = be_sample_get_journal (test->sample);
  guint64    sequence;
  int        y;

  be_conversation_test_add (test, 20000);
  be_test_wait_until (be_conversation_test_is_at_end (test, 20000));
  leave_the_end (test, 0.95);
  be_test_wait_until (!be_conversation_test_shows (test, 20000));

  sequence = get_first_in_view (test);
  y = be_conversation_test_get_y (test, sequence);
  while (be_journal_get_n_dropped (journal) == 0)
    {
      double upper = gtk_adjustment_get_upper (test->adjustment);

      be_conversation_test_add (test, 500);
      be_test_wait_until (has_settled (test, upper));
    }

  g_assert_cmpint (be_conversation_test_get_y (test, sequence), ==, y);
}

static void
test_stays_when_the_rows_above_turn_out_taller (BeConversationTest *test,
                                                gconstpointer       data)
{
  g_autofree char *line = g_strnfill (1000, 'x');
  guint64          sequence;
  int              y;

  for (guint i = 0; i < 60; i++)
    be_sample_send (test->sample, BE_SIDE_CLIENT, 1, line, 1000);
  be_conversation_test_add (test, 40);
  be_test_wait_until (be_conversation_test_is_at_end (test, 100));

  /* A little up at a time, into rows that nobody has measured. */
  for (guint i = 0; i < 20; i++)
    {
      double value = gtk_adjustment_get_value (test->adjustment);

      sequence = get_first_in_view (test);
      y = be_conversation_test_get_y (test, sequence);
      gtk_adjustment_set_value (test->adjustment, value - 37);
      be_test_wait_until (be_conversation_test_get_y (test, sequence) != y);
      g_assert_cmpint (be_conversation_test_get_y (test, sequence), ==, y + 37);
    }
}

static void
test_recycles_its_rows (BeConversationTest *test,
                        gconstpointer       data)
{
  be_conversation_test_add (test, MANY);
  be_test_wait_until (be_conversation_test_is_at_end (test, MANY));
  g_assert_cmpuint (be_event_list_get_n_widgets (test->list), <, 80);

  for (double share = 0.9; share > 0; share -= 0.1)
    {
      double value = gtk_adjustment_get_upper (test->adjustment) * share;

      gtk_adjustment_set_value (test->adjustment, value);
      be_test_wait_until (be_conversation_test_shows (test, get_first_in_view (test)));
      g_assert_cmpuint (be_event_list_get_n_widgets (test->list), <, 80);
    }
}

static void
test_children_stand_in_the_order_of_their_events (BeConversationTest *test,
                                                  gconstpointer       data)
{
  be_conversation_test_add (test, 1000);
  be_test_wait_until (be_conversation_test_is_at_end (test, 1000));

  for (guint round = 0; round < 8; round++)
    {
      guint64    before = 0;
      GtkWidget *child;

      if (round % 2 == 0)
        be_conversation_test_add (test, 7);
      else
        gtk_adjustment_set_value (test->adjustment,
                                  gtk_adjustment_get_value (test->adjustment) - 100);
      be_test_iterate ();
      be_test_iterate ();

      for (child = gtk_widget_get_first_child (GTK_WIDGET (test->list));
           child != NULL; child = gtk_widget_get_next_sibling (child))
        {
          if (!BE_IS_EVENT_ROW (child))
            continue;
          g_assert_cmpuint (be_event_row_get_sequence (BE_EVENT_ROW (child)), >, before);
          before = be_event_row_get_sequence (BE_EVENT_ROW (child));
        }
      g_assert_cmpuint (before, >, 0);
    }
}

/* There may be a little room above a row. */
static gboolean
begins_in_view (BeConversationTest *test,
                guint64             sequence)
{
  int y = be_conversation_test_get_y (test, sequence);

  return y >= 0 && y < 20;
}

/* A close () of each of so many sockets. */
static void
drop_many (BeConversationTest *test,
           guint32             n_sockets)
{
  for (guint32 i = 0; i < n_sockets; i++)
    {
      BeJournal    *journal = be_sample_get_journal (test->sample);
      guint         length = g_list_model_get_n_items (G_LIST_MODEL (journal));
      BeEventRecord record = *be_journal_get_record (journal, length - 1);
      BeEventBatch  batch = { (const guint8 *) &record, (const guint8 *) &record, sizeof record, 1, 0, 0 };

      record.sequence++;
      record.size = sizeof record;
      record.socket_id++;
      record.peer_id++;
      batch.end += sizeof record;
      be_journal_append (journal, &batch);
    }
}

/* A failure is no news any more when other sockets have gone since. */
static void
test_closes_of_others_are_news (BeConversationTest *test,
                                gconstpointer       data)
{
  be_conversation_test_add (test, 50);
  be_sample_refuse (test->sample, 9000);
  be_sample_flush (test->sample);
  be_test_wait_until (be_conversation_test_is_at_end (test, 52) || begins_in_view (test, 51));

  drop_many (test, 60);
  be_test_wait_until (be_conversation_test_is_at_end (test, 112));
  g_assert_true (be_event_list_is_following (test->list));
}

/* Its card is taller than the view here, and a class reads its title first. */
static void
test_a_tall_failure_is_shown_from_its_title_on (BeConversationTest *test,
                                                gconstpointer       data)
{
  gtk_widget_set_margin_bottom (test->conversation, 540);
  be_conversation_test_add (test, 50);
  be_test_wait_until (be_conversation_test_is_at_end (test, 50) && gtk_widget_get_height (GTK_WIDGET (test->list)) < 170);

  be_sample_refuse (test->sample, 9000);
  be_sample_flush (test->sample);
  be_test_wait_until (begins_in_view (test, 51));
  g_assert_true (be_event_list_is_following (test->list));

  /* Who reads on gets to the end, and stays there. */
  gtk_adjustment_set_value (test->adjustment, gtk_adjustment_get_upper (test->adjustment));
  be_test_wait_until (be_conversation_test_is_at_end (test, 52));
  be_event_list_settle (test->list);
  g_assert_true (be_conversation_test_is_at_end (test, 52));
  g_assert_true (be_event_list_is_following (test->list));

  be_sample_refuse (test->sample, 9001);
  be_sample_flush (test->sample);
  be_test_wait_until (begins_in_view (test, 53));

  /* What comes after it is news again. */
  be_conversation_test_add (test, 1);
  be_test_wait_until (be_conversation_test_is_at_end (test, 55));

  /* The keyboard goes to the end of it as well. */
  be_sample_refuse (test->sample, 9002);
  be_sample_flush (test->sample);
  be_test_wait_until (begins_in_view (test, 56));
  gtk_widget_grab_focus (GTK_WIDGET (test->list));
  be_conversation_test_press (test, GDK_KEY_End);
  be_test_wait_until (be_conversation_test_is_at_end (test, 57));
}

#define FLOOD_EVENTS_PER_SECOND 250000
#define FLOOD_PIECE 20000u
#define SMALL_PIECE 300u
#define TWO_FRAMES_MICROSECONDS 40000

typedef struct
{
  gint64 begin;
  guint  n_events;
  guint  n_changes;
  gint64 change_time;
} Flood;

static void
adjustment_changed_cb (Flood *flood)
{
  flood->n_changes += 1;
  flood->change_time = g_get_monotonic_time ();
}

static void
begin_flood (BeConversationTest *test,
             Flood              *flood)
{
  *flood = (Flood){ .n_events = 100 };
  be_conversation_test_add (test, flood->n_events);
  be_test_wait_until (be_conversation_test_is_at_end (test, flood->n_events));

  g_signal_connect_swapped (test->adjustment, "changed", G_CALLBACK (adjustment_changed_cb), flood);
  flood->begin = g_get_monotonic_time ();
}

/* Adds what is due at @time, but not more than @most. */
static void
continue_flood (BeConversationTest *test,
                Flood              *flood,
                gint64              time,
                guint               most)
{
  guint n_due = 100 + (guint) ((time - flood->begin) * FLOOD_EVENTS_PER_SECOND / G_USEC_PER_SEC);
  guint n_more = MIN (n_due - MIN (flood->n_events, n_due), most);

  be_conversation_test_add (test, n_more);
  flood->n_events += n_more;
}

static void
end_flood (BeConversationTest *test,
           Flood              *flood)
{
  be_test_wait_until (be_conversation_test_is_at_end (test, flood->n_events));
  g_signal_handlers_disconnect_by_data (test->adjustment, flood);
}

/* Far more events than anybody reads must not take the processors from what
 * makes them; but the list stays alive, and shows the end when it is over. */
static void
test_a_flood_is_drawn_less_often (BeConversationTest *test,
                                  gconstpointer       data)
{
  Flood  flood;
  gint64 now;

  begin_flood (test, &flood);
  while ((now = g_get_monotonic_time ()) - flood.begin < G_USEC_PER_SEC)
    {
      continue_flood (test, &flood, now, FLOOD_PIECE);
      be_test_iterate ();
    }

  /* A frame takes 16 ms, a beat 200. With a sanitizer it may be no flood. */
  if ((gint64) flood.n_events * G_USEC_PER_SEC < (now - flood.begin) * FLOOD_EVENTS_PER_SECOND * 3 / 4)
    g_test_skip ("This computer is too slow, or too busy, to make a flood.");
  else
    g_assert_cmpint (now - flood.begin, >, flood.n_changes * 100 * 1000);

  end_flood (test, &flood);
}

/* As when others have the processor: of what comes in a flood that is known as one, little has
 * been told when the frame after a drawn one begins. */
static void
test_a_flood_in_pieces_is_drawn_less_often (BeConversationTest *test,
                                            gconstpointer       data)
{
  Flood  flood;
  gint64 adding = 0;
  gint64 now;

  begin_flood (test, &flood);
  while ((now = g_get_monotonic_time ()) - flood.begin < 2 * G_USEC_PER_SEC)
    {
      gboolean is_known = now - flood.begin > G_USEC_PER_SEC / 2;
      gboolean is_after_drawing = now - flood.change_time < TWO_FRAMES_MICROSECONDS;

      continue_flood (test, &flood, now, is_known && is_after_drawing ? SMALL_PIECE : FLOOD_PIECE);
      adding += g_get_monotonic_time () - now;
      be_test_iterate ();
    }

  if (adding * FLOOD_EVENTS_PER_SECOND > (gint64) flood.n_events * G_USEC_PER_SEC / 2)
    g_test_skip ("This computer is too slow, or too busy, to make a flood.");
  else
    g_assert_cmpint (now - flood.begin, >, flood.n_changes * 100 * 1000);

  end_flood (test, &flood);
}

static void
add_tests (void)
{
  be_conversation_test_add_with ("/event-list/follows-the-end", MANY, test_follows_the_end);
  be_conversation_test_add_with ("/event-list/stays-where-one-reads", MANY, test_stays_where_one_reads);
  be_conversation_test_add_with ("/event-list/counts-only-new-rows-that-are-shown", MANY,
                                 test_counts_only_new_rows_that_are_shown);
  be_conversation_test_add_with ("/event-list/shows-the-right-rows-while-many-pass", 10000,
                                 test_shows_the_right_rows_while_many_pass);
  be_conversation_test_add_with ("/event-list/a-lifeline-is-dotted-until-its-side-lives", MANY,
                                 test_a_lifeline_is_dotted_until_its_side_lives);
  be_conversation_test_add_with ("/event-list/stays-while-older-rows-fall-off", 20000,
                                 test_stays_while_older_rows_fall_off);
  be_conversation_test_add_with ("/event-list/stays-when-the-rows-above-turn-out-taller", MANY,
                                 test_stays_when_the_rows_above_turn_out_taller);
  be_conversation_test_add_with ("/event-list/recycles-its-rows", 2 * MANY, test_recycles_its_rows);
  be_conversation_test_add_with ("/event-list/children-stand-in-the-order-of-their-events", MANY,
                                 test_children_stand_in_the_order_of_their_events);
  be_conversation_test_add_with ("/event-list/a-flood-is-drawn-less-often", 1000000,
                                 test_a_flood_is_drawn_less_often);
  be_conversation_test_add_with ("/event-list/a-flood-in-pieces-is-drawn-less-often", 1000000,
                                 test_a_flood_in_pieces_is_drawn_less_often);
  be_conversation_test_add_with ("/event-list/closes-of-others-are-news", MANY, test_closes_of_others_are_news);
  be_conversation_test_add_with ("/event-list/a-tall-failure-is-shown-from-its-title-on", MANY,
                                 test_a_tall_failure_is_shown_from_its_title_on);
}

int
main (int    argc,
      char **argv)
{
  return be_conversation_test_run (argc, argv, add_tests);
}
