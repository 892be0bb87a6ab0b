/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-report.h"

#include "be-socket-options.h"
#include "be-socket.h"

#include <gio/gnetworking.h>

/* How the system calls an option. */
typedef struct
{
  int level;
  int name;
} NativeOption;

static const NativeOption native_options[] = {
  [BE_SOCKET_OPTION_REUSE_ADDRESS] = { SOL_SOCKET, SO_REUSEADDR },
  [BE_SOCKET_OPTION_KEEP_ALIVE] = { SOL_SOCKET, SO_KEEPALIVE },
  [BE_SOCKET_OPTION_RECEIVE_BUFFER] = { SOL_SOCKET, SO_RCVBUF },
  [BE_SOCKET_OPTION_SEND_BUFFER] = { SOL_SOCKET, SO_SNDBUF },
  [BE_SOCKET_OPTION_LINGER] = { SOL_SOCKET, SO_LINGER },
  [BE_SOCKET_OPTION_BROADCAST] = { SOL_SOCKET, SO_BROADCAST },
  [BE_SOCKET_OPTION_NO_DELAY] = { IPPROTO_TCP, TCP_NODELAY },
  [BE_SOCKET_OPTION_TTL] = { IPPROTO_IP, IP_TTL },
  [BE_SOCKET_OPTION_IPV6_ONLY] = { IPPROTO_IPV6, IPV6_V6ONLY },
};

G_STATIC_ASSERT (G_N_ELEMENTS (native_options) == BE_N_SOCKET_OPTIONS);

static NativeOption
get_native (BeSocketOption        option,
            const BeSocketTraits *traits)
{
  if (option == BE_SOCKET_OPTION_TTL && traits->family == BE_ADDRESS_IPV6 && !traits->is_mapped)
    return (NativeOption){ IPPROTO_IPV6, IPV6_UNICAST_HOPS };

  return native_options[option];
}

static int
read_number (BeSocket socket,
             int      level,
             int      name)
{
  int value = 0;
  int error;

  be_socket_get_option (socket, level, name, &value, sizeof value, &error);

  return value;
}

static int
read_option (BeSocket              socket,
             const BeSocketTraits *traits,
             BeSocketOption        option,
             int                  *error)
{
  NativeOption  native = get_native (option, traits);
  int           value = 0;
  struct linger linger = { 0 };

  if (option != BE_SOCKET_OPTION_LINGER)
    {
      be_socket_get_option (socket, native.level, native.name, &value, sizeof value, error);
      return be_socket_option_get_kind (option) == BE_SOCKET_OPTION_ON_OFF ? value != 0 : value;
    }

  be_socket_get_option (socket, native.level, native.name, &linger, sizeof linger, error);

  return linger.l_onoff != 0 ? linger.l_linger : BE_SOCKET_LINGER_OFF;
}

/**
 * be_socket_report_read:
 * @implied: what the calls so far imply of the state, where the system does
 *   not tell
 *
 * Asks the system everything. Calls that fail leave what they were to fill in
 * empty.
 */
void
be_socket_report_read (BeSocketReport *self,
                       BeSocket        socket,
                       BeSystemState   implied)
{
  *self = (BeSocketReport){ 0 };
  self->time = g_get_monotonic_time ();
  self->descriptor = be_socket_get_descriptor (socket);
  be_socket_get_local (socket, &self->local);
  be_socket_get_peer (socket, &self->peer);
  self->traits = be_socket_traits (&self->local, read_number (socket, SOL_SOCKET, SO_TYPE) == SOCK_STREAM);
  self->is_listening = read_number (socket, SOL_SOCKET, SO_ACCEPTCONN) != 0;
  self->is_non_blocking = be_socket_is_non_blocking (socket);
  be_socket_get_timeouts (socket, &self->receive_timeout, &self->send_timeout);
  self->state = be_system_state_read (socket, self->is_listening ? BE_SYSTEM_STATE_LISTEN : implied);
  be_tcp_numbers_read (&self->tcp, socket, self->is_listening);

  for (guint option = 0; option < BE_N_SOCKET_OPTIONS; option++)
    {
      BeOptionReport *report = &self->options[option];

      report->value = read_option (socket, &self->traits, option, &report->error);
      report->refusal = be_socket_option_check (option, &self->traits);
    }
}

/**
 * be_socket_report_resets_at_close:
 *
 * Returns: whether close () ends the connection at once because of SO_LINGER with 0
 *   seconds (socket(7)): see be_system_state_sends_reset ()
 */
gboolean
be_socket_report_resets_at_close (BeSocket socket)
{
  BeSocketTraits none = { 0 };
  int            error;

  return read_option (socket, &none, BE_SOCKET_OPTION_LINGER, &error) == 0 && error == 0;
}

/**
 * be_socket_report_set_option:
 * @self: of this socket, read before
 * @error: (out): the system's answer
 *
 * setsockopt ().
 *
 * Returns: whether it succeeded; what has become of the value is to be read
 */
gboolean
be_socket_report_set_option (const BeSocketReport *self,
                             BeSocket              socket,
                             BeSocketOption        option,
                             int                   value,
                             int                  *error)
{
  NativeOption  native = get_native (option, &self->traits);
  struct linger linger = { .l_onoff = value != BE_SOCKET_LINGER_OFF };

  if (option != BE_SOCKET_OPTION_LINGER)
    return be_socket_set_option (socket, native.level, native.name, &value, sizeof value, error) == 0;

  if (linger.l_onoff)
    linger.l_linger = value;

  return be_socket_set_option (socket, native.level, native.name, &linger, sizeof linger, error) == 0;
}
