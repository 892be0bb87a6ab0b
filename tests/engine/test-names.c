/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sessions that are given a name: how it is looked up, and what follows. No
 * name leaves this program, because the resolver is our own. */

#include "be-tcp-server.h"
#include "be-test-errors.h"
#include "be-test-nobody.h"
#include "be-test-peer.h"
#include "be-test-sessions.h"
#include "be-test.h"

#include <string.h>

#define NAME "server.example"

/* A resolver that knows the answer before it is asked, or never answers. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;

  GList   *addresses; /* of GInetAddress; empty: there is no such name */
  gboolean is_silent;
  guint    n_questions;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static gpointer
copy_address (gconstpointer address,
              gpointer      user_data)
{
  return g_object_ref ((gpointer) address);
}

static void
free_addresses (gpointer addresses)
{
  g_list_free_full (addresses, g_object_unref);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = user_data;

  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
test_resolver_lookup_by_name_async (GResolver          *resolver,
                                    const char         *name,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  g_autoptr (GSource) source = NULL;

  self->n_questions++;
  g_assert_cmpstr (name, ==, NAME);
  if (self->is_silent)
    {
      source = g_cancellable_source_new (cancellable);
      g_source_set_callback (source, G_SOURCE_FUNC (cancelled_cb), g_object_ref (task),
                             g_object_unref);
      g_source_attach (source, g_main_context_get_thread_default ());
    }
  else if (self->addresses != NULL)
    g_task_return_pointer (task, g_list_copy_deep (self->addresses, copy_address, NULL),
                           free_addresses);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no such name");
}

static GList *
test_resolver_lookup_by_name_finish (GResolver    *resolver,
                                     GAsyncResult *result,
                                     GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_finalize (GObject *object)
{
  free_addresses (TEST_RESOLVER (object)->addresses);

  G_OBJECT_CLASS (test_resolver_parent_class)->finalize (object);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_resolver_finalize;
  G_RESOLVER_CLASS (klass)->lookup_by_name_async = test_resolver_lookup_by_name_async;
  G_RESOLVER_CLASS (klass)->lookup_by_name_finish = test_resolver_lookup_by_name_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* Answers with @addresses, which may be none, from now on. */
static TestResolver *
use_resolver (const char *const *addresses)
{
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);

  for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++)
    resolver->addresses = g_list_append (resolver->addresses,
                                         g_inet_address_new_from_string (addresses[i]));
  g_resolver_set_default (G_RESOLVER (resolver));

  /* The default holds it. */
  return resolver;
}

static void
test_connects_to_the_address_of_a_name (BeTestSessions *sessions)
{
  const char *const    addresses[] = { "127.0.0.1", NULL };
  const BeEventRecord *resolved;

  use_resolver (addresses);
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, NAME,
                                         be_test_session_get_local (sessions->server).port);
  be_test_session_run (sessions->client);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");

  resolved = be_test_log_last (sessions->log, sessions->client, BE_CALL_GETADDRINFO);
  g_assert_cmpint (resolved->result, ==, 1);
  g_assert_cmpmem (be_event_record_payload (resolved), resolved->kept_length, NAME, strlen (NAME));
  g_assert_true (be_address_is_loopback (&resolved->peer));
  g_assert_cmpuint (resolved->socket_id, ==, 0);
}

static void
test_fails_where_the_name_is_not_known (BeTestSessions *sessions)
{
  g_autofree char     *calls = NULL;
  const BeEventRecord *failed;

  use_resolver (NULL);
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, NAME, 9);
  be_test_session_fail (sessions->client);
  failed = be_test_log_last (sessions->log, sessions->client, BE_CALL_GETADDRINFO);
  g_assert_cmpint (failed->error, ==, G_RESOLVER_ERROR_NOT_FOUND + 1);
  g_assert_cmpmem (be_event_record_payload (failed), failed->kept_length, NAME, strlen (NAME));
  g_assert_true (be_event_record_is_failure (failed));
  calls = be_test_log_calls (sessions->log, sessions->client);
  g_assert_cmpstr (calls, ==, "getaddrinfo!");
}

static void
test_tries_the_next_address (BeTestSessions *sessions)
{
  const char *const    addresses[] = { "::1", "127.0.0.1", NULL };
  g_autofree char     *calls = NULL;
  const BeEventRecord *refused;

  if (!be_test_has_ipv6 ())
    {
      g_test_skip ("No IPv6 here");
      return;
    }

  use_resolver (addresses);
  be_test_sessions_start_server (sessions, BE_PROTOCOL_TCP);
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, NAME,
                                         be_test_session_get_local (sessions->server).port);
  be_test_session_run (sessions->client);

  calls = be_test_log_calls (sessions->log, sessions->client);
  g_assert_cmpstr (calls, ==, "getaddrinfo getaddrinfo socket connect! close socket connect");
  g_assert_cmpint (
    be_test_log_nth (sessions->log, sessions->client, BE_CALL_GETADDRINFO, 0)->peer.family, ==,
    BE_ADDRESS_IPV6);
  g_assert_cmpint (
    be_test_log_nth (sessions->log, sessions->client, BE_CALL_GETADDRINFO, 1)->peer.family, ==,
    BE_ADDRESS_IPV4);
  g_assert_cmpint (be_test_log_last (sessions->log, sessions->client, BE_CALL_GETADDRINFO)->result,
                   ==, 2);
  refused = be_test_log_nth (sessions->log, sessions->client, BE_CALL_CONNECT, 0);
  g_assert_cmpint (refused->error, ==, BE_TEST_ERROR_CONNECTION_REFUSED);
  g_assert_cmphex (refused->flags, ==, BE_EVENT_MORE);
}

#ifdef __linux__ /* where all of 127.0.0.0/8 is this computer */
static void
test_fails_when_no_address_is_left (BeTestSessions *sessions)
{
  const char *const addresses[] = { "127.0.0.1", "127.0.0.2", "127.0.0.3", NULL };
  BeAddress         address;
  g_autoptr (GSocket) nobody = be_test_nobody_listens (&address);

  use_resolver (addresses);
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, NAME, address.port);
  be_test_session_fail (sessions->client);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_CONNECT), ==,
                    3);
  g_assert_cmpuint (
    be_test_log_flags (sessions->log, sessions->client, BE_CALL_CONNECT, BE_EVENT_MORE), ==, 2);
  g_assert_cmphex (be_test_log_last (sessions->log, sessions->client, BE_CALL_CONNECT)->flags, ==,
                   0);
}

static void
test_tries_no_endless_list (BeTestSessions *sessions)
{
  const guint   n_addresses = 100;
  TestResolver *resolver = use_resolver (NULL);
  guint         n_tried;
  BeAddress     address;
  g_autoptr (GSocket) nobody = be_test_nobody_listens (&address);

  for (guint8 i = 1; i <= n_addresses; i++)
    {
      const guint8 bytes[] = { 127, 0, 0, i };

      resolver->addresses = g_list_append (
        resolver->addresses, g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV4));
    }

  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, NAME, address.port);
  be_test_session_fail (sessions->client);
  n_tried = be_test_recorder_count (sessions->log, sessions->client, BE_CALL_CONNECT);
  g_assert_cmpuint (n_tried, >, 1);
  g_assert_cmpuint (n_tried, <, n_addresses);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_GETADDRINFO),
                    ==, n_tried);
}
#endif

static void
test_binds_to_the_address_of_a_name (BeTestSessions *sessions)
{
  const char *const addresses[] = { "127.0.0.1", NULL };

  use_resolver (addresses);
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_UDP, NAME, 0);
  be_test_session_run (sessions->server);
  sessions->client = be_test_client_new_for (sessions->server);
  be_test_session_run (sessions->client);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");
}

/* 198.51.100.0/24 and 203.0.113.0/24 are for documentation (RFC 5737): no
 * computer has them. Nothing is sent: bind () refuses. */
static void
run_where_only_the_last_is_ours (BeTestSessions *sessions,
                                 BeProtocol      protocol,
                                 const char     *expected_calls)
{
  const char *const    addresses[] = { "198.51.100.1", "203.0.113.1", "127.0.0.1", NULL };
  g_autofree char     *calls = NULL;
  const BeEventRecord *refused;
  BeAddress            local;

  use_resolver (addresses);
  sessions->server = be_test_server_new (sessions->network, protocol, NAME, 0);
  be_test_session_run (sessions->server);
  local = be_test_session_get_local (sessions->server);
  g_assert_true (be_address_is_loopback (&local));

  for (guint i = 0; i < 2; i++)
    {
      refused = be_test_log_nth (sessions->log, sessions->server, BE_CALL_BIND, i);
      g_assert_cmpint (refused->error, ==, BE_TEST_ERROR_ADDRESS_NOT_AVAILABLE);
      g_assert_cmphex (refused->flags, ==, BE_EVENT_MORE);
    }
  calls = be_test_log_calls (sessions->log, sessions->server);
  g_assert_cmpstr (calls, ==, expected_calls);

  /* Not by the name: a client would try the others. */
  sessions->client = be_test_client_new (sessions->network, protocol, "127.0.0.1", local.port);
  be_test_session_run (sessions->client);
  be_test_session_send (sessions->client, BE_PEER_EVERYONE, "a");
  be_test_sessions_expect (sessions, sessions->client, "A");
}

static void
test_listens_at_the_first_address_of_ours (BeTestSessions *sessions)
{
  run_where_only_the_last_is_ours (sessions, BE_PROTOCOL_TCP,
                                   "getaddrinfo getaddrinfo getaddrinfo socket bind! close "
                                   "socket bind! close socket bind listen");
}

static void
test_binds_to_the_first_address_of_ours (BeTestSessions *sessions)
{
  run_where_only_the_last_is_ours (sessions, BE_PROTOCOL_UDP,
                                   "getaddrinfo getaddrinfo getaddrinfo socket bind! close "
                                   "socket bind! close socket bind");
}

static void
fail_where_no_address_is_ours (BeTestSessions *sessions,
                               BeProtocol      protocol)
{
  const char *const addresses[] = { "198.51.100.1", "203.0.113.1", NULL };
  BeSession        *server;

  use_resolver (addresses);
  server = be_test_server_new (sessions->network, protocol, NAME, 0);
  be_test_session_fail (be_test_sessions_keep (sessions, server));
  g_assert_cmpuint (be_test_recorder_count (sessions->log, server, BE_CALL_BIND), ==, 2);
  g_assert_cmphex (be_test_log_last (sessions->log, server, BE_CALL_BIND)->flags, ==, 0);
}

static void
test_fails_when_no_address_is_ours (BeTestSessions *sessions)
{
  fail_where_no_address_is_ours (sessions, BE_PROTOCOL_TCP);
  fail_where_no_address_is_ours (sessions, BE_PROTOCOL_UDP);
}

static void
test_never_listens_when_told_so_while_it_looks_up (BeTestSessions *sessions)
{
  const char *const addresses[] = { "127.0.0.1", NULL };

  /* The answer waits in the main context. */
  use_resolver (addresses);
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, NAME, 0);
  be_session_start (sessions->server);
  be_tcp_server_stop_listening (BE_TCP_SERVER (sessions->server));
  be_test_wait_until (be_session_get_state (sessions->server) > BE_SESSION_STARTING);
  g_assert_cmpint (be_session_get_state (sessions->server), ==, BE_SESSION_ENDED);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, NULL, BE_CALL_SOCKET), ==, 0);
}

static void
test_ends_when_stopped_while_it_looks_up (BeTestSessions *sessions)
{
  g_autofree char     *calls = NULL;
  TestResolver        *resolver = use_resolver (NULL);
  const BeEventRecord *cancelled;

  resolver->is_silent = TRUE;
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, NAME, 9);
  be_session_start (sessions->client);
  g_assert_cmpint (be_session_get_state (sessions->client), ==, BE_SESSION_STARTING);
  be_session_stop (sessions->client);
  be_test_session_end (sessions->client);

  cancelled = be_test_log_last (sessions->log, sessions->client, BE_CALL_GETADDRINFO);
  g_assert_cmphex (cancelled->flags, ==, BE_EVENT_CANCELLED);
  g_assert_false (be_event_record_is_failure (cancelled));
  calls = be_test_log_calls (sessions->log, sessions->client);
  g_assert_cmpstr (calls, ==, "getaddrinfo!");
}

static void
test_opens_nothing_when_stopped_as_the_answer_comes (BeTestSessions *sessions)
{
  const char *const addresses[] = { "127.0.0.1", NULL };

  /* The answer waits in the main context when the session is stopped. */
  use_resolver (addresses);
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, NAME, 9);
  be_session_start (sessions->client);
  be_test_session_end (sessions->client);
  g_assert_cmpuint (be_test_recorder_count (sessions->log, sessions->client, BE_CALL_SOCKET), ==,
                    0);
}

static void
test_is_let_go_while_it_looks_up (BeTestSessions *sessions)
{
  TestResolver *resolver = use_resolver (NULL);

  resolver->is_silent = TRUE;
  sessions->client = be_test_client_new (sessions->network, BE_PROTOCOL_TCP, NAME, 9);
  be_session_start (sessions->client);
  g_assert_cmpuint (resolver->n_questions, ==, 1);
  g_assert_finalize_object (g_steal_pointer (&sessions->client));

  /* The answer, which is that nobody waits for one, comes to nobody. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (be_test_recorder_get_all (sessions->log)->len, ==, 0);
}

static void
test_is_let_go_as_the_answer_comes (BeTestSessions *sessions)
{
  const char *const addresses[] = { "127.0.0.1", NULL };

  use_resolver (addresses);
  sessions->server = be_test_server_new (sessions->network, BE_PROTOCOL_TCP, NAME, 0);
  be_session_start (sessions->server);
  g_assert_finalize_object (g_steal_pointer (&sessions->server));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (be_test_recorder_count (sessions->log, NULL, BE_CALL_SOCKET), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  be_test_sessions_add ("/names/connects-to-the-address-of-a-name",
                        test_connects_to_the_address_of_a_name);
  be_test_sessions_add ("/names/fails-where-the-name-is-not-known",
                        test_fails_where_the_name_is_not_known);
  be_test_sessions_add ("/names/tries-the-next-address", test_tries_the_next_address);
#ifdef __linux__
  be_test_sessions_add ("/names/fails-when-no-address-is-left", test_fails_when_no_address_is_left);
  be_test_sessions_add ("/names/tries-no-endless-list", test_tries_no_endless_list);
#endif
  be_test_sessions_add ("/names/binds-to-the-address-of-a-name",
                        test_binds_to_the_address_of_a_name);
  be_test_sessions_add ("/names/listens-at-the-first-address-of-ours",
                        test_listens_at_the_first_address_of_ours);
  be_test_sessions_add ("/names/binds-to-the-first-address-of-ours",
                        test_binds_to_the_first_address_of_ours);
  be_test_sessions_add ("/names/fails-when-no-address-is-ours", test_fails_when_no_address_is_ours);
  be_test_sessions_add ("/names/never-listens-when-told-so-while-it-looks-up",
                        test_never_listens_when_told_so_while_it_looks_up);
  be_test_sessions_add ("/names/ends-when-stopped-while-it-looks-up",
                        test_ends_when_stopped_while_it_looks_up);
  be_test_sessions_add ("/names/opens-nothing-when-stopped-as-the-answer-comes",
                        test_opens_nothing_when_stopped_as_the_answer_comes);
  be_test_sessions_add ("/names/is-let-go-while-it-looks-up", test_is_let_go_while_it_looks_up);
  be_test_sessions_add ("/names/is-let-go-as-the-answer-comes", test_is_let_go_as_the_answer_comes);

  return g_test_run ();
}
