/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*BeNetworkFunc) (gpointer data);

/**
 * BeCommandQueue:
 *
 * What the network thread was asked to do and has not done yet. Any thread
 * posts, one runs. Owned by the network thread's object and ends with it.
 */
typedef struct _BeCommandQueue BeCommandQueue;

BeCommandQueue *be_command_queue_new (void);
void            be_command_queue_free (BeCommandQueue *self);
void            be_command_queue_post (BeCommandQueue *self,
                                       BeNetworkFunc   func,
                                       gpointer        data);
void            be_command_queue_run (BeCommandQueue *self);

G_END_DECLS
