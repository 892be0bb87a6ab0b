/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-shown-sockets.h"

/* Hundreds of clients may come and go in a second: rows that change places
 * more often than this nobody can follow, and each time all of them are others,
 * which takes as long as a frame of the conversation. */
#define INTERVAL_MICROSECONDS 400000

/* What one person does is shown at once: so many changes may come together. */
#define MAX_TOGETHER 10

/**
 * BeShownSockets:
 *
 * The sockets of one side that a card shows, as a list model of
 * #BeSocketSummary: those of one protocol, the newest open one first, and behind
 * the open ones the few that were closed last. It follows the stage's list at
 * once, but in a crowd two or three times a second; what is open counts as it
 * was then.
 *
 * Owns the sockets that it shows, and holds a reference to the stage. It ends
 * with its last reference.
 */
struct _BeShownSockets
{
  GObject parent_instance;

  BeStage   *stage;
  BeSide     side;
  BeProtocol protocol;

  GPtrArray *sockets;   /* of BeSocketSummary, owned */
  guint      n_open;    /* they stand first */
  guint      n_earlier; /* closed, and not shown any more */
  gint64     next_time; /* from when on it may follow again, µs */
  guint      update_source;
};

static void be_shown_sockets_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BeShownSockets, be_shown_sockets, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, be_shown_sockets_list_model_init))

static gboolean
is_shown (BeShownSockets  *self,
          BeSocketSummary *socket)
{
  BeProtocol protocol = BE_PROTOCOL_TCP;

  return be_stage_knows_protocol (self->stage, be_socket_summary_get_session_id (socket), &protocol) &&
         protocol == self->protocol;
}

/* What lives, what is new and what just ended must be in sight. The connection
 * is the same at both ends, so that these more often stand beside each other. */
static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  BeSocketSummary *socket_a = *(BeSocketSummary *const *) a;
  BeSocketSummary *socket_b = *(BeSocketSummary *const *) b;
  gboolean         is_a_open = be_socket_summary_is_open (socket_a);
  gboolean         is_b_open = be_socket_summary_is_open (socket_b);
  guint32          connection_a = be_socket_summary_get_connection (socket_a);
  guint32          connection_b = be_socket_summary_get_connection (socket_b);
  guint            closing_a = be_socket_summary_get_closing (socket_a);
  guint            closing_b = be_socket_summary_get_closing (socket_b);

  if (is_a_open != is_b_open)
    return is_b_open - is_a_open;

  if (closing_a != closing_b)
    return (closing_b > closing_a) - (closing_b < closing_a);

  return (connection_b > connection_a) - (connection_b < connection_a);
}

/* A Unix-domain stream stands among those of TCP. */
static guint
count_removed (BeShownSockets *self)
{
  BeSocketList *all = be_stage_get_sockets (self->stage, self->side);

  if (self->protocol != BE_PROTOCOL_TCP)
    return be_socket_list_get_n_removed (all, self->protocol);

  return be_socket_list_get_n_removed (all, BE_PROTOCOL_TCP) + be_socket_list_get_n_removed (all, BE_PROTOCOL_UNIX);
}

static GPtrArray *
collect (BeShownSockets *self,
         guint          *n_open)
{
  GPtrArray  *sockets = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = G_LIST_MODEL (be_stage_get_sockets (self->stage, self->side));
  guint       n_all = g_list_model_get_n_items (all);
  guint       n_too_many;

  *n_open = 0;
  for (guint i = 0; i < n_all; i++)
    {
      g_autoptr (BeSocketSummary) socket = g_list_model_get_item (all, i);

      if (!is_shown (self, socket))
        continue;

      *n_open += be_socket_summary_is_open (socket) ? 1 : 0;
      g_ptr_array_add (sockets, g_steal_pointer (&socket));
    }
  g_ptr_array_sort (sockets, compare_cb);

  n_too_many = sockets->len - MIN (sockets->len, *n_open + BE_SHOWN_SOCKETS_MAX_CLOSED);
  g_ptr_array_set_size (sockets, (int) (sockets->len - n_too_many));
  self->n_earlier = n_too_many + count_removed (self);

  return sockets;
}

static void
update (BeShownSockets *self)
{
  g_autoptr (GPtrArray) old = NULL;
  guint n_old_open = self->n_open;
  guint n_open;
  guint n_same = 0;
  guint n_same_end = 0;

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->stage == NULL)
    return;

  old = g_steal_pointer (&self->sockets);
  self->sockets = collect (self, &n_open);
  self->n_open = n_open;

  /* The same socket at the same place counts as another once it is closed. */
  while (n_same < MIN (old->len, self->sockets->len) &&
         old->pdata[n_same] == self->sockets->pdata[n_same] && (n_same < n_old_open) == (n_same < n_open))
    n_same++;
  while (n_same_end < MIN (old->len, self->sockets->len) - n_same &&
         old->pdata[old->len - 1 - n_same_end] == self->sockets->pdata[self->sockets->len - 1 - n_same_end] &&
         (old->len - 1 - n_same_end < n_old_open) == (self->sockets->len - 1 - n_same_end < n_open))
    n_same_end++;

  if (n_same < MAX (old->len, self->sockets->len))
    g_list_model_items_changed (G_LIST_MODEL (self), n_same, old->len - n_same - n_same_end,
                                self->sockets->len - n_same - n_same_end);
}

static void
follow (BeShownSockets *self)
{
  gint64 earliest = g_get_monotonic_time () - MAX_TOGETHER * INTERVAL_MICROSECONDS;

  self->next_time = MAX (self->next_time, earliest) + INTERVAL_MICROSECONDS;
  update (self);
}

static gboolean
follow_cb (gpointer user_data)
{
  g_autoptr (BeShownSockets) self = g_object_ref (BE_SHOWN_SOCKETS (user_data));

  self->update_source = 0;
  follow (self);

  return G_SOURCE_REMOVE;
}

static void
sockets_changed_cb (BeShownSockets *self)
{
  gint64 wait = self->next_time - g_get_monotonic_time ();

  if (self->update_source != 0)
    return;

  if (wait <= 0)
    follow (self);
  else
    self->update_source = g_timeout_add ((guint) wait / 1000 + 1, follow_cb, self);
}

/* GListModel */

static GType
be_shown_sockets_get_item_type (GListModel *model)
{
  return BE_TYPE_SOCKET_SUMMARY;
}

static guint
be_shown_sockets_get_n_items (GListModel *model)
{
  return BE_SHOWN_SOCKETS (model)->sockets->len;
}

static gpointer
be_shown_sockets_get_item (GListModel *model,
                           guint       position)
{
  BeShownSockets *self = BE_SHOWN_SOCKETS (model);

  return position < self->sockets->len ? g_object_ref (g_ptr_array_index (self->sockets, position)) : NULL;
}

static void
be_shown_sockets_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = be_shown_sockets_get_item_type;
  iface->get_n_items = be_shown_sockets_get_n_items;
  iface->get_item = be_shown_sockets_get_item;
}

/* GObject */

static void
be_shown_sockets_dispose (GObject *object)
{
  BeShownSockets *self = BE_SHOWN_SOCKETS (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->stage);

  G_OBJECT_CLASS (be_shown_sockets_parent_class)->dispose (object);
}

static void
be_shown_sockets_finalize (GObject *object)
{
  BeShownSockets *self = BE_SHOWN_SOCKETS (object);

  g_clear_pointer (&self->sockets, g_ptr_array_unref);

  G_OBJECT_CLASS (be_shown_sockets_parent_class)->finalize (object);
}

static void
be_shown_sockets_class_init (BeShownSocketsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = be_shown_sockets_dispose;
  object_class->finalize = be_shown_sockets_finalize;
}

static void
be_shown_sockets_init (BeShownSockets *self)
{
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * be_shown_sockets_new:
 *
 * Returns: (transfer full): a list that shows nothing before it has a stage
 */
BeShownSockets *
be_shown_sockets_new (void)
{
  return g_object_new (BE_TYPE_SHOWN_SOCKETS, NULL);
}

/**
 * be_shown_sockets_set_stage:
 *
 * Gives the list the stage whose sockets of @side it shows; once.
 */
void
be_shown_sockets_set_stage (BeShownSockets *self,
                            BeStage        *stage,
                            BeSide          side)
{
  BeSocketList *sockets = NULL;

  g_return_if_fail (BE_IS_SHOWN_SOCKETS (self));
  g_return_if_fail (BE_IS_STAGE (stage));
  g_return_if_fail (self->stage == NULL);

  self->stage = g_object_ref (stage);
  self->side = side;
  sockets = be_stage_get_sockets (stage, side);
  g_signal_connect_object (sockets, "items-changed", G_CALLBACK (sockets_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sockets, "notify::n-open", G_CALLBACK (sockets_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

void
be_shown_sockets_set_protocol (BeShownSockets *self,
                               BeProtocol      protocol)
{
  g_return_if_fail (BE_IS_SHOWN_SOCKETS (self));

  if (self->protocol == protocol)
    return;

  self->protocol = protocol;
  update (self);
}

/**
 * be_shown_sockets_update:
 *
 * Follows the stage's list at once: for commands that act on all that is
 * shown.
 */
void
be_shown_sockets_update (BeShownSockets *self)
{
  g_return_if_fail (BE_IS_SHOWN_SOCKETS (self));

  update (self);
}

/**
 * be_shown_sockets_get_n_open:
 *
 * Returns: how many of them are open: those stand first
 */
guint
be_shown_sockets_get_n_open (BeShownSockets *self)
{
  g_return_val_if_fail (BE_IS_SHOWN_SOCKETS (self), 0);

  return self->n_open;
}

/**
 * be_shown_sockets_get_n_earlier:
 *
 * Returns: how many closed ones are left out, which are older than those shown
 */
guint
be_shown_sockets_get_n_earlier (BeShownSockets *self)
{
  g_return_val_if_fail (BE_IS_SHOWN_SOCKETS (self), 0);

  return self->n_earlier;
}
