/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-journal-filter.h"

#include "be-place-list.h"
#include "be-text-matcher.h"

#define KINDS_OF_SUCCESS (BE_EVENT_KIND_DATA | BE_EVENT_KIND_STATES)

/**
 * BeJournalFilter:
 *
 * Those events of a journal that a reader wants to see, as a list model of
 * #BeEvent. It goes through the journal's records, not through events; while
 * it wants all of them it stores nothing and is the journal itself.
 *
 * Owns the places of the events that match. Holds the journal and ends with
 * its last reference.
 */
struct _BeJournalFilter
{
  GObject parent_instance;

  BeJournal *journal;

  BeSideFilter   side;
  BeEventKinds   kinds;
  guint32        connection;
  char          *text;
  BeTextMatcher *matcher; /* NULL: any text */
  gboolean       is_active;

  BePlaceList *places;
  guint        journal_length;
};

typedef enum
{
  PROP_IS_ACTIVE = 1,
} BeJournalFilterProperty;

static GParamSpec *properties[PROP_IS_ACTIVE + 1];

static void be_journal_filter_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BeJournalFilter, be_journal_filter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, be_journal_filter_list_model_init))

static gboolean
matches (BeJournalFilter     *self,
         const BeEventRecord *record)
{
  if (self->side == BE_SIDE_FILTER_SERVER && record->side != BE_SIDE_SERVER)
    return FALSE;

  if (self->side == BE_SIDE_FILTER_CLIENT && record->side != BE_SIDE_CLIENT)
    return FALSE;

  if (self->connection != BE_EVENT_NO_CONNECTION && record->connection != self->connection)
    return FALSE;

  if (be_event_record_is_failure (record))
    {
      if (self->kinds == 0)
        return FALSE;
    }
  else if ((self->kinds & (be_event_record_is_data (record) ? BE_EVENT_KIND_DATA : BE_EVENT_KIND_STATES)) == 0)
    return FALSE;

  return self->matcher == NULL || be_text_matcher_matches (self->matcher, record);
}

/* Where the item stands in the journal. */
static guint
get_journal_position (BeJournalFilter *self,
                      guint            position)
{
  return self->is_active ? be_place_list_get (self->places, position) : position;
}

/* Adds those of the journal's items from @begin to before @end that match. */
static void
scan (BeJournalFilter *self,
      BePlaceList     *places,
      guint            begin,
      guint            end)
{
  guint i;

  for (i = begin; i < end; i++)
    {
      const BeEventRecord *record = be_journal_get_record (self->journal, i);

      if (record != NULL && matches (self, record))
        be_place_list_append (places, i);
    }
}

static void
rescan (BeJournalFilter *self)
{
  be_place_list_clear (self->places);
  self->journal_length = g_list_model_get_n_items (G_LIST_MODEL (self->journal));

  if (self->is_active)
    scan (self, self->places, 0, self->journal_length);
}

static guint
add_at_end (BeJournalFilter *self,
            guint            begin)
{
  guint n_before = be_place_list_get_length (self->places);

  scan (self, self->places, begin, self->journal_length);

  return be_place_list_get_length (self->places) - n_before;
}

static guint
add_at_front (BeJournalFilter *self,
              guint            n_added)
{
  g_autoptr (BePlaceList) places = be_place_list_new ();

  scan (self, places, 0, n_added);
  be_place_list_insert (self->places, n_added, places);

  return be_place_list_get_length (places);
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

/* A journal changes at its front and at its end. */
static void
journal_changed_cb (GListModel      *journal,
                    guint            position,
                    guint            removed,
                    guint            added,
                    BeJournalFilter *self)
{
  guint old_length = self->journal_length;
  guint n_before = be_place_list_get_length (self->places);

  self->journal_length = old_length - removed + added;

  if (!self->is_active)
    {
      emit (self, position, removed, added);
    }
  else if (position == old_length)
    {
      added = add_at_end (self, position);
      emit (self, n_before, 0, added);
    }
  else if (position == 0 && added == 0)
    {
      removed = be_place_list_remove (self->places, removed);
      emit (self, 0, removed, 0);
    }
  else if (position == 0 && removed == 0)
    {
      added = add_at_front (self, added);
      emit (self, 0, 0, added);
    }
  else
    {
      rescan (self);
      emit (self, 0, n_before, be_place_list_get_length (self->places));
    }
}

/* After a criterion has changed. */
static void
refilter (BeJournalFilter *self)
{
  GListModel *model = G_LIST_MODEL (self);
  guint       n_before = g_list_model_get_n_items (model);
  gboolean    was_active = self->is_active;

  self->is_active = self->side != BE_SIDE_FILTER_BOTH ||
                    (self->kinds & KINDS_OF_SUCCESS) != KINDS_OF_SUCCESS ||
                    self->connection != BE_EVENT_NO_CONNECTION ||
                    self->matcher != NULL;

  if (!self->is_active && !was_active)
    return;

  rescan (self);
  emit (self, 0, n_before, g_list_model_get_n_items (model));

  if (self->is_active != was_active)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_ACTIVE]);
}

/* Returns whether the text is another one. */
static gboolean
take_text (BeJournalFilter *self,
           const char      *text)
{
  if (text != NULL && *text == '\0')
    text = NULL;

  if (g_strcmp0 (self->text, text) == 0)
    return FALSE;

  g_clear_pointer (&self->matcher, be_text_matcher_free);
  g_free (self->text);
  self->text = g_strdup (text);
  if (text != NULL)
    self->matcher = be_text_matcher_new (text);

  return TRUE;
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

  return self->is_active ? be_place_list_get_length (self->places) : self->journal_length;
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

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_journal_filter_dispose (GObject *object)
{
  BeJournalFilter *self = BE_JOURNAL_FILTER (object);

  g_clear_object (&self->journal);

  G_OBJECT_CLASS (be_journal_filter_parent_class)->dispose (object);
}

static void
be_journal_filter_finalize (GObject *object)
{
  BeJournalFilter *self = BE_JOURNAL_FILTER (object);

  g_clear_pointer (&self->matcher, be_text_matcher_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->places, be_place_list_free);

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

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
be_journal_filter_init (BeJournalFilter *self)
{
  self->kinds = BE_EVENT_KIND_ALL;
  self->connection = BE_EVENT_NO_CONNECTION;
  self->places = be_place_list_new ();
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
 * be_journal_filter_set_side:
 *
 * Shows the events of one side, or of both.
 */
void
be_journal_filter_set_side (BeJournalFilter *self,
                            BeSideFilter     side)
{
  g_return_if_fail (BE_IS_JOURNAL_FILTER (self));

  if (self->side == side)
    return;

  self->side = side;
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

  if (self->kinds == kinds)
    return;

  self->kinds = kinds;
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

  if (self->connection == connection)
    return;

  self->connection = connection;
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

  if (take_text (self, text))
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

  self->side = BE_SIDE_FILTER_BOTH;
  self->kinds = BE_EVENT_KIND_ALL;
  self->connection = BE_EVENT_NO_CONNECTION;
  take_text (self, NULL);
  refilter (self);
}
