/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-record.h"
#include "be-state-lines.h"
#include "be-test.h"

static BeStateLine
make_line (guint32     connection,
           const char *server,
           const char *client)
{
  BeStateLine line = { .connection = connection };

  line.ends[BE_SIDE_SERVER].state = g_strdup (server);
  line.ends[BE_SIDE_CLIENT].state = g_strdup (client);

  return line;
}

static void
check_sentence (guint32     connection,
                const char *server,
                const char *client,
                const char *expected)
{
  BeStateLine      line = make_line (connection, server, client);
  g_autofree char *sentence = be_state_line_dup_sentence (&line);

  g_assert_cmpstr (sentence, ==, expected);
  be_state_line_clear (&line);
}

static void
test_a_sentence_names_the_connection (void)
{
  check_sentence (0, "LAST_ACK", "TIME_WAIT 58 s",
                  "Connection A now: the server's end LAST_ACK, the client's TIME_WAIT 58 s.");
  check_sentence (1, NULL, "FIN_WAIT_2", "Connection B now: the client's end FIN_WAIT_2.");
}

static void
test_what_has_no_letter_yet_is_a_new_connection (void)
{
  check_sentence (BE_EVENT_NO_CONNECTION, NULL, "SYN_SENT", "A new connection now: the client's end SYN_SENT.");
  check_sentence (BE_EVENT_NO_CONNECTION, "SYN_RECV", NULL, "A new connection now: the server's end SYN_RECV.");
  check_sentence (BE_EVENT_NO_CONNECTION, "SYN_RECV", "SYN_SENT",
                  "A new connection now: the server's end SYN_RECV, the client's SYN_SENT.");
}

static void
check_words (const BeStateLine *line,
             BeSide             side,
             const char        *expected,
             const char        *expected_short)
{
  g_autofree char *words = be_state_line_dup_words (line, side, FALSE);
  g_autofree char *short_words = be_state_line_dup_words (line, side, TRUE);

  g_assert_cmpstr (words, ==, expected);
  g_assert_cmpstr (short_words, ==, expected_short);
}

static void
test_another_program_is_named (void)
{
  BeStateLine      line = make_line (0, "closed", "TIME_WAIT 60 s");
  g_autofree char *sentence = NULL;

  line.ends[BE_SIDE_CLIENT].is_stranger = TRUE;
  line.ends[BE_SIDE_CLIENT].words = "both ends closed";
  line.ends[BE_SIDE_CLIENT].short_words = "over";
  sentence = be_state_line_dup_sentence (&line);
  g_assert_cmpstr (sentence, ==, "Connection A now: the server's end closed, that of another program TIME_WAIT 60 s.");
  check_words (&line, BE_SIDE_CLIENT, "another program: both ends closed", "another program");
  be_state_line_clear (&line);
}

static void
test_a_server_of_another_program_is_named (void)
{
  BeStateLine      line = make_line (1, "CLOSE_WAIT", "FIN_WAIT_2");
  g_autofree char *sentence = NULL;

  line.ends[BE_SIDE_SERVER].is_stranger = TRUE;
  sentence = be_state_line_dup_sentence (&line);
  g_assert_cmpstr (sentence, ==, "Connection B now: the client's end FIN_WAIT_2, that of another program CLOSE_WAIT.");
  be_state_line_clear (&line);
}

static void
test_what_has_no_letter_yet_has_a_port (void)
{
  BeStateLine      line = make_line (BE_EVENT_NO_CONNECTION, NULL, "SYN_SENT");
  g_autofree char *sentence = NULL;

  line.port = 40000;
  line.ends[BE_SIDE_CLIENT].words = line.ends[BE_SIDE_CLIENT].short_words = "SYN sent";
  sentence = be_state_line_dup_sentence (&line);
  g_assert_cmpstr (sentence, ==, "A new connection from port 40000 now: the client's end SYN_SENT.");
  check_words (&line, BE_SIDE_CLIENT, "port 40000: SYN sent", "port 40000");

  /* Its letter tells as much. */
  line.connection = 2;
  check_words (&line, BE_SIDE_CLIENT, "SYN sent", "SYN sent");
  be_state_line_clear (&line);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state-lines/names-the-connection", test_a_sentence_names_the_connection);
  g_test_add_func ("/state-lines/no-letter", test_what_has_no_letter_yet_is_a_new_connection);
  g_test_add_func ("/state-lines/another-program", test_another_program_is_named);
  g_test_add_func ("/state-lines/server-of-another-program", test_a_server_of_another_program_is_named);
  g_test_add_func ("/state-lines/port-before-a-letter", test_what_has_no_letter_yet_has_a_port);

  return g_test_run ();
}
