/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-hostile-text.h"
#include "be-ladder-mermaid.h"
#include "be-mermaid-text.h"
#include "be-test-filter.h"
#include "be-test.h"

#ifdef G_OS_WIN32
#include <winsock2.h>
#define NUMBER(name) WSA##name
#else
#include <errno.h>
#define NUMBER(name) name
#endif
#include <string.h>

/* The lines that we write, more strictly than Mermaid reads them. */
#define ID "([SC][0-9]*)"
#define LABEL "((?:[A-Za-z0-9 .,_/()!?'=*+-]|[^\\x00-\\x7f]|#[0-9]{2,3};)+)"
#define LINE "^(?:sequenceDiagram|    %% " LABEL "|    participant " ID " as " LABEL "|    " ID "(?:->>|-->>|-x|--x|--\\))" ID ": " LABEL "|    Note over " ID ": " LABEL ")$"

typedef struct
{
  BeTestFilter base;
  guint64      positions[4][2][2]; /* by client, side, and whether it was received */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer max_events)
{
  be_test_filter_set_up (&fixture->base, GPOINTER_TO_UINT (max_events));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer max_events)
{
  be_test_filter_tear_down (&fixture->base);
}

static void
add (Fixture *fixture,
     BeSide   side,
     BeCall   call,
     guint32  client)
{
  BeEventRecord record = be_test_record_of_end (side, call, client);

  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
}

static void
move (Fixture      *fixture,
      BeSide        side,
      BeCall        call,
      guint32       client,
      gconstpointer bytes,
      gsize         length)
{
  BeEventRecord record = be_test_record_of_end (side, call, client);
  guint64      *position = &fixture->positions[client][side][be_call_is_reading (call)];

  record.protocol = call == BE_CALL_SENDTO || call == BE_CALL_RECVFROM ? BE_PROTOCOL_UDP : BE_PROTOCOL_TCP;
  record.result = (gint32) length;
  record.payload_length = (guint32) length;
  record.position = *position;
  *position += length;
  be_test_batch_add (fixture->base.batch, &record, bytes, length);
}

static void
send_text (Fixture    *fixture,
           const char *text)
{
  move (fixture, BE_SIDE_CLIENT, BE_CALL_SEND, 1, text, strlen (text));
}

static void
receive_text (Fixture    *fixture,
              const char *text)
{
  move (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 1, text, strlen (text));
}

static void
join (Fixture *fixture)
{
  add (fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  add (fixture, BE_SIDE_SERVER, BE_CALL_ACCEPT, 1);
}

/* Every line is one of ours, says nothing that is a keyword, and names only who
 * was introduced. */
static void
assert_is_strict (const char *text)
{
  g_autoptr (GRegex) line_regex = g_regex_new (LINE, 0, 0, NULL);
  g_autoptr (GRegex) end_regex = g_regex_new ("(?<![A-Za-z0-9])end(?![A-Za-z0-9])", G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GRegex) id_regex = g_regex_new ("^    (?:Note over )?" ID "[-:](?:[->x)]+" ID ")?", 0, 0, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_lines = g_strv_length (lines);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (n_lines, >=, 2);
  g_assert_cmpstr (lines[0], ==, "sequenceDiagram");
  g_assert_cmpstr (lines[n_lines - 1], ==, "");

  for (guint i = 0; i + 1 < n_lines; i++)
    {
      g_autoptr (GMatchInfo) match = NULL;

      if (!g_regex_match (line_regex, lines[i], 0, NULL))
        g_error ("not a line of ours: %s", lines[i]);
      g_assert_false (g_regex_match (end_regex, lines[i], 0, NULL));
      be_hostile_text_assert_shown (lines[i]);

      if (!g_regex_match (id_regex, lines[i], 0, &match))
        continue;
      for (int group = 1; group < g_match_info_get_match_count (match); group++)
        {
          g_autofree char *id = g_match_info_fetch (match, group);
          g_autofree char *introduction = g_strdup_printf ("    participant %s as ", id);

          g_assert_nonnull (strstr (text, introduction));
        }
    }
}

static char *
make_text (Fixture *fixture,
           guint   *n_rows)
{
  char *text;

  be_test_filter_append (&fixture->base);
  text = be_ladder_mermaid_make (fixture->base.filter, n_rows);
  assert_is_strict (text);

  return text;
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + strlen (part), part))
    n++;

  return n;
}

static void
test_a_conversation_becomes_a_sequence_diagram (Fixture      *fixture,
                                                gconstpointer data)
{
  g_autofree char *text = NULL;
  guint            n_rows = 0;

  join (fixture);
  send_text (fixture, "hello");
  receive_text (fixture, "hello");
  text = make_text (fixture, &n_rows);

  g_assert_cmpuint (n_rows, ==, 4);
  g_assert_cmpstr (text, ==,
                   "sequenceDiagram\n"
                   "    participant S as Server 127.0.0.1#58;8001\n"
                   "    participant C0 as Client A 127.0.0.1#58;50001\n"
                   "    Note over C0: connect() to 127.0.0.1#58;8001, ESTABLISHED\n"
                   "    C0-->>S: SYN, SYN-ACK, ACK (inferred)\n"
                   "    Note over S: accept() A from 127.0.0.1#58;50001, ESTABLISHED\n"
                   "    C0->>S: send() 5 bytes#58; hello\n");
}

static void
test_what_comes_otherwise_than_it_was_sent_has_a_note (Fixture      *fixture,
                                                       gconstpointer data)
{
  g_autofree char *text = NULL;

  join (fixture);
  send_text (fixture, "one");
  send_text (fixture, "two");
  send_text (fixture, "three");
  receive_text (fixture, "onetwothree");
  text = make_text (fixture, NULL);

  g_assert_cmpuint (count (text, "    C0->>S: send()"), ==, 3);
  g_assert_cmpuint (count (text, "    Note over S: recv() 11 bytes#58; onetwothree\n"), ==, 1);
}

static void
test_what_the_system_sent_is_dashed (Fixture      *fixture,
                                     gconstpointer data)
{
  g_autofree char *text = NULL;

  join (fixture);
  add (fixture, BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 1);
  add (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 1);
  text = make_text (fixture, NULL);

  g_assert_cmpuint (count (text, "    C0-->>S: FIN (inferred)\n"), ==, 1);
  g_assert_cmpuint (count (text, "    Note over S: recv() end of stream"), ==, 0);
  g_assert_cmpuint (count (text, "    Note over S: recv() #101;nd of stream"), ==, 1);
}

/* In the words of the window: UDP makes no connection. */
static void
test_udp_is_not_connected (Fixture      *fixture,
                           gconstpointer data)
{
  BeEventRecord    record = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  g_autofree char *text = NULL;

  record.protocol = BE_PROTOCOL_UDP;
  record.state = BE_SYSTEM_STATE_UDP_CONNECTED;
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
  text = make_text (fixture, NULL);

  g_assert_cmpuint (count (text, ", peer fixed\n"), ==, 1);
}

static void
test_a_refused_connect_is_a_syn_and_a_rst (Fixture      *fixture,
                                           gconstpointer data)
{
  BeEventRecord    record = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  g_autofree char *text = NULL;

  record.result = -1;
  record.error = NUMBER (ECONNREFUSED);
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
  record.error = NUMBER (ETIMEDOUT);
  record.socket_id = record.peer_id = 2;
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);

  text = make_text (fixture, NULL);
  g_assert_nonnull (strstr (text, "    C0-->>S0: SYN (inferred)\n    S0-->>C0: RST (inferred)\n    Note over C0: connect()"));
  g_assert_nonnull (strstr (text, "    C1--xS1: SYN (inferred), no answer\n    Note over C1: connect()"));
}

static void
test_a_lost_datagram_ends_in_a_cross (Fixture      *fixture,
                                      gconstpointer data)
{
  g_autofree char *text = NULL;

  move (fixture, BE_SIDE_CLIENT, BE_CALL_SENDTO, 2, "lost", 4);
  move (fixture, BE_SIDE_CLIENT, BE_CALL_SENDTO, 2, "found", 5);
  move (fixture, BE_SIDE_SERVER, BE_CALL_RECVFROM, 2, "found", 5);
  move (fixture, BE_SIDE_CLIENT, BE_CALL_SENDTO, 2, "late", 4);
  text = make_text (fixture, NULL);

  g_assert_cmpuint (count (text, "    C0-xS: (lost) sendto() 4 bytes to 127.0.0.1#58;8001#58; lost\n"), ==, 1);
  g_assert_cmpuint (count (text, "    C0->>S: sendto() 5 bytes"), ==, 1);
  g_assert_cmpuint (count (text, "    C0--)S: (not read yet) sendto() 4 bytes"), ==, 1);
}

static void
test_another_program_is_a_participant (Fixture      *fixture,
                                       gconstpointer data)
{
  g_autofree char *text = NULL;

  add (fixture, BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  send_text (fixture, "hello");
  text = make_text (fixture, NULL);

  g_assert_cmpuint (count (text, "    participant S0 as Server 127.0.0.1#58;8001\n"), ==, 1);
  g_assert_cmpuint (count (text, "    C0->>S0: send() 5 bytes#58; hello\n"), ==, 1);
  g_assert_cmpuint (count (text, "participant"), ==, 2);
}

/* As the rows of the window, which say nothing of a socket that has a name only. */
static void
test_states_are_those_of_the_rows (Fixture      *fixture,
                                   gconstpointer data)
{
  BeEventRecord    bound = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_BIND, 1);
  BeEventRecord    fixed = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 2);
  BeEventRecord    closed = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CLOSE, 2);
  g_autofree char *text = NULL;

  bound.state = BE_SYSTEM_STATE_CLOSED;
  fixed.protocol = closed.protocol = BE_PROTOCOL_UDP;
  fixed.state = BE_SYSTEM_STATE_UDP_CONNECTED;
  closed.state = BE_SYSTEM_STATE_CLOSED;
  be_test_batch_add (fixture->base.batch, &bound, NULL, 0);
  be_test_batch_add (fixture->base.batch, &fixed, NULL, 0);
  be_test_batch_add (fixture->base.batch, &closed, NULL, 0);
  text = make_text (fixture, NULL);

  g_assert_cmpuint (count (text, "CLOSED"), ==, 0);
  g_assert_cmpuint (count (text, "bind() 127.0.0.1#58;50001\n"), ==, 1);
  g_assert_cmpuint (count (text, ", peer fixed\n"), ==, 1);
  g_assert_cmpuint (count (text, "close(), closed\n"), ==, 1);
}

static void
test_what_failed_is_a_note (Fixture      *fixture,
                            gconstpointer data)
{
  BeEventRecord    record = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);
  g_autofree char *text = NULL;

  record.result = -1;
  record.error = NUMBER (EHOSTUNREACH);
  record.state = BE_SYSTEM_STATE_CLOSED;
  be_test_batch_add (fixture->base.batch, &record, NULL, 0);
  text = make_text (fixture, NULL);

  g_assert_cmpuint (count (text, "\n"), ==, 3);
  g_assert_nonnull (strstr (text, "    Note over C0: connect() to 127.0.0.1#58;8001#58; "));
  g_assert_nonnull (strstr (text, "EHOSTUNREACH"));
}

static void
test_no_payload_is_taken_for_syntax (Fixture      *fixture,
                                     gconstpointer data)
{
  static const char *const payloads[] = {
    "x; S->>C0: feigned",
    "x\nC0->>S: feigned",
    "x\r\nNote over S: feigned",
    "end",
    "the end.",
    "END\nend",
    "%%{init: {\"theme\": \"dark\"}}%%",
    "%% no comment",
    "#35; #lt; &lt; &#59;",
    "<br/><img src=x onerror=alert(1)>",
    "wrap: a $$x$$ b `c`",
    "par one\nand two\nend",
    "---\ntitle: feigned\n---",
    "\\n \\u003c",
    "a\xe2\x80\xae"
    "b\xe2\x80\xa8"
    "c\xff\x1b[31m",
    "你好，世界；：",
  };
  g_autoptr (GBytes) hostile = be_hostile_text_all ();
  gsize            size;
  const guint8    *bytes = g_bytes_get_data (hostile, &size);
  g_autofree char *text = NULL;

  join (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      send_text (fixture, payloads[i]);
      receive_text (fixture, payloads[i]);
    }
  for (gsize i = 0; i < size; i += 16)
    {
      move (fixture, BE_SIDE_CLIENT, BE_CALL_SEND, 1, bytes + i, MIN (size - i, 16));
      move (fixture, BE_SIDE_SERVER, BE_CALL_RECV, 1, bytes + i, MIN (size - i, 16));
    }
  text = make_text (fixture, NULL);

  g_assert_null (strstr (text, ": feigned"));
  g_assert_null (strstr (text, "<"));
  g_assert_nonnull (strstr (text, "你好，世界；："));
  g_assert_cmpuint (count (text, "    C0->>S: send()"), ==, G_N_ELEMENTS (payloads) + (size + 15) / 16);
}

static void
test_random_payloads_are_not_either (Fixture      *fixture,
                                     gconstpointer data)
{
  g_autofree char *text = NULL;

  join (fixture);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GBytes) payload = be_hostile_text_random (g_test_rand_int_range (1, 8));
      gsize         size;
      gconstpointer bytes = g_bytes_get_data (payload, &size);

      move (fixture, BE_SIDE_CLIENT, BE_CALL_SEND, 1, bytes, size);
    }
  text = make_text (fixture, NULL);
}

static void
test_the_text_is_bounded_and_keeps_the_newest (Fixture      *fixture,
                                               gconstpointer data)
{
  g_autofree char *text = NULL;
  guint            n_rows = 0;

  join (fixture);
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *payload = g_strdup_printf ("message %u ;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;", i);

      send_text (fixture, payload);
      receive_text (fixture, payload);
    }
  text = make_text (fixture, &n_rows);

  g_assert_cmpuint (strlen (text), <=, BE_LADDER_MERMAID_MAX_BYTES);
  g_assert_cmpuint (strlen (text), >, BE_LADDER_MERMAID_MAX_BYTES / 2);
  g_assert_cmpuint (n_rows, >, 100);
  g_assert_cmpuint (n_rows, <, 4002);
  g_assert_nonnull (strstr (text, "message 1999 "));
  g_assert_null (strstr (text, "message 0 "));
  g_assert_true (g_str_has_prefix (text, "sequenceDiagram\n    %% "));
}

static void
test_only_what_the_filter_shows_is_there (Fixture      *fixture,
                                          gconstpointer data)
{
  g_autofree char *text = NULL;

  join (fixture);
  send_text (fixture, "hello");
  receive_text (fixture, "hello");
  be_test_filter_append (&fixture->base);
  be_journal_filter_set_side (fixture->base.filter, BE_SIDE_FILTER_SERVER);
  be_test_wait_until (!be_journal_filter_is_scanning (fixture->base.filter));
  text = be_ladder_mermaid_make (fixture->base.filter, NULL);
  assert_is_strict (text);

  g_assert_null (strstr (text, "send()"));
  g_assert_null (strstr (text, "connect()"));
  g_assert_cmpuint (count (text, "    Note over S: recv() 5 bytes#58; hello\n"), ==, 1);
}

static void
test_nothing_is_a_diagram_of_nobody (Fixture      *fixture,
                                     gconstpointer data)
{
  guint            n_rows = 1;
  g_autofree char *text = be_ladder_mermaid_make (fixture->base.filter, &n_rows);

  g_assert_cmpstr (text, ==, "sequenceDiagram\n");
  g_assert_cmpuint (n_rows, ==, 0);
}

static void
test_labels_are_cut (void)
{
  g_autofree char *label = g_strnfill (1000, ';');
  g_autoptr (GString) text = g_string_new (NULL);

  be_mermaid_text_append (text, label);
  g_assert_cmpuint (text->len, <, 700);
  g_assert_true (g_str_has_suffix (text->str, ";…"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/ladder-mermaid/" path, Fixture, GUINT_TO_POINTER (10000), set_up, function, tear_down)

  ADD ("a-conversation-becomes-a-sequence-diagram", test_a_conversation_becomes_a_sequence_diagram);
  ADD ("what-comes-otherwise-than-it-was-sent-has-a-note", test_what_comes_otherwise_than_it_was_sent_has_a_note);
  ADD ("what-the-system-sent-is-dashed", test_what_the_system_sent_is_dashed);
  ADD ("a-refused-connect-is-a-syn-and-a-rst", test_a_refused_connect_is_a_syn_and_a_rst);
  ADD ("udp-is-not-connected", test_udp_is_not_connected);
  ADD ("a-lost-datagram-ends-in-a-cross", test_a_lost_datagram_ends_in_a_cross);
  ADD ("another-program-is-a-participant", test_another_program_is_a_participant);
  ADD ("states-are-those-of-the-rows", test_states_are_those_of_the_rows);
  ADD ("what-failed-is-a-note", test_what_failed_is_a_note);
  ADD ("no-payload-is-taken-for-syntax", test_no_payload_is_taken_for_syntax);
  ADD ("random-payloads-are-not-either", test_random_payloads_are_not_either);
  ADD ("the-text-is-bounded-and-keeps-the-newest", test_the_text_is_bounded_and_keeps_the_newest);
  ADD ("only-what-the-filter-shows-is-there", test_only_what_the_filter_shows_is_there);
  ADD ("nothing-is-a-diagram-of-nobody", test_nothing_is_a_diagram_of_nobody);
  g_test_add_func ("/ladder-mermaid/labels-are-cut", test_labels_are_cut);

  return g_test_run ();
}
