/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-system-error.h"

#ifdef G_OS_WIN32
#include <winsock2.h>
#define SOCKET_ERROR_ENTRY(name, meaning) \
  {                                       \
    WSA##name, "WSA" #name, meaning       \
  }
#else
#include <errno.h>
#define SOCKET_ERROR_ENTRY(name, meaning) \
  {                                       \
    name, #name, meaning                  \
  }
#endif

typedef struct
{
  int           number;
  const char   *name;
  BeSystemError meaning;
} Entry;

static const Entry entries[] = {
  SOCKET_ERROR_ENTRY (ECONNREFUSED, BE_SYSTEM_ERROR_REFUSED),
  SOCKET_ERROR_ENTRY (ETIMEDOUT, BE_SYSTEM_ERROR_TIMED_OUT),
  SOCKET_ERROR_ENTRY (EHOSTUNREACH, BE_SYSTEM_ERROR_HOST_UNREACHABLE),
  SOCKET_ERROR_ENTRY (EHOSTDOWN, BE_SYSTEM_ERROR_HOST_UNREACHABLE),
  SOCKET_ERROR_ENTRY (ENETUNREACH, BE_SYSTEM_ERROR_NETWORK_UNREACHABLE),
  SOCKET_ERROR_ENTRY (ENETDOWN, BE_SYSTEM_ERROR_NETWORK_UNREACHABLE),
  SOCKET_ERROR_ENTRY (EADDRINUSE, BE_SYSTEM_ERROR_ADDRESS_IN_USE),
  SOCKET_ERROR_ENTRY (EADDRNOTAVAIL, BE_SYSTEM_ERROR_ADDRESS_NOT_AVAILABLE),
  SOCKET_ERROR_ENTRY (EACCES, BE_SYSTEM_ERROR_PERMISSION),
  SOCKET_ERROR_ENTRY (ECONNRESET, BE_SYSTEM_ERROR_RESET),
  SOCKET_ERROR_ENTRY (ENETRESET, BE_SYSTEM_ERROR_RESET),
  SOCKET_ERROR_ENTRY (ECONNABORTED, BE_SYSTEM_ERROR_ABORTED),
  SOCKET_ERROR_ENTRY (ESHUTDOWN, BE_SYSTEM_ERROR_BROKEN_PIPE),
  SOCKET_ERROR_ENTRY (ENOTCONN, BE_SYSTEM_ERROR_NOT_CONNECTED),
  SOCKET_ERROR_ENTRY (EMSGSIZE, BE_SYSTEM_ERROR_MESSAGE_TOO_LONG),
  SOCKET_ERROR_ENTRY (EMFILE, BE_SYSTEM_ERROR_NO_DESCRIPTORS),
  SOCKET_ERROR_ENTRY (ENOBUFS, BE_SYSTEM_ERROR_NO_BUFFERS),
  SOCKET_ERROR_ENTRY (EAFNOSUPPORT, BE_SYSTEM_ERROR_NO_FAMILY),
  SOCKET_ERROR_ENTRY (EPROTONOSUPPORT, BE_SYSTEM_ERROR_NO_FAMILY),
  SOCKET_ERROR_ENTRY (EBADF, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (EFAULT, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (EINTR, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (EINVAL, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (EALREADY, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (EINPROGRESS, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (EISCONN, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (ENOPROTOOPT, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (ENOTSOCK, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (EOPNOTSUPP, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (EPROTOTYPE, BE_SYSTEM_ERROR_OTHER),
#ifdef G_OS_WIN32
  SOCKET_ERROR_ENTRY (EWOULDBLOCK, BE_SYSTEM_ERROR_OTHER),
#else
  /* Windows does not give these for sockets. */
  SOCKET_ERROR_ENTRY (EAGAIN, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (EPERM, BE_SYSTEM_ERROR_PERMISSION),
  SOCKET_ERROR_ENTRY (EROFS, BE_SYSTEM_ERROR_PERMISSION),
  SOCKET_ERROR_ENTRY (EPIPE, BE_SYSTEM_ERROR_BROKEN_PIPE),
  SOCKET_ERROR_ENTRY (ENFILE, BE_SYSTEM_ERROR_NO_DESCRIPTORS),
  SOCKET_ERROR_ENTRY (ENOMEM, BE_SYSTEM_ERROR_NO_BUFFERS),
  SOCKET_ERROR_ENTRY (ENOENT, BE_SYSTEM_ERROR_NO_SUCH_PATH),
  SOCKET_ERROR_ENTRY (ENOTDIR, BE_SYSTEM_ERROR_NO_SUCH_PATH),
  SOCKET_ERROR_ENTRY (EIO, BE_SYSTEM_ERROR_OTHER),
  SOCKET_ERROR_ENTRY (EPROTO, BE_SYSTEM_ERROR_OTHER),
#endif
};

static const Entry *
find (int number)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      if (entries[i].number == number)
        return &entries[i];
    }

  return NULL;
}

/**
 * be_system_error_from_number:
 *
 * Returns: what the system's error number means.
 */
BeSystemError
be_system_error_from_number (int number)
{
  const Entry *entry = find (number);

  return entry != NULL ? entry->meaning : BE_SYSTEM_ERROR_OTHER;
}

/**
 * be_system_error_get_name:
 *
 * Returns: (nullable): the name in the system's headers; %NULL for a number
 *   that no socket call gives.
 */
const char *
be_system_error_get_name (int number)
{
  const Entry *entry = find (number);

  return entry != NULL ? entry->name : NULL;
}

/**
 * be_system_error_dup_message:
 *
 * Returns: (transfer full): the system's own words, in its language.
 */
char *
be_system_error_dup_message (int number)
{
#ifdef G_OS_WIN32
  return g_win32_error_message (number);
#else
  return g_strdup (g_strerror (number));
#endif
}
