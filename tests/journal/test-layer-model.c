/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-layer-model.h"
#include "be-test-batch.h"

#include <string.h>

#ifdef G_OS_WIN32
#include <winsock2.h>
#define NUMBER(name) WSA##name
#else
#include <errno.h>
#define NUMBER(name) name
#endif

#define DOCUMENTATION_HOST "192.0.2.7" /* RFC 5737 */

static BeLayerModel *
make_with_payload (BeEventRecord record,
                   gconstpointer payload,
                   gsize         length,
                   BeLayerScheme scheme)
{
  g_autoptr (BeTestBatch) batch = be_test_batch_new ();

  record.result = (gint32) length;
  record.payload_length = (guint32) length;
  be_test_batch_add (batch, &record, payload, length);

  return be_layer_model_new (be_event_batch_first (be_test_batch_get (batch)), scheme, FALSE);
}

static BeLayerModel *
make (BeEventRecord record,
      const char   *payload,
      BeLayerScheme scheme)
{
  return make_with_payload (record, payload, strlen (payload), scheme);
}

static BeEventRecord
send_to (const char *local,
         const char *peer,
         BeProtocol  protocol)
{
  BeEventRecord record = be_test_record (BE_SIDE_CLIENT, protocol == BE_PROTOCOL_UDP ? BE_CALL_SENDTO : BE_CALL_SEND, 1);

  record.protocol = (guint8) protocol;
  record.local = be_test_address (local, 51879);
  record.peer = be_test_address (peer, 8001);

  return record;
}

static const BeLayer *
get_layer (BeLayerModel *model,
           BeLayerKind   kind)
{
  for (guint i = 0; i < model->n_layers; i++)
    {
      if (model->layers[i].kind == kind)
        return &model->layers[i];
    }
  g_assert_not_reached ();
}

static void
assert_layer (BeLayerModel *model,
              BeLayerKind   kind,
              const char   *header,
              const char   *size,
              const char   *words)
{
  const BeLayer   *layer = get_layer (model, kind);
  g_autofree char *shown = be_layer_dup_size (layer);

  g_assert_cmpstr (layer->header, ==, header);
  g_assert_cmpstr (shown, ==, size);
  if (strstr (layer->text, words) == NULL)
    g_error ("“%s” is not in “%s”", words, layer->text);
}

static void
test_tcp_adds_at_least_twenty_bytes_and_ip_twenty (void)
{
  g_autoptr (BeLayerModel) model = make (send_to ("127.0.0.1", "127.0.0.1", BE_PROTOCOL_TCP), "hello baby", BE_LAYER_SCHEME_FIVE);

  g_assert_cmpuint (model->n_layers, ==, 5);
  g_assert_false (model->is_upward);
  assert_layer (model, BE_LAYER_APPLICATION, NULL, "10 bytes", "gave to send(): 10 bytes");
  assert_layer (model, BE_LAYER_TRANSPORT, "TCP", "at least 30 bytes", "From port 51879 to port 8001.");
  assert_layer (model, BE_LAYER_NETWORK, "IPv4", "at least 50 bytes", "From 127.0.0.1 to 127.0.0.1.");
}

static void
test_loopback_has_neither_frame_nor_signal (void)
{
  g_autoptr (BeLayerModel) model = make (send_to ("127.0.0.1", "127.0.0.1", BE_PROTOCOL_TCP), "hello baby", BE_LAYER_SCHEME_FIVE);

  assert_layer (model, BE_LAYER_LINK, NULL, "nothing", "No frame");
  assert_layer (model, BE_LAYER_PHYSICAL, NULL, "nothing", "No signal");
}

static void
test_shows_what_moved_in_one_line (void)
{
  g_autoptr (BeLayerModel) model = make (send_to ("127.0.0.1", "127.0.0.1", BE_PROTOCOL_TCP), "a\nb", BE_LAYER_SCHEME_FIVE);

  g_assert_cmpstr (model->content, ==, "a␊b");
}

/* A computer's own address is reached without a network too. */
static void
test_an_own_address_is_like_loopback (void)
{
  g_autoptr (BeLayerModel) model = make (send_to (DOCUMENTATION_HOST, DOCUMENTATION_HOST, BE_PROTOCOL_TCP), "x", BE_LAYER_SCHEME_FIVE);

  assert_layer (model, BE_LAYER_LINK, NULL, "nothing", "No frame");
}

static void
test_ethernet_adds_eighteen_bytes_and_fills_short_frames (void)
{
  g_autoptr (BeLayerModel) short_one = make (send_to ("192.0.2.1", DOCUMENTATION_HOST, BE_PROTOCOL_UDP), "hello baby", BE_LAYER_SCHEME_FIVE);
  g_autofree char *text = g_strnfill (100, 'x');
  g_autoptr (BeLayerModel) long_one = make (send_to ("192.0.2.1", DOCUMENTATION_HOST, BE_PROTOCOL_UDP), text, BE_LAYER_SCHEME_FIVE);

  assert_layer (short_one, BE_LAYER_NETWORK, "IPv4", "at least 38 bytes", "192.0.2.1 is this computer.");
  assert_layer (short_one, BE_LAYER_LINK, "Ethernet", "at least 64 bytes", "14 bytes in front and 4 behind");
  assert_layer (long_one, BE_LAYER_LINK, "Ethernet", "at least 146 bytes", "Which it is, no call tells.");
}

static void
test_udp_adds_exactly_eight_bytes (void)
{
  g_autoptr (BeLayerModel) model = make (send_to ("::1", "::1", BE_PROTOCOL_UDP), "hello baby", BE_LAYER_SCHEME_FIVE);
  g_autoptr (BeLayerModel) empty = make (send_to ("::1", "::1", BE_PROTOCOL_UDP), "", BE_LAYER_SCHEME_FIVE);

  assert_layer (model, BE_LAYER_TRANSPORT, "UDP", "18 bytes", "exactly 8 bytes");
  assert_layer (model, BE_LAYER_NETWORK, "IPv6", "58 bytes", "From ::1 to ::1.");
  assert_layer (empty, BE_LAYER_TRANSPORT, "UDP", "8 bytes", "exactly 8 bytes");
}

static void
test_what_came_in_is_read_from_below (void)
{
  BeEventRecord record = send_to ("127.0.0.1", "127.0.0.1", BE_PROTOCOL_TCP);
  g_autoptr (BeLayerModel) model = NULL;

  record.call = BE_CALL_RECV;
  model = make (record, "hello baby", BE_LAYER_SCHEME_FIVE);

  g_assert_true (model->is_upward);
  assert_layer (model, BE_LAYER_TRANSPORT, "TCP", "at least 30 bytes", "From port 8001 to port 51879.");
}

static void
test_long_messages_need_several_units (void)
{
  g_autofree char *text = g_strnfill (4000, 'x');
  g_autoptr (BeLayerModel) tcp = make (send_to ("192.0.2.1", DOCUMENTATION_HOST, BE_PROTOCOL_TCP), text, BE_LAYER_SCHEME_FIVE);
  g_autoptr (BeLayerModel) udp = make (send_to ("192.0.2.1", DOCUMENTATION_HOST, BE_PROTOCOL_UDP), text, BE_LAYER_SCHEME_FIVE);
  g_autoptr (BeLayerModel) here = make (send_to ("127.0.0.1", "127.0.0.1", BE_PROTOCOL_TCP), text, BE_LAYER_SCHEME_FIVE);

  /* 1,500 less two headers of 20 are 1,460; a fragment holds 1,480. */
  g_assert_cmpuint (get_layer (tcp, BE_LAYER_TRANSPORT)->n_units, ==, 3);
  assert_layer (tcp, BE_LAYER_TRANSPORT, "TCP", "at least 4060 bytes", "at least 3 segments");
  g_assert_cmpuint (get_layer (udp, BE_LAYER_TRANSPORT)->n_units, ==, 1);
  g_assert_cmpuint (get_layer (udp, BE_LAYER_NETWORK)->n_units, ==, 3);
  g_assert_cmpuint (get_layer (here, BE_LAYER_TRANSPORT)->n_units, ==, 1);
}

/* The largest that there is needs no fragments on loopback. */
static void
test_the_largest_datagram_is_one_packet_on_loopback (void)
{
  g_autofree char *text = g_strnfill (65507, 'x');
  g_autoptr (BeLayerModel) model = make (send_to ("127.0.0.1", "127.0.0.1", BE_PROTOCOL_UDP), text, BE_LAYER_SCHEME_FIVE);

  g_assert_cmpuint (get_layer (model, BE_LAYER_NETWORK)->n_units, ==, 1);
  g_assert_cmpuint (get_layer (model, BE_LAYER_NETWORK)->total_bytes, ==, 65535);
}

static void
test_osi_has_seven_layers (void)
{
  g_autoptr (BeLayerModel) text = make (send_to ("127.0.0.1", "127.0.0.1", BE_PROTOCOL_TCP), "你好", BE_LAYER_SCHEME_SEVEN);
  g_autoptr (BeLayerModel) bytes = make (send_to ("127.0.0.1", "127.0.0.1", BE_PROTOCOL_UDP), "\xff\xfe", BE_LAYER_SCHEME_SEVEN);

  g_assert_cmpuint (text->n_layers, ==, 7);
  g_assert_cmpuint (text->layers[0].number, ==, 7);
  assert_layer (text, BE_LAYER_APPLICATION, NULL, "6 bytes", "6 bytes");
  assert_layer (text, BE_LAYER_PRESENTATION, NULL, "6 bytes", "Read as UTF-8 the bytes are 2 characters.");
  assert_layer (text, BE_LAYER_SESSION, NULL, "6 bytes", "from connect() to close()");
  assert_layer (bytes, BE_LAYER_PRESENTATION, NULL, "2 bytes", "no text in UTF-8");
  assert_layer (bytes, BE_LAYER_SESSION, NULL, "2 bytes", "each datagram stands for itself");
}

static void
assert_travels (BeEventRecord record,
                guint         n_layers,
                const char   *words)
{
  g_autoptr (BeLayerModel) model = be_layer_model_new (&record, BE_LAYER_SCHEME_FIVE, FALSE);

  g_assert_cmpuint (model->n_layers, ==, n_layers);
  if (strstr (model->title, words) == NULL)
    g_error ("“%s” is not in “%s”", words, model->title);
}

static void
assert_content (BeEventRecord record,
                const char   *content)
{
  g_autoptr (BeLayerModel) model = be_layer_model_new (&record, BE_LAYER_SCHEME_FIVE, FALSE);

  g_assert_cmpstr (model->content, ==, content);
}

static void
test_calls_without_bytes_say_what_the_system_sends (void)
{
  BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_CONNECT, 1);

  assert_travels (record, 5, "but a SYN; a SYN-ACK came back");
  assert_content (record, "SYN, no data");

  record.result = -1;
  record.error = NUMBER (ECONNREFUSED);
  assert_travels (record, 5, "but a SYN, and an RST came back");

  record.error = 0;
  record.flags = BE_EVENT_CANCELLED;
  record.state = BE_SYSTEM_STATE_SYN_SENT;
  assert_travels (record, 5, "and no answer came");

  record.state = BE_SYSTEM_STATE_CLOSED;
  assert_travels (record, 0, "It is not known whether anything travelled");

  record = be_test_record (BE_SIDE_SERVER, BE_CALL_ACCEPT, 1);
  assert_travels (record, 5, "accept() sends nothing");

  record = be_test_record (BE_SIDE_CLIENT, BE_CALL_SHUTDOWN, 1);
  assert_travels (record, 5, "but a FIN");

  record = be_test_record (BE_SIDE_CLIENT, BE_CALL_CLOSE, 1);
  assert_travels (record, 5, "unless shutdown() has sent it before");

  record.flags = BE_EVENT_RESET;
  assert_travels (record, 5, "close() with a reset sends an RST");

  record.flags = BE_EVENT_UNREAD | BE_EVENT_RESET;
  record.position = 5;
  assert_travels (record, 5, "close() left bytes unread, so the system sends an RST: a segment");

  record = be_test_record (BE_SIDE_SERVER, BE_CALL_RECV, 1);
  assert_travels (record, 5, "recv() returned 0 because a FIN came in");

  record.result = -1;
  record.error = NUMBER (ECONNRESET);
  assert_travels (record, 5, "An RST came in");
}

static void
test_calls_that_send_nothing_say_so (void)
{
  static const BeCall calls[] = { BE_CALL_SOCKET, BE_CALL_BIND, BE_CALL_LISTEN, BE_CALL_SETSOCKOPT };
  BeEventRecord       record;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    assert_travels (be_test_record (BE_SIDE_SERVER, calls[i], 1), 0, "Nothing travels");

  assert_travels (be_test_record (BE_SIDE_CLIENT, BE_CALL_GETADDRINFO, 1), 0, "Nothing travels through this socket");

  record = send_to ("127.0.0.1", "127.0.0.1", BE_PROTOCOL_UDP);
  record.call = BE_CALL_CONNECT;
  assert_travels (record, 0, "only notes the address");
  record.call = BE_CALL_CLOSE;
  assert_travels (record, 0, "UDP has no connection");

  record = be_test_record (BE_SIDE_SERVER, BE_CALL_CLOSE, 1);
  record.peer = (BeAddress){ 0 };
  assert_travels (record, 0, "no peer that must be told");

  record = be_test_record (BE_SIDE_CLIENT, BE_CALL_SEND, 1);
  record.result = -1;
  record.error = NUMBER (ECONNRESET);
  assert_travels (record, 0, "did not take the bytes");
}

static void
test_a_unix_domain_socket_has_no_layers (void)
{
  BeEventRecord record = be_test_record (BE_SIDE_CLIENT, BE_CALL_SEND, 1);
  g_autoptr (BeLayerModel) model = NULL;

  record.protocol = BE_PROTOCOL_UNIX;
  model = make (record, "hello", BE_LAYER_SCHEME_SEVEN);

  g_assert_cmpuint (model->n_layers, ==, 0);
  g_assert_nonnull (strstr (model->title, "no layers below it"));
}

static void
test_a_cut_datagram_was_at_least_so_long (void)
{
  BeEventRecord record = send_to ("127.0.0.1", "127.0.0.1", BE_PROTOCOL_UDP);
  g_autoptr (BeLayerModel) model = NULL;

  record.call = BE_CALL_RECVFROM;
  record.flags = BE_EVENT_TRUNCATED;
  model = make (record, "hell", BE_LAYER_SCHEME_FIVE);

  assert_layer (model, BE_LAYER_APPLICATION, NULL, "at least 4 bytes", "the rest is lost");
  assert_layer (model, BE_LAYER_TRANSPORT, "UDP", "at least 12 bytes", "exactly 8 bytes");
}

static void
test_all_of_it_is_sentences_too (void)
{
  g_autoptr (BeLayerModel) model = make (send_to ("127.0.0.1", "127.0.0.1", BE_PROTOCOL_TCP), "hello baby", BE_LAYER_SCHEME_FIVE);
  g_autofree char *description = be_layer_model_dup_description (model);
  g_auto (GStrv) lines = g_strsplit (description, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  g_assert_true (g_str_has_prefix (lines[1], "5 Application, 10 bytes: "));
  g_assert_true (g_str_has_prefix (lines[2], "4 Transport, at least 30 bytes: From port 51879"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layer-model/shows-what-moved-in-one-line", test_shows_what_moved_in_one_line);
  g_test_add_func ("/layer-model/tcp", test_tcp_adds_at_least_twenty_bytes_and_ip_twenty);
  g_test_add_func ("/layer-model/loopback", test_loopback_has_neither_frame_nor_signal);
  g_test_add_func ("/layer-model/own-address", test_an_own_address_is_like_loopback);
  g_test_add_func ("/layer-model/ethernet", test_ethernet_adds_eighteen_bytes_and_fills_short_frames);
  g_test_add_func ("/layer-model/udp", test_udp_adds_exactly_eight_bytes);
  g_test_add_func ("/layer-model/upward", test_what_came_in_is_read_from_below);
  g_test_add_func ("/layer-model/several-units", test_long_messages_need_several_units);
  g_test_add_func ("/layer-model/largest-datagram", test_the_largest_datagram_is_one_packet_on_loopback);
  g_test_add_func ("/layer-model/osi", test_osi_has_seven_layers);
  g_test_add_func ("/layer-model/without-bytes", test_calls_without_bytes_say_what_the_system_sends);
  g_test_add_func ("/layer-model/nothing", test_calls_that_send_nothing_say_so);
  g_test_add_func ("/layer-model/unix", test_a_unix_domain_socket_has_no_layers);
  g_test_add_func ("/layer-model/cut", test_a_cut_datagram_was_at_least_so_long);
  g_test_add_func ("/layer-model/description", test_all_of_it_is_sentences_too);

  return g_test_run ();
}
