/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-write-obstacle.h"

#include <glib/gi18n-lib.h>

/**
 * be_write_obstacle_find_ended:
 * @chosen: (nullable): the one to whom a message would go, or all of @sockets
 * @sockets: (nullable): of BeSocketSummary, open and closed
 *
 * Asks those that are there; whoever says so with shutdown () sends no more.
 *
 * Returns: %BE_WRITE_OBSTACLE_ENDED_SENDING when none of those that are open
 *   may be written to, else %BE_WRITE_OBSTACLE_NONE
 */
BeWriteObstacle
be_write_obstacle_find_ended (BeSocketSummary *chosen,
                              GListModel      *sockets)
{
  guint    n_sockets = sockets != NULL ? g_list_model_get_n_items (sockets) : 0;
  gboolean has_ended = FALSE;

  if (chosen != NULL)
    return be_socket_summary_has_ended_sending (chosen) ? BE_WRITE_OBSTACLE_ENDED_SENDING : BE_WRITE_OBSTACLE_NONE;

  for (guint i = 0; i < n_sockets; i++)
    {
      g_autoptr (BeSocketSummary) socket = g_list_model_get_item (sockets, i);

      if (!be_socket_summary_is_open (socket))
        continue;
      if (!be_socket_summary_has_ended_sending (socket))
        return BE_WRITE_OBSTACLE_NONE;
      has_ended = TRUE;
    }

  return has_ended ? BE_WRITE_OBSTACLE_ENDED_SENDING : BE_WRITE_OBSTACLE_NONE;
}

/**
 * be_write_obstacle_get_placeholder:
 *
 * Returns: what stands in the empty entry: what to do there, or before
 */
const char *
be_write_obstacle_get_placeholder (BeSide          side,
                                   BeProtocol      protocol,
                                   BeWriteObstacle obstacle)
{
  gboolean is_server = side == BE_SIDE_SERVER;

  switch (obstacle)
    {
    case BE_WRITE_OBSTACLE_NONE:
      return is_server ? _ ("Say something as the server") : _ ("Message");
    case BE_WRITE_OBSTACLE_ENDED_SENDING:
      return _ ("Sends no more: half-closed");
    case BE_WRITE_OBSTACLE_NOT_STARTED:
    case BE_WRITE_OBSTACLE_NOBODY_YET:
    case BE_WRITE_OBSTACLE_NOBODY_ANY_MORE:
    default:
      break;
    }

  if (!is_server)
    return _ ("Connect first, then write here");
  if (obstacle == BE_WRITE_OBSTACLE_NOT_STARTED)
    return _ ("Start the server first");
  if (protocol == BE_PROTOCOL_UDP)
    return _ ("Nobody has sent a datagram yet");

  return obstacle == BE_WRITE_OBSTACLE_NOBODY_ANY_MORE ? _ ("No client is connected any more") : _ ("No client is connected yet");
}

/**
 * be_write_obstacle_get_send_tooltip:
 * @n_bytes: how many would be sent
 *
 * Returns: why the button does what it does, or does nothing
 */
const char *
be_write_obstacle_get_send_tooltip (BeSide          side,
                                    BeProtocol      protocol,
                                    BeWriteObstacle obstacle,
                                    gsize           n_bytes)
{
  if (obstacle != BE_WRITE_OBSTACLE_NONE)
    return be_write_obstacle_get_placeholder (side, protocol, obstacle);
  if (n_bytes == 0 && protocol == BE_PROTOCOL_UDP)
    return _ ("Sends an empty datagram");
  if (n_bytes == 0)
    return _ ("A stream has no empty messages: write something first");

  return side == BE_SIDE_SERVER ? _ ("Send as the server") : _ ("Send as the client");
}
