/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-stage-reading.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_READER_OPTIONS (be_reader_options_get_type ())
G_DECLARE_FINAL_TYPE (BeReaderOptions, be_reader_options, BE, READER_OPTIONS, GtkWidget)

BeReadingChoice be_reader_options_get_choice (BeReaderOptions *self);
void            be_reader_options_set_choice (BeReaderOptions       *self,
                                              const BeReadingChoice *choice,
                                              guint                  usual_bytes);

G_END_DECLS
