/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Single characters of what moved. */

gboolean be_payload_character_can_be_shown (gunichar character);
gsize    be_payload_character_read (const guint8 *bytes,
                                    gsize         length,
                                    gunichar     *character);

G_END_DECLS
