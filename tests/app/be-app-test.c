/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test.h"

#include "be-composer.h"
#include "be-endpoint-card.h"
#include "be-state-chip.h"

/* One for the whole program: once registered, a GtkApplication is let go by the
 * end of its main loop, and tests have none. */
static BeApplication *application;

/**
 * be_app_test_run:
 * @add_tests: adds the tests of the program
 *
 * The main function of a test program that has a display.
 */
int
be_app_test_run (int    argc,
                 char **argv,
                 void (*add_tests) (void))
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  application = be_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  add_tests ();

  return g_test_run ();
}

void
be_app_test_set_up (BeAppTest    *self,
                    gconstpointer data)
{
  self->application = application;
  self->window = BE_WINDOW (be_window_new (GTK_APPLICATION (self->application), NULL));
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  self->stage = be_window_get_stage (self->window);
  g_object_add_weak_pointer (G_OBJECT (self->stage), (gpointer *) &self->stage);

  gtk_window_present (GTK_WINDOW (self->window));
  be_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (self->window)));

  /* Port 0, so that tests run beside each other. */
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (self, BE_SIDE_SERVER)), "0");
  be_endpoint_card_set_port (BE_ENDPOINT_CARD (be_app_test_card (self, BE_SIDE_CLIENT)), "0");
}

void
be_app_test_tear_down (BeAppTest    *self,
                       gconstpointer data)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));

  be_test_wait_until (self->window == NULL);
  g_assert_null (self->stage);
}

static GtkWidget *
find (GtkWidget *root,
      GType      type,
      guint     *position)
{
  GtkWidget *child = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && (*position)-- == 0)
    return root;

  for (child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, position);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/**
 * be_app_test_find_type:
 *
 * Returns: (nullable): the widget of @type at @position in the order of the
 *   tree, from 0
 */
GtkWidget *
be_app_test_find_type (GtkWidget *root,
                       GType      type,
                       guint      position)
{
  return find (root, type, &position);
}

/**
 * be_app_test_find_label:
 *
 * Returns: (nullable): the visible label that says exactly @text
 */
GtkWidget *
be_app_test_find_label (GtkWidget  *root,
                        const char *text)
{
  GtkWidget *child = NULL;

  if (GTK_IS_LABEL (root) && gtk_widget_is_visible (root) &&
      g_str_equal (gtk_label_get_text (GTK_LABEL (root)), text))
    return root;

  for (child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = be_app_test_find_label (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkWidget *
be_app_test_card (BeAppTest *self,
                  BeSide     side)
{
  return be_app_test_find_type (GTK_WIDGET (self->window), BE_TYPE_ENDPOINT_CARD, side);
}

GtkWidget *
be_app_test_composer (BeAppTest *self,
                      BeSide     side)
{
  return be_app_test_find_type (GTK_WIDGET (self->window), BE_TYPE_COMPOSER, side);
}

/**
 * be_app_test_dup_chip:
 *
 * Returns: (transfer full): what the card of @side says of its state
 */
char *
be_app_test_dup_chip (BeAppTest *self,
                      BeSide     side)
{
  GtkWidget *chip = be_app_test_find_type (be_app_test_card (self, side), BE_TYPE_STATE_CHIP, 0);
  char      *label = NULL;

  g_object_get (chip, "label", &label, NULL);

  return label;
}

gboolean
be_app_test_chip_says (BeAppTest  *self,
                       BeSide      side,
                       const char *words)
{
  g_autofree char *label = be_app_test_dup_chip (self, side);

  return g_strcmp0 (label, words) == 0;
}

/**
 * be_app_test_write:
 *
 * Types into the composer of @side and presses Enter.
 */
void
be_app_test_write (BeAppTest  *self,
                   BeSide      side,
                   const char *text)
{
  GtkWidget *entry = be_composer_get_entry (BE_COMPOSER (be_app_test_composer (self, side)));

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}
