/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-endpoint.h"

G_BEGIN_DECLS

/**
 * BeExitStatus:
 * @BE_EXIT_DONE: what was asked for happened
 * @BE_EXIT_REFUSED: the network said no
 * @BE_EXIT_USAGE: wrong use of the command line
 *
 * What a program that called this one learns from it; part of the interface.
 */
typedef enum
{
  BE_EXIT_DONE = 0,
  BE_EXIT_REFUSED = 1,
  BE_EXIT_USAGE = 2,
} BeExitStatus;

/**
 * BeCommand:
 * @name: what stands on the command line, in every language
 * @parameters: what may follow, for the help
 * @summary: one line on what it does, to be translated
 * @options: (array zero-terminated=1): its options, with a = behind those that take
 *   a value: for who writes one before the command
 * @run: does it; @arguments begins with the name of the command
 *
 * One subcommand. Each has its own file, which main.c knows by this alone.
 */
typedef struct
{
  const char        *name;
  const char        *parameters;
  const char        *summary;
  const char *const *options;
  BeExitStatus (*run) (GStrv *arguments);
} BeCommand;

BeExitStatus be_command_refuse_usage (const char *name,
                                      const char *sentence);
void         be_command_tell (const char *sentence);
void         be_command_tell_failure (BeEndpoint          *endpoint,
                                      const BeEventRecord *record);
void         be_command_explain_failure (BeEndpoint          *endpoint,
                                         const BeEventRecord *record);
const char  *be_command_get_protocol_name (BeProtocol protocol);
gboolean     be_command_protocol_from_name (const char *name,
                                            BeProtocol *protocol);

G_END_DECLS
