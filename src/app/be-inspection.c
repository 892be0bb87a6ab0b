/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-inspection.h"

#include <glib/gi18n-lib.h>

#include "be-event-page.h"
#include "be-inspector.h"

/**
 * BeInspection:
 *
 * Shows in the inspector of a window what is selected there. Gives the window
 * the actions "inspector", which opens and closes the sheet, and "inspect",
 * which opens it on the selected row. The inspector is made when it is first
 * opened; until then, and while it is closed, nothing is done.
 *
 * Owned by the window, whose parts it knows and does not own; ends with it.
 */
struct _BeInspection
{
  GObject parent_instance;

  GActionMap     *window;       /* (weak) */
  BeSideSheet    *side_sheet;   /* (weak) */
  BeConversation *conversation; /* (weak) */
  BeInspector    *inspector;    /* (weak) (nullable): lives in the sheet */
  BeEventPage    *event_page;   /* (weak) (nullable): lives in the inspector */
  guint           follow_tick;
};

G_DEFINE_FINAL_TYPE (BeInspection, be_inspection, G_TYPE_OBJECT)

static void
follow (BeInspection *self)
{
  BeJournal *journal = self->conversation != NULL ? be_conversation_get_journal (self->conversation) : NULL;

  if (self->event_page != NULL && journal != NULL)
    be_event_page_set_event (self->event_page, journal, be_conversation_get_selected (self->conversation));
}

static gboolean
follow_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  BeInspection *self = BE_INSPECTION (user_data);

  self->follow_tick = 0;
  follow (self);

  return G_SOURCE_REMOVE;
}

/* Once in a frame, and never while sizes are allocated, where a row that falls
 * out of the list is selected no more. */
static void
selected_changed_cb (BeInspection *self)
{
  if (self->inspector == NULL || !be_side_sheet_is_open (self->side_sheet) || self->follow_tick != 0)
    return;

  self->follow_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->inspector), follow_cb, self, NULL);
}

static void
make_inspector (BeInspection *self)
{
  g_set_weak_pointer (&self->inspector, BE_INSPECTOR (be_inspector_new ()));
  g_set_weak_pointer (&self->event_page, BE_EVENT_PAGE (be_event_page_new ()));
  be_inspector_add_page (self->inspector, GTK_WIDGET (self->event_page), "event", _ ("Event"));
  be_side_sheet_set_sheet (self->side_sheet, GTK_WIDGET (self->inspector));
}

static void
opening_cb (BeInspection *self)
{
  if (self->inspector == NULL)
    make_inspector (self);
  follow (self);
}

static void
inspect_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  BeInspection *self = BE_INSPECTION (user_data);

  if (self->side_sheet == NULL)
    return;

  be_side_sheet_set_open (self->side_sheet, TRUE);
  be_inspector_show_page (self->inspector, "event");
}

/* GObject */

static void
be_inspection_dispose (GObject *object)
{
  BeInspection *self = BE_INSPECTION (object);

  if (self->inspector != NULL && self->follow_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->inspector), self->follow_tick);
  self->follow_tick = 0;

  /* The actions hold on to what they act on. */
  if (self->window != NULL)
    {
      g_action_map_remove_action (self->window, "inspector");
      g_action_map_remove_action (self->window, "inspect");
    }
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->event_page);
  g_clear_weak_pointer (&self->inspector);
  g_clear_weak_pointer (&self->conversation);
  g_clear_weak_pointer (&self->side_sheet);

  G_OBJECT_CLASS (be_inspection_parent_class)->dispose (object);
}

static void
be_inspection_class_init (BeInspectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = be_inspection_dispose;
}

static void
be_inspection_init (BeInspection *self)
{
}

/**
 * be_inspection_new:
 * @window: what gets the actions
 * @side_sheet: where the inspector opens
 * @conversation: whose selected row is inspected
 *
 * Returns: (transfer full): what fills the inspector of @window
 */
BeInspection *
be_inspection_new (GtkApplicationWindow *window,
                   BeSideSheet          *side_sheet,
                   BeConversation       *conversation)
{
  BeInspection *self = NULL;
  g_autoptr (GPropertyAction) toggle = NULL;
  g_autoptr (GSimpleAction) inspect = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION_WINDOW (window), NULL);
  g_return_val_if_fail (BE_IS_SIDE_SHEET (side_sheet), NULL);
  g_return_val_if_fail (BE_IS_CONVERSATION (conversation), NULL);

  self = g_object_new (BE_TYPE_INSPECTION, NULL);
  g_set_weak_pointer (&self->window, G_ACTION_MAP (window));
  g_set_weak_pointer (&self->side_sheet, side_sheet);
  g_set_weak_pointer (&self->conversation, conversation);
  g_signal_connect_object (side_sheet, "opening", G_CALLBACK (opening_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (conversation, "notify::selected", G_CALLBACK (selected_changed_cb), self, G_CONNECT_SWAPPED);

  toggle = g_property_action_new ("inspector", side_sheet, "is-open");
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (toggle));
  inspect = g_simple_action_new ("inspect", NULL);
  g_signal_connect_object (inspect, "activate", G_CALLBACK (inspect_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (inspect));

  return self;
}
