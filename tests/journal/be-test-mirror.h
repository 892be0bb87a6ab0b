/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BeTestMirror:
 *
 * What a view knows of a model from its signals alone. After each signal it
 * is compared with the model, so that a model which is wrong even between two
 * signals is found.
 */
typedef struct
{
  GListModel *model;
  GPtrArray  *items; /* owned */
  guint       n_signals;
} BeTestMirror;

BeTestMirror *be_test_mirror_new (GListModel *model);
void          be_test_mirror_free (BeTestMirror *self);
void          be_test_mirror_check (BeTestMirror *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeTestMirror, be_test_mirror_free)

G_END_DECLS
