/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/**
 * BE_HOT:
 *
 * Marks a function that every message passes. The compiler puts these next to one
 * another in the program. After a system call a processor may have forgotten where
 * each page of it is (page-table isolation, virtual machines), and looks it up anew
 * at the first touch: spread over the program they were in twelve pages, and are in
 * four.
 */
#ifdef __GNUC__
#define BE_HOT __attribute__ ((hot))
#else
#define BE_HOT
#endif
