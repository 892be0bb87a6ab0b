/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-option.h"

#include <string.h>

/* The largest that Linux can double (socket(7)); what it gives is another thing. */
#define MOST_BUFFER_BYTES (1 << 30)

static const struct
{
  const char        *name;
  BeSocketOptionKind kind;
  int                lowest;
  int                highest;
} options[] = {
  [BE_SOCKET_OPTION_REUSE_ADDRESS] = { "SO_REUSEADDR", BE_SOCKET_OPTION_ON_OFF, FALSE, TRUE },
  [BE_SOCKET_OPTION_KEEP_ALIVE] = { "SO_KEEPALIVE", BE_SOCKET_OPTION_ON_OFF, FALSE, TRUE },
  [BE_SOCKET_OPTION_RECEIVE_BUFFER] = { "SO_RCVBUF", BE_SOCKET_OPTION_NUMBER, 1, MOST_BUFFER_BYTES },
  [BE_SOCKET_OPTION_SEND_BUFFER] = { "SO_SNDBUF", BE_SOCKET_OPTION_NUMBER, 1, MOST_BUFFER_BYTES },
  [BE_SOCKET_OPTION_LINGER] = { "SO_LINGER", BE_SOCKET_OPTION_SECONDS_OR_OFF, BE_SOCKET_LINGER_OFF, G_MAXUINT16 },
  [BE_SOCKET_OPTION_BROADCAST] = { "SO_BROADCAST", BE_SOCKET_OPTION_ON_OFF, FALSE, TRUE },
  [BE_SOCKET_OPTION_NO_DELAY] = { "TCP_NODELAY", BE_SOCKET_OPTION_ON_OFF, FALSE, TRUE },
  [BE_SOCKET_OPTION_TTL] = { "IP_TTL", BE_SOCKET_OPTION_NUMBER, 1, G_MAXUINT8 },
  [BE_SOCKET_OPTION_IPV6_ONLY] = { "IPV6_V6ONLY", BE_SOCKET_OPTION_ON_OFF, FALSE, TRUE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (options) == BE_N_SOCKET_OPTIONS);

static gboolean
is_mapped (const BeAddress *address)
{
  static const guint8 prefix[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

  return address->family == BE_ADDRESS_IPV6 && memcmp (address->bytes, prefix, sizeof prefix) == 0;
}

/**
 * be_socket_traits:
 * @local: what getsockname () says
 */
BeSocketTraits
be_socket_traits (const BeAddress *local,
                  gboolean         is_stream)
{
  return (BeSocketTraits){
    .family = local->family,
    .is_mapped = is_mapped (local),
    .is_stream = is_stream,
    .is_bound = local->port != 0,
  };
}

/**
 * be_socket_option_get_name:
 *
 * Returns: the name of the constant, the same in every language
 */
const char *
be_socket_option_get_name (BeSocketOption        option,
                           const BeSocketTraits *traits)
{
  g_return_val_if_fail ((guint) option < BE_N_SOCKET_OPTIONS, "");
  g_return_val_if_fail (traits != NULL, "");

  if (option == BE_SOCKET_OPTION_TTL && traits->family == BE_ADDRESS_IPV6 && !traits->is_mapped)
    return "IPV6_UNICAST_HOPS";

  return options[option].name;
}

BeSocketOptionKind
be_socket_option_get_kind (BeSocketOption option)
{
  g_return_val_if_fail ((guint) option < BE_N_SOCKET_OPTIONS, BE_SOCKET_OPTION_ON_OFF);

  return options[option].kind;
}

void
be_socket_option_get_range (BeSocketOption option,
                            int           *lowest,
                            int           *highest)
{
  g_return_if_fail ((guint) option < BE_N_SOCKET_OPTIONS);

  *lowest = options[option].lowest;
  *highest = options[option].highest;
}

/* What counts when the address is taken comes too late afterwards. */
static BeOptionRefusal
check_before_bind (const BeSocketTraits *traits)
{
  return traits->is_bound ? BE_OPTION_BOUND_ALREADY : BE_OPTION_ALLOWED;
}

static BeOptionRefusal
check_broadcast (const BeSocketTraits *traits)
{
  if (traits->is_stream)
    return BE_OPTION_NOT_UDP;

  return traits->family == BE_ADDRESS_IPV6 ? BE_OPTION_NO_BROADCAST : BE_OPTION_ALLOWED;
}

/**
 * be_socket_option_check:
 *
 * Returns: whether the option can be set on such a socket now, or why not. It
 *   can be read in any case, as far as the system has it.
 */
BeOptionRefusal
be_socket_option_check (BeSocketOption        option,
                        const BeSocketTraits *traits)
{
  gboolean is_ip;

  g_return_val_if_fail ((guint) option < BE_N_SOCKET_OPTIONS, BE_OPTION_NOT_IP);
  g_return_val_if_fail (traits != NULL, BE_OPTION_NOT_IP);

  is_ip = traits->family == BE_ADDRESS_IPV4 || traits->family == BE_ADDRESS_IPV6;
  switch (option)
    {
    case BE_SOCKET_OPTION_RECEIVE_BUFFER:
    case BE_SOCKET_OPTION_SEND_BUFFER:
      return BE_OPTION_ALLOWED;
    case BE_SOCKET_OPTION_KEEP_ALIVE:
    case BE_SOCKET_OPTION_LINGER:
    case BE_SOCKET_OPTION_NO_DELAY:
      return is_ip && traits->is_stream ? BE_OPTION_ALLOWED : BE_OPTION_NOT_TCP;
    case BE_SOCKET_OPTION_BROADCAST:
      return check_broadcast (traits);
    case BE_SOCKET_OPTION_TTL:
      return is_ip ? BE_OPTION_ALLOWED : BE_OPTION_NOT_IP;
    case BE_SOCKET_OPTION_REUSE_ADDRESS:
      return is_ip ? check_before_bind (traits) : BE_OPTION_NOT_IP;
    case BE_SOCKET_OPTION_IPV6_ONLY:
    default:
      return traits->family == BE_ADDRESS_IPV6 ? check_before_bind (traits) : BE_OPTION_NOT_IPV6;
    }
}

/**
 * be_socket_option_check_value:
 *
 * SO_LINGER with a time makes close () wait also where nothing else does
 * (Linux), and with it the thread that serves all sockets: so it can only be
 * off, or 0 seconds, which is an RST.
 *
 * Returns: whether @value can be set now, or why not
 */
BeOptionRefusal
be_socket_option_check_value (BeSocketOption        option,
                              const BeSocketTraits *traits,
                              int                   value)
{
  BeOptionRefusal refusal = be_socket_option_check (option, traits);

  if (refusal != BE_OPTION_ALLOWED)
    return refusal;

  if (value < options[option].lowest || value > options[option].highest)
    return BE_OPTION_OUT_OF_RANGE;

  return option == BE_SOCKET_OPTION_LINGER && value > 0 ? BE_OPTION_WOULD_WAIT : BE_OPTION_ALLOWED;
}

/**
 * be_socket_option_dup_value:
 *
 * Returns: (transfer full): the value as a program writes it: of SO_LINGER the
 *   two members of struct linger
 */
char *
be_socket_option_dup_value (BeSocketOption option,
                            int            value)
{
  if (option != BE_SOCKET_OPTION_LINGER)
    return g_strdup_printf ("%d", value);

  if (value == BE_SOCKET_LINGER_OFF)
    return g_strdup ("{0, 0}");

  return g_strdup_printf ("{1, %d}", value);
}
