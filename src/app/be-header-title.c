/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-header-title.h"

/**
 * BeHeaderTitle:
 *
 * The name in the header of a window, whole or not at all: of a name that is
 * cut nobody learns more than of none.
 *
 * Owns the title that it shows; it ends with its widget.
 */
struct _BeHeaderTitle
{
  GtkWidget parent_instance;

  GtkWidget *whole;
};

G_DEFINE_FINAL_TYPE (BeHeaderTitle, be_header_title, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TITLE = 1,
} BeHeaderTitleProperty;

static GParamSpec *properties[PROP_TITLE + 1];

static int
get_whole_width (BeHeaderTitle *self)
{
  int natural = 0;

  gtk_widget_measure (self->whole, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
set_title (BeHeaderTitle *self,
           const char    *title)
{
  AdwWindowTitle *whole = ADW_WINDOW_TITLE (self->whole);

  title = title != NULL ? title : "";
  if (g_str_equal (title, adw_window_title_get_title (whole)))
    return;

  adw_window_title_set_title (whole, title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/* GtkWidget */

static void
be_header_title_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  gtk_widget_measure (BE_HEADER_TITLE (widget)->whole, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

static void
be_header_title_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  BeHeaderTitle *self = BE_HEADER_TITLE (widget);
  gboolean       is_whole = width >= get_whole_width (self);

  gtk_widget_set_child_visible (self->whole, is_whole);
  if (is_whole)
    gtk_widget_size_allocate (self->whole, &(GtkAllocation){ 0, 0, width, height }, -1);
}

/* GObject */

static void
be_header_title_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  BeHeaderTitle *self = BE_HEADER_TITLE (object);

  switch ((BeHeaderTitleProperty) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, adw_window_title_get_title (ADW_WINDOW_TITLE (self->whole)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_header_title_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  BeHeaderTitle *self = BE_HEADER_TITLE (object);

  switch ((BeHeaderTitleProperty) prop_id)
    {
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_header_title_dispose (GObject *object)
{
  g_clear_pointer (&BE_HEADER_TITLE (object)->whole, gtk_widget_unparent);

  G_OBJECT_CLASS (be_header_title_parent_class)->dispose (object);
}

static void
be_header_title_class_init (BeHeaderTitleClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_header_title_dispose;
  object_class->get_property = be_header_title_get_property;
  object_class->set_property = be_header_title_set_property;
  widget_class->measure = be_header_title_measure;
  widget_class->size_allocate = be_header_title_size_allocate;

  /**
   * BeHeaderTitle:title:
   *
   * The name.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "",
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
be_header_title_init (BeHeaderTitle *self)
{
  self->whole = adw_window_title_new ("", "");
  gtk_widget_set_parent (self->whole, GTK_WIDGET (self));
}
