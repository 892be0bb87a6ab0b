/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-layer-picture.h"

#include "be-magnification.h"
#include "be-palette.h"

#define GUTTER 18.0
#define ARROW_HEAD 4.5
#define ARROW_WIDTH 1.6
#define BAR_PADDING 5.0
#define BOX_PADDING 7.0
#define BOX_RADIUS 4.0
#define NAME_TO_BAR 4.0
#define BAR_TO_TEXT 4.0
#define BETWEEN_LAYERS 14.0
#define MIN_CONTENT_WIDTH 40.0
#define SMALL_SCALE 0.86
#define FIRST_SHADE 0.10f
#define SHADE_STEP 0.07f

/**
 * BeLayerPicture:
 *
 * The layers one below the other, each as a box around that of the layer above:
 * its header stands before what it carries. An arrow beside them says whether
 * one goes down or up. It owns its model, and what it shows is its accessible
 * name as well, in sentences.
 */
struct _BeLayerPicture
{
  GtkWidget parent_instance;

  BeLayerModel *model; /* (nullable) */
  guint32       connection;
};

G_DEFINE_FINAL_TYPE (BeLayerPicture, be_layer_picture, GTK_TYPE_WIDGET)

static double
scale (double length)
{
  return length * be_magnification_get_factor ();
}

static PangoLayout *
make_layout (GtkWidget  *widget,
             const char *text,
             double      size,
             gboolean    is_bold)
{
  PangoLayout   *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (size));
  if (is_bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  return layout;
}

static PangoLayout *
make_text (GtkWidget  *widget,
           const char *text,
           double      width)
{
  PangoLayout *layout = make_layout (widget, text, SMALL_SCALE, FALSE);

  pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);

  return layout;
}

static char *
dup_name (const BeLayer *layer)
{
  return g_strdup_printf ("%u  %s", layer->number, layer->name);
}

/* The same in every language, as in the picture of a textbook. */
static char *
dup_header (const BeLayer *layer)
{
  return g_strdup_printf (layer->is_header_least ? "%s ≥ %u" : "%s %u", layer->header, layer->header_bytes);
}

static double
measure_line (GtkWidget  *widget,
              const char *text,
              double      size,
              gboolean    is_bold,
              double     *height)
{
  g_autoptr (PangoLayout) layout = make_layout (widget, text, size, is_bold);
  int width;
  int pixels;

  pango_layout_get_pixel_size (layout, &width, &pixels);
  if (height != NULL)
    *height = pixels;

  return width;
}

static gboolean
has_bar (BeLayerPicture *self,
         const BeLayer  *layer)
{
  /* A SYN is in no layer above the one that makes it. */
  return layer->header != NULL || (layer->kind == BE_LAYER_APPLICATION && self->model->n_bytes > 0);
}

static double
get_bar_height (GtkWidget *widget)
{
  double height;

  measure_line (widget, "X", SMALL_SCALE, FALSE, &height);

  return height + 2 * scale (BAR_PADDING);
}

static double
get_header_width (GtkWidget     *widget,
                  const BeLayer *layer)
{
  g_autofree char *text = dup_header (layer);

  return measure_line (widget, text, SMALL_SCALE, FALSE, NULL) + 2 * scale (BOX_PADDING);
}

static double
get_trailer_width (GtkWidget     *widget,
                   const BeLayer *layer)
{
  g_autofree char *text = g_strdup_printf ("%u", layer->trailer_bytes);

  if (layer->trailer_bytes == 0)
    return 0;

  return measure_line (widget, text, SMALL_SCALE, FALSE, NULL) + 2 * scale (BOX_PADDING);
}

static double
measure_layer (BeLayerPicture *self,
               const BeLayer  *layer,
               double          width)
{
  GtkWidget       *widget = GTK_WIDGET (self);
  g_autofree char *name = dup_name (layer);
  g_autofree char *size = be_layer_dup_size (layer);
  g_autoptr (PangoLayout) text = make_text (widget, layer->text, width);
  double name_height;
  double name_width = measure_line (widget, name, 1, TRUE, &name_height);
  double size_height;
  double size_width = measure_line (widget, size, SMALL_SCALE, FALSE, &size_height);
  int    text_height;
  double height = name_height;

  pango_layout_get_pixel_size (text, NULL, &text_height);
  if (name_width + scale (BOX_PADDING) + size_width > width)
    height += size_height;
  if (has_bar (self, layer))
    height += scale (NAME_TO_BAR) + get_bar_height (widget);

  return height + scale (BAR_TO_TEXT) + text_height;
}

/* GtkWidget */

static GtkSizeRequestMode
be_layer_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
be_layer_picture_measure (GtkWidget     *widget,
                          GtkOrientation orientation,
                          int            for_size,
                          int           *minimum,
                          int           *natural,
                          int           *minimum_baseline,
                          int           *natural_baseline)
{
  BeLayerPicture *self = BE_LAYER_PICTURE (widget);
  double          height = 0;

  *minimum = *natural = 0;
  if (self->model == NULL || orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  for (guint i = 0; i < self->model->n_layers; i++)
    height += measure_layer (self, &self->model->layers[i], MAX (for_size, 1) - scale (GUTTER)) +
              (i > 0 ? scale (BETWEEN_LAYERS) : 0);
  *minimum = *natural = (int) (height + 1);
}

static void
append_layout (GtkSnapshot   *snapshot,
               PangoLayout   *layout,
               double         x,
               double         y,
               const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

typedef struct
{
  double         x;
  double         y;
  double         width;
  double         height;
  const GdkRGBA *ground;
  const GdkRGBA *ink;
  const GdkRGBA *edge;
} Box;

static void
snapshot_box (BeLayerPicture *self,
              GtkSnapshot    *snapshot,
              const Box      *box,
              const char     *text)
{
  g_autoptr (PangoLayout) layout = make_layout (GTK_WIDGET (self), text, SMALL_SCALE, FALSE);
  float          radius = (float) scale (BOX_RADIUS);
  GskRoundedRect outline;
  int            height;

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float) box->x, (float) box->y, (float) box->width, (float) box->height),
                                   radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, box->ground, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ *box->edge, *box->edge, *box->edge, *box->edge });

  pango_layout_set_width (layout, (int) (MAX (box->width - 2 * scale (BOX_PADDING), 1) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, NULL, &height);
  append_layout (snapshot, layout, box->x + scale (BOX_PADDING), box->y + (box->height - height) / 2, box->ink);
}

/* What a layer carries stands at the same place in all layers. */
static double
find_content_x (BeLayerPicture *self)
{
  double x = scale (GUTTER);

  for (guint i = 0; i < self->model->n_layers; i++)
    {
      if (self->model->layers[i].header != NULL)
        x += get_header_width (GTK_WIDGET (self), &self->model->layers[i]);
    }

  return x;
}

static double
find_content_end (BeLayerPicture *self)
{
  double end = gtk_widget_get_width (GTK_WIDGET (self));

  for (guint i = 0; i < self->model->n_layers; i++)
    end -= get_trailer_width (GTK_WIDGET (self), &self->model->layers[i]);

  return MAX (end, find_content_x (self) + scale (MIN_CONTENT_WIDTH));
}

static void
snapshot_content (BeLayerPicture  *self,
                  GtkSnapshot     *snapshot,
                  const BePalette *palette,
                  double           y,
                  double           height)
{
  const BeInk *ink = be_palette_get_ink (palette, self->connection);
  gboolean     has_bytes = self->model->n_bytes > 0;
  gboolean     is_filled = has_bytes && !self->model->is_upward;
  double       x = find_content_x (self);
  Box          box = {
             x, y, find_content_end (self) - x, height,
    has_bytes ? is_filled ? &ink->strong : &ink->tint : &palette->list,
    has_bytes ? is_filled ? &ink->on_strong : &ink->on_tint : &palette->inferred,
    has_bytes ? &ink->strong : &palette->inferred
  };

  snapshot_box (self, snapshot, &box, self->model->content);
}

/* The headers of the layers down to this one, the first next to the content. */
static void
snapshot_bar (BeLayerPicture  *self,
              GtkSnapshot     *snapshot,
              const BePalette *palette,
              guint            last,
              double           y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double     height = get_bar_height (widget);
  double     x = find_content_x (self);
  double     end = find_content_end (self);
  float      shade = FIRST_SHADE;

  snapshot_content (self, snapshot, palette, y, height);
  for (guint i = 0; i <= last; i++)
    {
      const BeLayer   *layer = &self->model->layers[i];
      GdkRGBA          ground = be_palette_mix (&palette->list, &palette->text, shade);
      g_autofree char *header = NULL;
      g_autofree char *trailer = NULL;
      double           width;

      if (layer->header == NULL)
        continue;

      width = get_header_width (widget, layer);
      x -= width;
      header = dup_header (layer);
      snapshot_box (self, snapshot, &(Box){ x, y, width, height, &ground, &palette->text, &palette->lifeline }, header);
      shade += SHADE_STEP;

      width = get_trailer_width (widget, layer);
      trailer = g_strdup_printf ("%u", layer->trailer_bytes);
      if (width > 0)
        snapshot_box (self, snapshot, &(Box){ end, y, width, height, &ground, &palette->text, &palette->lifeline }, trailer);
    }
}

static double
snapshot_layer (BeLayerPicture  *self,
                GtkSnapshot     *snapshot,
                const BePalette *palette,
                guint            position,
                double           y)
{
  GtkWidget       *widget = GTK_WIDGET (self);
  const BeLayer   *layer = &self->model->layers[position];
  double           x = scale (GUTTER);
  double           width = gtk_widget_get_width (widget) - x;
  g_autofree char *name_text = dup_name (layer);
  g_autofree char *size_text = be_layer_dup_size (layer);
  g_autoptr (PangoLayout) name = make_layout (widget, name_text, 1, TRUE);
  g_autoptr (PangoLayout) size = make_layout (widget, size_text, SMALL_SCALE, FALSE);
  g_autoptr (PangoLayout) text = make_text (widget, layer->text, width);
  int name_width;
  int name_height;
  int size_width;
  int size_height;

  pango_layout_get_pixel_size (name, &name_width, &name_height);
  pango_layout_get_pixel_size (size, &size_width, &size_height);
  append_layout (snapshot, name, x, y, &palette->text);
  if (name_width + scale (BOX_PADDING) + size_width > width)
    {
      y += name_height;
      append_layout (snapshot, size, x, y, &palette->small_text);
      y += size_height;
    }
  else
    {
      append_layout (snapshot, size, x + width - size_width, y + name_height - size_height, &palette->text);
      y += name_height;
    }

  if (has_bar (self, layer))
    {
      y += scale (NAME_TO_BAR);
      snapshot_bar (self, snapshot, palette, position, y);
      y += get_bar_height (widget);
    }

  append_layout (snapshot, text, x, y + scale (BAR_TO_TEXT), &palette->small_text);

  return y;
}

static void
snapshot_arrow (BeLayerPicture  *self,
                GtkSnapshot     *snapshot,
                const BePalette *palette)
{
  double   height = gtk_widget_get_height (GTK_WIDGET (self));
  double   x = scale (ARROW_HEAD) + 1;
  double   head = scale (ARROW_HEAD);
  cairo_t *cairo = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) scale (GUTTER), (float) height));

  if (self->model->is_upward)
    {
      cairo_translate (cairo, 0, height);
      cairo_scale (cairo, 1, -1);
    }
  gdk_cairo_set_source_rgba (cairo, &palette->lifeline);
  cairo_set_line_width (cairo, scale (ARROW_WIDTH));
  cairo_move_to (cairo, x, head);
  cairo_line_to (cairo, x, height - 2 * head);
  cairo_stroke (cairo);
  cairo_move_to (cairo, x, height - head / 2);
  cairo_line_to (cairo, x - head, height - 2.5 * head);
  cairo_line_to (cairo, x + head, height - 2.5 * head);
  cairo_close_path (cairo);
  cairo_fill (cairo);
  cairo_destroy (cairo);
}

static void
be_layer_picture_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  BeLayerPicture  *self = BE_LAYER_PICTURE (widget);
  const BePalette *palette = be_palette_get_default ();
  double           width = gtk_widget_get_width (widget) - scale (GUTTER);
  double           y = 0;

  if (self->model == NULL || self->model->n_layers == 0)
    return;

  snapshot_arrow (self, snapshot, palette);
  for (guint i = 0; i < self->model->n_layers; i++)
    {
      snapshot_layer (self, snapshot, palette, i, y);
      y += measure_layer (self, &self->model->layers[i], width) + scale (BETWEEN_LAYERS);
    }
}

/* GObject */

static void
be_layer_picture_finalize (GObject *object)
{
  BeLayerPicture *self = BE_LAYER_PICTURE (object);

  g_clear_pointer (&self->model, be_layer_model_free);

  G_OBJECT_CLASS (be_layer_picture_parent_class)->finalize (object);
}

static void
be_layer_picture_class_init (BeLayerPictureClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = be_layer_picture_finalize;
  widget_class->get_request_mode = be_layer_picture_get_request_mode;
  widget_class->measure = be_layer_picture_measure;
  widget_class->snapshot = be_layer_picture_snapshot;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "layerpicture");
}

static void
be_layer_picture_init (BeLayerPicture *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * be_layer_picture_take_model:
 * @model: (transfer full): what to show
 * @connection: whose colour the bytes have
 */
void
be_layer_picture_take_model (BeLayerPicture *self,
                             BeLayerModel   *model,
                             guint32         connection)
{
  g_autofree char *description = NULL;

  g_return_if_fail (BE_IS_LAYER_PICTURE (self));
  g_return_if_fail (model != NULL);

  g_clear_pointer (&self->model, be_layer_model_free);
  self->model = model;
  self->connection = connection;
  description = be_layer_model_dup_description (model);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
