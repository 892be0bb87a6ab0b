/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-port-holder.h"

#include "be-socket-diag.h"

#include <errno.h>
#include <string.h>

typedef struct
{
  const BeAddress *local; /* what could not be bound */
  BePortHolder     holder;
} Search;

static BePortHolder
holder_from_state (BeSystemState state)
{
  if (state == BE_SYSTEM_STATE_LISTEN)
    return BE_PORT_HOLDER_LISTENER;

  return state == BE_SYSTEM_STATE_TIME_WAIT ? BE_PORT_HOLDER_TIME_WAIT : BE_PORT_HOLDER_CONNECTION;
}

/* A listener says most, and a connection that lives more than one that is over. */
static BePortHolder
weightier (BePortHolder a,
           BePortHolder b)
{
  if (a == BE_PORT_HOLDER_UNKNOWN || b == BE_PORT_HOLDER_UNKNOWN)
    return MAX (a, b);

  return MIN (a, b);
}

/* On another address of this computer the same port is another one. */
static gboolean
is_in_the_way (const BeAddress *held,
               const BeAddress *wanted)
{
  gsize size = wanted->family == BE_ADDRESS_IPV4 ? 4 : 16;

  if (be_address_is_any (wanted) || be_address_is_any (held))
    return TRUE;

  return held->family == wanted->family && memcmp (held->bytes, wanted->bytes, size) == 0;
}

static gboolean
look_at (const BeSocketDiagReport *report,
         gpointer                  data)
{
  Search *search = data;

  if (is_in_the_way (&report->local, search->local))
    search->holder = weightier (search->holder, holder_from_state (report->state));

  return search->holder != BE_PORT_HOLDER_LISTENER;
}

static void
search_family (Search         *search,
               BeAddressFamily family)
{
  g_autoptr (BeSocketDiag) diag = be_socket_diag_open ();

  if (diag != NULL)
    be_socket_diag_list_port (diag, family, search->local->port, look_at, search);
}

/**
 * be_port_holder_find:
 * @local: what bind () said was in use
 *
 * Asks the system which TCP sockets have this port; that needs no privileges.
 * Keeps errno.
 *
 * Returns: who holds it; unknown where the system does not tell
 */
BePortHolder
be_port_holder_find (const BeAddress *local)
{
  int    kept_errno = errno;
  Search search = { local, BE_PORT_HOLDER_UNKNOWN };

  g_return_val_if_fail (local != NULL, BE_PORT_HOLDER_UNKNOWN);

  if (local->port == 0 || (local->family != BE_ADDRESS_IPV4 && local->family != BE_ADDRESS_IPV6))
    return BE_PORT_HOLDER_UNKNOWN;

  /* An [::] socket has the port of IPv4 too. */
  search_family (&search, BE_ADDRESS_IPV4);
  search_family (&search, BE_ADDRESS_IPV6);
  errno = kept_errno;

  return search.holder;
}
