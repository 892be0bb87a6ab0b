/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-address.h"

G_BEGIN_DECLS

/**
 * BeSocketOption:
 *
 * What getsockopt () and setsockopt () know of a socket and people ask for.
 */
typedef enum
{
  BE_SOCKET_OPTION_REUSE_ADDRESS,
  BE_SOCKET_OPTION_KEEP_ALIVE,
  BE_SOCKET_OPTION_RECEIVE_BUFFER,
  BE_SOCKET_OPTION_SEND_BUFFER,
  BE_SOCKET_OPTION_LINGER,
  BE_SOCKET_OPTION_BROADCAST,
  BE_SOCKET_OPTION_NO_DELAY,
  BE_SOCKET_OPTION_TTL,
  BE_SOCKET_OPTION_IPV6_ONLY,
} BeSocketOption;

#define BE_N_SOCKET_OPTIONS (BE_SOCKET_OPTION_IPV6_ONLY + 1)

/* The value of SO_LINGER is its seconds, or this. */
#define BE_SOCKET_LINGER_OFF (-1)

typedef enum
{
  BE_SOCKET_OPTION_ON_OFF,
  BE_SOCKET_OPTION_NUMBER,
  BE_SOCKET_OPTION_SECONDS_OR_OFF,
} BeSocketOptionKind;

/**
 * BeOptionRefusal:
 *
 * Why we do not even ask the system for it.
 */
typedef enum
{
  BE_OPTION_ALLOWED,
  BE_OPTION_BOUND_ALREADY, /* it counts at bind () */
  BE_OPTION_NOT_TCP,
  BE_OPTION_NOT_UDP,
  BE_OPTION_NOT_IP,
  BE_OPTION_NOT_IPV6,
  BE_OPTION_NO_BROADCAST, /* IPv6 has none */
  BE_OPTION_WOULD_WAIT,   /* close () would, on the thread that serves all sockets */
  BE_OPTION_OUT_OF_RANGE,
} BeOptionRefusal;

#define BE_N_OPTION_REFUSALS (BE_OPTION_OUT_OF_RANGE + 1)

/**
 * BeSocketTraits:
 *
 * What decides which options a socket has.
 */
typedef struct
{
  BeAddressFamily family;
  gboolean        is_mapped; /* an IPv6 socket that speaks IPv4 (RFC 4291, section 2.5.5.2) */
  gboolean        is_stream;
  gboolean        is_bound;
} BeSocketTraits;

BeSocketTraits     be_socket_traits (const BeAddress *local,
                                     gboolean         is_stream);
const char        *be_socket_option_get_name (BeSocketOption        option,
                                              const BeSocketTraits *traits);
BeSocketOptionKind be_socket_option_get_kind (BeSocketOption option);
void               be_socket_option_get_range (BeSocketOption option,
                                               int           *lowest,
                                               int           *highest);
BeOptionRefusal    be_socket_option_check (BeSocketOption        option,
                                           const BeSocketTraits *traits);
BeOptionRefusal    be_socket_option_check_value (BeSocketOption        option,
                                                 const BeSocketTraits *traits,
                                                 int                   value);
char              *be_socket_option_dup_value (BeSocketOption option,
                                               int            value);

G_END_DECLS
