/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BE_PROGRAM_MAX_ARGUMENTS 16

/**
 * BeProgram:
 *
 * Somebody else's program that runs beside the test: what it says is read as
 * it comes, while the test runs the main context. Ends, by force if it must,
 * with be_program_free ().
 */
typedef struct _BeProgram BeProgram;

gboolean   be_program_is_missing (const char *name);
guint16    be_program_find_free_port (GSocketType type);
BeProgram *be_program_start (const char *name,
                             ...) G_GNUC_NULL_TERMINATED;
BeProgram *be_program_start_python (const char *script,
                                    guint16     port);
void       be_program_free (BeProgram *self);
gboolean   be_program_await_message (BeProgram  *self,
                                     const char *message);
guint16    be_program_read_port (BeProgram  *self,
                                 const char *prefix);
void       be_program_write (BeProgram *self,
                             GBytes    *bytes);
void       be_program_write_text (BeProgram  *self,
                                  const char *text);
void       be_program_end_input (BeProgram *self);
void       be_program_expect (BeProgram *self,
                              GBytes    *bytes);
void       be_program_expect_text (BeProgram  *self,
                                   const char *text);
void       be_program_expect_exit (BeProgram *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeProgram, be_program_free)

G_END_DECLS
