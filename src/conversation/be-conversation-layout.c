/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-conversation-layout.h"

#include "be-lettering.h"
#include "be-pending-rows.h"
#include "be-state-strip.h"

/* What is said comes first: of the height of all three the two strips below the
 * list have this share. */
#define STRIPS_SHARE 0.4

/* On the grid of the interface font: three rows of the list, one of the strips. */
#define LIST_MIN_HEIGHT 110
#define STRIPS_MIN_HEIGHT 42

/* How long there must be room for more before they say more again. */
#define GROWING_DELAY_MS 500

/**
 * BeConversationLayout:
 *
 * One below the other, as in a box, but for the strips below the list: they get
 * a share of the height, and where that is too little they say less. Their
 * smallest height is none, so that no call that waits makes the window taller.
 *
 * They say less a frame later, since what is hidden in the middle of an
 * allocation is laid out wrongly, and more again only when there has been room
 * for a moment, so that they do not change to and fro with each call. Ends with
 * its widget.
 */
struct _BeConversationLayout
{
  GtkLayoutManager parent_instance;

  BeLettering *lettering;
  guint        shape;
  guint        next_shape;
  guint        settle_tick;
  guint        growing_source;
};

G_DEFINE_FINAL_TYPE (BeConversationLayout, be_conversation_layout, GTK_TYPE_LAYOUT_MANAGER)

/* From the richest on. What the bar below says already goes first, and what can
 * be held back stays longest. */
typedef struct
{
  guint    max_lines;
  guint    max_rows;
  gboolean is_bare;
} Shape;

static const Shape shapes[] = {
  { BE_STATE_LINES_MAX, BE_PENDING_ROWS_MAX, FALSE },
  { BE_STATE_LINES_MAX, BE_PENDING_ROWS_MAX, TRUE },
  { 2, BE_PENDING_ROWS_MAX, TRUE },
  { 2, 2, TRUE },
  { 1, 2, TRUE },
  { 1, 1, TRUE },
  { 0, 1, TRUE },
  { 0, 0, TRUE },
};

typedef struct
{
  GtkWidget *list; /* what takes the rest */
  GtkWidget *states;
  GtkWidget *calls;
} Parts;

static gboolean
is_strip (GtkWidget *child)
{
  return BE_IS_STATE_STRIP (child) || BE_IS_PENDING_ROWS (child);
}

static Parts
find_parts (GtkWidget *widget)
{
  Parts parts = { 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_should_layout (child))
        continue;

      if (BE_IS_STATE_STRIP (child))
        parts.states = child;
      else if (BE_IS_PENDING_ROWS (child))
        parts.calls = child;
      else if (gtk_widget_get_vexpand (child))
        parts.list = child;
    }

  return parts;
}

static double
get_scale (BeConversationLayout *self,
           GtkWidget            *widget)
{
  if (self->lettering == NULL || !be_lettering_is_current (self->lettering))
    {
      g_clear_object (&self->lettering);
      self->lettering = be_lettering_new (gtk_widget_get_pango_context (widget));
    }

  return be_lettering_get_scale (self->lettering);
}

static gboolean
settle_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  BeConversationLayout *self = BE_CONVERSATION_LAYOUT (user_data);
  const Shape          *shape = NULL;

  self->settle_tick = 0;
  self->shape = self->next_shape;
  shape = &shapes[self->shape];
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (BE_IS_STATE_STRIP (child))
      be_state_strip_set_max_lines (BE_STATE_STRIP (child), shape->max_lines);
    else if (BE_IS_PENDING_ROWS (child))
      be_pending_rows_set_shape (BE_PENDING_ROWS (child), shape->max_rows, shape->is_bare);

  return G_SOURCE_REMOVE;
}

static int
measure_shape (const Parts *parts,
               const Shape *shape,
               int          width)
{
  int height = 0;

  if (parts->states != NULL)
    height += be_state_strip_measure_lines (BE_STATE_STRIP (parts->states), shape->max_lines);
  if (parts->calls != NULL)
    height += be_pending_rows_measure_shape (BE_PENDING_ROWS (parts->calls), width, shape->max_rows, shape->is_bare);

  return height;
}

static void
queue_settle (BeConversationLayout *self)
{
  GtkWidget *widget = gtk_layout_manager_get_widget (GTK_LAYOUT_MANAGER (self));

  g_clear_handle_id (&self->growing_source, g_source_remove);
  if (self->settle_tick == 0)
    self->settle_tick = gtk_widget_add_tick_callback (widget, settle_cb, self, NULL);
}

static gboolean
growing_cb (gpointer user_data)
{
  BeConversationLayout *self = BE_CONVERSATION_LAYOUT (user_data);

  self->growing_source = 0;
  queue_settle (self);

  return G_SOURCE_REMOVE;
}

static void
choose_shape (BeConversationLayout *self,
              const Parts          *parts,
              int                   width,
              int                   budget)
{
  guint shape = 0;

  while (shape + 1 < G_N_ELEMENTS (shapes) && measure_shape (parts, &shapes[shape], width) > budget)
    shape++;

  self->next_shape = shape;
  if (shape > self->shape)
    queue_settle (self);
  else if (shape == self->shape)
    g_clear_handle_id (&self->growing_source, g_source_remove);
  else if (self->growing_source == 0)
    self->growing_source = g_timeout_add (GROWING_DELAY_MS, growing_cb, self);
}

/* Depends on the room there is, and on nothing that the strips say. */
static int
get_budget (BeConversationLayout *self,
            GtkWidget            *widget,
            int                   list_minimum,
            int                   height)
{
  double scale = get_scale (self, widget);
  double share = MIN (height * STRIPS_SHARE, height - LIST_MIN_HEIGHT * scale);

  share = MAX (share, MIN (height / 2, STRIPS_MIN_HEIGHT * scale));

  return (int) MAX (MIN (share, height - list_minimum), 0);
}

/* Returns where it ends. */
static int
allocate_height (GtkWidget *child,
                 int        width,
                 int        top,
                 int        height)
{
  if (child != NULL)
    gtk_widget_size_allocate (child, &(GtkAllocation){ 0, top, width, height }, -1);

  return top + height;
}

static int
measure_natural (GtkWidget *child,
                 int        width,
                 int        most)
{
  int natural = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);

  return MIN (natural, most);
}

/* GtkLayoutManager */

static GtkSizeRequestMode
be_conversation_layout_get_request_mode (GtkLayoutManager *manager,
                                         GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
be_conversation_layout_measure (GtkLayoutManager *manager,
                                GtkWidget        *widget,
                                GtkOrientation    orientation,
                                int               for_size,
                                int              *minimum,
                                int              *natural,
                                int              *minimum_baseline,
                                int              *natural_baseline)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum = 0;
      int child_natural = 0;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, orientation, for_size, &child_minimum, &child_natural, NULL, NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        {
          *minimum = MAX (*minimum, child_minimum);
          *natural = MAX (*natural, child_natural);
          continue;
        }
      *minimum += child_minimum;
      *natural += child_natural;
    }
}

static void
be_conversation_layout_allocate (GtkLayoutManager *manager,
                                 GtkWidget        *widget,
                                 int               width,
                                 int               height,
                                 int               baseline)
{
  BeConversationLayout *self = BE_CONVERSATION_LAYOUT (manager);
  Parts                 parts = find_parts (widget);
  int                   list_minimum = 0;
  int                   top = 0;
  int                   budget;
  int                   calls_height;
  int                   states_height;

  if (parts.list != NULL)
    gtk_widget_measure (parts.list, GTK_ORIENTATION_VERTICAL, width, &list_minimum, NULL, NULL, NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child) && child != parts.list && !is_strip (child))
      top = allocate_height (child, width, top, measure_natural (child, width, MAX (height - list_minimum - top, 0)));

  budget = get_budget (self, widget, list_minimum, height - top);
  choose_shape (self, &parts, width, budget);
  calls_height = measure_natural (parts.calls, width, budget);
  states_height = measure_natural (parts.states, width, budget - calls_height);

  top = allocate_height (parts.list, width, top, MAX (height - top - calls_height - states_height, list_minimum));
  top = allocate_height (parts.states, width, top, states_height);
  allocate_height (parts.calls, width, top, calls_height);
}

static void
be_conversation_layout_unroot (GtkLayoutManager *manager)
{
  BeConversationLayout *self = BE_CONVERSATION_LAYOUT (manager);

  if (self->settle_tick != 0)
    gtk_widget_remove_tick_callback (gtk_layout_manager_get_widget (manager), self->settle_tick);
  self->settle_tick = 0;
  g_clear_handle_id (&self->growing_source, g_source_remove);
}

/* GObject */

static void
be_conversation_layout_dispose (GObject *object)
{
  BeConversationLayout *self = BE_CONVERSATION_LAYOUT (object);

  g_clear_object (&self->lettering);

  G_OBJECT_CLASS (be_conversation_layout_parent_class)->dispose (object);
}

static void
be_conversation_layout_class_init (BeConversationLayoutClass *klass)
{
  GObjectClass          *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->dispose = be_conversation_layout_dispose;
  manager_class->get_request_mode = be_conversation_layout_get_request_mode;
  manager_class->measure = be_conversation_layout_measure;
  manager_class->allocate = be_conversation_layout_allocate;
  manager_class->unroot = be_conversation_layout_unroot;
}

static void
be_conversation_layout_init (BeConversationLayout *self)
{
}
