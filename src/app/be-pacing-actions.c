/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be asked of the pace: by the play bar, by keys, by the calls
 * themselves. */

#include "be-pacing-private.h"

static void
set_running (BePacing *self,
             gboolean  is_running)
{
  self->is_running = is_running;
  g_simple_action_set_state (G_SIMPLE_ACTION (be_pacing_find_action (self, "step-run")), g_variant_new_boolean (is_running));
  be_pacing_apply (self);
  be_pacing_update (self);
}

static void
open_cb (GSimpleAction *action,
         GVariant      *state,
         gpointer       user_data)
{
  BePacing *self = BE_PACING (user_data);

  if (self->window == NULL || self->is_open == g_variant_get_boolean (state))
    return;

  self->is_open = g_variant_get_boolean (state);
  g_simple_action_set_state (action, state);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (be_pacing_find_action (self, "step-run")), self->is_open);
  be_stage_set_is_stepping (self->stage, self->is_open);
  set_running (self, FALSE);
}

static void
run_cb (GSimpleAction *action,
        GVariant      *state,
        gpointer       user_data)
{
  BePacing *self = BE_PACING (user_data);

  if (self->window != NULL && self->is_open)
    set_running (self, g_variant_get_boolean (state));
}

static void
sides_cb (GSimpleAction *action,
          GVariant      *state,
          gpointer       user_data)
{
  BePacing   *self = BE_PACING (user_data);
  const char *sides = g_variant_get_string (state, NULL);

  self->holds[BE_SIDE_SERVER] = !g_str_equal (sides, "client");
  self->holds[BE_SIDE_CLIENT] = !g_str_equal (sides, "server");
  g_simple_action_set_state (action, state);
  if (self->is_open)
    be_pacing_apply (self);
  be_pacing_update (self);
}

static void
step (BePacing *self,
      guint64   id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      BePendingCall *call = g_array_index (self->entries, BePendingEntry, i).call;
      BeSession     *session = be_stage_find_session (self->stage, call->session_id);

      if (call->id == id && session != NULL)
        {
          be_session_step (session, id);
          return;
        }
    }
}

static void
next_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BePacing      *self = BE_PACING (user_data);
  BePendingCall *call = NULL;

  be_pacing_collect (self);
  call = be_pacing_get_next (self);
  if (call != NULL)
    step (self, call->id);
}

static void
call_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BePacing *self = BE_PACING (user_data);

  be_pacing_collect (self);
  step (self, g_variant_get_uint64 (parameter));
}

/* Space is for whoever writes or presses, and only then for the next call. */
static gboolean
space_cb (GtkWidget *widget,
          GVariant  *arguments,
          gpointer   user_data)
{
  BePacing  *self = BE_PACING (user_data);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));

  if (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) || !(self->is_open || be_pacing_reads_wait (self)))
    return FALSE;

  next_cb (NULL, NULL, self);

  return TRUE;
}

void
be_pacing_add_actions (BePacing *self)
{
  static const GActionEntry entries[] = {
    { .name = "step-by-step", .state = "false", .change_state = open_cb },
    { .name = "step-next", .activate = next_cb },
    { .name = "step-call", .parameter_type = "t", .activate = call_cb },
    { .name = "step-run", .state = "false", .change_state = run_cb },
    { .name = "step-sides", .parameter_type = "s", .state = "'both'", .change_state = sides_cb },
  };
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcut        *space = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                                gtk_callback_action_new (space_cb, self, NULL));

  g_action_map_add_action_entries (G_ACTION_MAP (self->window), entries, G_N_ELEMENTS (entries), self);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (be_pacing_find_action (self, "step-next")), FALSE);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (be_pacing_find_action (self, "step-run")), FALSE);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), space);
  gtk_widget_add_controller (GTK_WIDGET (self->window), keys);
}
