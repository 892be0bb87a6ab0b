/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-side-sheet.h"

#include "be-magnification.h"

#define USUAL_WIDTH 360
#define MIN_WIDTH 320
#define MIN_CONTENT_WIDTH 740
#define MIN_STRIP_WIDTH 120
#define NARROW_BELOW_WIDTH 860
#define HANDLE_WIDTH 8

/**
 * BeSideSheet:
 *
 * Something, and a sheet that can be opened on its right: beside it where there
 * is room for both, else in front of it, and in a narrow window over all of it.
 *
 * Where the sheet stands follows from the width alone, and the smallest width
 * is that of the content, so that the window can be as narrow with the sheet as
 * without. It is decided when the width is allocated, but told a frame later.
 * The sheet is asked for by the signal "opening" before it is first seen. Owns
 * both; ends with its parent.
 */
struct _BeSideSheet
{
  GtkWidget parent_instance;

  GtkWidget *child;
  GtkWidget *sheet;  /* (nullable) until it is first opened */
  GtkWidget *handle; /* (nullable) likewise: what the sheet is made wider with */

  gboolean is_open;
  gboolean is_covering;
  gboolean is_narrow;

  int    width;
  int    wanted_width; /* of the sheet, at the usual size of the type */
  double drag_width;   /* when the drag began */
  guint  settle_tick;

  GtkWidget *focus_before; /* (weak) what had the keyboard when the sheet took it */
};

G_DEFINE_FINAL_TYPE (BeSideSheet, be_side_sheet, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_CHILD = 1,
  PROP_IS_OPEN,
  PROP_IS_COVERING,
  PROP_IS_NARROW,
} BeSideSheetProperty;

static GParamSpec *properties[PROP_IS_NARROW + 1];

typedef enum
{
  SIGNAL_OPENING,
} BeSideSheetSignal;

static guint signals[SIGNAL_OPENING + 1];

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
  return width < min_content_width (self) + scale (USUAL_WIDTH);
}

/* A strip of the content that is too narrow to be read is none. */
static int
sheet_width (BeSideSheet *self,
             int          width)
{
  int wanted = MAX (scale (self->wanted_width), measure_minimum (self->sheet));

  if (!needs_cover (self, width))
    return MIN (wanted, width - min_content_width (self));

  wanted = scale (USUAL_WIDTH);

  return width < wanted + scale (MIN_STRIP_WIDTH) ? width : wanted;
}

static int
content_width (BeSideSheet *self,
               int          width)
{
  return self->is_open && !needs_cover (self, width) ? width - sheet_width (self, width) : width;
}

static gboolean
has_focus_in (GtkWidget *widget)
{
  GtkRoot   *root = widget != NULL ? gtk_widget_get_root (widget) : NULL;
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
take_focus (BeSideSheet *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->sheet == NULL || has_focus_in (self->sheet))
    return;

  g_set_weak_pointer (&self->focus_before, root != NULL ? gtk_root_get_focus (root) : NULL);
  gtk_widget_child_focus (self->sheet, GTK_DIR_TAB_FORWARD);
}

/* Before the sheet goes: GTK 4.8 forgets a reference when what has the focus is
 * hidden twice in a frame. */
static void
give_focus_back (BeSideSheet *self)
{
  GtkWidget *before = self->focus_before;
  gboolean   is_given = FALSE;

  g_clear_weak_pointer (&self->focus_before);
  if (!has_focus_in (self->sheet))
    return;

  if (before != NULL && gtk_widget_get_mapped (before))
    is_given = GTK_IS_TEXT (before) ? gtk_text_grab_focus_without_selecting (GTK_TEXT (before))
                                    : gtk_widget_grab_focus (before);
  if (!is_given && !gtk_widget_child_focus (self->child, GTK_DIR_TAB_FORWARD))
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
}

/* What is behind the sheet cannot be seen, so the keyboard must not get there. */
static void
update_reach (BeSideSheet *self)
{
  gboolean is_hidden = self->is_open && self->is_covering && sheet_width (self, self->width) >= self->width;

  if (is_hidden && has_focus_in (self->child))
    take_focus (self);
  gtk_widget_set_can_focus (self->child, !is_hidden);
}

static void
set_covering (BeSideSheet *self,
              gboolean     is_covering)
{
  if (self->is_covering == is_covering)
    return;

  self->is_covering = is_covering;
  if (is_covering)
    gtk_widget_add_css_class (GTK_WIDGET (self), "covering");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "covering");
  if (self->handle != NULL)
    gtk_widget_set_child_visible (self->handle, self->is_open && !is_covering);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_COVERING]);
}

static void
set_narrow (BeSideSheet *self,
            gboolean     is_narrow)
{
  if (self->is_narrow == is_narrow)
    return;

  self->is_narrow = is_narrow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_NARROW]);
}

static gboolean
settle_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  BeSideSheet *self = BE_SIDE_SHEET (widget);

  self->settle_tick = 0;
  set_covering (self, needs_cover (self, self->width));
  set_narrow (self, self->width < scale (NARROW_BELOW_WIDTH));
  update_reach (self);

  return G_SOURCE_REMOVE;
}

/* Not on the handle, which moves. */
static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               gpointer        user_data)
{
  BeSideSheet *self = BE_SIDE_SHEET (user_data);
  gboolean     is_on_handle = gtk_widget_get_mapped (self->handle) &&
                          ABS (x - (self->width - sheet_width (self, self->width))) <= HANDLE_WIDTH / 2.0;

  gtk_gesture_set_state (GTK_GESTURE (gesture), is_on_handle ? GTK_EVENT_SEQUENCE_CLAIMED : GTK_EVENT_SEQUENCE_DENIED);
  self->drag_width = sheet_width (self, self->width);
}

static void
drag_update_cb (BeSideSheet *self,
                double       x,
                double       y)
{
  double width = MIN (self->drag_width - x, self->width - min_content_width (self)) / be_magnification_get_factor ();

  self->wanted_width = MAX ((int) width, MIN_WIDTH);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
make_handle (BeSideSheet *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->handle = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (self->handle, "be-sheet-handle");
  gtk_widget_set_cursor_from_name (self->handle, "col-resize");
  gtk_widget_set_parent (self->handle, GTK_WIDGET (self));

  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  BeSideSheet *self = BE_SIDE_SHEET (widget);

  if (!self->is_open || (!self->is_covering && !has_focus_in (self->sheet)))
    return GDK_EVENT_PROPAGATE;

  be_side_sheet_set_open (self, FALSE);

  return GDK_EVENT_STOP;
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
      gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
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
    gtk_widget_size_allocate (self->child, &(GtkAllocation){ 0, 0, content_width (self, width), height }, -1);

  if (self->is_open)
    {
      int room = MAX (beside, measure_minimum (self->sheet));

      gtk_widget_size_allocate (self->sheet, &(GtkAllocation){ width - beside, 0, room, height }, -1);
      gtk_widget_size_allocate (self->handle, &(GtkAllocation){ width - beside - HANDLE_WIDTH / 2, 0, HANDLE_WIDTH, height }, -1);
    }

  if (width != self->width || needs_cover (self, width) != self->is_covering)
    {
      self->width = width;
      if (self->settle_tick == 0)
        self->settle_tick = gtk_widget_add_tick_callback (widget, settle_cb, NULL, NULL);
    }
}

/* GObject */

static void
set_child (BeSideSheet *self,
           GtkWidget   *child)
{
  if (self->child == child)
    return;

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

static void
be_side_sheet_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  BeSideSheet *self = BE_SIDE_SHEET (object);

  switch ((BeSideSheetProperty) prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_IS_OPEN:
      g_value_set_boolean (value, self->is_open);
      break;
    case PROP_IS_COVERING:
      g_value_set_boolean (value, self->is_covering);
      break;
    case PROP_IS_NARROW:
      g_value_set_boolean (value, self->is_narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_side_sheet_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  BeSideSheet *self = BE_SIDE_SHEET (object);

  switch ((BeSideSheetProperty) prop_id)
    {
    case PROP_CHILD:
      set_child (self, g_value_get_object (value));
      break;
    case PROP_IS_OPEN:
      be_side_sheet_set_open (self, g_value_get_boolean (value));
      break;
    case PROP_IS_COVERING:
    case PROP_IS_NARROW:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_side_sheet_dispose (GObject *object)
{
  BeSideSheet *self = BE_SIDE_SHEET (object);

  g_clear_weak_pointer (&self->focus_before);
  g_clear_pointer (&self->handle, gtk_widget_unparent);
  g_clear_pointer (&self->sheet, gtk_widget_unparent);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->is_open = FALSE;

  G_OBJECT_CLASS (be_side_sheet_parent_class)->dispose (object);
}

static void
be_side_sheet_class_init (BeSideSheetClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_side_sheet_get_property;
  object_class->set_property = be_side_sheet_set_property;
  object_class->dispose = be_side_sheet_dispose;
  widget_class->get_request_mode = be_side_sheet_get_request_mode;
  widget_class->measure = be_side_sheet_measure;
  widget_class->size_allocate = be_side_sheet_size_allocate;

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, writable);
  properties[PROP_IS_OPEN] = g_param_spec_boolean ("is-open", NULL, NULL, FALSE, writable);
  /* Whether the sheet stands in front of the content, or would */
  properties[PROP_IS_COVERING] = g_param_spec_boolean ("is-covering", NULL, NULL, FALSE, readable);
  /* Whether there is little room even without the sheet */
  properties[PROP_IS_NARROW] = g_param_spec_boolean ("is-narrow", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * BeSideSheet::opening:
   *
   * The sheet is about to be shown: the moment to give it one.
   */
  signals[SIGNAL_OPENING] = g_signal_new ("opening", BE_TYPE_SIDE_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "sidesheet");
}

static void
be_side_sheet_init (BeSideSheet *self)
{
  self->wanted_width = USUAL_WIDTH;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * be_side_sheet_get_sheet:
 *
 * Returns: (nullable): the sheet, once there is one
 */
GtkWidget *
be_side_sheet_get_sheet (BeSideSheet *self)
{
  g_return_val_if_fail (BE_IS_SIDE_SHEET (self), NULL);

  return self->sheet;
}

/**
 * be_side_sheet_set_sheet:
 * @sheet: (transfer floating): what is to be shown on the right; once
 */
void
be_side_sheet_set_sheet (BeSideSheet *self,
                         GtkWidget   *sheet)
{
  g_return_if_fail (BE_IS_SIDE_SHEET (self));
  g_return_if_fail (GTK_IS_WIDGET (sheet));
  g_return_if_fail (self->sheet == NULL);

  self->sheet = sheet;
  gtk_widget_add_css_class (sheet, "be-sheet");
  gtk_widget_set_child_visible (sheet, FALSE);
  gtk_widget_set_parent (sheet, GTK_WIDGET (self));
  make_handle (self);
  gtk_widget_set_child_visible (self->handle, FALSE);
}

gboolean
be_side_sheet_is_open (BeSideSheet *self)
{
  g_return_val_if_fail (BE_IS_SIDE_SHEET (self), FALSE);

  return self->is_open;
}

/**
 * be_side_sheet_set_open:
 * @is_open: whether the sheet is shown; in front of the content it takes the
 *   keyboard, and gives it back
 */
void
be_side_sheet_set_open (BeSideSheet *self,
                        gboolean     is_open)
{
  g_return_if_fail (BE_IS_SIDE_SHEET (self));

  if (self->is_open == is_open)
    return;

  if (is_open)
    g_signal_emit (self, signals[SIGNAL_OPENING], 0);
  if (self->sheet == NULL)
    return;

  self->is_open = is_open;
  if (!is_open)
    {
      gtk_widget_set_can_focus (self->child, TRUE);
      give_focus_back (self);
    }
  gtk_widget_set_child_visible (self->sheet, is_open);
  gtk_widget_set_child_visible (self->handle, is_open && !self->is_covering);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (is_open && self->is_covering)
    take_focus (self);
  update_reach (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_OPEN]);
}

/**
 * be_side_sheet_is_covering:
 *
 * Returns: whether the sheet stands in front of the content, or would
 */
gboolean
be_side_sheet_is_covering (BeSideSheet *self)
{
  g_return_val_if_fail (BE_IS_SIDE_SHEET (self), FALSE);

  return self->is_covering;
}
