/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-test-links.h"

#include <string.h>

void
be_test_links_set_up (BeTestLinks  *fixture,
                      gconstpointer max_events)
{
  be_test_filter_set_up (&fixture->base, GPOINTER_TO_UINT (max_events));
  fixture->links = be_transfer_links_new ();
}

void
be_test_links_tear_down (BeTestLinks  *fixture,
                         gconstpointer max_events)
{
  be_transfer_links_free (fixture->links);
  be_test_filter_tear_down (&fixture->base);
}

void
be_test_links_join (BeTestLinks *fixture,
                    guint32      client)
{
  BeEventRecord connect = be_test_record_of_end (BE_SIDE_CLIENT, BE_CALL_CONNECT, client);
  BeEventRecord accept = be_test_record_of_end (BE_SIDE_SERVER, BE_CALL_ACCEPT, client);

  be_test_batch_add (fixture->base.batch, &connect, NULL, 0);
  be_test_batch_add (fixture->base.batch, &accept, NULL, 0);
}

void
be_test_links_move (BeTestLinks *fixture,
                    BeSide       side,
                    BeCall       call,
                    guint32      client,
                    const char  *text)
{
  BeEventRecord record = be_test_record_of_end (side, call, client);
  guint64      *position = &fixture->positions[client][side][be_call_is_reading (call)];

  record.protocol = call == BE_CALL_SENDTO || call == BE_CALL_RECVFROM ? BE_PROTOCOL_UDP : BE_PROTOCOL_TCP;
  record.position = *position;
  *position += strlen (text);
  be_test_batch_add_data (fixture->base.batch, record, text);
}

guint
be_test_links_count (BeTestLinks *fixture)
{
  guint n_links;

  be_transfer_links_get (fixture->links, &n_links);

  return n_links;
}

/* Looks at the rows from @first to @last. */
guint
be_test_links_look (BeTestLinks *fixture,
                    guint        first,
                    guint        last)
{
  be_test_filter_append (&fixture->base);
  be_transfer_links_update (fixture->links, fixture->base.filter, first, last);

  return be_test_links_count (fixture);
}

guint
be_test_links_look_at_all (BeTestLinks *fixture)
{
  be_test_filter_append (&fixture->base);

  return be_test_links_look (fixture, 0, be_test_filter_count (&fixture->base) - 1);
}

gboolean
be_test_links_has (BeTestLinks      *fixture,
                   guint             from,
                   guint             to,
                   BeTransferOutcome outcome)
{
  guint                 n_links;
  const BeTransferLink *links = be_transfer_links_get (fixture->links, &n_links);

  for (guint i = 0; i < n_links; i++)
    if (links[i].from == from && links[i].to == to && links[i].outcome == outcome)
      return TRUE;

  return FALSE;
}

gboolean
be_test_links_arrives (BeTestLinks *fixture,
                       guint        from,
                       guint        to)
{
  return be_test_links_has (fixture, from, to, BE_TRANSFER_ARRIVED);
}
