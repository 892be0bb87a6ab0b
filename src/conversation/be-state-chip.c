/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-state-chip.h"

#include <adwaita.h>
#include <math.h>

/**
 * BeStateChip:
 *
 * A state in a rounded chip, outside of the list: "Listening" on a card.
 *
 * Owns its lettering and its shaped label. It ends with its widget.
 */
struct _BeStateChip
{
  GtkWidget parent_instance;

  char      *label;
  BeChipKind kind;
  gboolean   show_dot;

  BeLettering *lettering;
  PangoLayout *layout;
};

G_DEFINE_ENUM_TYPE (BeChipKind, be_chip_kind,
                    G_DEFINE_ENUM_VALUE (BE_CHIP_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (BE_CHIP_CHANGING, "changing"),
                    G_DEFINE_ENUM_VALUE (BE_CHIP_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (BE_CHIP_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (BeStateChip, be_state_chip, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LABEL = 1,
  PROP_KIND,
  PROP_SHOW_DOT,
} BeStateChipProperty;

static GParamSpec *properties[PROP_SHOW_DOT + 1];

static void
shape (BeStateChip *self)
{
  if (self->lettering != NULL && !be_lettering_is_current (self->lettering))
    {
      g_clear_object (&self->layout);
      g_clear_object (&self->lettering);
    }

  if (self->lettering == NULL)
    self->lettering = be_lettering_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));

  if (self->layout == NULL)
    self->layout = be_lettering_make (self->lettering, BE_FONT_CHIP, self->label);
}

/*
 * GtkWidget
 */

static void
be_state_chip_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  BeStateChip *self = BE_STATE_CHIP (widget);

  shape (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = (int) ceil (be_chip_get_width (self->lettering, self->layout, self->show_dot));
  else
    *natural = (int) ceil (be_chip_get_height (self->lettering));
  *minimum = *natural;
}

static void
be_state_chip_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  BeStateChip *self = BE_STATE_CHIP (widget);
  double       width;

  shape (self);

  width = be_chip_get_width (self->lettering, self->layout, self->show_dot);
  be_chip_snapshot (snapshot, be_palette_get_default (), self->lettering, self->layout,
                    self->kind, self->show_dot,
                    floor ((gtk_widget_get_width (widget) - width) / 2),
                    gtk_widget_get_height (widget) / 2.0);
}

/*
 * GObject
 */

static void
be_state_chip_constructed (GObject *object)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  G_OBJECT_CLASS (be_state_chip_parent_class)->constructed (object);

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw),
                           object, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           object, G_CONNECT_SWAPPED);
}

static void
be_state_chip_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  BeStateChip *self = BE_STATE_CHIP (object);

  switch ((BeStateChipProperty) prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;

    case PROP_SHOW_DOT:
      g_value_set_boolean (value, self->show_dot);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_state_chip_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  BeStateChip *self = BE_STATE_CHIP (object);

  switch ((BeStateChipProperty) prop_id)
    {
    case PROP_LABEL:
      be_state_chip_set_label (self, g_value_get_string (value));
      break;

    case PROP_KIND:
      be_state_chip_set_kind (self, (BeChipKind) g_value_get_enum (value));
      break;

    case PROP_SHOW_DOT:
      be_state_chip_set_show_dot (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_state_chip_finalize (GObject *object)
{
  BeStateChip *self = BE_STATE_CHIP (object);

  g_clear_object (&self->layout);
  g_clear_object (&self->lettering);
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (be_state_chip_parent_class)->finalize (object);
}

static void
be_state_chip_class_init (BeStateChipClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = be_state_chip_constructed;
  object_class->get_property = be_state_chip_get_property;
  object_class->set_property = be_state_chip_set_property;
  object_class->finalize = be_state_chip_finalize;

  widget_class->measure = be_state_chip_measure;
  widget_class->snapshot = be_state_chip_snapshot;

  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, BE_TYPE_CHIP_KIND, BE_CHIP_CLOSED,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_DOT] =
    g_param_spec_boolean ("show-dot", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "be-state-chip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
be_state_chip_init (BeStateChip *self)
{
  self->label = g_strdup ("");
  self->kind = BE_CHIP_CLOSED;
}

/**
 * be_state_chip_new:
 *
 * Returns: (transfer floating): an empty chip
 */
GtkWidget *
be_state_chip_new (void)
{
  return g_object_new (BE_TYPE_STATE_CHIP, NULL);
}

const char *
be_state_chip_get_label (BeStateChip *self)
{
  g_return_val_if_fail (BE_IS_STATE_CHIP (self), NULL);

  return self->label;
}

/**
 * be_state_chip_set_label:
 * @self: a chip
 * @label: (nullable): what it says, never read as markup
 */
void
be_state_chip_set_label (BeStateChip *self,
                         const char  *label)
{
  g_return_if_fail (BE_IS_STATE_CHIP (self));

  label = label != NULL ? label : "";
  if (g_str_equal (self->label, label))
    return;

  g_free (self->label);
  self->label = g_strdup (label);
  g_clear_object (&self->layout);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->label,
                                  -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

BeChipKind
be_state_chip_get_kind (BeStateChip *self)
{
  g_return_val_if_fail (BE_IS_STATE_CHIP (self), BE_CHIP_CLOSED);

  return self->kind;
}

void
be_state_chip_set_kind (BeStateChip *self,
                        BeChipKind   kind)
{
  g_return_if_fail (BE_IS_STATE_CHIP (self));

  if (self->kind == kind)
    return;

  self->kind = kind;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}

gboolean
be_state_chip_get_show_dot (BeStateChip *self)
{
  g_return_val_if_fail (BE_IS_STATE_CHIP (self), FALSE);

  return self->show_dot;
}

void
be_state_chip_set_show_dot (BeStateChip *self,
                            gboolean     show_dot)
{
  g_return_if_fail (BE_IS_STATE_CHIP (self));

  show_dot = !!show_dot;
  if (self->show_dot == show_dot)
    return;

  self->show_dot = show_dot;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_DOT]);
}
