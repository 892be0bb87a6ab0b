/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Linux compares after it has let one more in (listen(2) does not say so). */
#ifdef __linux__
#define BE_LISTEN_LETS_ONE_MORE_WAIT 1
#else
#define BE_LISTEN_LETS_ONE_MORE_WAIT 0
#endif
