/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-conversation-private.h"
#include "be-event-list-private.h"
#include "be-sample.h"
#include "be-test.h"

G_BEGIN_DECLS

/**
 * BeConversationTest:
 *
 * A conversation in a window on the screen, for the length of one test.
 */
typedef struct
{
  BeSample      *sample;
  GtkWidget     *window;
  GtkWidget     *box; /* of the window, with the conversation alone */
  GtkWidget     *conversation;
  BeEventList   *list;
  GtkAdjustment *adjustment;
} BeConversationTest;

void        be_conversation_test_set_up (BeConversationTest *self,
                                         gconstpointer       max_events);
void        be_conversation_test_tear_down (BeConversationTest *self,
                                            gconstpointer       max_events);
GtkWidget  *be_conversation_test_find_type (GtkWidget *root,
                                            GType      type);
void        be_conversation_test_add (BeConversationTest *self,
                                      guint               n_events);
gboolean    be_conversation_test_shows (BeConversationTest *self,
                                        guint64             sequence);
gboolean    be_conversation_test_is_at_end (BeConversationTest *self,
                                            guint64             sequence);
int         be_conversation_test_get_y (BeConversationTest *self,
                                        guint64             sequence);
gboolean    be_conversation_test_press_in (GtkWidget *widget,
                                           GObject   *controller,
                                           guint      key);
void        be_conversation_test_press (BeConversationTest *self,
                                        guint               key);
const char *be_conversation_test_get_page (BeConversationTest *self);
void        be_conversation_test_activate (BeConversationTest *self, const char *action);
int         be_conversation_test_run (int    argc,
                                      char **argv,
                                      void (*add_tests) (void));

#define be_conversation_test_add_with(path, max_events, function)      \
  g_test_add (path, BeConversationTest, GUINT_TO_POINTER (max_events), \
              be_conversation_test_set_up, function, be_conversation_test_tear_down)

G_END_DECLS
