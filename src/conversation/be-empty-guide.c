/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-empty-guide.h"

#include "be-wire.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define N_STEPS 3

/* On the grid of the interface font. */
#define FIRST_STEP 66
#define STEP_HEIGHT 104
#define FOLDED_FIRST_STEP 44
#define FOLDED_STEP_HEIGHT 76
#define CIRCLE_RADIUS 22
#define CIRCLE_TO_TEXT 40
#define TEXT_ABOVE_MIDDLE 26
#define MARGIN 18
#define FOLDED_CIRCLE 40
#define GHOSTS_HEIGHT 110
#define FOLDED_GHOST_HEIGHT 39
#define GHOST_HALF_HEIGHT 15
#define GHOST_PADDING 14
#define GHOST_DISTANCE 24
#define MIN_TEXT_WIDTH 120
#define LINE_WIDTH 1.6

/**
 * BeEmptyGuide:
 *
 * What to do first, drawn as the conversation that will stand here: three
 * steps on dotted lifelines, and what they will bring as outlines.
 *
 * Owns its lettering. It ends with its widget.
 */
struct _BeEmptyGuide
{
  GtkWidget parent_instance;

  guint      server_port;
  gboolean   is_local;
  BeProtocol protocol;

  BeLettering *lettering;

  GtkWidget *start_step;
  GtkLabel  *start_text;
  GtkWidget *connect_step;
  GtkLabel  *connect_text;
  GtkWidget *say_step;
};

/* Where things stand for one width. */
typedef struct
{
  BeWireGeometry geometry;
  int            width;
  double         scale;
  int            step_y[N_STEPS];
  int            text_x[N_STEPS];
  int            text_width[N_STEPS];
  int            text_height[N_STEPS];
  int            ghosts_y;
  int            height;
} GuidePlan;

G_DEFINE_FINAL_TYPE (BeEmptyGuide, be_empty_guide, GTK_TYPE_WIDGET)

static BeLettering *
get_lettering (BeEmptyGuide *self)
{
  if (self->lettering != NULL && !be_lettering_is_current (self->lettering))
    g_clear_object (&self->lettering);

  if (self->lettering == NULL)
    self->lettering = be_lettering_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));

  return self->lettering;
}

static void
update_texts (BeEmptyGuide *self)
{
  g_autofree char *start_text = NULL;

  if (self->protocol == BE_PROTOCOL_UDP)
    {
      /* Translators: %u is a port number. */
      start_text = self->is_local ? g_strdup_printf (_ ("It binds port %u, on this computer only"), self->server_port)
                                  : g_strdup_printf (_ ("It binds port %u, open to the network"), self->server_port);
      gtk_label_set_text (self->connect_text,
                          _ ("The client sets the server’s address as its peer; nothing is sent yet"));
    }
  else
    {
      /* Translators: %u is a port number. */
      start_text = self->is_local ? g_strdup_printf (_ ("It waits on port %u, on this computer only"), self->server_port)
                                  : g_strdup_printf (_ ("It waits on port %u, open to the network"), self->server_port);
      gtk_label_set_text (self->connect_text, _ ("The client calls the server’s address and port"));
    }

  gtk_label_set_text (self->start_text, start_text);
}

static void
get_steps (BeEmptyGuide *self,
           GtkWidget   **steps)
{
  steps[0] = self->start_step;
  steps[1] = self->connect_step;
  steps[2] = self->say_step;
}

/* The server is on the left in every language, and so are its words. */
static void
stay_left_to_right (BeEmptyGuide *self)
{
  GtkWidget *steps[N_STEPS];

  get_steps (self, steps);
  for (guint i = 0; i < N_STEPS; i++)
    {
      gtk_widget_set_direction (gtk_widget_get_first_child (steps[i]), GTK_TEXT_DIR_LTR);
      gtk_widget_set_direction (gtk_widget_get_last_child (steps[i]), GTK_TEXT_DIR_LTR);
    }
}

static void
plan_text (GuidePlan *plan,
           guint      step)
{
  double text = CIRCLE_TO_TEXT * plan->scale;
  double margin = MARGIN * plan->scale;

  if (plan->geometry.is_folded)
    {
      plan->text_x[step] = (int) (FOLDED_CIRCLE * plan->scale + text);
      plan->text_width[step] = (int) (plan->width - plan->text_x[step] - margin);
    }
  else if (step == 0)
    {
      plan->text_x[step] = (int) margin;
      plan->text_width[step] = (int) (plan->geometry.server_x - text - margin);
    }
  else
    {
      plan->text_x[step] = (int) (plan->geometry.client_x + text);
      plan->text_width[step] = (int) (plan->width - plan->text_x[step] - margin);
    }

  plan->text_width[step] = MAX (plan->text_width[step], 1);
}

static GuidePlan
make_plan (BeEmptyGuide *self,
           int           width)
{
  GuidePlan  plan = { be_wire_geometry_for_width (width), width, 0 };
  GtkWidget *steps[N_STEPS];
  gboolean   is_folded = plan.geometry.is_folded;
  double     y;

  plan.scale = be_lettering_get_scale (get_lettering (self));
  y = (is_folded ? FOLDED_FIRST_STEP : FIRST_STEP) * plan.scale;
  get_steps (self, steps);

  for (guint i = 0; i < N_STEPS; i++)
    {
      double step_height = (is_folded ? FOLDED_STEP_HEIGHT : STEP_HEIGHT) * plan.scale;

      plan_text (&plan, i);
      gtk_widget_measure (steps[i], GTK_ORIENTATION_VERTICAL, plan.text_width[i],
                          NULL, &plan.text_height[i], NULL, NULL);
      plan.step_y[i] = (int) y;
      y += MAX (step_height, plan.text_height[i] + MARGIN * plan.scale);
    }

  if (is_folded)
    {
      plan.ghosts_y = (int) y;
      plan.height = (int) (y + 4 * FOLDED_GHOST_HEIGHT * plan.scale);
    }
  else
    {
      plan.ghosts_y = plan.step_y[N_STEPS - 1];
      plan.height = (int) MAX (y, plan.ghosts_y + (GHOSTS_HEIGHT + MARGIN) * plan.scale);
    }

  return plan;
}

/*
 * Drawing
 */

static void
draw_circle (BeEmptyGuide    *self,
             GtkSnapshot     *snapshot,
             const GuidePlan *plan,
             guint            step,
             double           x)
{
  const BePalette *palette = be_palette_get_default ();
  const BeInk     *ink = be_palette_get_ink (palette, 0);
  g_autofree char *number = g_strdup_printf ("%u", step + 1);
  g_autoptr (PangoLayout) layout = be_lettering_share (self->lettering, BE_FONT_NUMBER, number);
  gboolean        is_first = step == 0;
  float           radius = (float) (CIRCLE_RADIUS * plan->scale);
  GskRoundedRect  outline;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) x - radius, (float) plan->step_y[step] - radius,
                                               2 * radius, 2 * radius);

  gsk_rounded_rect_init_from_rect (&outline, &bounds, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, is_first ? &ink->strong : &palette->list, &bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ ink->strong, ink->strong, ink->strong, ink->strong });
  be_lettering_snapshot (self->lettering, snapshot, layout, BE_FONT_NUMBER,
                         x - be_lettering_get_width (layout) / 2, plan->step_y[step],
                         is_first ? &ink->on_strong : &ink->strong);
}

/* A bubble that is to come. It begins at @x, or ends there. */
static void
draw_ghost (BeEmptyGuide    *self,
            GtkSnapshot     *snapshot,
            const GuidePlan *plan,
            const char      *text,
            double           x,
            gboolean         ends_there,
            double           y)
{
  static const double dashes[] = { 4, 3 };
  const BePalette    *palette = be_palette_get_default ();
  g_autoptr (PangoLayout) layout = be_lettering_share (self->lettering, BE_FONT_PAYLOAD, text);
  double   radius = GHOST_HALF_HEIGHT * plan->scale;
  double   padding = GHOST_PADDING * plan->scale;
  double   width = be_lettering_get_width (layout) + 2 * padding;
  cairo_t *cairo;

  x -= ends_there ? width : 0;
  cairo = gtk_snapshot_append_cairo (snapshot,
                                     &GRAPHENE_RECT_INIT ((float) x - 2, (float) (y - radius - 2),
                                                          (float) width + 4, (float) (2 * radius + 4)));
  cairo_arc (cairo, x + radius, y, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cairo, x + width - radius, y, radius, -G_PI / 2, G_PI / 2);
  cairo_close_path (cairo);
  gdk_cairo_set_source_rgba (cairo, &palette->inferred);
  cairo_set_dash (cairo, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_line_width (cairo, LINE_WIDTH);
  cairo_stroke (cairo);
  cairo_destroy (cairo);

  be_lettering_snapshot (self->lettering, snapshot, layout, BE_FONT_PAYLOAD,
                         x + padding, y, &palette->small_text);
}

static void
draw_arrow (GtkSnapshot *snapshot,
            double       from_x,
            double       from_y,
            double       to_x,
            double       to_y)
{
  be_wire_snapshot_arrow (snapshot, &be_palette_get_default ()->inferred, LINE_WIDTH,
                          &GRAPHENE_POINT_INIT ((float) from_x, (float) from_y),
                          &GRAPHENE_POINT_INIT ((float) to_x, (float) to_y));
}

static void
draw_wide (BeEmptyGuide    *self,
           GtkSnapshot     *snapshot,
           const GuidePlan *plan,
           int              height)
{
  const BePalette *palette = be_palette_get_default ();
  const double     scale = plan->scale;
  const double     server = plan->geometry.server_x;
  const double     client = plan->geometry.client_x;
  const double     y = plan->ghosts_y;
  const double     near_circle = client - 30 * scale;
  const double     near_server = server + 8 * scale;
  const double     ghost = GHOST_DISTANCE * scale;

  be_wire_snapshot_lane (snapshot, palette, &plan->geometry, height);
  be_wire_snapshot_lifeline (snapshot, palette, plan->geometry.server_x, 0, height, TRUE);
  be_wire_snapshot_lifeline (snapshot, palette, plan->geometry.client_x, 0, height, TRUE);

  /* Setting the peer of a UDP socket sends nothing. */
  if (self->protocol != BE_PROTOCOL_UDP)
    draw_arrow (snapshot, near_circle, plan->step_y[1], near_server, plan->step_y[1] + 18 * scale);

  draw_arrow (snapshot, near_circle, y, near_server, y + 22 * scale);
  draw_arrow (snapshot, server + 16 * scale, y + 64 * scale, client - 8 * scale, y + 87 * scale);
  draw_ghost (self, snapshot, plan, "hello baby", server - ghost, TRUE, y + 24 * scale);
  draw_ghost (self, snapshot, plan, "HELLO BABY", server - ghost, TRUE, y + 64 * scale);
  draw_ghost (self, snapshot, plan, "HELLO BABY", client + ghost, FALSE, y + 88 * scale);

  draw_circle (self, snapshot, plan, 0, server);
  draw_circle (self, snapshot, plan, 1, client);
  draw_circle (self, snapshot, plan, 2, client);
}

static void
draw_folded (BeEmptyGuide    *self,
             GtkSnapshot     *snapshot,
             const GuidePlan *plan)
{
  const double left = MARGIN * plan->scale;
  const double right = plan->width - MARGIN * plan->scale;
  const double step = FOLDED_GHOST_HEIGHT * plan->scale;
  double       y = plan->ghosts_y;

  for (guint i = 0; i < N_STEPS; i++)
    draw_circle (self, snapshot, plan, i, FOLDED_CIRCLE * plan->scale);

  draw_ghost (self, snapshot, plan, "hello baby", right, TRUE, y);
  draw_ghost (self, snapshot, plan, "hello baby", left, FALSE, y + step);
  draw_ghost (self, snapshot, plan, "HELLO BABY", left, FALSE, y + 2 * step);
  draw_ghost (self, snapshot, plan, "HELLO BABY", right, TRUE, y + 3 * step);
}

/*
 * GtkWidget
 */

static GtkSizeRequestMode
be_empty_guide_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
be_empty_guide_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  BeEmptyGuide *self = BE_EMPTY_GUIDE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = (int) ((FOLDED_CIRCLE + CIRCLE_TO_TEXT + MIN_TEXT_WIDTH + MARGIN) *
                      be_lettering_get_scale (get_lettering (self)));
  else
    *natural = make_plan (self, for_size < 0 ? 1000 : for_size).height;
  *minimum = *natural;
}

static void
be_empty_guide_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  BeEmptyGuide *self = BE_EMPTY_GUIDE (widget);
  GuidePlan     plan = make_plan (self, width);
  GtkWidget    *steps[N_STEPS];

  get_steps (self, steps);

  for (guint i = 0; i < N_STEPS; i++)
    {
      GtkLabel     *labels[] = { GTK_LABEL (gtk_widget_get_first_child (steps[i])),
                                 GTK_LABEL (gtk_widget_get_last_child (steps[i])) };
      GtkAllocation area = { plan.text_x[i], plan.step_y[i] - (int) (TEXT_ABOVE_MIDDLE * plan.scale),
                             plan.text_width[i], plan.text_height[i] };
      gboolean      is_server = i == 0 && !plan.geometry.is_folded;

      for (guint j = 0; j < G_N_ELEMENTS (labels); j++)
        {
          gtk_label_set_xalign (labels[j], is_server ? 1 : 0);
          gtk_label_set_justify (labels[j], is_server ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
        }
      gtk_widget_size_allocate (steps[i], &area, -1);
    }
}

static void
be_empty_guide_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  BeEmptyGuide    *self = BE_EMPTY_GUIDE (widget);
  const BePalette *palette = be_palette_get_default ();
  int              width = gtk_widget_get_width (widget);
  int              height = gtk_widget_get_height (widget);
  GuidePlan        plan = make_plan (self, width);

  gtk_snapshot_append_color (snapshot, &palette->list,
                             &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  if (plan.geometry.is_folded)
    draw_folded (self, snapshot, &plan);
  else
    draw_wide (self, snapshot, &plan, height);

  GTK_WIDGET_CLASS (be_empty_guide_parent_class)->snapshot (widget, snapshot);
}

/*
 * GObject
 */

static void
be_empty_guide_constructed (GObject *object)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  G_OBJECT_CLASS (be_empty_guide_parent_class)->constructed (object);

  g_object_connect (manager,
                    "swapped-object-signal::notify::dark", gtk_widget_queue_draw, object,
                    "swapped-object-signal::notify::high-contrast", gtk_widget_queue_draw, object, NULL);
}

static void
be_empty_guide_dispose (GObject *object)
{
  g_clear_object (&BE_EMPTY_GUIDE (object)->lettering);
  gtk_widget_dispose_template (GTK_WIDGET (object), BE_TYPE_EMPTY_GUIDE);

  G_OBJECT_CLASS (be_empty_guide_parent_class)->dispose (object);
}

static void
be_empty_guide_class_init (BeEmptyGuideClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = be_empty_guide_constructed;
  object_class->dispose = be_empty_guide_dispose;

  widget_class->get_request_mode = be_empty_guide_get_request_mode;
  widget_class->measure = be_empty_guide_measure;
  widget_class->size_allocate = be_empty_guide_size_allocate;
  widget_class->snapshot = be_empty_guide_snapshot;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/bothends/BothEnds/be-empty-guide.ui");
  gtk_widget_class_bind_template_child (widget_class, BeEmptyGuide, start_step);
  gtk_widget_class_bind_template_child (widget_class, BeEmptyGuide, start_text);
  gtk_widget_class_bind_template_child (widget_class, BeEmptyGuide, connect_step);
  gtk_widget_class_bind_template_child (widget_class, BeEmptyGuide, connect_text);
  gtk_widget_class_bind_template_child (widget_class, BeEmptyGuide, say_step);
  gtk_widget_class_set_css_name (widget_class, "be-empty-guide");
}

static void
be_empty_guide_init (BeEmptyGuide *self)
{
  self->server_port = 8001;
  self->is_local = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  stay_left_to_right (self);
  update_texts (self);
}

/**
 * be_empty_guide_set_server:
 * @self: a guide
 * @port: where the server will wait
 * @is_local: whether only this computer can reach it there
 */
void
be_empty_guide_set_server (BeEmptyGuide *self,
                           guint         port,
                           gboolean      is_local)
{
  g_return_if_fail (BE_IS_EMPTY_GUIDE (self));

  self->server_port = port;
  self->is_local = is_local;
  update_texts (self);
}

/**
 * be_empty_guide_set_protocol:
 * @self: a guide
 * @protocol: whose words to use
 */
void
be_empty_guide_set_protocol (BeEmptyGuide *self,
                             BeProtocol    protocol)
{
  g_return_if_fail (BE_IS_EMPTY_GUIDE (self));

  self->protocol = protocol;
  update_texts (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
