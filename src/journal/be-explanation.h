/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

char       *be_explanation_get_title (const BeEventRecord *record);
char       *be_explanation_get_reason (const BeEventRecord *record);
char      **be_explanation_get_causes (const BeEventRecord *record);
char       *be_explanation_list_causes (const BeEventRecord *record,
                                        const BeEventRecord *reset_by);
char       *be_explanation_get_remedy (const BeEventRecord *record);
char       *be_explanation_describe (const BeEventRecord *record,
                                     const BeEventRecord *reset_by);
char       *be_explanation_get_number (const BeEventRecord *record);
const char *be_explanation_error_name (int error_number);

G_END_DECLS
