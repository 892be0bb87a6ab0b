/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char   *be_payload_text_to_display (const guint8 *bytes,
                                    gsize         length,
                                    gsize         max_characters);
char   *be_payload_text_join_lines (char *text);
char   *be_payload_text_to_escaped (const guint8 *bytes,
                                    gsize         length);
GBytes *be_payload_text_parse (const char *text,
                               GError    **error);
char   *be_payload_text_to_hex (const guint8 *bytes,
                                gsize         length);
GBytes *be_payload_text_parse_hex (const char *text,
                                   GError    **error);

G_END_DECLS
