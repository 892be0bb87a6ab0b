/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-test-sanitizer.h"

#include <glib.h>

G_BEGIN_DECLS

/* After so long it was in vain, even on a busy machine: a sanitizer makes
 * everything several times slower. */
#define BE_TEST_DEADLINE_SECONDS (BE_HAS_SANITIZER ? 90 : 30)

/* Waits for an expression by running the main context, with a deadline; a
 * macro because the expression must be evaluated again and again. */
#define be_test_wait_until(expression)                                 \
  G_STMT_START                                                         \
  {                                                                    \
    gint64 deadline_ = g_get_monotonic_time () +                       \
                       BE_TEST_DEADLINE_SECONDS * G_USEC_PER_SEC;      \
    while (!(expression))                                              \
      {                                                                \
        if (g_get_monotonic_time () > deadline_)                       \
          g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, \
                   #expression);                                       \
        be_test_iterate ();                                            \
      }                                                                \
  }                                                                    \
  G_STMT_END

void be_test_iterate (void);

G_END_DECLS
