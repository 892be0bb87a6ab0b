/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-poller.h"
#include "be-test-peer.h"

#ifdef __linux__
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#endif

/* More than one wait can report at once. */
#define MANY_SOCKETS 700

#define SHORT_MICROSECONDS (30 * 1000)
#define LONG_MICROSECONDS (20 * G_USEC_PER_SEC)

/* A watched UDP socket, readable once something was sent to itself. */
typedef struct
{
  BePoller     *poller;
  GSocket      *socket;
  BeAddress     address;
  BePollerWatch watch;

  guint        n_calls;
  GIOCondition ready;
} Watched;

typedef void (*PollerFunc) (BePoller *poller);

typedef struct
{
  BePollerKind kind;
  PollerFunc   test;
} Case;

static void
count_cb (gpointer     user_data,
          GIOCondition ready)
{
  Watched *watched = user_data;

  watched->n_calls++;
  watched->ready = ready;
}

static Watched *
watch (BePoller    *poller,
       GIOCondition conditions,
       BePollerFunc func)
{
  Watched *watched = g_new0 (Watched, 1);

  watched->poller = poller;
  watched->socket = be_test_peer_bind_datagram (0, &watched->address);
  be_poller_add (poller, &watched->watch, be_socket_borrow (watched->socket), conditions, func, watched);

  return watched;
}

static void
watched_free (Watched *watched)
{
  be_poller_remove (watched->poller, &watched->watch);
  g_object_unref (watched->socket);
  g_free (watched);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watched, watched_free)

static void
make_readable (Watched *watched)
{
  be_test_peer_send_to (watched->socket, &watched->address, "a", 1);
}

static void
test_calls_when_something_can_be_read (BePoller *poller)
{
  g_autoptr (Watched) watched = watch (poller, G_IO_IN, count_cb);
  g_autoptr (Watched) other = watch (poller, G_IO_IN, count_cb);

  be_poller_wait (poller, 0);
  g_assert_cmpuint (watched->n_calls, ==, 0);
  make_readable (watched);
  be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_cmpuint (watched->n_calls, ==, 1);
  g_assert_cmphex (watched->ready, ==, G_IO_IN);
  g_assert_cmpuint (other->n_calls, ==, 0);
}

static void
test_calls_as_long_as_it_is_so (BePoller *poller)
{
  g_autoptr (Watched) watched = watch (poller, G_IO_IN, count_cb);
  g_autoptr (GBytes) datagram = NULL;

  make_readable (watched);
  be_poller_wait (poller, LONG_MICROSECONDS);
  be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_cmpuint (watched->n_calls, ==, 2);
  datagram = be_test_peer_receive_datagram (watched->socket, NULL);
  be_poller_wait (poller, 0);
  g_assert_cmpuint (watched->n_calls, ==, 2);
}

static void
test_waits_for_what_it_is_told (BePoller *poller)
{
  g_autoptr (Watched) watched = watch (poller, 0, count_cb);

  make_readable (watched);
  be_poller_wait (poller, 0);
  g_assert_cmpuint (watched->n_calls, ==, 0);

  be_poller_set_conditions (poller, &watched->watch, G_IO_OUT);
  be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_cmpuint (watched->n_calls, ==, 1);
  g_assert_cmphex (watched->ready, ==, G_IO_OUT);

  be_poller_set_conditions (poller, &watched->watch, G_IO_IN);
  be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_cmpuint (watched->n_calls, ==, 2);
  g_assert_cmphex (watched->ready, ==, G_IO_IN);

  be_poller_set_conditions (poller, &watched->watch, G_IO_IN | G_IO_OUT);
  be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_cmpuint (watched->n_calls, ==, 3);
  g_assert_cmphex (watched->ready, ==, G_IO_IN | G_IO_OUT);

  be_poller_set_conditions (poller, &watched->watch, 0);
  be_poller_wait (poller, 0);
  g_assert_cmpuint (watched->n_calls, ==, 3);
}

static void
remove_itself_cb (gpointer     user_data,
                  GIOCondition ready)
{
  Watched *watched = user_data;

  watched->n_calls++;
  be_poller_remove (watched->poller, &watched->watch);
  be_poller_remove (watched->poller, &watched->watch);
}

static void
test_is_left_inside_the_callback (BePoller *poller)
{
  g_autoptr (Watched) watched = watch (poller, G_IO_IN, remove_itself_cb);

  make_readable (watched);
  be_poller_wait (poller, LONG_MICROSECONDS);
  be_poller_wait (poller, 0);
  g_assert_cmpuint (watched->n_calls, ==, 1);
  g_assert_cmpuint (poller->n_watches, ==, 0);
}

static Watched *pair[2];

/* Whoever is called first ends the other, its memory and its socket. */
static void
free_the_other_cb (gpointer     user_data,
                   GIOCondition ready)
{
  Watched *watched = user_data;
  guint    other = watched == pair[0] ? 1 : 0;

  watched->n_calls++;
  g_clear_pointer (&pair[other], watched_free);
}

static void
test_calls_nobody_who_was_removed_meanwhile (BePoller *poller)
{
  for (guint i = 0; i < 2; i++)
    {
      pair[i] = watch (poller, G_IO_IN, free_the_other_cb);
      make_readable (pair[i]);
    }
  be_poller_wait (poller, LONG_MICROSECONDS);
  be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_true ((pair[0] == NULL) != (pair[1] == NULL));
  g_assert_cmpuint (pair[0] != NULL ? pair[0]->n_calls : pair[1]->n_calls, ==, 2);
  g_clear_pointer (&pair[0], watched_free);
  g_clear_pointer (&pair[1], watched_free);
}

/* Whoever is called first tells the other to wait for something else. */
static void
silence_the_other_cb (gpointer     user_data,
                      GIOCondition ready)
{
  Watched *watched = user_data;
  Watched *other = watched == pair[0] ? pair[1] : pair[0];

  count_cb (watched, ready);
  be_poller_set_conditions (watched->poller, &other->watch, G_IO_OUT);
}

static void
test_calls_nobody_for_what_was_changed_meanwhile (BePoller *poller)
{
  guint called;

  for (guint i = 0; i < 2; i++)
    {
      pair[i] = watch (poller, G_IO_IN, silence_the_other_cb);
      make_readable (pair[i]);
    }
  be_poller_wait (poller, LONG_MICROSECONDS);
  called = pair[0]->n_calls > 0 ? 0 : 1;
  g_assert_cmphex (pair[called]->ready, ==, G_IO_IN);
  g_assert_cmphex (pair[1 - called]->ready & G_IO_IN, ==, 0);
  g_clear_pointer (&pair[0], watched_free);
  g_clear_pointer (&pair[1], watched_free);
}

static GPtrArray *many;

static void
read_and_add_another_cb (gpointer     user_data,
                         GIOCondition ready)
{
  Watched *watched = user_data;
  g_autoptr (GBytes) datagram = be_test_peer_receive_datagram (watched->socket, NULL);

  g_assert_cmpuint (g_bytes_get_size (datagram), ==, 1);
  watched->n_calls++;
  if (many->len < 2 * MANY_SOCKETS)
    g_ptr_array_add (many, watch (watched->poller, G_IO_IN, count_cb));
}

static void
test_calls_everybody_of_many (BePoller *poller)
{
  many = g_ptr_array_new_with_free_func ((GDestroyNotify) watched_free);
  for (guint i = 0; i < MANY_SOCKETS; i++)
    {
      g_ptr_array_add (many, watch (poller, G_IO_IN, read_and_add_another_cb));
      make_readable (many->pdata[i]);
    }
  be_poller_wait (poller, LONG_MICROSECONDS);
  be_poller_wait (poller, LONG_MICROSECONDS);
  be_poller_wait (poller, 0);
  for (guint i = 0; i < MANY_SOCKETS; i++)
    g_assert_cmpuint (((Watched *) many->pdata[i])->n_calls, ==, 1);
  for (guint i = MANY_SOCKETS; i < many->len; i++)
    g_assert_cmpuint (((Watched *) many->pdata[i])->n_calls, ==, 0);
  g_assert_cmpuint (many->len, ==, 2 * MANY_SOCKETS);
  g_clear_pointer (&many, g_ptr_array_unref);
}

static void
test_calls_when_the_other_end_has_closed (BePoller *poller)
{
  BeAddress address;
  g_autoptr (GSocket) listener = be_test_peer_listen (1, &address);
  g_autoptr (GSocket) peer = be_test_peer_connect (&address);
  g_autoptr (GSocket) accepted = be_test_peer_accept (listener);
  Watched watched = { .poller = poller };

  be_poller_add (poller, &watched.watch, be_socket_borrow (accepted), G_IO_IN, count_cb, &watched);
  g_clear_object (&peer);
  be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_cmpuint (watched.n_calls, ==, 1);
  g_assert_cmphex (watched.ready & (G_IO_IN | G_IO_HUP), !=, 0);
  be_poller_remove (poller, &watched.watch);
}

static void
test_wakes_when_the_time_is_over (BePoller *poller)
{
  g_autoptr (Watched) watched = watch (poller, G_IO_IN, count_cb);
  gint64 end = g_get_monotonic_time () + SHORT_MICROSECONDS;

  /* It may wake earlier, but not all the time. */
  for (guint i = 0; g_get_monotonic_time () < end; i++)
    {
      g_assert_cmpuint (i, <, 10);
      be_poller_wait (poller, end - g_get_monotonic_time ());
    }
  g_assert_cmpint (g_get_monotonic_time () - end, <, G_USEC_PER_SEC);
  g_assert_cmpuint (watched->n_calls, ==, 0);
}

typedef struct
{
  BePoller *poller;
  gint      has_woken; /* atomic */
} Waker;

static gpointer
wake (gpointer data)
{
  Waker *waker = data;

  g_atomic_int_set (&waker->has_woken, TRUE);
  be_poller_wake (waker->poller);

  return NULL;
}

static void
test_wakes_when_another_thread_says_so (BePoller *poller)
{
  Waker    waker = { .poller = poller };
  gint64   begin = g_get_monotonic_time ();
  GThread *thread = g_thread_new ("waker", wake, &waker);

  while (!g_atomic_int_get (&waker.has_woken))
    be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, LONG_MICROSECONDS / 2);
  g_thread_join (thread);
}

static void
test_remembers_a_wake_before_the_wait (BePoller *poller)
{
  gint64 begin = g_get_monotonic_time ();

  be_poller_wake (poller);
  be_poller_wake (poller);
  be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, LONG_MICROSECONDS / 2);
}

static void
test_can_be_joined_again_after_leaving (BePoller *poller)
{
  g_autoptr (Watched) watched = watch (poller, G_IO_IN, count_cb);

  make_readable (watched);
  for (guint i = 1; i <= 3; i++)
    {
      be_poller_wait (poller, LONG_MICROSECONDS);
      g_assert_cmpuint (watched->n_calls, ==, i);
      be_poller_remove (poller, &watched->watch);
      be_poller_wait (poller, 0);
      g_assert_cmpuint (watched->n_calls, ==, i);
      be_poller_add (poller, &watched->watch, be_socket_borrow (watched->socket), G_IO_IN, count_cb, watched);
    }
}

#ifdef __linux__
/* Not for epoll, which takes no such descriptors (EPERM, epoll_ctl(2)). */
static Watched *
watch_something_else (BePoller    *poller,
                      BePollerFunc func)
{
  Watched *watched = watch (poller, 0, func);
  int      null = open ("/dev/null", O_RDWR | O_CLOEXEC);

  g_assert_cmpint (dup2 (null, g_socket_get_fd (watched->socket)), >=, 0);
  close (null);
  be_poller_set_conditions (poller, &watched->watch, G_IO_IN);

  return watched;
}

static void
test_calls_when_it_cannot_watch (BePoller *poller)
{
  g_autoptr (Watched) watched = watch_something_else (poller, count_cb);

  be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_cmpuint (watched->n_calls, ==, 1);
  g_assert_true (watched->ready == G_IO_IN || watched->ready == G_IO_NVAL);
  g_assert_cmpint (watched->watch.error, ==, watched->ready == G_IO_IN ? 0 : EPERM);
  be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_cmpuint (watched->n_calls, ==, 2);

  be_poller_set_conditions (poller, &watched->watch, 0);
  be_poller_wait (poller, 0);
  g_assert_cmpuint (watched->n_calls, ==, 2);
  g_assert_cmpint (watched->watch.error, ==, 0);
}

static void
test_calls_nobody_it_cannot_watch_who_was_removed (BePoller *poller)
{
  for (guint i = 0; i < 2; i++)
    pair[i] = watch_something_else (poller, free_the_other_cb);
  be_poller_wait (poller, LONG_MICROSECONDS);
  g_assert_true ((pair[0] == NULL) != (pair[1] == NULL));
  g_clear_pointer (&pair[0], watched_free);
  g_clear_pointer (&pair[1], watched_free);
}
#endif

static void
run_case (gconstpointer data)
{
  const Case *test_case = data;
  BePoller   *poller = be_poller_new (test_case->kind);

  test_case->test (poller);
  g_assert_cmpuint (poller->n_watches, ==, 0);
  be_poller_free (poller);
}

static void
add (const char *name,
     PollerFunc  test)
{
  const char *const kinds[] = { [BE_POLLER_BEST] = "best", [BE_POLLER_GLIB] = "glib" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/poller/%s/%s", name, kinds[i]);
      Case            *test_case = g_new0 (Case, 1);

      test_case->kind = (BePollerKind) i;
      test_case->test = test;
      g_test_add_data_func_full (path, test_case, run_case, g_free);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("calls-when-something-can-be-read", test_calls_when_something_can_be_read);
  add ("calls-as-long-as-it-is-so", test_calls_as_long_as_it_is_so);
  add ("waits-for-what-it-is-told", test_waits_for_what_it_is_told);
  add ("is-left-inside-the-callback", test_is_left_inside_the_callback);
  add ("calls-nobody-who-was-removed-meanwhile", test_calls_nobody_who_was_removed_meanwhile);
  add ("calls-nobody-for-what-was-changed-meanwhile",
       test_calls_nobody_for_what_was_changed_meanwhile);
  add ("calls-when-the-other-end-has-closed", test_calls_when_the_other_end_has_closed);
  add ("wakes-when-the-time-is-over", test_wakes_when_the_time_is_over);
  add ("wakes-when-another-thread-says-so", test_wakes_when_another_thread_says_so);
  add ("remembers-a-wake-before-the-wait", test_remembers_a_wake_before_the_wait);
  add ("can-be-joined-again-after-leaving", test_can_be_joined_again_after_leaving);
#ifdef __linux__
  add ("calls-when-it-cannot-watch", test_calls_when_it_cannot_watch);
  add ("calls-nobody-it-cannot-watch-who-was-removed",
       test_calls_nobody_it_cannot_watch_who_was_removed);
#endif
#ifndef G_OS_WIN32 /* where GLib polls more than some sixty sockets slowly */
  add ("calls-everybody-of-many", test_calls_everybody_of_many);
#endif

  return g_test_run ();
}
