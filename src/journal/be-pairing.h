/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

#define BE_TYPE_PAIRING (be_pairing_get_type ())
G_DECLARE_FINAL_TYPE (BePairing, be_pairing, BE, PAIRING, GObject)

BePairing *be_pairing_new (void);
guint32    be_pairing_assign (BePairing           *self,
                              const BeEventRecord *record);
gboolean   be_pairing_has_seen (BePairing           *self,
                                const BeEventRecord *record);
gboolean   be_pairing_has_both_ends (BePairing *self,
                                     guint32    connection);
gboolean   be_pairing_awaits_accept (BePairing *self,
                                     guint32    connection);
char      *be_pairing_dup_letter (guint32 connection);

G_END_DECLS
