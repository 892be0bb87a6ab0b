/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"
#include "be-system-state.h"

G_BEGIN_DECLS

/**
 * BeSocketDiagReport:
 *
 * What the system says of one TCP socket, whoever has it open, or nobody.
 */
typedef struct
{
  BeAddress     local;
  BeSystemState state;
  gint64        remaining;   /* µs until the system forgets it: TIME_WAIT; -1: it does not say */
  guint         n_waiting;   /* LISTEN: how many connections wait for accept () */
  guint         max_waiting; /* LISTEN: the limit of these */
} BeSocketDiagReport;

typedef enum
{
  BE_SOCKET_DIAG_UNKNOWN, /* the system did not answer */
  BE_SOCKET_DIAG_NONE,    /* there is no such socket */
  BE_SOCKET_DIAG_FOUND,
} BeSocketDiagAnswer;

/* Returns: whether to go on. */
typedef gboolean (*BeSocketDiagFunc) (const BeSocketDiagReport *report,
                                      gpointer                  data);

/**
 * BeSocketDiag:
 *
 * A line to the system that tells of TCP sockets by their addresses. For one
 * thread; ends with be_socket_diag_close (). Where the system does not tell
 * there is none.
 */
typedef struct _BeSocketDiag BeSocketDiag;

BeSocketDiag      *be_socket_diag_open (void);
void               be_socket_diag_close (BeSocketDiag *self);
BeSocketDiagAnswer be_socket_diag_ask (BeSocketDiag       *self,
                                       const BeAddress    *local,
                                       const BeAddress    *peer,
                                       BeSocketDiagReport *report);
void               be_socket_diag_list_port (BeSocketDiag    *self,
                                             BeAddressFamily  family,
                                             guint            port,
                                             BeSocketDiagFunc func,
                                             gpointer         data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeSocketDiag, be_socket_diag_close)

G_END_DECLS
