/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BE_TYPE_HEADER_TITLE (be_header_title_get_type ())
G_DECLARE_FINAL_TYPE (BeHeaderTitle, be_header_title, BE, HEADER_TITLE, GtkWidget)

G_END_DECLS
