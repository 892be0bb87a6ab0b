/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_EVENT_LIST (be_event_list_get_type ())
G_DECLARE_FINAL_TYPE (BeEventList, be_event_list, BE, EVENT_LIST, GtkWidget)

GtkWidget *be_event_list_new (void);
void       be_event_list_set_filter (BeEventList     *self,
                                     BeJournalFilter *filter);
void       be_event_list_set_note (BeEventList *self,
                                   const char  *note);
gboolean   be_event_list_is_following (BeEventList *self);
guint      be_event_list_get_n_new (BeEventList *self);
guint      be_event_list_get_n_widgets (BeEventList *self);
void       be_event_list_scroll_to_end (BeEventList *self);

/* be-event-list-selection.c */
BeEvent *be_event_list_get_selected (BeEventList *self);
guint    be_event_list_get_selected_position (BeEventList *self);
void     be_event_list_select (BeEventList *self,
                               guint        position);
gboolean be_event_list_select_at (BeEventList *self,
                                  double       x,
                                  double       y);

G_END_DECLS
