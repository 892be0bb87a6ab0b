/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/**
 * BeRemedy:
 *
 * What this program can do itself about an outcome, when a person asks it to.
 */
typedef enum
{
  BE_REMEDY_NONE,
  BE_REMEDY_START_SERVER, /* at the address that was called */
  BE_REMEDY_CALL_SERVER,  /* the same again, where our server listens already */
  BE_REMEDY_TRY_LOOPBACK, /* the same again, at 127.0.0.1 */
  BE_REMEDY_NEXT_PORT,    /* the same again, at the next port that is free */
  BE_REMEDY_RAISE_LIMIT,  /* of descriptors */
} BeRemedy;

#define BE_N_REMEDIES (BE_REMEDY_RAISE_LIMIT + 1)

gboolean    be_remedy_helps (BeRemedy             self,
                             const BeEventRecord *record);
const char *be_remedy_get_label (BeRemedy self);

G_END_DECLS
