/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-ladder-picture.h"

G_BEGIN_DECLS

GBytes *be_ladder_paper_print (BeLadderPicture *picture,
                               GCancellable    *cancellable,
                               GError         **error);

G_END_DECLS
