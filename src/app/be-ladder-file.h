/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a ladder can be written as; the first three are a BeLadderFormat. */
typedef enum
{
  BE_LADDER_FILE_SVG,
  BE_LADDER_FILE_PDF,
  BE_LADDER_FILE_PNG,
  BE_LADDER_FILE_MERMAID,
} BeLadderFileKind;

GtkFileChooserNative *be_ladder_file_ask (GtkWindow *parent);
BeLadderFileKind      be_ladder_file_get_kind (GFile         *file,
                                               GtkFileFilter *filter);
char                 *be_ladder_file_dup_name (GFile *file);
char                 *be_ladder_file_describe_error (GFile        *file,
                                                     const GError *error);

G_END_DECLS
