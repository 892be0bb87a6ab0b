/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BeStateStrip share; nobody else includes this. */

#pragma once

#include "be-state-strip.h"

#include "be-lettering.h"

G_BEGIN_DECLS

/* On the grid of the interface font: the lines are as in the rows above. */
#define BE_STATE_STRIP_LINE_HEIGHT 32
#define BE_STATE_STRIP_MORE_HEIGHT 22
#define BE_STATE_STRIP_PADDING 2

struct _BeStateStrip
{
  GtkWidget parent_instance;

  BeStateWatch *watch;
  BeStateLine   lines[BE_STATE_LINES_MAX];
  guint         n_lines;
  guint         n_more;
  guint         max_lines;
  gboolean      is_off; /* UDP has no such states */

  BeLettering *lettering;
};

/* be-state-strip-drawing.c */
void     be_state_strip_ensure_lettering (BeStateStrip *self);
gboolean be_state_strip_has_line_for_more (BeStateStrip *self,
                                           guint         max_lines);
void     be_state_strip_snapshot (GtkWidget   *widget,
                                  GtkSnapshot *snapshot);

G_END_DECLS
