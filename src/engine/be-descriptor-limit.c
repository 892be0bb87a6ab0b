/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-descriptor-limit.h"

#ifdef G_OS_UNIX
#include <sys/resource.h>

/* Room for all clients and peers that there may be, with both of their ends. */
#define WANTED_DESCRIPTORS 65536

/* Returns how many descriptors the program may give itself; 0 when that is no
 * more than it has. */
static rlim_t
find_higher (struct rlimit *limit)
{
  rlim_t higher;

  if (getrlimit (RLIMIT_NOFILE, limit) != 0)
    return 0;

  higher = MIN (limit->rlim_max, WANTED_DESCRIPTORS);

  return higher > limit->rlim_cur ? higher : 0;
}
#endif

/**
 * be_descriptor_limit_can_rise:
 *
 * Returns: whether this program may have more sockets than the system gives it
 *   now, without anybody's permission (getrlimit(2))
 */
gboolean
be_descriptor_limit_can_rise (void)
{
#ifdef G_OS_UNIX
  struct rlimit limit;

  return find_higher (&limit) > 0;
#else
  return FALSE;
#endif
}

/**
 * be_descriptor_limit_raise:
 *
 * Raises the limit for this program, as far as it is useful and permitted.
 *
 * Returns: whether it is higher now
 */
gboolean
be_descriptor_limit_raise (void)
{
#ifdef G_OS_UNIX
  struct rlimit limit;
  rlim_t        higher = find_higher (&limit);

  if (higher == 0)
    return FALSE;

  limit.rlim_cur = higher;

  return setrlimit (RLIMIT_NOFILE, &limit) == 0;
#else
  return FALSE;
#endif
}
