/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-remedy.h"
#include "be-test-batch.h"
#include "be-test-errors.h"

static BeEventRecord
failure (BeSide side,
         BeCall call,
         int    error)
{
  BeEventRecord record = be_test_record (side, call, 1);

  record.result = -1;
  record.error = error;

  return record;
}

static void
assert_only (const BeEventRecord *record,
             BeRemedy             expected)
{
  for (BeRemedy remedy = BE_REMEDY_NONE + 1; remedy < BE_N_REMEDIES; remedy++)
    g_assert_cmpint (be_remedy_helps (remedy, record), ==, remedy == expected);
}

static void
test_starts_a_server_on_this_computer_only (void)
{
  BeEventRecord record = failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, BE_TEST_ERROR_CONNECTION_REFUSED);

  record.peer = be_test_address ("127.0.0.1", 9000);
  g_assert_true (be_remedy_helps (BE_REMEDY_START_SERVER, &record));
  g_assert_true (be_remedy_helps (BE_REMEDY_CALL_SERVER, &record));
  g_assert_false (be_remedy_helps (BE_REMEDY_TRY_LOOPBACK, &record));

  record.peer = be_test_address ("192.0.2.1", 9000);
  g_assert_false (be_remedy_helps (BE_REMEDY_START_SERVER, &record));
  g_assert_true (be_remedy_helps (BE_REMEDY_CALL_SERVER, &record));
  g_assert_true (be_remedy_helps (BE_REMEDY_TRY_LOOPBACK, &record));
}

static void
test_starts_a_server_for_a_datagram_too (void)
{
  BeEventRecord record = failure (BE_SIDE_CLIENT, BE_CALL_SENDTO, BE_TEST_ERROR_CONNECTION_REFUSED);

  record.protocol = BE_PROTOCOL_UDP;
  record.peer = be_test_address ("127.0.0.1", 9000);
  assert_only (&record, BE_REMEDY_START_SERVER);

  /* The client whom a server answered is gone: no server is missing. */
  record.side = BE_SIDE_SERVER;
  assert_only (&record, BE_REMEDY_NONE);
}

static void
test_tries_the_loopback_where_another_address_failed (void)
{
  BeEventRecord timed_out = failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, BE_TEST_ERROR_TIMED_OUT);
  BeEventRecord not_ours = failure (BE_SIDE_SERVER, BE_CALL_BIND, BE_TEST_ERROR_ADDRESS_NOT_AVAILABLE);
  BeEventRecord lookup = failure (BE_SIDE_CLIENT, BE_CALL_GETADDRINFO, G_RESOLVER_ERROR_NOT_FOUND + 1);

  timed_out.peer = be_test_address ("192.0.2.1", 9000);
  assert_only (&timed_out, BE_REMEDY_TRY_LOOPBACK);
  timed_out.peer = be_test_address ("127.0.0.1", 9000);
  assert_only (&timed_out, BE_REMEDY_NONE);

  not_ours.local = be_test_address ("192.0.2.1", 9000);
  assert_only (&not_ours, BE_REMEDY_TRY_LOOPBACK);
  not_ours.side = BE_SIDE_CLIENT;
  assert_only (&not_ours, BE_REMEDY_NONE);

  lookup.peer = (BeAddress){ 0 };
  lookup.local = (BeAddress){ 0 };
  assert_only (&lookup, BE_REMEDY_TRY_LOOPBACK);
}

static void
test_takes_the_next_port_for_a_server (void)
{
  BeEventRecord record = failure (BE_SIDE_SERVER, BE_CALL_BIND, BE_TEST_ERROR_ADDRESS_IN_USE);

  for (record.detail = 0; record.detail < 4; record.detail++)
    assert_only (&record, BE_REMEDY_NEXT_PORT);

  record.side = BE_SIDE_CLIENT;
  assert_only (&record, BE_REMEDY_NONE);
}

static void
test_does_nothing_while_another_address_is_tried (void)
{
  BeEventRecord record = failure (BE_SIDE_CLIENT, BE_CALL_CONNECT, BE_TEST_ERROR_CONNECTION_REFUSED);

  record.flags = BE_EVENT_MORE;
  assert_only (&record, BE_REMEDY_NONE);
}

static void
test_does_nothing_about_what_went_well (void)
{
  for (BeCall call = BE_CALL_GETADDRINFO; call <= BE_CALL_SETSOCKOPT; call++)
    {
      BeEventRecord record = be_test_record (BE_SIDE_CLIENT, call, 1);

      record.result = 0;
      assert_only (&record, BE_REMEDY_NONE);
    }
}

static void
test_has_a_label_for_every_remedy (void)
{
  g_assert_null (be_remedy_get_label (BE_REMEDY_NONE));
  for (BeRemedy remedy = BE_REMEDY_NONE + 1; remedy < BE_N_REMEDIES; remedy++)
    {
      g_assert_nonnull (be_remedy_get_label (remedy));
      g_assert_cmpstr (be_remedy_get_label (remedy), !=, "");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remedy/starts-a-server-on-this-computer-only", test_starts_a_server_on_this_computer_only);
  g_test_add_func ("/remedy/starts-a-server-for-a-datagram-too", test_starts_a_server_for_a_datagram_too);
  g_test_add_func ("/remedy/tries-the-loopback-where-another-address-failed",
                   test_tries_the_loopback_where_another_address_failed);
  g_test_add_func ("/remedy/takes-the-next-port-for-a-server", test_takes_the_next_port_for_a_server);
  g_test_add_func ("/remedy/does-nothing-while-another-address-is-tried",
                   test_does_nothing_while_another_address_is_tried);
  g_test_add_func ("/remedy/does-nothing-about-what-went-well", test_does_nothing_about_what_went_well);
  g_test_add_func ("/remedy/has-a-label-for-every-remedy", test_has_a_label_for_every_remedy);

  return g_test_run ();
}
