/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-badge.h"

#include "be-lettering.h"
#include "be-pairing.h"
#include "be-palette.h"
#include "be-wire.h"

#include <adwaita.h>
#include <math.h>

/* The widest shape with its halo. */
#define BADGE_SIZE 30

/**
 * BeBadge:
 *
 * The letter of a connection in its colour and shape, outside of the list.
 *
 * Owns its lettering, which it makes when it is first measured. It ends with
 * its widget.
 */
struct _BeBadge
{
  GtkWidget parent_instance;

  guint32  connection;
  gboolean is_hollow;

  BeLettering *lettering;
};

G_DEFINE_FINAL_TYPE (BeBadge, be_badge, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_CONNECTION = 1,
  PROP_IS_HOLLOW,
} BeBadgeProperty;

static GParamSpec *properties[PROP_IS_HOLLOW + 1];

static BeLettering *
get_lettering (BeBadge *self)
{
  if (self->lettering != NULL && !be_lettering_is_current (self->lettering))
    g_clear_object (&self->lettering);

  if (self->lettering == NULL)
    self->lettering = be_lettering_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));

  return self->lettering;
}

static void
update_accessible (BeBadge *self)
{
  g_autofree char *letter = NULL;

  letter = self->connection == BE_EVENT_NO_CONNECTION ? g_strdup ("") : be_pairing_dup_letter (self->connection);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, letter,
                                  -1);
}

/*
 * GtkWidget
 */

static void
be_badge_measure (GtkWidget     *widget,
                  GtkOrientation orientation,
                  int            for_size,
                  int           *minimum,
                  int           *natural,
                  int           *minimum_baseline,
                  int           *natural_baseline)
{
  double scale = be_lettering_get_scale (get_lettering (BE_BADGE (widget)));

  *minimum = *natural = (int) ceil (BADGE_SIZE * scale);
}

static void
be_badge_snapshot (GtkWidget   *widget,
                   GtkSnapshot *snapshot)
{
  BeBadge     *self = BE_BADGE (widget);
  BeLettering *lettering = get_lettering (self);
  g_autoptr (PangoLayout) layout = NULL;

  if (self->connection != BE_EVENT_NO_CONNECTION)
    {
      g_autofree char *letter = be_pairing_dup_letter (self->connection);

      layout = be_lettering_share (lettering, BE_FONT_LETTER, letter);
    }

  be_wire_snapshot_badge (snapshot, be_palette_get_default (), lettering,
                          self->connection, layout, self->is_hollow,
                          gtk_widget_get_width (widget) / 2.0,
                          gtk_widget_get_height (widget) / 2.0);
}

/*
 * GObject
 */

static void
be_badge_constructed (GObject *object)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  G_OBJECT_CLASS (be_badge_parent_class)->constructed (object);

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw),
                           object, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           object, G_CONNECT_SWAPPED);
  update_accessible (BE_BADGE (object));
}

static void
be_badge_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  BeBadge *self = BE_BADGE (object);

  switch ((BeBadgeProperty) prop_id)
    {
    case PROP_CONNECTION:
      g_value_set_uint (value, self->connection);
      break;

    case PROP_IS_HOLLOW:
      g_value_set_boolean (value, self->is_hollow);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_badge_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  BeBadge *self = BE_BADGE (object);

  switch ((BeBadgeProperty) prop_id)
    {
    case PROP_CONNECTION:
      be_badge_set_connection (self, g_value_get_uint (value));
      break;

    case PROP_IS_HOLLOW:
      be_badge_set_is_hollow (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_badge_dispose (GObject *object)
{
  g_clear_object (&BE_BADGE (object)->lettering);

  G_OBJECT_CLASS (be_badge_parent_class)->dispose (object);
}

static void
be_badge_class_init (BeBadgeClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = be_badge_constructed;
  object_class->get_property = be_badge_get_property;
  object_class->set_property = be_badge_set_property;
  object_class->dispose = be_badge_dispose;

  widget_class->measure = be_badge_measure;
  widget_class->snapshot = be_badge_snapshot;

  properties[PROP_CONNECTION] =
    g_param_spec_uint ("connection", NULL, NULL, 0, BE_EVENT_NO_CONNECTION, BE_EVENT_NO_CONNECTION,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_HOLLOW] =
    g_param_spec_boolean ("is-hollow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "be-badge");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
be_badge_init (BeBadge *self)
{
  self->connection = BE_EVENT_NO_CONNECTION;
}

/**
 * be_badge_new:
 *
 * Returns: (transfer floating): a badge of no connection
 */
GtkWidget *
be_badge_new (void)
{
  return g_object_new (BE_TYPE_BADGE, NULL);
}

guint32
be_badge_get_connection (BeBadge *self)
{
  g_return_val_if_fail (BE_IS_BADGE (self), BE_EVENT_NO_CONNECTION);

  return self->connection;
}

/**
 * be_badge_set_connection:
 * @self: a badge
 * @connection: a connection's number, or %BE_EVENT_NO_CONNECTION for a small
 *   hollow dot
 */
void
be_badge_set_connection (BeBadge *self,
                         guint32  connection)
{
  g_return_if_fail (BE_IS_BADGE (self));

  if (self->connection == connection)
    return;

  self->connection = connection;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION]);
}

gboolean
be_badge_get_is_hollow (BeBadge *self)
{
  g_return_val_if_fail (BE_IS_BADGE (self), FALSE);

  return self->is_hollow;
}

/**
 * be_badge_set_is_hollow:
 * @self: a badge
 * @is_hollow: whether to draw the outline only, because the connection is over
 */
void
be_badge_set_is_hollow (BeBadge *self,
                        gboolean is_hollow)
{
  g_return_if_fail (BE_IS_BADGE (self));

  is_hollow = !!is_hollow;
  if (self->is_hollow == is_hollow)
    return;

  self->is_hollow = is_hollow;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_HOLLOW]);
}
