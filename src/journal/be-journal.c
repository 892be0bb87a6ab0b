/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-journal.h"

#include "be-event-cache.h"

/**
 * BeJournal:
 *
 * What happened so far, of all sessions in one order: a list model of
 * #BeEvent over a bounded ring of records. The events are made when somebody
 * asks for them.
 *
 * Owns the ring and the pairing that gives connections their numbers. It
 * follows a network thread without keeping it, and ends with its last
 * reference.
 *
 * Records are numbered from 0 by their arrival (their ordinal); those from
 * @first_visible on are in the model, @n_items of them. Between two signals
 * of one change the model has less than the ring.
 */
struct _BeJournal
{
  GObject parent_instance;

  BeEventRing  *ring;
  BePairing    *pairing;
  BeEventCache *cache; /* by ordinal */

  guint64 n_appended;
  guint64 first_visible;
  guint   n_items;

  guint64  first_before_clear;
  gboolean can_undo_clear;

  gint64  start;
  guint64 n_dropped;
  guint64 n_trimmed;
};

typedef enum
{
  PROP_N_DROPPED = 1,
  PROP_N_TRIMMED,
  PROP_CAN_UNDO_CLEAR,
} BeJournalProperty;

static GParamSpec *properties[PROP_CAN_UNDO_CLEAR + 1];

static void be_journal_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BeJournal, be_journal, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, be_journal_list_model_init))

static guint64
get_first_held (BeJournal *self)
{
  return self->n_appended - be_event_ring_get_length (self->ring);
}

/* How many records of the ring come before the model's first. */
static guint
get_n_hidden (BeJournal *self)
{
  return (guint) (self->first_visible - get_first_held (self));
}

static void
set_can_undo_clear (BeJournal *self,
                    gboolean   can_undo_clear)
{
  if (self->can_undo_clear == can_undo_clear)
    return;

  self->can_undo_clear = can_undo_clear;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO_CLEAR]);
}

static void
add_dropped (BeJournal *self,
             guint64    n_dropped)
{
  if (n_dropped == 0)
    return;

  self->n_dropped += n_dropped;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DROPPED]);
}

static void
add_trimmed (BeJournal *self,
             guint64    n_trimmed)
{
  if (n_trimmed == 0)
    return;

  self->n_trimmed += n_trimmed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TRIMMED]);
}

/* Makes the model follow the ring: first what fell off, then what came. A
 * handler may append or clear; then the rest finds nothing more to do. */
static void
sync_with_ring (BeJournal *self)
{
  guint64 first_held = get_first_held (self);
  guint   n_before;

  if (first_held > self->first_visible)
    {
      guint64 n_fallen = first_held - self->first_visible;
      guint   n_removed = (guint) MIN (n_fallen, self->n_items);

      self->first_visible = first_held;
      self->n_items -= n_removed;
      if (n_removed > 0)
        g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, 0);
      add_dropped (self, n_fallen);
    }

  n_before = self->n_items;
  self->n_items = (guint) (self->n_appended - self->first_visible);
  if (self->n_items > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->n_items - n_before);

  if (self->can_undo_clear && get_first_held (self) >= self->first_visible)
    set_can_undo_clear (self, FALSE);
}

static void
events_cb (BeNetworkThread    *network,
           const BeEventBatch *batch,
           BeJournal          *self)
{
  be_journal_append (self, batch);
}

/* GListModel */

static GType
be_journal_get_item_type (GListModel *model)
{
  return BE_TYPE_EVENT;
}

static guint
be_journal_get_n_items (GListModel *model)
{
  return BE_JOURNAL (model)->n_items;
}

static gpointer
be_journal_get_item (GListModel *model,
                     guint       position)
{
  BeJournal           *self = BE_JOURNAL (model);
  const BeEventRecord *record = be_journal_get_record (self, position);

  if (record == NULL)
    return NULL;

  /* The low half of an ordinal is enough: no ring holds 2³² records. */
  return be_event_cache_dup_event (self->cache, (guint32) (self->first_visible + position), record);
}

static void
be_journal_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = be_journal_get_item_type;
  iface->get_n_items = be_journal_get_n_items;
  iface->get_item = be_journal_get_item;
}

/* GObject */

static void
be_journal_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  BeJournal *self = BE_JOURNAL (object);

  switch ((BeJournalProperty) prop_id)
    {
    case PROP_N_DROPPED:
      g_value_set_uint64 (value, self->n_dropped);
      break;

    case PROP_N_TRIMMED:
      g_value_set_uint64 (value, self->n_trimmed);
      break;

    case PROP_CAN_UNDO_CLEAR:
      g_value_set_boolean (value, self->can_undo_clear);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_journal_dispose (GObject *object)
{
  BeJournal *self = BE_JOURNAL (object);

  g_clear_object (&self->pairing);

  G_OBJECT_CLASS (be_journal_parent_class)->dispose (object);
}

static void
be_journal_finalize (GObject *object)
{
  BeJournal *self = BE_JOURNAL (object);

  g_clear_pointer (&self->ring, be_event_ring_free);
  g_clear_pointer (&self->cache, be_event_cache_free);

  G_OBJECT_CLASS (be_journal_parent_class)->finalize (object);
}

static void
be_journal_class_init (BeJournalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = be_journal_get_property;
  object_class->dispose = be_journal_dispose;
  object_class->finalize = be_journal_finalize;

  /**
   * BeJournal:n-dropped:
   *
   * How many events are not shown although nobody cleared them: they fell off
   * a full journal, or found no room on the way to it.
   */
  properties[PROP_N_DROPPED] =
    g_param_spec_uint64 ("n-dropped", NULL, NULL, 0, G_MAXUINT64, 0,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * BeJournal:n-trimmed:
   *
   * Of how many events only the first bytes were kept.
   */
  properties[PROP_N_TRIMMED] =
    g_param_spec_uint64 ("n-trimmed", NULL, NULL, 0, G_MAXUINT64, 0,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * BeJournal:can-undo-clear:
   *
   * Whether be_journal_undo_clear () has anything to bring back.
   */
  properties[PROP_CAN_UNDO_CLEAR] =
    g_param_spec_boolean ("can-undo-clear", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
be_journal_init (BeJournal *self)
{
  self->pairing = be_pairing_new ();
  self->cache = be_event_cache_new ();
}

/* Public */

/**
 * be_journal_new:
 * @max_events: how many events to hold; %BE_JOURNAL_MAX_EVENTS
 * @max_bytes: how much memory to hold; %BE_JOURNAL_MAX_BYTES
 *
 * Returns: (transfer full): an empty journal.
 */
BeJournal *
be_journal_new (guint max_events,
                gsize max_bytes)
{
  BeJournal *self;

  g_return_val_if_fail (max_events > 0, NULL);
  g_return_val_if_fail (max_bytes > 0, NULL);

  self = g_object_new (BE_TYPE_JOURNAL, NULL);
  self->ring = be_event_ring_new (max_events, max_bytes);

  return self;
}

/**
 * be_journal_follow:
 *
 * Appends all events of @network from now on, for as long as both live.
 */
void
be_journal_follow (BeJournal       *self,
                   BeNetworkThread *network)
{
  g_return_if_fail (BE_IS_JOURNAL (self));
  g_return_if_fail (BE_IS_NETWORK_THREAD (network));

  g_signal_connect_object (network, "events", G_CALLBACK (events_cb), self, 0);
}

/**
 * be_journal_append:
 * @batch: copied
 *
 * However many events there are, #GListModel::items-changed is emitted at
 * most twice: for those that fell off, and for those that came.
 */
void
be_journal_append (BeJournal          *self,
                   const BeEventBatch *batch)
{
  const BeEventRecord *record;

  g_return_if_fail (BE_IS_JOURNAL (self));
  g_return_if_fail (batch != NULL);

  for (record = be_event_batch_first (batch);
       record != NULL;
       record = be_event_batch_next (batch, record))
    {
      if (self->n_appended == 0)
        self->start = record->time;

      be_event_ring_append (self->ring, record, be_pairing_assign (self->pairing, record));
      self->n_appended++;
    }

  be_event_ring_trim (self->ring);
  sync_with_ring (self);

  add_dropped (self, batch->n_lost);
  add_trimmed (self, batch->n_trimmed);
}

/**
 * be_journal_get_pairing:
 *
 * Returns: what gives connections their numbers, for other readers of the
 *   same events.
 */
BePairing *
be_journal_get_pairing (BeJournal *self)
{
  g_return_val_if_fail (BE_IS_JOURNAL (self), NULL);

  return self->pairing;
}

/**
 * be_journal_get_record:
 * @position: of an item in the model
 *
 * For those who only look: no object is made.
 *
 * Returns: (nullable): the record, followed by its payload, lent until the
 *   next append, or until some hundred others were asked for
 *   (%BE_EVENT_RING_LENT); %NULL behind the last item.
 */
const BeEventRecord *
be_journal_get_record (BeJournal *self,
                       guint      position)
{
  g_return_val_if_fail (BE_IS_JOURNAL (self), NULL);

  if (position >= self->n_items)
    return NULL;

  return be_event_ring_get (self->ring, get_n_hidden (self) + position);
}

/**
 * be_journal_get_ring:
 * @n_hidden: (out): how many of its records come before the model's first
 *
 * Returns: the records, for those who go through all of them: nothing is lent.
 */
BeEventRing *
be_journal_get_ring (BeJournal *self,
                     guint     *n_hidden)
{
  g_return_val_if_fail (BE_IS_JOURNAL (self), NULL);
  g_return_val_if_fail (n_hidden != NULL, NULL);

  *n_hidden = get_n_hidden (self);

  return self->ring;
}

/**
 * be_journal_get_start:
 *
 * Returns: when the first event ever happened, g_get_monotonic_time (), µs;
 *   0 when there was none.
 */
gint64
be_journal_get_start (BeJournal *self)
{
  g_return_val_if_fail (BE_IS_JOURNAL (self), 0);

  return self->start;
}

/**
 * be_journal_get_n_dropped:
 *
 * Returns: #BeJournal:n-dropped.
 */
guint64
be_journal_get_n_dropped (BeJournal *self)
{
  g_return_val_if_fail (BE_IS_JOURNAL (self), 0);

  return self->n_dropped;
}

/**
 * be_journal_get_n_trimmed:
 *
 * Returns: #BeJournal:n-trimmed.
 */
guint64
be_journal_get_n_trimmed (BeJournal *self)
{
  g_return_val_if_fail (BE_IS_JOURNAL (self), 0);

  return self->n_trimmed;
}

/**
 * be_journal_clear:
 *
 * Hides all events. They stay in memory until they fall off, and
 * be_journal_undo_clear () brings them back; a second clear makes the first
 * final. Does nothing when there is nothing to hide.
 */
void
be_journal_clear (BeJournal *self)
{
  guint n_removed;

  g_return_if_fail (BE_IS_JOURNAL (self));

  n_removed = self->n_items;
  if (n_removed == 0)
    return;

  self->first_before_clear = self->first_visible;
  self->first_visible += n_removed;
  self->n_items = 0;

  g_object_freeze_notify (G_OBJECT (self));
  set_can_undo_clear (self, TRUE);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, 0);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * be_journal_undo_clear:
 *
 * Shows again what the last clear hid, as far as it is still there.
 */
void
be_journal_undo_clear (BeJournal *self)
{
  guint64 first;
  guint   n_added;

  g_return_if_fail (BE_IS_JOURNAL (self));

  if (!self->can_undo_clear)
    return;

  first = MAX (self->first_before_clear, get_first_held (self));
  n_added = (guint) (self->first_visible - first);
  self->first_visible = first;
  self->n_items += n_added;

  g_object_freeze_notify (G_OBJECT (self));
  set_can_undo_clear (self, FALSE);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n_added);
  g_object_thaw_notify (G_OBJECT (self));
}
