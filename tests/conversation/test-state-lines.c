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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state-lines/names-the-connection", test_a_sentence_names_the_connection);
  g_test_add_func ("/state-lines/no-letter", test_what_has_no_letter_yet_is_a_new_connection);

  return g_test_run ();
}
