/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-diag.h"

/* This system is not asked. */
BeSocketDiag *
be_socket_diag_open (void)
{
  return NULL;
}

void
be_socket_diag_close (BeSocketDiag *self)
{
}

BeSocketDiagAnswer
be_socket_diag_ask (BeSocketDiag       *self,
                    const BeAddress    *local,
                    const BeAddress    *peer,
                    BeSocketDiagReport *report)
{
  return BE_SOCKET_DIAG_UNKNOWN;
}

void
be_socket_diag_list_port (BeSocketDiag    *self,
                          BeAddressFamily  family,
                          guint            port,
                          BeSocketDiagFunc func,
                          gpointer         data)
{
}
