/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-state-watch.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BE_TYPE_CONNECTING_LINE (be_connecting_line_get_type ())
G_DECLARE_FINAL_TYPE (BeConnectingLine, be_connecting_line, BE, CONNECTING_LINE, AdwBin)

void be_connecting_line_set_states (BeConnectingLine *self,
                                    BeStateWatch     *states);

G_END_DECLS
