/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-transfer-match.h"

G_BEGIN_DECLS

char *be_partner_words_describe (const BeTransferLink *link,
                                 const BeEventRecord  *from,
                                 const BeEventRecord  *to,
                                 gboolean              is_sender,
                                 gint64                start);

G_END_DECLS
