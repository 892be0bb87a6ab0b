/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BeEventList share; nobody else includes this. */

#pragma once

#include "be-event-list.h"
#include "be-event-row.h"
#include "be-row-heights.h"
#include "be-transfer-links.h"

G_BEGIN_DECLS

struct _BeEventList
{
  GtkWidget parent_instance;

  GtkAdjustment      *adjustments[2];
  GtkScrollablePolicy scroll_policies[2];

  BeJournalFilter *filter;
  BeRowHeights    *heights;
  BeRowSetting     setting;
  int              height;

  /* The rows in view and a few around them, in the order of the events. */
  GPtrArray *rows;
  guint      first_position;

  /* Where the view is: at the end, or where the anchor row keeps its place. */
  gboolean is_following;
  gboolean is_settling;
  guint64  anchor_sequence;
  double   anchor_offset;
  double   value;
  double   upper;
  guint64  last_seen;   /* the newest event when the view left the end */
  guint64  last_heeded; /* the newest event that was looked at for what a person sent */
  guint64  last_moved;  /* the newest event when a person moved the view */
  guint    n_new;
  guint    settle_tick;
  gint64   settle_time; /* of the frame, µs; 0 when the next frame must show what is asked for */
  guint64  n_arrived;   /* events since then */
  gboolean is_flooded;  /* more than can be drawn one by one */

  guint64  selected_sequence;
  BeEvent *selected;

  /* What goes from row to row in the view as it was laid out. */
  BeTransferLinks *links;
  GArray          *arrows; /* of BeWireArrow */
  GArray          *arrow_ends;
  GPtrArray       *arrow_labels;
  GSignalGroup    *journal_signals;
  GskRenderNode   *arrow_node; /* of all of them, in this palette; NULL: to be drawn anew */
  const BePalette *arrow_palette;
  guint64          hovered_sequence;
  GArray          *border_ends; /* of guint32, for one row at a time */
  guint32          marked_connection;

  GtkWidget *note;
  int        note_height;
  gboolean   has_side[2];
  guint64    sides_sequence; /* up to which has_side is known */
};

typedef enum
{
  PROP_FILTER = 1,
  PROP_IS_FOLLOWING,
  PROP_N_NEW,
  PROP_SELECTED,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
} BeEventListProperty;

extern GParamSpec *be_event_list_properties[];

/* be-event-list-scroll.c */
void be_event_list_set_is_following (BeEventList *self,
                                     gboolean     is_following);
void be_event_list_count_new (BeEventList *self);
void be_event_list_heed_own_sends (BeEventList *self);
void be_event_list_heed_move (BeEventList *self);
void be_event_list_set_adjustment (BeEventList   *self,
                                   GtkOrientation orientation,
                                   GtkAdjustment *adjustment);
void be_event_list_configure_adjustments (BeEventList *self);

double be_event_list_get_slot_top (BeEventList *self,
                                   guint        position);
/* The height of the note and of all rows, in view or not. */
double be_event_list_get_total (BeEventList *self);
void   be_event_list_compute_value (BeEventList *self);
void   be_event_list_anchor_at (BeEventList *self,
                                double       value);

/* be-event-list.c */
void be_event_list_update_setting (BeEventList *self,
                                   int          width);

/* be-event-list-rows.c */
void        be_event_list_take_focus_from (BeEventList *self,
                                           BeEventRow  *row);
void        be_event_list_update_first_position (BeEventList *self);
void        be_event_list_provide_rows (BeEventList *self,
                                        guint        first,
                                        guint        n_rows);
gboolean    be_event_list_bind_rows (BeEventList *self);
void        be_event_list_forget_rows (BeEventList *self);
void        be_event_list_allocate_rows (BeEventList *self);
BeEventRow *be_event_list_find_row (BeEventList *self,
                                    guint        position);
guint       be_event_list_find_sequence (BeEventList *self,
                                         guint64      sequence);
double      be_event_list_get_row_top (BeEventList *self,
                                       BeEventRow  *row,
                                       guint        position);

/* be-event-list-settle.c */
void     be_event_list_settle (BeEventList *self);
void     be_event_list_queue_settle (BeEventList *self);
void     be_event_list_queue_settle_at_once (BeEventList *self);
gboolean be_event_list_rebind (BeEventList *self);

/* be-event-list-links.c */
void be_event_list_init_links (BeEventList *self);
void be_event_list_finalize_links (BeEventList *self);
void be_event_list_follow_journal (BeEventList *self);
void be_event_list_update_links (BeEventList *self);
void be_event_list_mark_links (BeEventList *self);
void be_event_list_mark_connection (BeEventList *self);
void be_event_list_snapshot_links (BeEventList     *self,
                                   GtkSnapshot     *snapshot,
                                   const BePalette *palette);

/* be-event-list-borders.c */
void be_event_list_update_borders (BeEventList *self,
                                   guint        first,
                                   guint        last);

/* be-event-list-selection.c */
void be_event_list_class_init_selection (GtkWidgetClass *widget_class);
void be_event_list_init_selection (BeEventList *self);
void be_event_list_update_selection (BeEventList *self);

G_END_DECLS
