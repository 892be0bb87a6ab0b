/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/**
 * BeAddressPair:
 *
 * The two addresses that make a connection, the same whichever of the two
 * ends tells of it. A value.
 */
typedef struct
{
  BeAddress client;
  BeAddress server;
  guint8    protocol; /* BeProtocol */
} BeAddressPair;

gboolean be_address_pair_set_record (BeAddressPair       *self,
                                     const BeEventRecord *record);
guint    be_address_pair_hash (const BeAddressPair *self);
gboolean be_address_pair_equal (const BeAddressPair *a,
                                const BeAddressPair *b);

G_END_DECLS
