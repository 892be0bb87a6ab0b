/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-list-private.h"

#define MAX_CLOSED 16u

typedef enum
{
  PROP_N_OPEN = 1,
  PROP_N_ENDED_SENDING,
} BeSocketListProperty;

static GParamSpec *properties[PROP_N_ENDED_SENDING + 1];

static void be_socket_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BeSocketList, be_socket_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, be_socket_list_list_model_init))

static BeSocketSummary *
get_socket (BeSocketList *self,
            guint         position)
{
  return g_ptr_array_index (self->sockets, position);
}

static void
commit_changes (BeSocketList *self)
{
  g_autoptr (GPtrArray) changed = g_steal_pointer (&self->changed);

  self->changed = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < changed->len; i++)
    be_socket_summary_commit (g_ptr_array_index (changed, i));
}

/* Takes those closed longest ago out of the array until @max_closed are left,
 * and says between which positions of the model that was. What is closed bears
 * the last numbers of all closings. */
static void
remove_closed (BeSocketList *self,
               guint         max_closed,
               guint        *first,
               guint        *end,
               guint        *n_removed)
{
  g_autoptr (GPtrArray) all = NULL;
  guint n_closed = self->sockets->len - self->n_open;
  guint last_removed;
  guint i;

  *first = *end = *n_removed = 0;
  if (n_closed <= max_closed)
    return;

  self->last = NULL;
  last_removed = self->n_closings - max_closed;
  all = g_steal_pointer (&self->sockets);
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);

  for (i = 0; i < all->len; i++)
    {
      BeSocketSummary *socket = g_ptr_array_index (all, i);

      if (be_socket_summary_is_open (socket) || be_socket_summary_get_closing (socket) > last_removed)
        {
          g_ptr_array_add (self->sockets, g_object_ref (socket));
          continue;
        }

      g_hash_table_remove (self->by_peer, GUINT_TO_POINTER (be_socket_summary_get_peer_id (socket)));
      self->n_removed[be_socket_summary_get_protocol (socket)]++;

      if (i < self->n_items)
        {
          *first = *n_removed == 0 ? i : *first;
          *end = i + 1;
          (*n_removed)++;
        }
    }
}

/* Makes the model follow the array: first what is gone, then what came. */
static void
sync_model (BeSocketList *self,
            guint         max_closed)
{
  GListModel *model = G_LIST_MODEL (self);
  guint       first;
  guint       end;
  guint       n_removed;
  guint       n_before;

  remove_closed (self, max_closed, &first, &end, &n_removed);
  if (max_closed == 0)
    memset (self->n_removed, 0, sizeof self->n_removed);
  if (n_removed > 0)
    {
      self->n_items -= n_removed;
      g_list_model_items_changed (model, first, end - first, end - first - n_removed);
    }

  n_before = self->n_items;
  self->n_items = self->sockets->len;
  if (self->n_items > n_before)
    g_list_model_items_changed (model, n_before, 0, self->n_items - n_before);
}

/* GListModel */

static GType
be_socket_list_get_item_type (GListModel *model)
{
  return BE_TYPE_SOCKET_SUMMARY;
}

static guint
be_socket_list_get_n_items (GListModel *model)
{
  return BE_SOCKET_LIST (model)->n_items;
}

static gpointer
be_socket_list_get_item (GListModel *model,
                         guint       position)
{
  BeSocketList *self = BE_SOCKET_LIST (model);

  if (position >= self->n_items)
    return NULL;

  return g_object_ref (get_socket (self, position));
}

static void
be_socket_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = be_socket_list_get_item_type;
  iface->get_n_items = be_socket_list_get_n_items;
  iface->get_item = be_socket_list_get_item;
}

/* GObject */

static void
be_socket_list_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  BeSocketList *self = BE_SOCKET_LIST (object);

  switch ((BeSocketListProperty) prop_id)
    {
    case PROP_N_OPEN:
      g_value_set_uint (value, self->n_open);
      break;

    case PROP_N_ENDED_SENDING:
      g_value_set_uint (value, self->n_ended_sending);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_socket_list_dispose (GObject *object)
{
  BeSocketList *self = BE_SOCKET_LIST (object);

  g_clear_object (&self->pairing);

  G_OBJECT_CLASS (be_socket_list_parent_class)->dispose (object);
}

static void
be_socket_list_finalize (GObject *object)
{
  BeSocketList *self = BE_SOCKET_LIST (object);

  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_clear_pointer (&self->by_peer, g_hash_table_unref);
  g_clear_pointer (&self->sockets, g_ptr_array_unref);

  G_OBJECT_CLASS (be_socket_list_parent_class)->finalize (object);
}

static void
be_socket_list_class_init (BeSocketListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = be_socket_list_get_property;
  object_class->dispose = be_socket_list_dispose;
  object_class->finalize = be_socket_list_finalize;

  /**
   * BeSocketList:n-open:
   *
   * How many of the sockets are open.
   */
  properties[PROP_N_OPEN] =
    g_param_spec_uint ("n-open", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * BeSocketList:n-ended-sending:
   *
   * How many ever said with shutdown () that they send no more.
   */
  properties[PROP_N_ENDED_SENDING] =
    g_param_spec_uint ("n-ended-sending", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
be_socket_list_init (BeSocketList *self)
{
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_peer = g_hash_table_new (NULL, NULL);
  self->changed = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Public */

/**
 * be_socket_list_new:
 * @side: whose sockets
 * @pairing: shared with the other readers of the same events
 *
 * Returns: (transfer full): an empty list.
 */
BeSocketList *
be_socket_list_new (BeSide     side,
                    BePairing *pairing)
{
  BeSocketList *self;

  g_return_val_if_fail (BE_IS_PAIRING (pairing), NULL);

  self = g_object_new (BE_TYPE_SOCKET_LIST, NULL);
  self->side = side;
  self->pairing = g_object_ref (pairing);

  return self;
}

/**
 * be_socket_list_follow:
 *
 * Reads all events of @network from now on, for as long as both live.
 */
void
be_socket_list_follow (BeSocketList    *self,
                       BeNetworkThread *network)
{
  g_return_if_fail (BE_IS_SOCKET_LIST (self));
  g_return_if_fail (BE_IS_NETWORK_THREAD (network));

  g_signal_connect_object (network, "events", G_CALLBACK (be_socket_list_append), self, G_CONNECT_SWAPPED);
}

/**
 * be_socket_list_append:
 * @batch: of all sessions and sides
 *
 * However many events there are, each summary tells of its changes once, and
 * #GListModel::items-changed is emitted at most twice: for the closed ones
 * that are gone, and for those that came.
 */
void
be_socket_list_append (BeSocketList       *self,
                       const BeEventBatch *batch)
{
  guint n_open;
  guint n_ended_sending;

  g_return_if_fail (BE_IS_SOCKET_LIST (self));
  g_return_if_fail (batch != NULL);

  n_open = self->n_open;
  n_ended_sending = self->n_ended_sending;
  for (const BeEventRecord *record = be_event_batch_first (batch); record != NULL;
       record = be_event_batch_next (batch, record))
    be_socket_list_read (self, record);

  if (self->changed->len == 0)
    return;

  sync_model (self, MAX_CLOSED);
  commit_changes (self);

  if (self->n_open != n_open)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_OPEN]);
  if (self->n_ended_sending != n_ended_sending)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ENDED_SENDING]);
}

/**
 * be_socket_list_find:
 *
 * Returns: (nullable): the summary of a peer, or %NULL when there is none
 *   (any more).
 */
BeSocketSummary *
be_socket_list_find (BeSocketList *self,
                     guint32       peer_id)
{
  g_return_val_if_fail (BE_IS_SOCKET_LIST (self), NULL);

  return g_hash_table_lookup (self->by_peer, GUINT_TO_POINTER (peer_id));
}

/**
 * be_socket_list_get_n_open:
 *
 * Returns: #BeSocketList:n-open.
 */
guint
be_socket_list_get_n_open (BeSocketList *self)
{
  g_return_val_if_fail (BE_IS_SOCKET_LIST (self), 0);

  return self->n_open;
}

/**
 * be_socket_list_get_n_removed:
 *
 * Returns: how many sockets of @protocol were closed too long ago to stay
 */
guint
be_socket_list_get_n_removed (BeSocketList *self,
                              BeProtocol    protocol)
{
  g_return_val_if_fail (BE_IS_SOCKET_LIST (self), 0);
  g_return_val_if_fail ((guint) protocol < BE_SOCKET_LIST_N_PROTOCOLS, 0);

  return self->n_removed[protocol];
}

/**
 * be_socket_list_clear_closed:
 *
 * Removes all sockets that are closed, and counts from 0 again.
 */
void
be_socket_list_clear_closed (BeSocketList *self)
{
  g_return_if_fail (BE_IS_SOCKET_LIST (self));

  sync_model (self, 0);
}
