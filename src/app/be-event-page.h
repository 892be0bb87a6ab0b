/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-journal.h"

G_BEGIN_DECLS

#define BE_TYPE_EVENT_PAGE (be_event_page_get_type ())
G_DECLARE_FINAL_TYPE (BeEventPage, be_event_page, BE, EVENT_PAGE, GtkWidget)

GtkWidget *be_event_page_new (void);
BeEvent   *be_event_page_get_event (BeEventPage *self);
void       be_event_page_set_event (BeEventPage *self,
                                    BeJournal   *journal,
                                    BeEvent     *event);

G_END_DECLS
