/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-option-editor.h"

#include <glib/gi18n-lib.h>

#define PAGE_STEPS 16

/**
 * BeOptionEditor:
 *
 * Asks for another value of one socket option: a switch, or a number and the
 * button that asks for it. It shows what it was told, never what was asked
 * for: a switch waits for be_option_editor_set_value (). Ends with its row.
 */
struct _BeOptionEditor
{
  GtkWidget parent_instance;

  BeSocketOption option;
  GtkSwitch     *toggle;
  GtkSpinButton *spin;
  GtkWidget     *button;
  gboolean       is_told; /* while it is told a value, nobody has asked for it */
};

G_DEFINE_FINAL_TYPE (BeOptionEditor, be_option_editor, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_ASKED,
} BeOptionEditorSignal;

static guint signals[SIGNAL_ASKED + 1];

static void
ask (BeOptionEditor *self,
     int             value)
{
  g_signal_emit (self, signals[SIGNAL_ASKED], 0, (int) self->option, value);
}

/* Of SO_LINGER on is 0 seconds. */
static gboolean
state_set_cb (BeOptionEditor *self,
              gboolean        is_on)
{
  if (self->is_told)
    return FALSE;

  if (self->option == BE_SOCKET_OPTION_LINGER)
    ask (self, is_on ? 0 : BE_SOCKET_LINGER_OFF);
  else
    ask (self, is_on);

  return TRUE;
}

static void
set_clicked_cb (BeOptionEditor *self)
{
  gtk_spin_button_update (self->spin);
  ask (self, gtk_spin_button_get_value_as_int (self->spin));
}

static void
add_switch (BeOptionEditor *self)
{
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  gtk_widget_set_parent (GTK_WIDGET (self->toggle), GTK_WIDGET (self));
  g_signal_connect_object (self->toggle, "state-set", G_CALLBACK (state_set_cb), self, G_CONNECT_SWAPPED);
}

static void
add_number (BeOptionEditor *self)
{
  int lowest;
  int highest;

  be_socket_option_get_range (self->option, &lowest, &highest);
  self->spin = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (lowest, highest, 1));
  gtk_spin_button_set_numeric (self->spin, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->spin), 9);
  gtk_widget_set_hexpand (GTK_WIDGET (self->spin), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->spin), GTK_WIDGET (self));
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->spin)), "activate",
                           G_CALLBACK (set_clicked_cb), self, G_CONNECT_SWAPPED);

  /* Translators: a button: sets the option of a socket to the number beside it */
  self->button = gtk_button_new_with_label (C_ ("socket option", "Set"));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (set_clicked_cb), self, G_CONNECT_SWAPPED);
}

/* GObject */

static void
be_option_editor_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (be_option_editor_parent_class)->dispose (object);
}

static void
be_option_editor_class_init (BeOptionEditorClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_option_editor_dispose;

  /**
   * BeOptionEditor::asked:
   * @option: the #BeSocketOption
   * @value: what a person wants it to be
   */
  signals[SIGNAL_ASKED] =
    g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "optioneditor");
}

static void
be_option_editor_init (BeOptionEditor *self)
{
}

/* Public */

/**
 * be_option_editor_new:
 *
 * Returns: (transfer floating): an editor that has not been told a value
 */
GtkWidget *
be_option_editor_new (BeSocketOption option)
{
  BeOptionEditor *self = g_object_new (BE_TYPE_OPTION_EDITOR, NULL);

  self->option = option;
  if (be_socket_option_get_kind (option) == BE_SOCKET_OPTION_NUMBER)
    add_number (self);
  else
    add_switch (self);

  return GTK_WIDGET (self);
}

/**
 * be_option_editor_set_name:
 * @name: of the option, for who hears it
 */
void
be_option_editor_set_name (BeOptionEditor *self,
                           const char     *name)
{
  g_autofree char *action = NULL;
  GtkWidget       *widget;

  g_return_if_fail (BE_IS_OPTION_EDITOR (self));

  widget = self->toggle != NULL ? GTK_WIDGET (self->toggle) : GTK_WIDGET (self->spin);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->button == NULL)
    return;

  /* Translators: %s is the name of a socket option, such as SO_RCVBUF */
  action = g_strdup_printf (_ ("Set %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, action, -1);
}

/**
 * be_option_editor_set_value:
 * @value: what the system says
 *
 * Tells a switch. A number that somebody may be writing stays.
 */
void
be_option_editor_set_value (BeOptionEditor *self,
                            int             value)
{
  gboolean is_on = self->option == BE_SOCKET_OPTION_LINGER ? value != BE_SOCKET_LINGER_OFF : value != 0;

  g_return_if_fail (BE_IS_OPTION_EDITOR (self));

  if (self->toggle == NULL)
    return;

  self->is_told = TRUE;
  gtk_switch_set_active (self->toggle, is_on);
  gtk_switch_set_state (self->toggle, is_on);
  self->is_told = FALSE;
}

/**
 * be_option_editor_start_at:
 * @value: what the system says of a socket that is shown from now on
 */
void
be_option_editor_start_at (BeOptionEditor *self,
                           int             value)
{
  g_return_if_fail (BE_IS_OPTION_EDITOR (self));

  if (self->spin != NULL)
    {
      gtk_spin_button_set_increments (self->spin, value > G_MAXUINT8 ? 1024 : 1, value > G_MAXUINT8 ? 1024 * PAGE_STEPS : PAGE_STEPS);
      gtk_spin_button_set_value (self->spin, value);
    }
  be_option_editor_set_value (self, value);
}
