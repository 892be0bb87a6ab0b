/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-command.h"

G_BEGIN_DECLS

extern const BeCommand be_serve_command;

G_END_DECLS
