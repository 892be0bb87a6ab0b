/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-filter-bar.h"

#include "be-badge.h"

#define GAP 8

/* With less, the choices give way to a line of their own. */
#define MIN_ENTRY_WIDTH 180

/**
 * BeFilterBar:
 *
 * What the reader wants to see: text, a side, one kind of events or all, and
 * the connection of the selected row.
 *
 * Holds a reference to the filter that it sets. It ends with its widget.
 */
struct _BeFilterBar
{
  GtkWidget parent_instance;

  BeJournalFilter *filter;
  guint32          connection;

  GtkWidget       *choices;
  GtkWidget       *close;
  GtkEditable     *entry;
  GtkDropDown     *side;
  GtkToggleButton *all;
  GtkToggleButton *data;
  GtkToggleButton *states;
  GtkToggleButton *errors;
  GtkToggleButton *only_connection;
  BeBadge         *badge;
};

G_DEFINE_FINAL_TYPE (BeFilterBar, be_filter_bar, GTK_TYPE_WIDGET)

static BeEventKinds
get_kinds (BeFilterBar *self)
{
  if (gtk_toggle_button_get_active (self->data))
    return BE_EVENT_KIND_DATA;
  if (gtk_toggle_button_get_active (self->states))
    return BE_EVENT_KIND_STATES;
  if (gtk_toggle_button_get_active (self->errors))
    return BE_EVENT_KIND_ERRORS;

  return BE_EVENT_KIND_ALL;
}

static void
update_text (BeFilterBar *self)
{
  if (self->filter != NULL)
    be_journal_filter_set_text (self->filter, gtk_editable_get_text (self->entry));
}

static void
update_side (BeFilterBar *self)
{
  if (self->filter != NULL)
    be_journal_filter_set_side (self->filter, (BeSideFilter) gtk_drop_down_get_selected (self->side));
}

static void
update_kinds (BeFilterBar *self)
{
  if (self->filter != NULL)
    be_journal_filter_set_kinds (self->filter, get_kinds (self));
}

static void
update_connection (BeFilterBar *self)
{
  gboolean is_wanted = gtk_toggle_button_get_active (self->only_connection);

  if (self->filter != NULL)
    be_journal_filter_set_connection (self->filter,
                                      is_wanted ? self->connection : BE_EVENT_NO_CONNECTION);
}

static void
search_changed_cb (BeFilterBar *self)
{
  update_text (self);
}

static void
side_changed_cb (BeFilterBar *self)
{
  update_side (self);
}

/* Of two that change, the one that is pressed now counts. */
static void
kinds_changed_cb (BeFilterBar     *self,
                  GtkToggleButton *toggle)
{
  if (gtk_toggle_button_get_active (toggle))
    update_kinds (self);
}

static void
only_connection_changed_cb (BeFilterBar *self)
{
  update_connection (self);
}

static void
stop_search_cb (BeFilterBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "conversation.find", NULL);
}

/*
 * GtkWidget
 */

static int
get_natural (GtkWidget     *widget,
             GtkOrientation orientation)
{
  int natural = 0;

  gtk_widget_measure (widget, orientation, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static int
get_minimum (GtkWidget     *widget,
             GtkOrientation orientation)
{
  int minimum = 0;

  gtk_widget_measure (widget, orientation, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* Everything stands side by side, or, where the window is narrow, the choices
 * stand below. */
static gboolean
fits_one_line (BeFilterBar *self,
               int          width)
{
  int needed = MIN_ENTRY_WIDTH + 2 * GAP + get_natural (self->choices, GTK_ORIENTATION_HORIZONTAL) +
               get_natural (self->close, GTK_ORIENTATION_HORIZONTAL);

  return width < 0 || needed <= width;
}

static GtkSizeRequestMode
be_filter_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (BeFilterBar *self,
               int         *minimum,
               int         *natural)
{
  GtkWidget *entry = GTK_WIDGET (self->entry);
  int        close = GAP + get_natural (self->close, GTK_ORIENTATION_HORIZONTAL);

  *minimum = MAX (get_minimum (entry, GTK_ORIENTATION_HORIZONTAL) + close,
                  get_minimum (self->choices, GTK_ORIENTATION_HORIZONTAL));
  *natural = MAX (get_natural (entry, GTK_ORIENTATION_HORIZONTAL), MIN_ENTRY_WIDTH) + close + GAP +
             get_natural (self->choices, GTK_ORIENTATION_HORIZONTAL);
}

static int
get_line_height (BeFilterBar *self)
{
  return MAX (get_natural (GTK_WIDGET (self->entry), GTK_ORIENTATION_VERTICAL),
              get_natural (self->close, GTK_ORIENTATION_VERTICAL));
}

static void
be_filter_bar_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  BeFilterBar *self = BE_FILTER_BAR (widget);
  int          choices;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, minimum, natural);
      return;
    }

  choices = get_natural (self->choices, GTK_ORIENTATION_VERTICAL);
  if (fits_one_line (self, for_size))
    *minimum = MAX (get_line_height (self), choices);
  else
    *minimum = get_line_height (self) + GAP + choices;
  *natural = *minimum;
}

static void
allocate (BeFilterBar  *self,
          GtkWidget    *child,
          GtkAllocation area,
          int           width)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    area.x = width - area.x - area.width;

  gtk_widget_size_allocate (child, &area, -1);
}

static void
be_filter_bar_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  BeFilterBar  *self = BE_FILTER_BAR (widget);
  int           line = get_line_height (self);
  GtkAllocation entry = { 0, 0, 0, line };
  GtkAllocation choices = { 0, line + GAP, width, MAX (height - line - GAP, 0) };
  GtkAllocation close = { 0, 0, get_natural (self->close, GTK_ORIENTATION_HORIZONTAL), line };

  close.x = width - close.width;
  entry.width = close.x - GAP;

  if (fits_one_line (self, width))
    {
      choices.width = get_natural (self->choices, GTK_ORIENTATION_HORIZONTAL);
      choices.x = close.x - GAP - choices.width;
      choices.y = 0;
      entry.width = choices.x - GAP;
      entry.height = choices.height = close.height = height;
    }

  allocate (self, GTK_WIDGET (self->entry), entry, width);
  allocate (self, self->choices, choices, width);
  allocate (self, self->close, close, width);
}

static gboolean
be_filter_bar_grab_focus (GtkWidget *widget)
{
  /* GTK asks this too when Tab is about to leave: then it must go on. */
  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;

  return gtk_widget_grab_focus (GTK_WIDGET (BE_FILTER_BAR (widget)->entry));
}

/*
 * GObject
 */

static void
be_filter_bar_dispose (GObject *object)
{
  BeFilterBar *self = BE_FILTER_BAR (object);

  g_clear_object (&self->filter);
  gtk_widget_dispose_template (GTK_WIDGET (self), BE_TYPE_FILTER_BAR);

  G_OBJECT_CLASS (be_filter_bar_parent_class)->dispose (object);
}

static void
be_filter_bar_class_init (BeFilterBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_filter_bar_dispose;
  widget_class->get_request_mode = be_filter_bar_get_request_mode;
  widget_class->measure = be_filter_bar_measure;
  widget_class->size_allocate = be_filter_bar_size_allocate;
  widget_class->grab_focus = be_filter_bar_grab_focus;

  g_type_ensure (BE_TYPE_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/bothends/BothEnds/be-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BeFilterBar, close);
  gtk_widget_class_bind_template_child (widget_class, BeFilterBar, choices);
  gtk_widget_class_bind_template_child (widget_class, BeFilterBar, entry);
  gtk_widget_class_bind_template_child (widget_class, BeFilterBar, side);
  gtk_widget_class_bind_template_child (widget_class, BeFilterBar, all);
  gtk_widget_class_bind_template_child (widget_class, BeFilterBar, data);
  gtk_widget_class_bind_template_child (widget_class, BeFilterBar, states);
  gtk_widget_class_bind_template_child (widget_class, BeFilterBar, errors);
  gtk_widget_class_bind_template_child (widget_class, BeFilterBar, only_connection);
  gtk_widget_class_bind_template_child (widget_class, BeFilterBar, badge);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, side_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kinds_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, only_connection_changed_cb);

  gtk_widget_class_set_css_name (widget_class, "be-filter-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
}

static void
be_filter_bar_init (BeFilterBar *self)
{
  self->connection = BE_EVENT_NO_CONNECTION;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * be_filter_bar_set_filter:
 * @self: a filter bar
 * @filter: (nullable): the filter to set; it gets what the bar says now
 */
void
be_filter_bar_set_filter (BeFilterBar     *self,
                          BeJournalFilter *filter)
{
  g_return_if_fail (BE_IS_FILTER_BAR (self));
  g_return_if_fail (filter == NULL || BE_IS_JOURNAL_FILTER (filter));

  if (!g_set_object (&self->filter, filter))
    return;

  update_text (self);
  update_side (self);
  update_kinds (self);
  update_connection (self);
}

/**
 * be_filter_bar_set_connection:
 * @self: a filter bar
 * @connection: the connection of the selected row, or
 *   %BE_EVENT_NO_CONNECTION
 *
 * Offers to show this connection only. While one is shown alone, the offer
 * stays with it.
 */
void
be_filter_bar_set_connection (BeFilterBar *self,
                              guint32      connection)
{
  g_return_if_fail (BE_IS_FILTER_BAR (self));

  if (gtk_toggle_button_get_active (self->only_connection))
    return;

  self->connection = connection;
  be_badge_set_connection (self->badge, connection);
  gtk_widget_set_sensitive (GTK_WIDGET (self->only_connection), connection != BE_EVENT_NO_CONNECTION);
}

/**
 * be_filter_bar_reset:
 * @self: a filter bar
 *
 * Shows everything again.
 */
void
be_filter_bar_reset (BeFilterBar *self)
{
  g_return_if_fail (BE_IS_FILTER_BAR (self));

  gtk_editable_set_text (self->entry, "");
  gtk_drop_down_set_selected (self->side, BE_SIDE_FILTER_BOTH);
  gtk_toggle_button_set_active (self->all, TRUE);
  gtk_toggle_button_set_active (self->only_connection, FALSE);

  if (self->filter != NULL)
    be_journal_filter_reset (self->filter);
}
