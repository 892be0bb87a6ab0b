/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What workers are lent of the network thread. */

#include "be-network-thread-parts.h"

#include "be-hot.h"

BePoller *
be_network_thread_get_poller (BeNetworkThread *self)
{
  g_assert (g_thread_self () == self->thread);

  return self->poller;
}

BeDeadlines *
be_network_thread_get_deadlines (BeNetworkThread *self)
{
  g_assert (g_thread_self () == self->thread);

  return self->deadlines;
}

/* The next two are asked for by every message: without a look at the thread. */

BE_HOT BeReadBuffer *
be_network_thread_get_read_buffer (BeNetworkThread *self)
{
  return self->buffer;
}

BE_HOT BeOwnPorts *
be_network_thread_get_own_ports (BeNetworkThread *self)
{
  return self->own_ports;
}

BeConnecting *
be_network_thread_get_connecting (BeNetworkThread *self)
{
  return self->connecting;
}
