/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_WIRE_LEGEND (be_wire_legend_get_type ())
G_DECLARE_FINAL_TYPE (BeWireLegend, be_wire_legend, BE, WIRE_LEGEND, GtkWidget)

G_END_DECLS
