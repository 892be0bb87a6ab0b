/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/* What the fuzzers share: a fuzzer is the one function, which takes any bytes
 * and asserts what must hold for them. */

int            LLVMFuzzerTestOneInput (const guint8 *data,
                                       gsize         size);
char          *be_fuzz_dup_text (const guint8 *data,
                                 gsize         size);
BeEventRecord *be_fuzz_dup_record (const guint8 *data,
                                   gsize         size);
void           be_fuzz_assert_shows_all (const char *text);

G_END_DECLS
