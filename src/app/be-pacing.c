/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-pacing-private.h"

#define USUAL_SPEED 2

/**
 * BePacing:
 *
 * Step by step: decides which sides make their calls only when one lets them,
 * and shows what has not happened yet. Gives the window the actions of the
 * play bar ("step-by-step", "step-next", "step-run", "step-call",
 * "step-sides"), which are the same commands for buttons, keys and tests.
 *
 * Owned by the window, whose parts it knows and does not own; ends with it.
 */
G_DEFINE_FINAL_TYPE (BePacing, be_pacing, G_TYPE_OBJECT)

typedef enum
{
  PROP_SPEED = 1,
} BePacingProperty;

static GParamSpec *properties[PROP_SPEED + 1];

typedef enum
{
  SIGNAL_CHANGED,
} BePacingSignal;

static guint signals[SIGNAL_CHANGED + 1];

/* From one call in five seconds to ten in one; the last is no interval. */
static const guint intervals_ms[BE_PACING_N_SPEEDS] = { 5000, 2000, 1000, 500, 200, 100, 0 };

GAction *
be_pacing_find_action (BePacing   *self,
                       const char *name)
{
  return self->window != NULL ? g_action_map_lookup_action (G_ACTION_MAP (self->window), name) : NULL;
}

static void
apply_to_session (BePacing  *self,
                  BeSession *session)
{
  if (!self->is_open)
    be_session_set_pace (session, BE_PACE_FREE, 0);
  else if (!self->holds[be_session_get_side (session)] || (self->is_running && self->speed == BE_PACING_AT_ONCE))
    be_session_set_pace (session, BE_PACE_WATCHED, 0);
  else if (self->is_running)
    be_session_set_pace (session, BE_PACE_TIMED, intervals_ms[self->speed]);
  else
    be_session_set_pace (session, BE_PACE_STEPS, 0);
}

void
be_pacing_apply (BePacing *self)
{
  GPtrArray *sessions = be_stage_get_sessions (self->stage);

  for (guint i = 0; i < sessions->len; i++)
    apply_to_session (self, g_ptr_array_index (sessions, i));

  be_state_watch_set_is_holding (be_stage_get_states (self->stage), BE_STATE_HOLD_CALLS,
                                 self->is_open && !(self->is_running && self->speed == BE_PACING_AT_ONCE));
}

void
be_pacing_update (BePacing *self)
{
  be_pacing_collect (self);
  be_pending_rows_set_entries (BE_PENDING_ROWS (be_conversation_get_pending_rows (self->conversation)),
                               (const BePendingEntry *) (gpointer) self->entries->data, self->entries->len);
  be_pacing_show_bar (self);
  be_pacing_enable_next (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Of a thousand clients each tells its own: what is shown changes once a frame. */
static gboolean
update_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  BePacing *self = BE_PACING (user_data);

  self->update_tick = 0;
  be_pacing_update (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (BePacing *self)
{
  if (self->update_tick == 0 && self->window != NULL)
    self->update_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->window), update_tick_cb, self, NULL);
}

static void
session_starting_cb (BePacing  *self,
                     BeSession *session)
{
  g_signal_connect_object (session, "pending-calls-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  if (self->is_open)
    apply_to_session (self, session);
}

/* GObject */

static void
be_pacing_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  switch ((BePacingProperty) prop_id)
    {
    case PROP_SPEED:
      g_value_set_double (value, BE_PACING (object)->speed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_pacing_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  switch ((BePacingProperty) prop_id)
    {
    case PROP_SPEED:
      be_pacing_set_speed (BE_PACING (object), (guint) (g_value_get_double (value) + 0.5));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_pacing_dispose (GObject *object)
{
  BePacing *self = BE_PACING (object);

  if (self->update_tick != 0 && self->window != NULL)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->window), self->update_tick);
  self->update_tick = 0;
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->conversation);
  g_clear_weak_pointer (&self->bar_place);
  g_clear_weak_pointer (&self->bar);
  g_array_set_size (self->entries, 0);
  g_clear_object (&self->stage);

  G_OBJECT_CLASS (be_pacing_parent_class)->dispose (object);
}

static void
be_pacing_finalize (GObject *object)
{
  BePacing *self = BE_PACING (object);

  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->next_client, g_free);

  G_OBJECT_CLASS (be_pacing_parent_class)->finalize (object);
}

static void
be_pacing_class_init (BePacingClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = be_pacing_get_property;
  object_class->set_property = be_pacing_set_property;
  object_class->dispose = be_pacing_dispose;
  object_class->finalize = be_pacing_finalize;

  /* A number from 0 to BE_PACING_AT_ONCE; floating, as a slider has it. */
  properties[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, 0, BE_PACING_AT_ONCE, USUAL_SPEED, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* What comes next is another, or it comes in another way. */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", BE_TYPE_PACING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
clear_entry_cb (gpointer data)
{
  be_pending_call_unref (((BePendingEntry *) data)->call);
}

static void
be_pacing_init (BePacing *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (BePendingEntry));
  g_array_set_clear_func (self->entries, clear_entry_cb);
  self->holds[BE_SIDE_SERVER] = self->holds[BE_SIDE_CLIENT] = TRUE;
  self->speed = USUAL_SPEED;
}

/**
 * be_pacing_new:
 * @window: what gets the actions
 * @conversation: what shows the calls that have not returned
 * @bar_place: where the play bar appears
 *
 * Returns: (transfer full): the pace of @window, which lets everything go
 */
BePacing *
be_pacing_new (GtkApplicationWindow *window,
               BeStage              *stage,
               BeConversation       *conversation,
               GtkBox               *bar_place)
{
  BePacing *self = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION_WINDOW (window), NULL);
  g_return_val_if_fail (BE_IS_STAGE (stage), NULL);
  g_return_val_if_fail (BE_IS_CONVERSATION (conversation), NULL);

  self = g_object_new (BE_TYPE_PACING, NULL);
  g_set_weak_pointer (&self->window, window);
  g_set_weak_pointer (&self->conversation, conversation);
  g_set_weak_pointer (&self->bar_place, bar_place);
  self->stage = g_object_ref (stage);
  be_pacing_add_actions (self);
  g_signal_connect_object (stage, "session-starting", G_CALLBACK (session_starting_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (stage, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::protocol", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  queue_update (self);

  return self;
}

gboolean
be_pacing_is_open (BePacing *self)
{
  g_return_val_if_fail (BE_IS_PACING (self), FALSE);

  return self->is_open;
}

/**
 * be_pacing_reads_wait:
 *
 * Returns: whether it was chosen that reads of what is shown wait for Next,
 *   also without stepping
 */
gboolean
be_pacing_reads_wait (BePacing *self)
{
  g_return_val_if_fail (BE_IS_PACING (self), FALSE);

  return be_stage_reads_on_request (self->stage, be_pacing_get_protocol (self));
}

gboolean
be_pacing_is_running (BePacing *self)
{
  g_return_val_if_fail (BE_IS_PACING (self), FALSE);

  return self->is_running;
}

/**
 * be_pacing_holds:
 *
 * Returns: whether the calls of @side are held while the bar is open
 */
gboolean
be_pacing_holds (BePacing *self,
                 BeSide    side)
{
  g_return_val_if_fail (BE_IS_PACING (self), FALSE);

  return self->holds[side];
}

guint
be_pacing_get_speed (BePacing *self)
{
  g_return_val_if_fail (BE_IS_PACING (self), 0);

  return self->speed;
}

void
be_pacing_set_speed (BePacing *self,
                     guint     speed)
{
  g_return_if_fail (BE_IS_PACING (self));
  g_return_if_fail (speed < BE_PACING_N_SPEEDS);

  if (self->speed == speed)
    return;

  self->speed = speed;
  if (self->is_running)
    be_pacing_apply (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}
