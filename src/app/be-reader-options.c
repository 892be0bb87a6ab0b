/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-reader-options.h"

/* In the order of the template. */
typedef enum
{
  WHEN_AT_ONCE,
  WHEN_AT_ONCE_SIZED,
  WHEN_ON_REQUEST,
  WHEN_TIMED,
} When;

/**
 * BeReaderOptions:
 *
 * When sockets read and how many bytes they ask for at once: of all sockets of
 * a side, or of one. Holds the choice and acts on none; ends with its popover.
 */
struct _BeReaderOptions
{
  GtkWidget parent_instance;

  GtkWidget     *lines;
  GtkDropDown   *when_drop_down;
  GtkWidget     *interval_row;
  GtkSpinButton *interval_spin;
  GtkWidget     *size_row;
  GtkSpinButton *size_spin;

  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (BeReaderOptions, be_reader_options, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_CHANGED,
} BeReaderOptionsSignal;

static guint signals[SIGNAL_CHANGED + 1];

static void
changed_cb (BeReaderOptions *self)
{
  guint when = gtk_drop_down_get_selected (self->when_drop_down);

  gtk_widget_set_visible (self->interval_row, when == WHEN_TIMED);
  gtk_widget_set_visible (self->size_row, when != WHEN_AT_ONCE);
  if (!self->is_setting)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
be_reader_options_dispose (GObject *object)
{
  BeReaderOptions *self = BE_READER_OPTIONS (object);

  g_clear_pointer (&self->lines, gtk_widget_unparent);

  G_OBJECT_CLASS (be_reader_options_parent_class)->dispose (object);
}

static void
be_reader_options_class_init (BeReaderOptionsClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_reader_options_dispose;

  /* A person chose something else. */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", BE_TYPE_READER_OPTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-reader-options.ui");
  gtk_widget_class_bind_template_child (widget_class, BeReaderOptions, lines);
  gtk_widget_class_bind_template_child (widget_class, BeReaderOptions, when_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BeReaderOptions, interval_row);
  gtk_widget_class_bind_template_child (widget_class, BeReaderOptions, interval_spin);
  gtk_widget_class_bind_template_child (widget_class, BeReaderOptions, size_row);
  gtk_widget_class_bind_template_child (widget_class, BeReaderOptions, size_spin);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "readeroptions");
}

static void
be_reader_options_init (BeReaderOptions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

BeReadingChoice
be_reader_options_get_choice (BeReaderOptions *self)
{
  BeReadingChoice choice = be_reading_choice_get_usual ();
  When            when;

  g_return_val_if_fail (BE_IS_READER_OPTIONS (self), choice);

  when = (When) gtk_drop_down_get_selected (self->when_drop_down);
  if (when == WHEN_ON_REQUEST)
    choice.reading = BE_READING_ON_REQUEST;
  else if (when == WHEN_TIMED)
    choice.reading = BE_READING_TIMED;
  choice.interval_ms = (guint) gtk_spin_button_get_value_as_int (self->interval_spin);
  if (when != WHEN_AT_ONCE)
    choice.recv_size = (guint) gtk_spin_button_get_value_as_int (self->size_spin);

  return choice;
}

static When
get_when (const BeReadingChoice *choice)
{
  if (choice->reading == BE_READING_ON_REQUEST)
    return WHEN_ON_REQUEST;
  if (choice->reading == BE_READING_TIMED)
    return WHEN_TIMED;

  return choice->recv_size > 0 ? WHEN_AT_ONCE_SIZED : WHEN_AT_ONCE;
}

/**
 * be_reader_options_set_choice:
 *
 * @usual_bytes: what is offered where no size is chosen
 *
 * Shows a choice; that is no change.
 */
void
be_reader_options_set_choice (BeReaderOptions       *self,
                              const BeReadingChoice *choice,
                              guint                  usual_bytes)
{
  g_return_if_fail (BE_IS_READER_OPTIONS (self));
  g_return_if_fail (choice != NULL);

  self->is_setting = TRUE;
  gtk_drop_down_set_selected (self->when_drop_down, get_when (choice));
  gtk_spin_button_set_value (self->interval_spin, choice->interval_ms);
  gtk_spin_button_set_value (self->size_spin, choice->recv_size > 0 ? choice->recv_size : usual_bytes);
  changed_cb (self);
  self->is_setting = FALSE;
}
