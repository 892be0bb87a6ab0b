/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"
#include "be-socket-handle.h"

G_BEGIN_DECLS

/**
 * BeSystemState:
 *
 * What the operating system says of a socket. The TCP states are those of
 * RFC 9293, section 3.3.2; a UDP socket is bound, or connected to one peer.
 */
typedef enum
{
  BE_SYSTEM_STATE_UNKNOWN,
  BE_SYSTEM_STATE_CLOSED,
  BE_SYSTEM_STATE_LISTEN,
  BE_SYSTEM_STATE_SYN_SENT,
  BE_SYSTEM_STATE_SYN_RECEIVED,
  BE_SYSTEM_STATE_ESTABLISHED,
  BE_SYSTEM_STATE_FIN_WAIT_1,
  BE_SYSTEM_STATE_FIN_WAIT_2,
  BE_SYSTEM_STATE_CLOSE_WAIT,
  BE_SYSTEM_STATE_CLOSING,
  BE_SYSTEM_STATE_LAST_ACK,
  BE_SYSTEM_STATE_TIME_WAIT,
  BE_SYSTEM_STATE_UDP_BOUND,
  BE_SYSTEM_STATE_UDP_CONNECTED,
} BeSystemState;

const char   *be_system_state_get_name (BeSystemState state);
const char   *be_system_state_get_label (BeSystemState state);
const char   *be_system_state_get_note (BeSystemState state);
BeSystemState be_system_state_after_fin_sent (BeSystemState state);
BeSystemState be_system_state_after_fin_received (BeSystemState state);
BeSystemState be_system_state_after_close (BeSystemState state);
gboolean      be_system_state_sends_reset (BeSystemState state);
BeSystemState be_system_state_read_pair (const BeAddress *local,
                                         const BeAddress *peer,
                                         BeSystemState    implied);
gboolean      be_system_state_is_read (void);
BeSystemState be_system_state_read (BeSocket      socket,
                                    BeSystemState implied);

G_END_DECLS
