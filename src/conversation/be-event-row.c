/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-row.h"

#include "be-event-text.h"
#include "be-explanation.h"
#include "be-journal-search.h"
#include "be-magnification.h"
#include "be-row-borders.h"
#include "be-row-drawing.h"
#include "be-row-rhythm.h"

#include <math.h>

/**
 * BeEventRow:
 *
 * One event in the list, drawn without child widgets, and recycled: the list
 * binds it again and again, to whatever is in view.
 *
 * Owns the shaped texts of the event that it shows now. It ends when the list
 * needs fewer rows.
 */
struct _BeEventRow
{
  GtkWidget parent_instance;

  BeLettering   *lettering;
  BeRowContent   content;
  BeRowPlacement placement;
  char          *explanation; /* for screen readers, as what follows; nullable */
  char          *partners;    /* nullable */
  guint          advance;
  gboolean       is_described;
  gboolean       is_bound;
  gboolean       is_selected;
  gboolean       is_partner;
  gboolean       is_newest;
};

G_DEFINE_FINAL_TYPE (BeEventRow, be_event_row, GTK_TYPE_WIDGET)

static void
update_accessible_description (BeEventRow *self)
{
  g_autofree char *both = NULL;
  const char      *text = self->explanation != NULL ? self->explanation : self->partners;

  if (self->explanation != NULL && self->partners != NULL)
    text = both = g_strdup_printf ("%s %s", self->explanation, self->partners);

  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else if (self->is_described)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  self->is_described = text != NULL;
}

static void
update_accessible_label (BeEventRow          *self,
                         const BeEventRecord *record)
{
  g_autofree char *event = be_event_text_sentence (record);
  g_autofree char *sentence = be_row_borders_dup_sentence (&self->content, event);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
}

/* Of what is in view, and of that only what failed has more to say. */
static void
update_accessible_texts (BeEventRow          *self,
                         const BeRowSetting  *setting,
                         const BeEventRecord *record)
{
  update_accessible_label (self, record);
  g_clear_pointer (&self->partners, g_free);
  g_free (self->explanation);
  self->explanation = be_explanation_describe (record, be_journal_search_reset (setting->journal, record));
  update_accessible_description (self);
}

/*
 * GtkWidget
 */

/* The list gives each row what its placement takes; a request would only be
 * remembered by GTK, and wrong after the next bind. */
static void
be_event_row_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  *minimum = *natural = 0;
}

static GtkSizeRequestMode
be_event_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static gboolean
be_event_row_contains (GtkWidget *widget,
                       double     x,
                       double     y)
{
  BeEventRow *self = BE_EVENT_ROW (widget);

  return graphene_rect_contains_point (&self->placement.own_half,
                                       &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

static void
be_event_row_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  BeEventRow *self = BE_EVENT_ROW (widget);
  BeRowLook   look = BE_ROW_PLAIN;

  if (!self->is_bound)
    return;

  if (self->is_selected)
    look |= BE_ROW_SELECTED;
  if (self->is_partner)
    look |= BE_ROW_PARTNER;
  if (self->is_newest && be_magnification_is_projected ())
    look |= BE_ROW_NEWEST;
  if (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_VISIBLE)
    look |= BE_ROW_FOCUSED;

  be_row_drawing_snapshot (snapshot, be_palette_get_default (), self->lettering,
                           &self->content, &self->placement, look);
}

static void
be_event_row_state_flags_changed (GtkWidget    *widget,
                                  GtkStateFlags previous)
{
  gtk_widget_queue_draw (widget);

  GTK_WIDGET_CLASS (be_event_row_parent_class)->state_flags_changed (widget, previous);
}

/*
 * GObject
 */

static void
be_event_row_finalize (GObject *object)
{
  BeEventRow *self = BE_EVENT_ROW (object);

  be_row_content_clear (&self->content);
  g_clear_object (&self->lettering);
  g_clear_pointer (&self->explanation, g_free);
  g_clear_pointer (&self->partners, g_free);

  G_OBJECT_CLASS (be_event_row_parent_class)->finalize (object);
}

static void
be_event_row_class_init (BeEventRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = be_event_row_finalize;

  widget_class->measure = be_event_row_measure;
  widget_class->get_request_mode = be_event_row_get_request_mode;
  widget_class->contains = be_event_row_contains;
  widget_class->snapshot = be_event_row_snapshot;
  widget_class->state_flags_changed = be_event_row_state_flags_changed;

  gtk_widget_class_set_css_name (widget_class, "be-event-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
be_event_row_init (BeEventRow *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * be_event_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
be_event_row_new (void)
{
  return g_object_new (BE_TYPE_EVENT_ROW, NULL);
}

/**
 * be_event_row_bind:
 * @self: a row
 * @setting: what all rows of the list share
 * @before: (nullable): the event of the row above, lent
 * @record: the event to show, lent
 *
 * Costs nothing where the row shows this event already, in the same relation
 * to the one above; otherwise shapes its texts.
 */
void
be_event_row_bind (BeEventRow          *self,
                   const BeRowSetting  *setting,
                   const BeEventRecord *before,
                   const BeEventRecord *record)
{
  guint    advance;
  gboolean is_other;
  gboolean has_borders;

  g_return_if_fail (BE_IS_EVENT_ROW (self));
  g_return_if_fail (setting != NULL);
  g_return_if_fail (record != NULL);

  advance = be_row_rhythm_get_advance (before, record, setting->geometry.is_folded);
  if (self->is_bound &&
      self->content.record.sequence == record->sequence &&
      self->content.record.connection == record->connection &&
      self->advance == advance &&
      self->content.continues_run == be_row_rhythm_continues_run (before, record))
    return;

  is_other = !self->is_bound || self->content.record.sequence != record->sequence;
  has_borders = be_row_borders_are_known (&self->content);
  g_set_object (&self->lettering, setting->lettering);
  be_row_content_fill (&self->content, setting, before, record);
  if (is_other)
    update_accessible_texts (self, setting, record);
  else if (has_borders)
    update_accessible_label (self, record);
  be_row_placement_compute (&self->placement, &self->content, setting);
  self->advance = advance;
  self->is_bound = TRUE;

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * be_event_row_set_borders:
 * @self: a row that is bound
 * @setting: what all rows of the list share
 * @record: the event that it shows, lent
 * @borders: which sends are in it, or which recvs took it
 *
 * Costs nothing where the row shows this already, and never changes its height.
 */
void
be_event_row_set_borders (BeEventRow          *self,
                          const BeRowSetting  *setting,
                          const BeEventRecord *record,
                          const BeRowBorders  *borders)
{
  g_return_if_fail (BE_IS_EVENT_ROW (self));

  if (!self->is_bound || self->content.record.sequence != record->sequence ||
      !be_row_borders_set (&self->content, &self->placement, setting, record, borders))
    return;

  update_accessible_label (self, record);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * be_event_row_forget:
 * @self: a row
 *
 * Makes the next bind shape the texts anew: the width, the font or the start
 * of the clock changed.
 */
void
be_event_row_forget (BeEventRow *self)
{
  g_return_if_fail (BE_IS_EVENT_ROW (self));

  self->is_bound = FALSE;
}

/**
 * be_event_row_get_sequence:
 * @self: a row
 *
 * Returns: the sequence number of its event
 */
guint64
be_event_row_get_sequence (BeEventRow *self)
{
  g_return_val_if_fail (BE_IS_EVENT_ROW (self), 0);

  return self->content.record.sequence;
}

/**
 * be_event_row_get_advance:
 * @self: a row that is bound
 *
 * Returns: how far its middle stands below that of the row above, in pixels,
 *   not counting lines that the row above has more than one
 */
int
be_event_row_get_advance (BeEventRow *self)
{
  g_return_val_if_fail (BE_IS_EVENT_ROW (self), 0);

  return (int) lround (self->advance * self->placement.scale);
}

/**
 * be_event_row_get_height:
 * @self: a row that is bound
 *
 * Returns: its height in pixels, of which a part may overlap its neighbours'
 */
int
be_event_row_get_height (BeEventRow *self)
{
  g_return_val_if_fail (BE_IS_EVENT_ROW (self), 0);

  return (int) self->placement.height;
}

/**
 * be_event_row_get_half:
 * @self: a row that is bound
 *
 * Returns: how far below its top its middle is, in pixels
 */
int
be_event_row_get_half (BeEventRow *self)
{
  g_return_val_if_fail (BE_IS_EVENT_ROW (self), 0);

  return (int) self->placement.centre;
}

void
be_event_row_set_is_selected (BeEventRow *self,
                              gboolean    is_selected)
{
  g_return_if_fail (BE_IS_EVENT_ROW (self));

  is_selected = !!is_selected;
  if (self->is_selected == is_selected)
    return;

  self->is_selected = is_selected;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                               GTK_ACCESSIBLE_STATE_SELECTED, is_selected,
                               -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * be_event_row_set_is_partner:
 * @self: a row
 * @is_partner: whether it took what the selected row sent, or sent what that
 *   one took
 */
void
be_event_row_set_is_partner (BeEventRow *self,
                             gboolean    is_partner)
{
  g_return_if_fail (BE_IS_EVENT_ROW (self));

  is_partner = !!is_partner;
  if (self->is_partner == is_partner)
    return;

  self->is_partner = is_partner;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * be_event_row_set_partners:
 * @self: a row
 * @partners: (nullable): where the arrows at it lead, in sentences, for screen
 *   readers
 */
void
be_event_row_set_partners (BeEventRow *self,
                           const char *partners)
{
  g_return_if_fail (BE_IS_EVENT_ROW (self));

  if (g_strcmp0 (self->partners, partners) == 0)
    return;

  g_free (self->partners);
  self->partners = g_strdup (partners);
  update_accessible_description (self);
}

gboolean
be_event_row_is_partner (BeEventRow *self)
{
  g_return_val_if_fail (BE_IS_EVENT_ROW (self), FALSE);

  return self->is_partner;
}

/**
 * be_event_row_set_is_newest:
 * @self: a row
 * @is_newest: whether nothing comes after it, for which it is brought forward
 *   when the conversation is projected
 */
void
be_event_row_set_is_newest (BeEventRow *self,
                            gboolean    is_newest)
{
  g_return_if_fail (BE_IS_EVENT_ROW (self));

  is_newest = !!is_newest;
  if (self->is_newest == is_newest)
    return;

  self->is_newest = is_newest;
  if (be_magnification_is_projected ())
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
