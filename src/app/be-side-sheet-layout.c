/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the sheet of a BeSideSheet stands and how wide it is. */

#include "be-side-sheet-private.h"

#include "be-magnification.h"

#define MIN_SHEET_WIDTH 320
#define MIN_CONTENT_WIDTH 740
#define MIN_STRIP_WIDTH 120
#define NARROW_BELOW_WIDTH 860

static int
scale (double length)
{
  return (int) (length * be_magnification_get_factor () + 0.5);
}

static int
measure_minimum (GtkWidget *widget)
{
  int minimum = 0;

  if (widget != NULL)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

static int
min_content_width (BeSideSheet *self)
{
  return MAX (scale (MIN_CONTENT_WIDTH), measure_minimum (self->child));
}

static gboolean
needs_cover (BeSideSheet *self,
             int          width)
{
  return width < min_content_width (self) + scale (BE_SIDE_SHEET_USUAL_WIDTH);
}

/* A strip of the content that is too narrow to be read is none. */
static int
sheet_width (BeSideSheet *self,
             int          width)
{
  int wanted = MAX (scale (self->wanted_width), measure_minimum (self->sheet));

  if (!needs_cover (self, width))
    return MIN (wanted, width - min_content_width (self));

  wanted = scale (BE_SIDE_SHEET_USUAL_WIDTH);

  return width < wanted + scale (MIN_STRIP_WIDTH) ? width : wanted;
}

static int
content_width (BeSideSheet *self,
               int          width)
{
  return self->is_open && !needs_cover (self, width) ? width - sheet_width (self, width) : width;
}

/* In front of the content the sheet leaves that end of it to be seen which
 * somebody looks at. */
static int
content_x (BeSideSheet *self,
           int          width)
{
  return self->is_open && self->shows_end && needs_cover (self, width) ? -sheet_width (self, width) : 0;
}

/* See be-side-sheet-private.h. */
int
be_side_sheet_get_width (BeSideSheet *self)
{
  return sheet_width (self, self->width);
}

static int
max_sheet_width (BeSideSheet *self)
{
  return MAX (self->width - min_content_width (self), scale (MIN_SHEET_WIDTH));
}

/* See be-side-sheet-private.h. */
void
be_side_sheet_set_width (BeSideSheet *self,
                         int          width)
{
  double wanted = MIN (width, max_sheet_width (self)) / be_magnification_get_factor ();

  self->wanted_width = MAX ((int) (wanted + 0.5), MIN_SHEET_WIDTH);
  be_side_sheet_tell_width (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static gboolean
settle_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  BeSideSheet *self = BE_SIDE_SHEET (widget);

  self->settle_tick = 0;
  be_side_sheet_settle (self);
  be_side_sheet_tell_width (self);

  return G_SOURCE_REMOVE;
}

/* GtkWidget */

static GtkSizeRequestMode
be_side_sheet_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_height (GtkWidget *child,
                int        width,
                int       *minimum,
                int       *natural)
{
  int child_minimum = 0;
  int child_natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width < 0 ? -1 : MAX (width, measure_minimum (child)),
                      &child_minimum, &child_natural, NULL, NULL);
  *minimum = MAX (*minimum, child_minimum);
  *natural = MAX (*natural, child_natural);
}

static void
be_side_sheet_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  BeSideSheet *self = BE_SIDE_SHEET (widget);

  *minimum = *natural = 0;
  if (self->child == NULL)
    return;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->child, orientation, -1, minimum, natural, NULL, NULL);
      return;
    }

  measure_height (self->child, for_size < 0 ? -1 : content_width (self, for_size), minimum, natural);
  if (self->is_open)
    measure_height (self->sheet, for_size < 0 ? -1 : sheet_width (self, for_size), minimum, natural);
}

static void
be_side_sheet_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  BeSideSheet *self = BE_SIDE_SHEET (widget);
  int          beside = self->is_open ? sheet_width (self, width) : 0;

  if (self->child != NULL)
    gtk_widget_size_allocate (self->child, &(GtkAllocation){ content_x (self, width), 0, content_width (self, width), height }, -1);

  if (self->is_open)
    {
      int room = MAX (beside, measure_minimum (self->sheet));

      gtk_widget_size_allocate (self->sheet, &(GtkAllocation){ width - beside, 0, room, height }, -1);
      if (gtk_widget_get_visible (self->handle))
        gtk_widget_size_allocate (self->handle, &(GtkAllocation){ width - beside - BE_SIDE_SHEET_HANDLE_WIDTH / 2, 0, BE_SIDE_SHEET_HANDLE_WIDTH, height }, -1);
    }

  if (width != self->width || needs_cover (self, width) != self->is_covering ||
      be_side_sheet_is_little_room (width) != self->is_narrow)
    {
      self->width = width;
      if (self->settle_tick == 0)
        self->settle_tick = gtk_widget_add_tick_callback (widget, settle_cb, NULL, NULL);
    }
}

/* See be-side-sheet-private.h. */
void
be_side_sheet_class_init_layout (GtkWidgetClass *widget_class)
{
  widget_class->get_request_mode = be_side_sheet_get_request_mode;
  widget_class->measure = be_side_sheet_measure;
  widget_class->size_allocate = be_side_sheet_size_allocate;
}

/* Whether the sheet has its place in front of the content. */
gboolean
be_side_sheet_has_to_cover (BeSideSheet *self)
{
  return needs_cover (self, self->width);
}

/* Whether it leaves nothing of the content to be seen. */
gboolean
be_side_sheet_has_to_hide (BeSideSheet *self)
{
  return needs_cover (self, self->width) && sheet_width (self, self->width) >= self->width;
}

/* Whether so much is narrow even without the sheet. Like the conversation, what
 * is projected is not narrow for its size: the same window offers the same. */
gboolean
be_side_sheet_is_little_room (int width)
{
  return width < (be_magnification_is_projected () ? NARROW_BELOW_WIDTH : scale (NARROW_BELOW_WIDTH));
}
