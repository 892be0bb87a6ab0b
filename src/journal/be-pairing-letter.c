/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-pairing.h"

/**
 * be_pairing_dup_letter:
 * @connection: a connection's number
 *
 * Returns: (transfer full) (nullable): A to Z, then AA, AB and so on; %NULL
 *   for %BE_EVENT_NO_CONNECTION.
 */
char *
be_pairing_dup_letter (guint32 connection)
{
  char    letters[8] = "";
  guint   first = G_N_ELEMENTS (letters) - 1;
  guint64 rest = (guint64) connection + 1;

  if (connection == BE_EVENT_NO_CONNECTION)
    return NULL;

  /* Counts without a zero: after Z comes AA. Seven letters suffice for 2³². */
  while (rest > 0)
    {
      rest--;
      letters[--first] = (char) ('A' + rest % 26);
      rest /= 26;
    }

  return g_strdup (letters + first);
}
