/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-option.h"

G_BEGIN_DECLS

const char *be_socket_option_get_meaning (BeSocketOption option);
const char *be_option_refusal_get_sentence (BeOptionRefusal refusal);

G_END_DECLS
