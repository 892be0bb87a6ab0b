/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BeSystemError:
 *
 * The error numbers of socket calls that have something to say, the same on
 * every system: errno on POSIX, WSAGetLastError () on Windows.
 */
typedef enum
{
  BE_SYSTEM_ERROR_OTHER,
  BE_SYSTEM_ERROR_REFUSED,
  BE_SYSTEM_ERROR_TIMED_OUT,
  BE_SYSTEM_ERROR_HOST_UNREACHABLE,
  BE_SYSTEM_ERROR_NETWORK_UNREACHABLE,
  BE_SYSTEM_ERROR_ADDRESS_IN_USE,
  BE_SYSTEM_ERROR_ADDRESS_NOT_AVAILABLE,
  BE_SYSTEM_ERROR_PERMISSION,
  BE_SYSTEM_ERROR_RESET,
  BE_SYSTEM_ERROR_ABORTED,
  BE_SYSTEM_ERROR_BROKEN_PIPE,
  BE_SYSTEM_ERROR_NOT_CONNECTED,
  BE_SYSTEM_ERROR_MESSAGE_TOO_LONG,
  BE_SYSTEM_ERROR_NO_DESCRIPTORS,
  BE_SYSTEM_ERROR_NO_BUFFERS,
  BE_SYSTEM_ERROR_NO_FAMILY,
  BE_SYSTEM_ERROR_NO_SUCH_PATH,
} BeSystemError;

BeSystemError be_system_error_from_number (int number);
const char   *be_system_error_get_name (int number);
char         *be_system_error_dup_message (int number);

G_END_DECLS
