/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* With a sanitizer everything takes a multiple of the memory and the time:
 * bounds on them say nothing of the program, and counts are smaller. */
#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
  __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define BE_HAS_SANITIZER 1
#else
#define BE_HAS_SANITIZER 0
#endif
