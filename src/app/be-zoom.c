/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-zoom.h"

#include <math.h>

#include "be-magnification.h"

#define POINTS_PER_INCH 96
#define XFT_UNITS 1024
#define NORMAL_PERCENT 100
#define ICON_PIXELS 16
#define SMALLEST_STEP 0.001

/* With it a message of 15 pixels on the grid, which the projector's lettering
 * makes 20, is 24 points large. */
#define PROJECTED_FACTOR 1.6

/* A window that is projected has no room for more on a small projector. */
#define MAX_PROJECTED_PERCENT 150

static const guint levels[] = { BE_ZOOM_MIN_PERCENT, 90, NORMAL_PERCENT, 110, 125, 150, 175, 200, 225, BE_ZOOM_MAX_PERCENT };

/**
 * BeZoom:
 *
 * How large everything is: the resolution of the text, which GTK multiplies
 * all type with, and the measures of what the program draws itself. Belongs to
 * the application, because that resolution is one for all its windows, and
 * gives it the actions. For the projector there is a level of its own, which
 * begins anew each time and never makes the type smaller.
 *
 * At its normal size it says nothing of the resolution, so that the desktop
 * does. Ends with the application, and leaves the resolution to the desktop.
 */
struct _BeZoom
{
  GObject parent_instance;

  GtkSettings    *gtk_settings;
  GtkCssProvider *icon_style;  /* (nullable): at the normal size */
  GtkCssProvider *theme_style; /* (nullable): the same */
  GSimpleAction  *actions[3];

  guint    percent;
  guint    projected_percent;
  gboolean is_projected;
};

G_DEFINE_FINAL_TYPE (BeZoom, be_zoom, G_TYPE_OBJECT)

typedef enum
{
  PROP_PERCENT = 1,
  PROP_IS_PROJECTED,
} BeZoomProperty;

static GParamSpec *properties[PROP_IS_PROJECTED + 1];

typedef enum
{
  ZOOM_IN,
  ZOOM_OUT,
  ZOOM_RESET,
} ZoomAction;

static guint
get_level (BeZoom *self)
{
  return self->is_projected ? self->projected_percent : self->percent;
}

/* The next level in a direction; the same one where there is none. */
static guint
find_level (BeZoom  *self,
            gboolean is_larger)
{
  guint minimum = self->is_projected ? NORMAL_PERCENT : BE_ZOOM_MIN_PERCENT;
  guint maximum = self->is_projected ? MAX_PROJECTED_PERCENT : BE_ZOOM_MAX_PERCENT;
  guint found = get_level (self);

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      if (is_larger && levels[i] > get_level (self))
        return MIN (levels[i], maximum);
      if (!is_larger && levels[i] < get_level (self))
        found = MAX (levels[i], minimum);
    }

  return found;
}

static void
update_actions (BeZoom *self)
{
  if (self->actions[ZOOM_IN] == NULL)
    return;

  g_simple_action_set_enabled (self->actions[ZOOM_IN], find_level (self, TRUE) != get_level (self));
  g_simple_action_set_enabled (self->actions[ZOOM_OUT], find_level (self, FALSE) != get_level (self));
  g_simple_action_set_enabled (self->actions[ZOOM_RESET], get_level (self) != NORMAL_PERCENT);
}

static void
remove_style (GtkCssProvider **style)
{
  if (*style != NULL)
    gtk_style_context_remove_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (*style));
  g_clear_object (style);
}

/* The theme has its measures in pixels, and ours are of the size of the text.
 * At the normal size the theme is left alone. */
static void
scale_theme (BeZoom *self,
             double  factor)
{
  if (fabs (factor - 1) < SMALLEST_STEP)
    {
      remove_style (&self->theme_style);
      return;
    }

  if (self->theme_style != NULL)
    return;

  self->theme_style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (self->theme_style, "/io/github/bothends/BothEnds/zoomed.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (self->theme_style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION - 1);
}

/* Icons have a size in pixels, and at their usual one pictures that are ready. */
static void
scale_icons (BeZoom *self,
             double  factor)
{
  GdkDisplay      *display = gdk_display_get_default ();
  g_autofree char *style = NULL;

  remove_style (&self->icon_style);
  if (fabs (factor - 1) < SMALLEST_STEP)
    return;

  style = g_strdup_printf ("button image, endpointcard image { -gtk-icon-size: %dpx; }", (int) lround (ICON_PIXELS * factor));
  self->icon_style = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (self->icon_style, style, -1);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->icon_style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
apply (BeZoom *self)
{
  double factor = get_level (self) / (double) NORMAL_PERCENT * (self->is_projected ? PROJECTED_FACTOR : 1);
  int    resolution = 0;

  be_magnification_set (factor, self->is_projected);
  update_actions (self);
  scale_icons (self, factor);
  scale_theme (self, factor);

  gtk_settings_reset_property (self->gtk_settings, "gtk-xft-dpi");
  if (fabs (factor - 1) < SMALLEST_STEP)
    return;

  g_object_get (self->gtk_settings, "gtk-xft-dpi", &resolution, NULL);
  if (resolution <= 0)
    resolution = POINTS_PER_INCH * XFT_UNITS;
  g_object_set (self->gtk_settings, "gtk-xft-dpi", (int) lround (resolution * factor), NULL);
}

static void
set_level (BeZoom *self,
           guint   percent)
{
  if (!self->is_projected)
    {
      be_zoom_set_percent (self, percent);
      return;
    }

  self->projected_percent = percent;
  apply (self);
}

static void
zoom_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BeZoom *self = BE_ZOOM (user_data);

  if (action == self->actions[ZOOM_RESET])
    set_level (self, NORMAL_PERCENT);
  else
    set_level (self, find_level (self, action == self->actions[ZOOM_IN]));
}

static void
add_actions (BeZoom         *self,
             GtkApplication *application)
{
  static const struct
  {
    const char *name;
    const char *accelerators[4];
  } entries[] = {
    [ZOOM_IN] = { "zoom-in", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
    [ZOOM_OUT] = { "zoom-out", { "<Control>minus", "<Control>KP_Subtract" } },
    [ZOOM_RESET] = { "zoom-reset", { "<Control>0", "<Control>KP_0" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autofree char *detailed_name = g_strconcat ("app.", entries[i].name, NULL);

      self->actions[i] = g_simple_action_new (entries[i].name, NULL);
      g_signal_connect_object (self->actions[i], "activate", G_CALLBACK (zoom_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (self->actions[i]));
      gtk_application_set_accels_for_action (application, detailed_name, entries[i].accelerators);
    }
}

/* GObject */

static void
be_zoom_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  BeZoom *self = BE_ZOOM (object);

  switch ((BeZoomProperty) prop_id)
    {
    case PROP_PERCENT:
      g_value_set_uint (value, self->percent);
      break;
    case PROP_IS_PROJECTED:
      g_value_set_boolean (value, self->is_projected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_zoom_set_property (GObject      *object,
                      guint         prop_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  BeZoom *self = BE_ZOOM (object);

  switch ((BeZoomProperty) prop_id)
    {
    case PROP_PERCENT:
      be_zoom_set_percent (self, g_value_get_uint (value));
      break;
    case PROP_IS_PROJECTED:
      be_zoom_set_projected (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_zoom_dispose (GObject *object)
{
  BeZoom *self = BE_ZOOM (object);

  if (self->gtk_settings != NULL)
    {
      be_magnification_set (1, FALSE);
      scale_icons (self, 1);
      scale_theme (self, 1);
      gtk_settings_reset_property (self->gtk_settings, "gtk-xft-dpi");
    }
  g_clear_object (&self->gtk_settings);
  for (guint i = 0; i < G_N_ELEMENTS (self->actions); i++)
    g_clear_object (&self->actions[i]);

  G_OBJECT_CLASS (be_zoom_parent_class)->dispose (object);
}

static void
be_zoom_class_init (BeZoomClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = be_zoom_get_property;
  object_class->set_property = be_zoom_set_property;
  object_class->dispose = be_zoom_dispose;

  properties[PROP_PERCENT] = g_param_spec_uint ("percent", NULL, NULL, BE_ZOOM_MIN_PERCENT, BE_ZOOM_MAX_PERCENT,
                                                NORMAL_PERCENT, flags);
  properties[PROP_IS_PROJECTED] = g_param_spec_boolean ("is-projected", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
be_zoom_init (BeZoom *self)
{
  self->percent = NORMAL_PERCENT;
  self->projected_percent = NORMAL_PERCENT;
}

/**
 * be_zoom_new:
 * @application: what gets the actions
 * @settings: (nullable): where the level is remembered, if it is
 *
 * Returns: (transfer full) (nullable): NULL where there is no display
 */
BeZoom *
be_zoom_new (GtkApplication *application,
             GSettings      *settings)
{
  GtkSettings *gtk_settings = gtk_settings_get_default ();
  BeZoom      *self = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  if (gtk_settings == NULL)
    return NULL;

  self = g_object_new (BE_TYPE_ZOOM, NULL);
  self->gtk_settings = g_object_ref (gtk_settings);
  add_actions (self, application);
  if (settings != NULL)
    g_settings_bind (settings, "zoom-percent", self, "percent", G_SETTINGS_BIND_DEFAULT);
  update_actions (self);

  return self;
}

guint
be_zoom_get_percent (BeZoom *self)
{
  g_return_val_if_fail (BE_IS_ZOOM (self), NORMAL_PERCENT);

  return self->percent;
}

/**
 * be_zoom_set_percent:
 * @percent: of the size that the desktop asks for; what is outside of the
 *   bounds becomes the bound
 */
void
be_zoom_set_percent (BeZoom *self,
                     guint   percent)
{
  g_return_if_fail (BE_IS_ZOOM (self));

  percent = CLAMP (percent, BE_ZOOM_MIN_PERCENT, BE_ZOOM_MAX_PERCENT);
  if (self->percent == percent)
    return;

  self->percent = percent;
  apply (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERCENT]);
}

/**
 * be_zoom_set_projected:
 * @is_projected: whether everything is large enough for a whole room, whatever
 *   the level for one's own eyes is
 */
void
be_zoom_set_projected (BeZoom  *self,
                       gboolean is_projected)
{
  g_return_if_fail (BE_IS_ZOOM (self));

  if (self->is_projected == is_projected)
    return;

  self->is_projected = is_projected;
  self->projected_percent = NORMAL_PERCENT;
  apply (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_PROJECTED]);
}
