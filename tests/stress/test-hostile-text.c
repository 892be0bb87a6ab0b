/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Text from the network, from name servers and from files, made to act on
 * those who read it: it is shown, it does nothing, and its length is bounded. */

#include "be-cli-program.h"
#include "be-endpoint.h"
#include "be-event-text.h"
#include "be-explanation.h"
#include "be-hostile-text.h"
#include "be-payload-text.h"
#include "be-stress.h"
#include "be-test-peer.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define N_RANDOM 5000
#define N_MESSAGES 400
#define LONG_BYTES (256u * 1024)
#define N_LONG 200
#define MAX_SENTENCE_CHARACTERS 600

/* Records with words of others in them. */

static BeEventRecord *
make_record (BeCall     call,
             BeProtocol protocol,
             GBytes    *payload)
{
  gsize          length;
  const guint8  *bytes = g_bytes_get_data (payload, &length);
  BeEventRecord *record = g_malloc0 (sizeof *record + length);

  record->call = call;
  record->protocol = protocol;
  record->connection = BE_EVENT_NO_CONNECTION;
  record->result = (gint32) length;
  record->payload_length = record->kept_length = (guint32) length;
  record->peer.family = record->local.family = BE_ADDRESS_IPV4;
  memcpy (record + 1, bytes, length);

  return record;
}

static void
check_text (char *text)
{
  if (text != NULL)
    be_hostile_text_assert_shown (text);
  g_free (text);
}

static void
check_record (const BeEventRecord *record)
{
  g_autofree char *sentence = be_event_text_sentence (record);

  be_hostile_text_assert_shown (sentence);
  g_assert_null (strchr (sentence, '\n'));
  g_assert_cmpint (g_utf8_strlen (sentence, -1), <=, MAX_SENTENCE_CHARACTERS);
  check_text (be_event_text_detail (record));
  check_text (be_explanation_get_title (record));
  check_text (be_explanation_get_reason (record));
  check_text (be_explanation_get_remedy (record));
}

static void
test_events_show_what_came (void)
{
  for (guint i = 0; i < be_stress_scale (N_RANDOM); i++)
    {
      g_autoptr (GBytes) payload = be_hostile_text_random (g_test_rand_int_range (1, 40));
      g_autofree BeEventRecord *received = make_record (BE_CALL_RECV, BE_PROTOCOL_TCP, payload);
      g_autofree BeEventRecord *datagram = make_record (BE_CALL_RECVFROM, BE_PROTOCOL_UDP, payload);

      check_record (received);
      datagram->flags = (guint16) g_test_rand_int_range (0, 256);
      check_record (datagram);
    }
}

/* A name comes with its answer from the system, found or not. */
static void
test_names_are_shown (void)
{
  for (guint i = 0; i < be_stress_scale (N_RANDOM); i++)
    {
      g_autoptr (GBytes) name = be_hostile_text_random (g_test_rand_int_range (1, 100));
      g_autofree BeEventRecord *record = make_record (BE_CALL_GETADDRINFO, BE_PROTOCOL_TCP, name);

      record->result = 1;
      check_record (record);
      record->result = -1;
      record->error = g_test_rand_int_range (1, 4);
      check_record (record);
    }
}

/* What a person typed or pasted, or a settings file holds. */
static void
test_endpoints_are_plain_or_refused_in_plain_words (void)
{
  const BeProtocol protocols[] = { BE_PROTOCOL_TCP, BE_PROTOCOL_UDP, BE_PROTOCOL_UNIX };
  guint            n_refused = 0;

  for (guint i = 0; i < be_stress_scale (N_RANDOM); i++)
    {
      g_autoptr (GBytes) bytes = be_hostile_text_random (g_test_rand_int_range (1, 12));
      g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_autofree char *with_port = g_strconcat (text, ":8001", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) port_error = NULL;
      g_autoptr (BeEndpoint) endpoint = NULL;
      g_autoptr (BeEndpoint) wrong_port = NULL;

      endpoint = be_endpoint_new_from_text (protocols[i % 3], with_port, &error);
      g_assert_true ((endpoint == NULL) == (error != NULL));
      if (endpoint != NULL)
        check_text (be_endpoint_to_string (endpoint));
      else
        be_hostile_text_assert_shown (error->message);
      n_refused += endpoint == NULL ? 1 : 0;

      wrong_port = be_endpoint_new (BE_PROTOCOL_TCP, "127.0.0.1", text, &port_error);
      if (wrong_port == NULL)
        be_hostile_text_assert_shown (port_error->message);
    }
  g_assert_cmpuint (n_refused, >, 0);
}

/* A row, and what is read out of it, costs what is shown, whatever came. */
static void
test_long_texts_cost_what_is_shown_of_them (void)
{
  g_autoptr (GBytes) payload = be_hostile_text_random (LONG_BYTES / 2);
  g_autofree BeEventRecord *record = make_record (BE_CALL_RECV, BE_PROTOCOL_TCP, payload);
  BeStressBounds            bounds;

  g_assert_cmpuint (g_bytes_get_size (payload), >, LONG_BYTES);
  be_stress_begin (&bounds);
  for (guint i = 0; i < N_LONG; i++)
    check_record (record);

  /* 200 characters at 12 bytes, several times, and 200 times 256 KB are not
   * walked through: that would take some seconds. */
  be_stress_assert_within (&bounds, 0.5, 2);
}

/* The log of the program itself. */

static GBytes *
read_rest (BeCliProgram *program)
{
  g_auto (BeCliRun) run = { 0 };

  g_subprocess_send_signal (program->process, SIGTERM);
  be_cli_program_finish (program, &run);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.errors, ==, "");

  return g_steal_pointer (&run.output);
}

/* A payload that begins a line by itself could feign an event. */
static void
assert_is_log (GBytes *output)
{
  gsize            length;
  const char      *bytes = g_bytes_get_data (output, &length);
  g_autofree char *text = g_strndup (bytes, length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (strlen (text), ==, length);
  be_hostile_text_assert_shown (text);
  for (guint i = 0; lines[i + 1] != NULL; i++)
    g_assert_true (g_regex_match_simple ("^ *[0-9][0-9:.]*( s)?  (Server|Client)[:,]", lines[i], 0, 0));
}

static int
connect_from_path (const char *server_path,
                   const char *own_path)
{
  struct sockaddr_un native = { .sun_family = AF_UNIX };
  int                descriptor = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (native.sun_path, own_path, sizeof native.sun_path);
  g_assert_cmpint (bind (descriptor, (struct sockaddr *) &native, sizeof native), ==, 0);
  g_strlcpy (native.sun_path, server_path, sizeof native.sun_path);
  g_assert_cmpint (connect (descriptor, (struct sockaddr *) &native, sizeof native), ==, 0);

  return descriptor;
}

static void
send_all_to (BeCliProgram *program)
{
  BeAddress address = { .family = BE_ADDRESS_IPV4, .bytes = { 127, 0, 0, 1 } };
  BeAddress any = address;
  int       datagrams = -1;
  g_autoptr (GSocket) stream = NULL;
  char answer[65536];

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *line = be_cli_program_read_line (program);

      address.port = (guint16) g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
      if (strstr (line, " tcp ") != NULL)
        stream = be_test_peer_connect (&address);
      else
        datagrams = be_stress_open_datagram_from (&any, &address);
    }
  for (guint i = 0; i < be_stress_scale (N_MESSAGES); i++)
    {
      g_autoptr (GBytes) message = be_hostile_text_random (g_test_rand_int_range (1, 60));
      g_autoptr (GBytes) answered = NULL;
      gsize       length;
      const void *bytes = g_bytes_get_data (message, &length);

      be_test_peer_send (stream, bytes, length);
      answered = be_test_peer_receive (stream, length);
      g_assert_cmpint (send (datagrams, bytes, length, 0), ==, length);
      g_assert_cmpint (be_stress_receive (datagrams, answer, sizeof answer), ==, length);
    }
  close (datagrams);
}

static void
test_a_log_in_text_shows_what_came (void)
{
  g_autoptr (BeCliProgram) program = be_cli_program_start ("serve --tcp 0 --udp 0 --log text");
  g_autoptr (GBytes) output = NULL;

  send_all_to (program);
  output = read_rest (program);
  assert_is_log (output);
  g_assert_cmpuint (g_bytes_get_size (output), >, be_stress_scale (N_MESSAGES) * 4 * 20);
}

static void
test_a_log_in_json_shows_what_came (void)
{
  g_autoptr (BeCliProgram) program = be_cli_program_start ("serve --tcp 0 --udp 0 --log json");
  g_autoptr (GBytes) output = NULL;
  g_autofree char *text = NULL;

  send_all_to (program);
  output = read_rest (program);
  text = g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
  g_assert_cmpuint (strlen (text), ==, g_bytes_get_size (output));
  be_hostile_text_assert_shown (text);
}

/* The system hands out the path that a client is bound to. */
static void
test_a_path_of_a_client_is_not_obeyed (void)
{
  g_autofree char *folder = g_dir_make_tmp ("be-hostile-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "server", NULL);
  g_autofree char *arguments = g_strdup_printf ("serve --unix %s --log text", path);
  g_autofree char *hostile = g_build_filename (folder, "\x1b]0;x\x07\xe2\x80\xae\xff%n<b>\n0.1 s  Server", NULL);
  g_autoptr (BeCliProgram) program = be_cli_program_start (arguments);
  g_autofree char *line = be_cli_program_read_line (program);
  g_autoptr (GBytes) output = NULL;
  int  descriptor;
  char answer[8];

  g_assert_true (g_str_has_prefix (line, "listening unix "));
  descriptor = connect_from_path (path, hostile);
  g_assert_cmpint (send (descriptor, "hello", 5, 0), ==, 5);
  g_assert_cmpint (be_stress_receive (descriptor, answer, sizeof answer), ==, 5);
  close (descriptor);
  output = read_rest (program);
  assert_is_log (output);
  g_unlink (hostile);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/stress/hostile-text/events-show-what-came", test_events_show_what_came);
  g_test_add_func ("/stress/hostile-text/names-are-shown", test_names_are_shown);
  g_test_add_func ("/stress/hostile-text/endpoints-are-plain-or-refused-in-plain-words",
                   test_endpoints_are_plain_or_refused_in_plain_words);
  g_test_add_func ("/stress/hostile-text/long-texts-cost-what-is-shown-of-them",
                   test_long_texts_cost_what_is_shown_of_them);
  g_test_add_func ("/stress/hostile-text/a-log-in-text-shows-what-came",
                   test_a_log_in_text_shows_what_came);
  g_test_add_func ("/stress/hostile-text/a-log-in-json-shows-what-came",
                   test_a_log_in_json_shows_what_came);
  g_test_add_func ("/stress/hostile-text/a-path-of-a-client-is-not-obeyed",
                   test_a_path_of_a_client_is_not_obeyed);

  return g_test_run ();
}
