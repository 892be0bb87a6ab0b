/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-journal-filter.h"

#include "be-journal-scan.h"

/* How long the main thread may be kept at once: a good part of a frame, which
 * has other things to do, too. */
#define SLICE_MICROSECONDS 4000

/**
 * BeJournalFilter:
 *
 * Those events of a journal that a reader wants to see, as a list model of
 * #BeEvent. It goes through the journal's records, not through events; while
 * it wants all of them it stores nothing and is the journal itself.
 *
 * It looks from the newest event back. What takes longer than a part of a
 * frame goes on when the main loop has nothing better to do; until then the
 * oldest events are missing.
 *
 * Owns the scan that finds the events that match. Holds the journal and ends with
 * its last reference.
 */
struct _BeJournalFilter
{
  GObject parent_instance;

  BeJournal *journal;

  BeEventCriteria criteria;
  gboolean        is_active;

  BeJournalScan *scan;
  guint          scan_id;
  gint64         slice_time; /* µs */
  gboolean       is_scanning;

  guint journal_length;
};

typedef enum
{
  PROP_IS_ACTIVE = 1,
  PROP_IS_SCANNING,
} BeJournalFilterProperty;

static GParamSpec *properties[PROP_IS_SCANNING + 1];

static void be_journal_filter_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BeJournalFilter, be_journal_filter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, be_journal_filter_list_model_init))

/* Where the item stands in the journal. */
static guint
get_journal_position (BeJournalFilter *self,
                      guint            position)
{
  return self->is_active ? be_journal_scan_get (self->scan, position) : position;
}

static void
emit (BeJournalFilter *self,
      guint            position,
      guint            removed,
      guint            added)
{
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
set_is_scanning (BeJournalFilter *self,
                 gboolean         is_scanning)
{
  if (self->is_scanning == is_scanning)
    return;

  self->is_scanning = is_scanning;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SCANNING]);
}

static gboolean scan_cb (gpointer user_data);

/* Below the priority of drawing: a frame that is due comes first. */
static void
scan_next (BeJournalFilter *self)
{
  gboolean is_over = be_journal_scan_is_over (self->scan);

  if (is_over)
    g_clear_handle_id (&self->scan_id, g_source_remove);
  else if (self->scan_id == 0)
    self->scan_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, scan_cb, self, NULL);

  set_is_scanning (self, !is_over);
}

static gboolean
scan_cb (gpointer user_data)
{
  g_autoptr (BeJournalFilter) self = g_object_ref (BE_JOURNAL_FILTER (user_data));

  self->scan_id = 0;
  emit (self, 0, 0, be_journal_scan_go_on (self->scan, self->slice_time));
  scan_next (self);

  return G_SOURCE_REMOVE;
}

/* Begins again with all of the journal. */
static void
rescan (BeJournalFilter *self)
{
  self->journal_length = g_list_model_get_n_items (G_LIST_MODEL (self->journal));

  if (self->is_active)
    {
      be_journal_scan_start (self->scan, &self->criteria);
      be_journal_scan_go_on (self->scan, self->slice_time);
    }
  else
    be_journal_scan_stop (self->scan);
}

/* A journal changes at its front and at its end. */
static void
journal_changed_cb (GListModel      *journal,
                    guint            position,
                    guint            removed,
                    guint            added,
                    BeJournalFilter *self)
{
  guint old_length = self->journal_length;
  guint n_before = be_journal_scan_get_length (self->scan);

  self->journal_length = old_length - removed + added;

  if (!self->is_active)
    {
      emit (self, position, removed, added);
    }
  else if (position == 0 && removed == 0)
    {
      be_journal_scan_add_at_front (self->scan, added);
      emit (self, 0, 0, be_journal_scan_go_on (self->scan, self->slice_time));
    }
  else if (position == 0 && added == 0)
    {
      removed = be_journal_scan_remove_at_front (self->scan, removed);
      emit (self, 0, removed, 0);
    }
  else if (position == old_length)
    {
      added = be_journal_scan_add_at_end (self->scan, position, self->journal_length);
      emit (self, n_before, 0, added);
    }
  else
    {
      rescan (self);
      emit (self, 0, n_before, be_journal_scan_get_length (self->scan));
    }

  scan_next (self);
}

/* After a criterion has changed. */
static void
refilter (BeJournalFilter *self)
{
  GListModel *model = G_LIST_MODEL (self);
  guint       n_before = g_list_model_get_n_items (model);
  gboolean    was_active = self->is_active;

  self->is_active = be_event_criteria_leaves_out (&self->criteria);
  if (!self->is_active && !was_active)
    return;

  rescan (self);
  emit (self, 0, n_before, g_list_model_get_n_items (model));
  scan_next (self);

  if (self->is_active != was_active)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_ACTIVE]);
}

/* GListModel */

static GType
be_journal_filter_get_item_type (GListModel *model)
{
  return BE_TYPE_EVENT;
}

static guint
be_journal_filter_get_n_items (GListModel *model)
{
  BeJournalFilter *self = BE_JOURNAL_FILTER (model);

  return self->is_active ? be_journal_scan_get_length (self->scan) : self->journal_length;
}

static gpointer
be_journal_filter_get_item (GListModel *model,
                            guint       position)
{
  BeJournalFilter *self = BE_JOURNAL_FILTER (model);

  if (position >= g_list_model_get_n_items (model))
    return NULL;

  return g_list_model_get_item (G_LIST_MODEL (self->journal), get_journal_position (self, position));
}

static void
be_journal_filter_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = be_journal_filter_get_item_type;
  iface->get_n_items = be_journal_filter_get_n_items;
  iface->get_item = be_journal_filter_get_item;
}

/* GObject */

static void
be_journal_filter_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BeJournalFilter *self = BE_JOURNAL_FILTER (object);

  switch ((BeJournalFilterProperty) prop_id)
    {
    case PROP_IS_ACTIVE:
      g_value_set_boolean (value, self->is_active);
      break;

    case PROP_IS_SCANNING:
      g_value_set_boolean (value, self->is_scanning);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_journal_filter_dispose (GObject *object)
{
  BeJournalFilter *self = BE_JOURNAL_FILTER (object);

  g_clear_handle_id (&self->scan_id, g_source_remove);
  be_journal_scan_stop (self->scan);
  g_clear_object (&self->journal);

  G_OBJECT_CLASS (be_journal_filter_parent_class)->dispose (object);
}

static void
be_journal_filter_finalize (GObject *object)
{
  BeJournalFilter *self = BE_JOURNAL_FILTER (object);

  be_event_criteria_clear (&self->criteria);
  g_clear_pointer (&self->scan, be_journal_scan_free);

  G_OBJECT_CLASS (be_journal_filter_parent_class)->finalize (object);
}

static void
be_journal_filter_class_init (BeJournalFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = be_journal_filter_get_property;
  object_class->dispose = be_journal_filter_dispose;
  object_class->finalize = be_journal_filter_finalize;

  /**
   * BeJournalFilter:is-active:
   *
   * Whether anything may be left out.
   */
  properties[PROP_IS_ACTIVE] =
    g_param_spec_boolean ("is-active", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * BeJournalFilter:is-scanning:
   *
   * Whether older events have still to be looked at.
   */
  properties[PROP_IS_SCANNING] =
    g_param_spec_boolean ("is-scanning", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
be_journal_filter_init (BeJournalFilter *self)
{
  be_event_criteria_clear (&self->criteria);
  self->slice_time = SLICE_MICROSECONDS;
}

/* Public */

/**
 * be_journal_filter_new:
 *
 * Returns: (transfer full): a filter that leaves nothing out.
 */
BeJournalFilter *
be_journal_filter_new (BeJournal *journal)
{
  BeJournalFilter *self;

  g_return_val_if_fail (BE_IS_JOURNAL (journal), NULL);

  self = g_object_new (BE_TYPE_JOURNAL_FILTER, NULL);
  self->journal = g_object_ref (journal);
  self->scan = be_journal_scan_new (journal);
  self->journal_length = g_list_model_get_n_items (G_LIST_MODEL (journal));
  g_signal_connect_object (journal, "items-changed", G_CALLBACK (journal_changed_cb), self, 0);

  return self;
}

/**
 * be_journal_filter_get_journal:
 *
 * Returns: the journal that is filtered.
 */
BeJournal *
be_journal_filter_get_journal (BeJournalFilter *self)
{
  g_return_val_if_fail (BE_IS_JOURNAL_FILTER (self), NULL);

  return self->journal;
}

/**
 * be_journal_filter_get_record:
 * @position: of an item in this model
 *
 * Returns: (nullable): the record, lent until the next append; see
 *   be_journal_get_record ().
 */
const BeEventRecord *
be_journal_filter_get_record (BeJournalFilter *self,
                              guint            position)
{
  g_return_val_if_fail (BE_IS_JOURNAL_FILTER (self), NULL);

  if (position >= be_journal_filter_get_n_items (G_LIST_MODEL (self)))
    return NULL;

  return be_journal_get_record (self->journal, get_journal_position (self, position));
}

/**
 * be_journal_filter_is_active:
 *
 * Returns: #BeJournalFilter:is-active.
 */
gboolean
be_journal_filter_is_active (BeJournalFilter *self)
{
  g_return_val_if_fail (BE_IS_JOURNAL_FILTER (self), FALSE);

  return self->is_active;
}

/**
 * be_journal_filter_is_scanning:
 *
 * Returns: #BeJournalFilter:is-scanning.
 */
gboolean
be_journal_filter_is_scanning (BeJournalFilter *self)
{
  g_return_val_if_fail (BE_IS_JOURNAL_FILTER (self), FALSE);

  return self->is_scanning;
}

/**
 * be_journal_filter_set_slice_time:
 * @slice_time: µs; 0 for slices that are as short as can be
 *
 * How long the filter may keep the main thread at once.
 */
void
be_journal_filter_set_slice_time (BeJournalFilter *self,
                                  gint64           slice_time)
{
  g_return_if_fail (BE_IS_JOURNAL_FILTER (self));
  g_return_if_fail (slice_time >= 0);

  self->slice_time = slice_time;
}

/**
 * be_journal_filter_set_side:
 *
 * Shows the events of one side, or of both.
 */
void
be_journal_filter_set_side (BeJournalFilter *self,
                            BeSideFilter     side)
{
  g_return_if_fail (BE_IS_JOURNAL_FILTER (self));

  if (be_event_criteria_set_side (&self->criteria, side))
    refilter (self);
}

/**
 * be_journal_filter_set_kinds:
 *
 * Shows the events of some kinds; see #BeEventKinds.
 */
void
be_journal_filter_set_kinds (BeJournalFilter *self,
                             BeEventKinds     kinds)
{
  g_return_if_fail (BE_IS_JOURNAL_FILTER (self));

  if (self->criteria.kinds == kinds)
    return;

  self->criteria.kinds = (guint8) kinds;
  refilter (self);
}

/**
 * be_journal_filter_set_connection:
 * @connection: a number of the pairing; %BE_EVENT_NO_CONNECTION for all
 *
 * Shows the events of one connection, of both its ends.
 */
void
be_journal_filter_set_connection (BeJournalFilter *self,
                                  guint32          connection)
{
  g_return_if_fail (BE_IS_JOURNAL_FILTER (self));

  if (self->criteria.connection == connection)
    return;

  self->criteria.connection = connection;
  refilter (self);
}

/**
 * be_journal_filter_set_text:
 * @text: (nullable): what to look for; %NULL or empty for anything
 *
 * Shows the events with this text in their payload, their addresses or the
 * name of their call. ASCII letters match in either case.
 */
void
be_journal_filter_set_text (BeJournalFilter *self,
                            const char      *text)
{
  g_return_if_fail (BE_IS_JOURNAL_FILTER (self));

  if (be_event_criteria_set_text (&self->criteria, text))
    refilter (self);
}

/**
 * be_journal_filter_reset:
 *
 * Leaves nothing out.
 */
void
be_journal_filter_reset (BeJournalFilter *self)
{
  g_return_if_fail (BE_IS_JOURNAL_FILTER (self));

  be_event_criteria_clear (&self->criteria);
  refilter (self);
}
