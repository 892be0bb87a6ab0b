/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

#define BE_ENDPOINT_ERROR (be_endpoint_error_quark ())

typedef enum
{
  BE_ENDPOINT_ERROR_HOST,
  BE_ENDPOINT_ERROR_PORT,
  BE_ENDPOINT_ERROR_LOCAL_HOST,
  BE_ENDPOINT_ERROR_LOCAL_PORT,
  BE_ENDPOINT_ERROR_PATH,
} BeEndpointError;

#define BE_TYPE_ENDPOINT (be_endpoint_get_type ())

/**
 * BeEndpoint:
 *
 * What a person asked for: a protocol, a host (a name or an address) and a
 * port, or a path; for a client also the local address to call from. A value
 * that never changes; counted references, ends with the last.
 */
typedef struct _BeEndpoint BeEndpoint;

GType       be_endpoint_get_type (void);
GQuark      be_endpoint_error_quark (void);
BeEndpoint *be_endpoint_new (BeProtocol  protocol,
                             const char *host,
                             const char *port,
                             GError    **error);
BeEndpoint *be_endpoint_new_from_text (BeProtocol  protocol,
                                       const char *text,
                                       GError    **error);
BeEndpoint *be_endpoint_with_local (BeEndpoint *self,
                                    const char *local_host,
                                    const char *local_port,
                                    GError    **error);
BeEndpoint *be_endpoint_ref (BeEndpoint *self);
void        be_endpoint_unref (BeEndpoint *self);
BeProtocol  be_endpoint_get_protocol (const BeEndpoint *self);
const char *be_endpoint_get_host (const BeEndpoint *self);
guint16     be_endpoint_get_port (const BeEndpoint *self);
const char *be_endpoint_get_local_host (const BeEndpoint *self);
guint16     be_endpoint_get_local_port (const BeEndpoint *self);
gboolean    be_endpoint_get_address (const BeEndpoint *self,
                                     BeAddress        *address);
gboolean    be_endpoint_get_local (const BeEndpoint *self,
                                   BeAddress        *address);
char       *be_endpoint_to_string (const BeEndpoint *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeEndpoint, be_endpoint_unref)

G_END_DECLS
