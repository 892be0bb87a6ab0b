/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-pending-call.h"

G_BEGIN_DECLS

char *be_call_purpose_dup_call (const BePendingCall *call);
char *be_call_purpose_dup_detail (const BePendingCall *call,
                                  const char          *next_client);
char *be_call_purpose_dup_words (const BePendingCall *call,
                                 const char          *next_client);
char *be_call_purpose_dup_title (const BePendingCall *call,
                                 const char          *next_client,
                                 const char          *elapsed);
char *be_call_purpose_dup_sentence (const BePendingCall *call,
                                    guint32              connection,
                                    const char          *next_client);

G_END_DECLS
