/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-cut-calls.h"

#include <errno.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The real one, whose name stands for the other here. */
#undef syscall
long syscall (long number, ...);

/* 256 KB, as much as one read of the engine takes. */
#define LARGEST_SHIFT 18

#define CALLS_PER_REFUSAL 32

static GThread   *uncut; /* NULL: nobody's calls are cut */
static gint       seed;
static BeCutCalls counts; /* atomic */

static guint32
next_random (void)
{
  static __thread guint32 state;

  /* Marsaglia's xorshift with 13, 17 and 5; never 0. */
  if (state == 0)
    state = (guint32) g_atomic_int_get (&seed) | 1;
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;

  return state;
}

/* Whether the call is to fail, with errno. */
static gboolean
is_refused (void)
{
  guint32 number = next_random () % CALLS_PER_REFUSAL;

  g_atomic_int_inc (&counts.n_calls);
  if (number > 1)
    return FALSE;

  g_atomic_int_inc (&counts.n_refused);
  errno = number == 0 ? EAGAIN : EINTR;

  return TRUE;
}

static gsize
cut (gsize length)
{
  gsize largest = (gsize) 1 << (next_random () % (LARGEST_SHIFT + 1));
  gsize now = 1 + next_random () % largest;

  if (now >= length)
    return length;

  g_atomic_int_inc (&counts.n_cut);

  return now;
}

static gboolean
is_cut (void)
{
  GThread *thread = g_atomic_pointer_get (&uncut);

  return thread != NULL && thread != g_thread_self ();
}

/* recvfrom and sendto, with no address: the fourth argument is the last that
 * differs from call to call. */
long
be_cut_syscall (long number, ...)
{
  va_list arguments;
  int     descriptor;
  void   *bytes;
  gsize   length;
  int     flags;

  va_start (arguments, number);
  descriptor = va_arg (arguments, int);
  bytes = va_arg (arguments, void *);
  length = va_arg (arguments, gsize);
  flags = va_arg (arguments, int);
  va_end (arguments);

  g_assert (number == SYS_recvfrom || number == SYS_sendto);
  if (is_cut ())
    {
      if (is_refused ())
        return -1;
      length = cut (length);
    }

  return syscall (number, descriptor, bytes, length, flags, NULL, NULL);
}

/* By the test's seed, which is printed. A thread that has made calls before
 * goes on with its own numbers. */
void
be_cut_calls_begin (void)
{
  g_atomic_int_set (&seed, g_test_rand_int ());
  g_atomic_int_set (&counts.n_calls, 0);
  g_atomic_int_set (&counts.n_cut, 0);
  g_atomic_int_set (&counts.n_refused, 0);
  g_atomic_pointer_set (&uncut, g_thread_self ());
}

BeCutCalls
be_cut_calls_end (void)
{
  g_atomic_pointer_set (&uncut, NULL);

  return (BeCutCalls){
    .n_calls = g_atomic_int_get (&counts.n_calls),
    .n_cut = g_atomic_int_get (&counts.n_cut),
    .n_refused = g_atomic_int_get (&counts.n_refused),
  };
}
