/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"

G_BEGIN_DECLS

/**
 * BeTestProgram:
 *
 * Another program, as the first of a course are: a listener on 127.0.0.1 at
 * any port, without SO_REUSEADDR, and one connection through it. Its sockets
 * may be cleared in any order.
 */
typedef struct
{
  BeAddress address;
  GSocket  *listener;
  GSocket  *client;
  GSocket  *server;
} BeTestProgram;

GSocket *be_test_program_new_socket (void);
void     be_test_program_start (BeTestProgram *self);
void     be_test_program_close_connection (BeTestProgram *self);
void     be_test_program_clear (BeTestProgram *self);

G_END_DECLS
