/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-socket-option.h"
#include "be-system-state.h"
#include "be-tcp-numbers.h"

G_BEGIN_DECLS

/**
 * BeOptionReport:
 *
 * One option of a socket, as getsockopt () says it.
 */
typedef struct
{
  int             value; /* see BE_SOCKET_LINGER_OFF */
  int             error; /* of getsockopt (); 0: @value holds */
  BeOptionRefusal refusal;
} BeOptionReport;

/**
 * BeSocketReport:
 *
 * All that the system says of one socket at one moment: a plain value.
 */
typedef struct
{
  gint64         time; /* g_get_monotonic_time (), µs */
  guint32        socket_id;
  int            descriptor;
  BeSocketTraits traits;
  gboolean       is_listening;
  gboolean       is_non_blocking;
  gboolean       waits_with_epoll; /* the network thread, for this socket */
  BeSystemState  state;
  BeAddress      local;           /* getsockname () */
  BeAddress      peer;            /* getpeername (); without a family: there is none */
  gint64         receive_timeout; /* SO_RCVTIMEO, µs; 0: none */
  gint64         send_timeout;    /* SO_SNDTIMEO */
  BeOptionReport options[BE_N_SOCKET_OPTIONS];
  BeTcpNumbers   tcp;

  /* answers be_session_set_option_async () only */
  BeOptionRefusal refusal;   /* by ourselves */
  int             set_error; /* of setsockopt () */
} BeSocketReport;

void     be_socket_report_read (BeSocketReport *self,
                                BeSocket        socket,
                                BeSystemState   implied);
gboolean be_socket_report_resets_at_close (BeSocket socket);
gboolean be_socket_report_set_option (const BeSocketReport *self,
                                      BeSocket              socket,
                                      BeSocketOption        option,
                                      int                   value,
                                      int                  *error);

G_END_DECLS
