/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/**
 * BE_HOT:
 *
 * Marks a function that every message passes. Compiler and linker put these next to
 * one another in the program (not on macOS). After a system call a processor may have
 * forgotten where each page of it is (page-table isolation, virtual machines), and
 * looks it up anew at the first touch; so few pages are better than many.
 */
#ifdef __GNUC__
#define BE_HOT __attribute__ ((hot))
#else
#define BE_HOT
#endif
