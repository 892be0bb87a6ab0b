/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-connecting.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BePollerKind:
 * @BE_POLLER_BEST: epoll where the system has it, GLib's sources elsewhere
 * @BE_POLLER_GLIB: GLib's sources, everywhere
 */
typedef enum
{
  BE_POLLER_BEST,
  BE_POLLER_GLIB,
} BePollerKind;

#define BE_TYPE_NETWORK_THREAD (be_network_thread_get_type ())
G_DECLARE_FINAL_TYPE (BeNetworkThread, be_network_thread, BE, NETWORK_THREAD, GObject)

BeNetworkThread *be_network_thread_new (void);
BeNetworkThread *be_network_thread_new_with (BePollerKind kind);
gint64           be_network_thread_get_epoch (BeNetworkThread *self);
void             be_network_thread_set_batch_bytes (BeNetworkThread *self,
                                                    gsize            bytes);
void             be_network_thread_set_payload_credit (BeNetworkThread *self,
                                                       gsize            burst,
                                                       gsize            per_second);
void             be_network_thread_flush (BeNetworkThread *self);
BeConnecting    *be_network_thread_get_connecting (BeNetworkThread *self);

G_END_DECLS
