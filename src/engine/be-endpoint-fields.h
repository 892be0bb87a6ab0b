/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-endpoint.h"

G_BEGIN_DECLS

/* What a person typed into the fields of an endpoint, checked; every error is
 * of BE_ENDPOINT_ERROR. Private to be-endpoint.c, split off for its size. */

char    *be_endpoint_dup_plain (const char *text);
char    *be_endpoint_dup_quoted (const char *text);
gboolean be_endpoint_parse_host (const char *text,
                                 char      **host,
                                 BeAddress  *address,
                                 GError    **error);
gboolean be_endpoint_parse_port (const char     *text,
                                 BeEndpointError code,
                                 guint16        *port,
                                 GError        **error);
gboolean be_endpoint_parse_path (const char *text,
                                 char      **path,
                                 GError    **error);

G_END_DECLS
