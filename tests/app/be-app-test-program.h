/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BE_APP_PROGRAM_MAX_CALLERS 6u

/**
 * BeAppProgram:
 *
 * A program at the other end of the window's connections, which listens, calls
 * and closes when the test says so. Beside it ss(8), which tells the same as
 * the window and was written by somebody else.
 */
typedef struct
{
  GSocket *listener;
  guint16  port;
  GSocket *accepted[2];
  GSocket *callers[BE_APP_PROGRAM_MAX_CALLERS];
} BeAppProgram;

void     be_app_program_listen (BeAppProgram *self);
void     be_app_program_call (BeAppProgram *self,
                              guint         number,
                              guint16       port);
void     be_app_program_accept (BeAppProgram *self,
                                guint         number);
void     be_app_program_clear (BeAppProgram *self);
gboolean be_app_ss_is_missing (void);
char    *be_app_ss_dup_line (const char *local,
                             const char *peer);
void     be_app_ss_assert_says (const char *local,
                                const char *peer,
                                const char *state);
guint    be_app_ss_get_seconds (const char *local,
                                const char *peer);

G_END_DECLS
