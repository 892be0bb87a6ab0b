/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BeCliProgram:
 *
 * bothends-cli, running. Ends with be_cli_program_free (), which asserts that
 * it has ended.
 */
typedef struct
{
  GSubprocess      *process;
  GDataInputStream *output; /* what it has printed and nobody has read yet */
} BeCliProgram;

/* What a run of it left behind. */
typedef struct
{
  int     status;
  GBytes *output;
  char   *errors;
} BeCliRun;

BeCliProgram *be_cli_program_start (const char *arguments);
void          be_cli_program_free (BeCliProgram *self);
char         *be_cli_program_read_line (BeCliProgram *self);
guint16       be_cli_program_read_port (BeCliProgram *self);
void          be_cli_program_close_output (BeCliProgram *self);
int           be_cli_program_end (BeCliProgram *self,
                                  int           signal_number);
void          be_cli_program_finish (BeCliProgram *self,
                                     BeCliRun     *run);

void be_cli_run (const char *arguments,
                 GBytes     *input,
                 BeCliRun   *run);
void be_cli_run_clear (BeCliRun *run);
void be_cli_assert_output (const BeCliRun *run,
                           const char     *bytes,
                           gsize           length);
void be_cli_assert_trouble (const BeCliRun *run,
                            int             status);

GBytes *be_cli_make_bytes (gsize length);
char   *be_cli_write_file (GBytes *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeCliProgram, be_cli_program_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BeCliRun, be_cli_run_clear)

G_END_DECLS
