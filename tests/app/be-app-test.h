/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-application.h"
#include "be-stage.h"
#include "be-test.h"
#include "be-window.h"

G_BEGIN_DECLS

/**
 * BeAppTest:
 *
 * A program with one window on the screen, for the length of one test.
 */
typedef struct
{
  BeApplication *application;
  BeWindow      *window;
  BeStage       *stage;
} BeAppTest;

int        be_app_test_run (int    argc,
                            char **argv,
                            void (*add_tests) (void));
void       be_app_test_set_up (BeAppTest    *self,
                               gconstpointer data);
void       be_app_test_tear_down (BeAppTest    *self,
                                  gconstpointer data);
GtkWidget *be_app_test_find_type (GtkWidget *root,
                                  GType      type,
                                  guint      position);
GtkWidget *be_app_test_find_label (GtkWidget  *root,
                                   const char *text);
GtkWidget *be_app_test_card (BeAppTest *self,
                             BeSide     side);
GtkWidget *be_app_test_composer (BeAppTest *self,
                                 BeSide     side);
char      *be_app_test_dup_chip (BeAppTest *self,
                                 BeSide     side);
void       be_app_test_write (BeAppTest  *self,
                              BeSide      side,
                              const char *text);

#define be_app_test_wait_for_chip(self, side, words) \
  be_test_wait_until (be_app_test_chip_says (self, side, words))

gboolean be_app_test_chip_says (BeAppTest  *self,
                                BeSide      side,
                                const char *words);

#define be_app_test_add(path, function) \
  g_test_add (path, BeAppTest, NULL, be_app_test_set_up, function, be_app_test_tear_down)

G_END_DECLS
