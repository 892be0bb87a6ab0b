/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-panes-private.h"

#define TIGHT_BELOW_WIDTH 1240
#define USUAL_FONT_PIXELS 14.67
#define POINTS_PER_INCH 72.0

G_DEFINE_FINAL_TYPE (BePanes, be_panes, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SERVER = 1,
  PROP_CLIENT,
  PROP_MIDDLE,
  PROP_IS_FOLDED,
  PROP_IS_TIGHT,
  PROP_IS_SINGLE,
  PROP_SHOWN_SIDE,
} BePanesProperty;

static GParamSpec *properties[PROP_SHOWN_SIDE + 1];

static GtkWidget *
other_than_shown (BePanes *self)
{
  return self->shown_side == BE_SIDE_SERVER ? self->client : self->server;
}

static void
update_child_visibility (BePanes *self)
{
  gboolean   shows_one = self->is_folded && self->is_single;
  GtkWidget *hidden = shows_one ? other_than_shown (self) : NULL;

  if (self->server != NULL)
    gtk_widget_set_child_visible (self->server, self->server != hidden);
  if (self->client != NULL)
    gtk_widget_set_child_visible (self->client, self->client != hidden);
  if (self->middle != NULL)
    gtk_widget_set_child_visible (self->middle, !self->is_folded);
}

static void
set_folded (BePanes *self,
            gboolean is_folded)
{
  if (self->is_folded == is_folded)
    return;

  self->is_folded = is_folded;
  update_child_visibility (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_FOLDED]);
}

static void
set_tight (BePanes *self,
           gboolean is_tight)
{
  if (self->is_tight == is_tight)
    return;

  self->is_tight = is_tight;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_TIGHT]);
}

/* With larger type there is less room in the same width. */
static gboolean
needs_tight (BePanes *self,
             int      width)
{
  PangoContext               *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double                      font_pixels = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    font_pixels *= pango_cairo_context_get_resolution (context) / POINTS_PER_INCH;

  return width < TIGHT_BELOW_WIDTH * font_pixels / USUAL_FONT_PIXELS;
}

/**
 * be_panes_get_geometry:
 *
 * Returns: where the lifelines are at this width, and whether it is folded
 */
BeWireGeometry
be_panes_get_geometry (BePanes *self,
                       int      width)
{
  BeWireGeometry geometry = be_wire_geometry_for_width (width);

  geometry.is_folded = geometry.is_folded || self->is_kept_folded;

  return geometry;
}

static gboolean
settle_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  BePanes       *self = BE_PANES (widget);
  BeWireGeometry geometry = be_panes_get_geometry (self, self->width);

  self->settle_tick = 0;
  set_folded (self, geometry.is_folded);
  set_tight (self, geometry.is_folded || needs_tight (self, self->width));

  return G_SOURCE_REMOVE;
}

/**
 * be_panes_settle:
 *
 * Decides, for the width that is being allocated, whether it is to be folded;
 * the next frame says so.
 */
void
be_panes_settle (BePanes *self,
                 int      width)
{
  BeWireGeometry geometry = be_panes_get_geometry (self, width);
  gboolean       is_tight = geometry.is_folded || needs_tight (self, width);

  self->width = width;
  if (geometry.is_folded == self->is_folded && is_tight == self->is_tight)
    return;

  if (self->settle_tick == 0)
    self->settle_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_cb, NULL, NULL);
}

/* GtkWidget */

static GtkSizeRequestMode
be_panes_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* GObject */

static void
set_child (BePanes    *self,
           GtkWidget **place,
           GtkWidget  *child)
{
  g_clear_pointer (place, gtk_widget_unparent);
  *place = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  update_child_visibility (self);
}

static void
be_panes_dispose (GObject *object)
{
  BePanes *self = BE_PANES (object);

  if (self->settle_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->settle_tick);
  self->settle_tick = 0;

  g_clear_pointer (&self->server, gtk_widget_unparent);
  g_clear_pointer (&self->middle, gtk_widget_unparent);
  g_clear_pointer (&self->client, gtk_widget_unparent);

  G_OBJECT_CLASS (be_panes_parent_class)->dispose (object);
}

static void
be_panes_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  BePanes *self = BE_PANES (object);

  switch ((BePanesProperty) prop_id)
    {
    case PROP_SERVER:
      g_value_set_object (value, self->server);
      break;
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;
    case PROP_MIDDLE:
      g_value_set_object (value, self->middle);
      break;
    case PROP_IS_FOLDED:
      g_value_set_boolean (value, self->is_folded);
      break;
    case PROP_IS_TIGHT:
      g_value_set_boolean (value, self->is_tight);
      break;
    case PROP_IS_SINGLE:
      g_value_set_boolean (value, self->is_single);
      break;
    case PROP_SHOWN_SIDE:
      g_value_set_int (value, self->shown_side);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_panes_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  BePanes *self = BE_PANES (object);

  switch ((BePanesProperty) prop_id)
    {
    case PROP_SERVER:
      set_child (self, &self->server, g_value_get_object (value));
      break;
    case PROP_CLIENT:
      set_child (self, &self->client, g_value_get_object (value));
      break;
    case PROP_MIDDLE:
      set_child (self, &self->middle, g_value_get_object (value));
      break;
    case PROP_IS_SINGLE:
      self->is_single = g_value_get_boolean (value);
      break;
    case PROP_SHOWN_SIDE:
      be_panes_set_shown_side (self, (BeSide) g_value_get_int (value));
      break;
    case PROP_IS_FOLDED:
    case PROP_IS_TIGHT:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_panes_class_init (BePanesClass *klass)
{
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_panes_dispose;
  object_class->get_property = be_panes_get_property;
  object_class->set_property = be_panes_set_property;
  widget_class->get_request_mode = be_panes_get_request_mode;
  widget_class->measure = be_panes_measure;
  widget_class->size_allocate = be_panes_size_allocate;

  properties[PROP_SERVER] = g_param_spec_object ("server", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | flags);
  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | flags);
  properties[PROP_MIDDLE] = g_param_spec_object ("middle", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | flags);
  properties[PROP_IS_FOLDED] = g_param_spec_boolean ("is-folded", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  properties[PROP_IS_TIGHT] = g_param_spec_boolean ("is-tight", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  properties[PROP_IS_SINGLE] = g_param_spec_boolean ("is-single", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | flags);
  properties[PROP_SHOWN_SIDE] = g_param_spec_int ("shown-side", NULL, NULL, BE_SIDE_SERVER, BE_SIDE_CLIENT,
                                                  BE_SIDE_CLIENT, G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "panes");
}

static void
be_panes_init (BePanes *self)
{
  self->shown_side = BE_SIDE_CLIENT;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

gboolean
be_panes_is_folded (BePanes *self)
{
  g_return_val_if_fail (BE_IS_PANES (self), FALSE);

  return self->is_folded;
}

/**
 * be_panes_is_tight:
 *
 * Returns: TRUE when there is little room beside the address: the children
 *   should use a second line
 */
gboolean
be_panes_is_tight (BePanes *self)
{
  g_return_val_if_fail (BE_IS_PANES (self), FALSE);

  return self->is_tight;
}

/**
 * be_panes_set_shown_side:
 *
 * Which side is shown when there is room for one only.
 */
void
be_panes_set_shown_side (BePanes *self,
                         BeSide   side)
{
  g_return_if_fail (BE_IS_PANES (self));

  if (self->shown_side == side)
    return;

  self->shown_side = side;
  update_child_visibility (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN_SIDE]);
}

/**
 * be_panes_set_is_kept_folded:
 *
 * Whether they are folded even where there is room for both.
 */
void
be_panes_set_is_kept_folded (BePanes *self,
                             gboolean is_kept_folded)
{
  g_return_if_fail (BE_IS_PANES (self));

  if (self->is_kept_folded == is_kept_folded)
    return;

  self->is_kept_folded = is_kept_folded;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
