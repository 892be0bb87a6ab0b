/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BeSideSheet share; nobody else includes this. */

#pragma once

#include "be-side-sheet.h"

G_BEGIN_DECLS

/* At the usual size of the type. */
#define BE_SIDE_SHEET_USUAL_WIDTH 360

#define BE_SIDE_SHEET_HANDLE_WIDTH 8

struct _BeSideSheet
{
  GtkWidget parent_instance;

  GtkWidget *child;
  GtkWidget *sheet;  /* (nullable) until it is first opened */
  GtkWidget *handle; /* (nullable) likewise: what the sheet is made wider with */

  gboolean is_open;
  gboolean is_covering;
  gboolean is_hiding; /* it is open, and leaves nothing of the content to be seen */
  gboolean is_narrow;
  gboolean shows_end; /* of the content, where the sheet covers a part of it */

  int    width;
  int    wanted_width; /* of the sheet, at the usual size of the type */
  double drag_width;   /* when the drag began */
  int    told_width;   /* to who hears it */
  guint  settle_tick;

  GtkWidget *focus_before; /* (weak) what had the keyboard when the sheet took it */
};

/* be-side-sheet-layout.c */
void     be_side_sheet_class_init_layout (GtkWidgetClass *widget_class);
int      be_side_sheet_get_width (BeSideSheet *self);
void     be_side_sheet_set_width (BeSideSheet *self,
                                  int          width);
gboolean be_side_sheet_has_to_cover (BeSideSheet *self);
gboolean be_side_sheet_has_to_hide (BeSideSheet *self);
gboolean be_side_sheet_is_little_room (int width);

/* be-side-sheet-handle.c */
void be_side_sheet_make_handle (BeSideSheet *self);
void be_side_sheet_tell_width (BeSideSheet *self);

/* be-side-sheet.c */
void be_side_sheet_settle (BeSideSheet *self);

G_END_DECLS
