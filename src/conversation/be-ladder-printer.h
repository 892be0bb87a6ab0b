/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-ladder-picture.h"

G_BEGIN_DECLS

void    be_ladder_printer_print_async (BeJournalFilter    *filter,
                                       BeLadderFormat      format,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
GBytes *be_ladder_printer_print_finish (GAsyncResult *result,
                                        guint        *n_rows,
                                        guint        *n_left_out,
                                        GError      **error);

G_END_DECLS
