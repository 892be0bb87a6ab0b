/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-list-private.h"

#include "be-row-rhythm.h"
#include "be-side-hint.h"

#include <adwaita.h>
#include <math.h>

#define MIN_WIDTH 200
#define NOTE_MARGIN 12

/**
 * BeEventList:
 *
 * The conversation as a list of any length: one row per event of a filter.
 * Only rows in view exist; they follow the end, or keep their place.
 *
 * Owns its rows, the heights of all events, and a copy of the selected one.
 * Works at most once a frame, when it is allocated. It ends with its widget.
 */
G_DEFINE_FINAL_TYPE_WITH_CODE (BeEventList, be_event_list, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

GParamSpec *be_event_list_properties[PROP_SELECTED + 1];

/* Rows remember what they drew: another palette is for them too. */
static void
redraw (BeEventList *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_queue_draw (g_ptr_array_index (self->rows, i));
}

static void
items_changed_cb (BeEventList *self,
                  guint        position,
                  guint        n_removed,
                  guint        n_added,
                  GListModel  *model)
{
  be_row_heights_splice (self->heights, position, n_removed, n_added);
  self->n_arrived += n_removed == 0 && position > 0 ? n_added : 0; /* not what somebody asked to see */

  /* Older events that are back have sides too. */
  if (position == 0 && n_added > 0)
    self->sides_sequence = 0;

  /* Another page may be shown now, and a list out of view settles late. */
  if (be_row_heights_get_length (self->heights) == 0)
    {
      be_event_list_set_is_following (self, TRUE);
      be_event_list_update_selection (self);
    }
  be_event_list_heed_own_sends (self);
  be_event_list_count_new (self);
  be_event_list_queue_settle (self);
}

/* See be-event-list-private.h. */
void
be_event_list_update_setting (BeEventList *self,
                              int          width)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  BeJournal    *journal = NULL;
  gint64        start = 0;

  if (self->filter != NULL)
    journal = be_journal_filter_get_journal (self->filter);
  if (journal != NULL)
    start = be_journal_get_start (journal);

  if (self->setting.lettering != NULL && be_lettering_is_current (self->setting.lettering) &&
      self->setting.width == width && self->setting.start == start &&
      self->setting.journal == journal)
    return;

  if (self->setting.lettering == NULL || !be_lettering_is_current (self->setting.lettering))
    {
      g_clear_object (&self->setting.lettering);
      self->setting.lettering = be_lettering_new (context);
    }

  self->setting.geometry = be_wire_geometry_for_width (width);
  self->setting.width = width;
  self->setting.journal = journal;
  self->setting.start = start;
  be_event_list_forget_rows (self);
}

static void
measure_note (BeEventList *self,
              int          width)
{
  int height = 0;

  if (gtk_widget_get_visible (self->note))
    {
      gtk_widget_measure (self->note, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
      height += 2 * NOTE_MARGIN;
    }

  self->note_height = height;
}

/*
 * GtkWidget
 */

static void
be_event_list_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : 0;
  *natural = *minimum;
}

static void
be_event_list_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  BeEventList *self = BE_EVENT_LIST (widget);

  be_event_list_update_setting (self, width);
  measure_note (self, width);
  if (self->height != height)
    {
      be_transfer_links_clear (self->links);
      self->settle_time = 0;
    }
  self->height = height;

  if (!be_event_list_rebind (self) || (self->upper <= height && !self->is_following))
    be_event_list_queue_settle (self);
  if (!self->is_following)
    be_event_list_anchor_at (self, self->value);

  be_event_list_configure_adjustments (self);
  be_event_list_allocate_rows (self);
  be_event_list_update_links (self);
  if (gtk_widget_get_visible (self->note))
    gtk_widget_size_allocate (self->note,
                              &(GtkAllocation){ 0, NOTE_MARGIN - (int) floor (self->value), width,
                                                self->note_height - 2 * NOTE_MARGIN },
                              -1);
}

static void
append_focus (GtkSnapshot     *snapshot,
              const BePalette *palette,
              int              width,
              int              height)
{
  const GdkRGBA *colour = &palette->connections[0].strong;
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height), 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
}

static void
be_event_list_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  BeEventList          *self = BE_EVENT_LIST (widget);
  const BePalette      *palette = be_palette_get_default ();
  const BeWireGeometry *geometry = &self->setting.geometry;
  int                   height = gtk_widget_get_height (widget);

  gtk_snapshot_append_color (snapshot, &palette->list,
                             &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget), (float) height));

  if (!geometry->is_folded && self->setting.lettering != NULL)
    {
      be_wire_snapshot_lane (snapshot, palette, geometry, height);
      be_wire_snapshot_lifeline (snapshot, palette, geometry->server_x, 0, height,
                                 !self->has_side[BE_SIDE_SERVER]);
      be_wire_snapshot_lifeline (snapshot, palette, geometry->client_x, 0, height,
                                 !self->has_side[BE_SIDE_CLIENT]);
      be_event_list_snapshot_links (self, snapshot, palette);
      if (self->filter != NULL && !be_journal_filter_is_active (self->filter))
        be_side_hint_snapshot (snapshot, palette, &self->setting, height, be_event_list_get_total (self) - self->value, self->has_side);
    }

  GTK_WIDGET_CLASS (be_event_list_parent_class)->snapshot (widget, snapshot);

  if (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_VISIBLE &&
      gtk_widget_has_focus (widget))
    append_focus (snapshot, palette, gtk_widget_get_width (widget), height);
}

/*
 * GObject
 */

static void
be_event_list_constructed (GObject *object)
{
  BeEventList     *self = BE_EVENT_LIST (object);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  const char      *signals[] = { "notify::dark", "notify::high-contrast" };

  G_OBJECT_CLASS (be_event_list_parent_class)->constructed (object);

  be_event_list_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
  be_event_list_set_adjustment (self, GTK_ORIENTATION_VERTICAL, self->adjustments[GTK_ORIENTATION_VERTICAL]);

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_signal_connect_object (manager, signals[i], G_CALLBACK (redraw),
                               self, G_CONNECT_SWAPPED);
    }
}

static void
be_event_list_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  BeEventList *self = BE_EVENT_LIST (object);

  switch ((BeEventListProperty) prop_id)
    {
    case PROP_FILTER:
      g_value_set_object (value, self->filter);
      break;

    case PROP_IS_FOLLOWING:
      g_value_set_boolean (value, self->is_following);
      break;

    case PROP_N_NEW:
      g_value_set_uint (value, self->n_new);
      break;

    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;

    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;

    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;

    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->scroll_policies[GTK_ORIENTATION_HORIZONTAL]);
      break;

    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->scroll_policies[GTK_ORIENTATION_VERTICAL]);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_event_list_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  BeEventList *self = BE_EVENT_LIST (object);

  switch ((BeEventListProperty) prop_id)
    {
    case PROP_FILTER:
      be_event_list_set_filter (self, g_value_get_object (value));
      break;

    case PROP_HADJUSTMENT:
      be_event_list_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;

    case PROP_VADJUSTMENT:
      be_event_list_set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;

    case PROP_HSCROLL_POLICY:
      self->scroll_policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;

    case PROP_VSCROLL_POLICY:
      self->scroll_policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;

    case PROP_IS_FOLLOWING:
    case PROP_N_NEW:
    case PROP_SELECTED:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_event_list_dispose (GObject *object)
{
  BeEventList *self = BE_EVENT_LIST (object);

  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->note, gtk_widget_unparent);
  if (self->settle_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->settle_tick);
  self->settle_tick = 0;

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_clear_object (&self->filter);
  be_row_heights_splice (self->heights, 0, be_row_heights_get_length (self->heights), 0);
  g_clear_object (&self->selected);
  self->selected_sequence = 0;
  g_clear_object (&self->setting.lettering);
  self->height = 0;

  G_OBJECT_CLASS (be_event_list_parent_class)->dispose (object);
}

static void
be_event_list_finalize (GObject *object)
{
  BeEventList *self = BE_EVENT_LIST (object);

  g_clear_object (&self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
  g_clear_object (&self->adjustments[GTK_ORIENTATION_VERTICAL]);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->heights, be_row_heights_free);
  be_event_list_finalize_links (self);

  G_OBJECT_CLASS (be_event_list_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  be_event_list_properties[PROP_FILTER] =
    g_param_spec_object ("filter", NULL, NULL, BE_TYPE_JOURNAL_FILTER,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  be_event_list_properties[PROP_IS_FOLLOWING] =
    g_param_spec_boolean ("is-following", NULL, NULL, TRUE, readable);
  be_event_list_properties[PROP_N_NEW] =
    g_param_spec_uint ("n-new", NULL, NULL, 0, G_MAXUINT, 0, readable);
  be_event_list_properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, BE_TYPE_EVENT, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (be_event_list_properties),
                                     be_event_list_properties);

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static void
be_event_list_class_init (BeEventListClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = be_event_list_constructed;
  object_class->get_property = be_event_list_get_property;
  object_class->set_property = be_event_list_set_property;
  object_class->dispose = be_event_list_dispose;
  object_class->finalize = be_event_list_finalize;

  widget_class->measure = be_event_list_measure;
  widget_class->size_allocate = be_event_list_size_allocate;
  widget_class->snapshot = be_event_list_snapshot;

  install_properties (object_class);
  be_event_list_class_init_selection (widget_class);
  gtk_widget_class_set_css_name (widget_class, "be-event-list");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
be_event_list_init (BeEventList *self)
{
  self->is_following = TRUE;
  self->rows = g_ptr_array_new ();
  self->heights = be_row_heights_new (BE_ROW_RHYTHM_ESTIMATE);

  self->note = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->note), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->note, "be-note");
  gtk_widget_set_visible (self->note, FALSE);
  gtk_widget_set_parent (self->note, GTK_WIDGET (self));

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  be_event_list_init_selection (self);
  be_event_list_init_links (self);
}

/**
 * be_event_list_new:
 *
 * Returns: (transfer floating): a list without events
 */
GtkWidget *
be_event_list_new (void)
{
  return g_object_new (BE_TYPE_EVENT_LIST, NULL);
}

/**
 * be_event_list_set_filter:
 * @self: a list
 * @filter: (nullable): the events to show; the list holds a reference
 */
void
be_event_list_set_filter (BeEventList     *self,
                          BeJournalFilter *filter)
{
  g_return_if_fail (BE_IS_EVENT_LIST (self));
  g_return_if_fail (filter == NULL || BE_IS_JOURNAL_FILTER (filter));

  if (self->filter == filter)
    return;

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  be_event_list_select (self, GTK_INVALID_LIST_POSITION);
  be_row_heights_splice (self->heights, 0, be_row_heights_get_length (self->heights), 0);
  g_set_object (&self->filter, filter);
  self->sides_sequence = 0;
  self->last_heeded = 0;
  self->has_side[BE_SIDE_SERVER] = self->has_side[BE_SIDE_CLIENT] = FALSE;

  if (filter != NULL)
    {
      g_signal_connect_object (filter, "items-changed", G_CALLBACK (items_changed_cb),
                               self, G_CONNECT_SWAPPED);
      be_row_heights_splice (self->heights, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (filter)));
    }
  be_event_list_follow_journal (self);

  be_event_list_set_is_following (self, TRUE);
  be_event_list_queue_settle (self);
  g_object_notify_by_pspec (G_OBJECT (self), be_event_list_properties[PROP_FILTER]);
}

/**
 * be_event_list_set_note:
 * @self: a list
 * @note: (nullable): what to say above the first row
 */
void
be_event_list_set_note (BeEventList *self,
                        const char  *note)
{
  g_return_if_fail (BE_IS_EVENT_LIST (self));

  if (note != NULL)
    gtk_label_set_text (GTK_LABEL (self->note), note);
  gtk_widget_set_visible (self->note, note != NULL);
}
