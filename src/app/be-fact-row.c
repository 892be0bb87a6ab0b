/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-fact-row.h"

#define MARGIN_ABOVE 4

/**
 * BeFactRow:
 *
 * One fact in a list: its name as programs write it, its value, below it what
 * that means in plain words, and perhaps a reason why it is as it is. All of
 * them are plain text, and no text that is the same is set again, so that a
 * value may be told as often as it is asked for.
 *
 * Ends with its list. It can be focused, so that a screen reader says it all.
 */
struct _BeFactRow
{
  AdwPreferencesRow parent_instance;

  GtkBox   *content;
  GtkBox   *line;
  GtkLabel *heading_label;
  GtkLabel *value_label;
  GtkLabel *note_label;
  GtkLabel *reason_label;
};

G_DEFINE_FINAL_TYPE (BeFactRow, be_fact_row, ADW_TYPE_PREFERENCES_ROW)

typedef enum
{
  PROP_HEADING = 1,
  PROP_VALUE,
  PROP_NOTE,
  PROP_REASON,
} BeFactRowProperty;

static GParamSpec *properties[PROP_REASON + 1];

static void
update_accessible (BeFactRow *self)
{
  const char      *heading = gtk_label_get_text (self->heading_label);
  const char      *value = gtk_label_get_text (self->value_label);
  const char      *note = gtk_label_get_text (self->note_label);
  const char      *reason = gtk_label_get_text (self->reason_label);
  g_autofree char *label = g_strjoin (*value != '\0' ? ": " : NULL, heading, value, NULL);
  g_autofree char *description = g_strjoin (*reason != '\0' ? " " : NULL, note, reason, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, *value != '\0' ? label : heading,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, *reason != '\0' ? description : note, -1);
}

static void
set_text (BeFactRow        *self,
          GtkLabel         *label,
          const char       *text,
          BeFactRowProperty property)
{
  const char *shown = text != NULL ? text : "";

  if (g_str_equal (gtk_label_get_text (label), shown))
    return;

  gtk_label_set_text (label, shown);
  gtk_widget_set_visible (GTK_WIDGET (label), *shown != '\0');
  update_accessible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* GObject */

static void
be_fact_row_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BeFactRow *self = BE_FACT_ROW (object);

  switch ((BeFactRowProperty) prop_id)
    {
    case PROP_HEADING:
      g_value_set_string (value, be_fact_row_get_heading (self));
      break;
    case PROP_VALUE:
      g_value_set_string (value, be_fact_row_get_value (self));
      break;
    case PROP_NOTE:
      g_value_set_string (value, be_fact_row_get_note (self));
      break;
    case PROP_REASON:
      g_value_set_string (value, be_fact_row_get_reason (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_fact_row_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  BeFactRow *self = BE_FACT_ROW (object);

  switch ((BeFactRowProperty) prop_id)
    {
    case PROP_HEADING:
      be_fact_row_set_heading (self, g_value_get_string (value));
      break;
    case PROP_VALUE:
      be_fact_row_set_value (self, g_value_get_string (value));
      break;
    case PROP_NOTE:
      be_fact_row_set_note (self, g_value_get_string (value));
      break;
    case PROP_REASON:
      be_fact_row_set_reason (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_fact_row_class_init (BeFactRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_fact_row_get_property;
  object_class->set_property = be_fact_row_set_property;

  properties[PROP_HEADING] =
    g_param_spec_string ("heading", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_VALUE] =
    g_param_spec_string ("value", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_NOTE] =
    g_param_spec_string ("note", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_REASON] =
    g_param_spec_string ("reason", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-fact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BeFactRow, content);
  gtk_widget_class_bind_template_child (widget_class, BeFactRow, line);
  gtk_widget_class_bind_template_child (widget_class, BeFactRow, heading_label);
  gtk_widget_class_bind_template_child (widget_class, BeFactRow, value_label);
  gtk_widget_class_bind_template_child (widget_class, BeFactRow, note_label);
  gtk_widget_class_bind_template_child (widget_class, BeFactRow, reason_label);
}

static void
be_fact_row_init (BeFactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public */

/**
 * be_fact_row_new:
 *
 * Returns: (transfer floating): a row without texts
 */
GtkWidget *
be_fact_row_new (void)
{
  return g_object_new (BE_TYPE_FACT_ROW, NULL);
}

/**
 * be_fact_row_get_heading:
 *
 * Returns: the name of the fact. The title of the class above would be read as
 *   markup.
 */
const char *
be_fact_row_get_heading (BeFactRow *self)
{
  g_return_val_if_fail (BE_IS_FACT_ROW (self), "");

  return gtk_label_get_text (self->heading_label);
}

void
be_fact_row_set_heading (BeFactRow  *self,
                         const char *heading)
{
  g_return_if_fail (BE_IS_FACT_ROW (self));

  set_text (self, self->heading_label, heading, PROP_HEADING);
}

/**
 * be_fact_row_get_value:
 *
 * Returns: what stands beside the name; may be empty
 */
const char *
be_fact_row_get_value (BeFactRow *self)
{
  g_return_val_if_fail (BE_IS_FACT_ROW (self), "");

  return gtk_label_get_text (self->value_label);
}

/**
 * be_fact_row_set_value:
 * @value: (nullable): plain text
 */
void
be_fact_row_set_value (BeFactRow  *self,
                       const char *value)
{
  g_return_if_fail (BE_IS_FACT_ROW (self));

  set_text (self, self->value_label, value, PROP_VALUE);
}

const char *
be_fact_row_get_note (BeFactRow *self)
{
  g_return_val_if_fail (BE_IS_FACT_ROW (self), "");

  return gtk_label_get_text (self->note_label);
}

/**
 * be_fact_row_set_note:
 * @note: (nullable): what it means, in plain words
 */
void
be_fact_row_set_note (BeFactRow  *self,
                      const char *note)
{
  g_return_if_fail (BE_IS_FACT_ROW (self));

  set_text (self, self->note_label, note, PROP_NOTE);
}

const char *
be_fact_row_get_reason (BeFactRow *self)
{
  g_return_val_if_fail (BE_IS_FACT_ROW (self), "");

  return gtk_label_get_text (self->reason_label);
}

/**
 * be_fact_row_set_reason:
 * @reason: (nullable): why it cannot be changed, or was not
 */
void
be_fact_row_set_reason (BeFactRow  *self,
                        const char *reason)
{
  g_return_if_fail (BE_IS_FACT_ROW (self));

  set_text (self, self->reason_label, reason, PROP_REASON);
}

/**
 * be_fact_row_add_beside:
 * @widget: a small one, behind the value
 */
void
be_fact_row_add_beside (BeFactRow *self,
                        GtkWidget *widget)
{
  g_return_if_fail (BE_IS_FACT_ROW (self));

  gtk_box_append (self->line, widget);
}

/**
 * be_fact_row_add_below:
 * @widget: one that takes a line of its own
 */
void
be_fact_row_add_below (BeFactRow *self,
                       GtkWidget *widget)
{
  g_return_if_fail (BE_IS_FACT_ROW (self));

  gtk_widget_set_margin_top (widget, MARGIN_ABOVE);
  gtk_box_append (self->content, widget);
}
