/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-connection-set.h"

/* A connection's place holds its round, so that what an older one left there
 * does not count. */
struct _BeConnectionSet
{
  guint8 rounds[BE_CONNECTION_SET_SPAN];
};

/* Never 0. */
static guint8
get_round (guint32 connection)
{
  return (guint8) (connection / BE_CONNECTION_SET_SPAN % G_MAXUINT8 + 1);
}

BeConnectionSet *
be_connection_set_new (void)
{
  return g_new0 (BeConnectionSet, 1);
}

void
be_connection_set_free (BeConnectionSet *self)
{
  g_free (self);
}

void
be_connection_set_add (BeConnectionSet *self,
                       guint32          connection)
{
  g_return_if_fail (self != NULL);

  self->rounds[connection % BE_CONNECTION_SET_SPAN] = get_round (connection);
}

gboolean
be_connection_set_has (BeConnectionSet *self,
                       guint32          connection)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->rounds[connection % BE_CONNECTION_SET_SPAN] == get_round (connection);
}
