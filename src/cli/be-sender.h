/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-command.h"
#include "be-event-log.h"
#include "be-sender-input.h"

G_BEGIN_DECLS

/* What is to be sent where. */
typedef struct
{
  BeEndpoint    *endpoint;
  BeSenderInput *input;
  double         timeout; /* seconds */
  BeLogFormat    log_format;
} BeSenderOptions;

BeExitStatus be_sender_run (const BeSenderOptions *options);

G_END_DECLS
