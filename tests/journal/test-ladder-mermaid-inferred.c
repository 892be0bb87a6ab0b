/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What no call sent, in a sequence diagram. */

#include "be-ladder-mermaid.h"
#include "be-test-links.h"

#ifdef G_OS_WIN32
#include <winsock2.h>
#define NUMBER(name) WSA##name
#else
#include <errno.h>
#define NUMBER(name) name
#endif
#include <string.h>

static void
add (BeTestLinks  *fixture,
     BeSide        side,
     BeCall        call,
     BeSystemState state)
{
  BeEventRecord record = be_test_record_of_end (side, call, 1);

  record.state = (guint8) state;
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
}

static char *
make_text (BeTestLinks *fixture)
{
  be_test_filter_append (&fixture->base);

  return be_ladder_mermaid_make (fixture->base.filter, NULL);
}

/* Whether @lines stand in the text, in this order. */
static void
assert_in_order (const char        *text,
                 const char *const *lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *found = strstr (text, lines[i]);

      if (found == NULL)
        g_error ("“%s” does not come in “%s”", lines[i], text);
      text = found + strlen (lines[i]);
    }
}

static void
test_a_refused_datagram_is_told_by_icmp (BeTestLinks  *fixture,
                                         gconstpointer data)
{
  static const char *const lines[] = {
    "    C0-xS0: (refused) sendto() 5 bytes to 127.0.0.1#58;8001#58; hello\n",
    "    S0-->>C0: ICMP port unreachable (inferred)\n", "    Note over C0: recv()", NULL
  };
  BeEventRecord    told = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_RECV, 1);
  g_autofree char *text = NULL;

  told.protocol = BE_PROTOCOL_UDP;
  told.result = -1;
  told.error = NUMBER (ECONNREFUSED);
  be_test_links_move (fixture, BE_SIDE_CLIENT, BE_CALL_SENDTO, 1, "hello");
  be_test_batch_add (fixture->base.batch, &told, NULL, 0);
  text = make_text (fixture);

  assert_in_order (text, lines);
}

static void
test_another_program_sends_a_fin_and_gets_one (BeTestLinks  *fixture,
                                               gconstpointer data)
{
  static const char *const lines[] = {
    "    C0-->>S: FIN (inferred)\n", "    Note over S: recv() #101;nd of stream, CLOSE_WAIT\n",
    "    S-->>C0: FIN (inferred)\n", "    Note over S: close(), → LAST_ACK\n", NULL
  };
  g_autofree char *text = NULL;

  add (fixture, BE_SIDE_SERVER, BE_CALL_RECV, BE_SYSTEM_STATE_CLOSE_WAIT);
  add (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, BE_SYSTEM_STATE_LAST_ACK);
  text = make_text (fixture);

  assert_in_order (text, lines);
}

static void
test_an_ack_that_goes_alone_has_a_line (BeTestLinks  *fixture,
                                        gconstpointer data)
{
  static const char *const lines[] = {
    "    C0-->>S: FIN (inferred)\n    Note over S: recv()", "    S-->>C0: FIN-ACK (inferred)\n    C0-->>S: ACK (inferred)\n", NULL
  };
  g_autofree char *text = NULL;

  be_test_links_join (fixture, 1);
  add (fixture, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, BE_SYSTEM_STATE_FIN_WAIT_1);
  add (fixture, BE_SIDE_SERVER, BE_CALL_RECV, BE_SYSTEM_STATE_CLOSE_WAIT);
  add (fixture, BE_SIDE_SERVER, BE_CALL_CLOSE, BE_SYSTEM_STATE_LAST_ACK);
  add (fixture, BE_SIDE_CLIENT, BE_CALL_RECV, BE_SYSTEM_STATE_TIME_WAIT);
  text = make_text (fixture);

  assert_in_order (text, lines);
}

#define add_test(path, function) \
  g_test_add ("/ladder-mermaid-inferred/" path, BeTestLinks, GUINT_TO_POINTER (100), be_test_links_set_up, function, be_test_links_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("a-refused-datagram-is-told-by-icmp", test_a_refused_datagram_is_told_by_icmp);
  add_test ("another-program-sends-a-fin-and-gets-one", test_another_program_sends_a_fin_and_gets_one);
  add_test ("an-ack-that-goes-alone-has-a-line", test_an_ack_that_goes_alone_has_a_line);

  return g_test_run ();
}
