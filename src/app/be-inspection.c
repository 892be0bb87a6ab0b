/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-inspection.h"

#include <glib/gi18n-lib.h>

#include "be-event-page.h"
#include "be-inspector.h"
#include "be-socket-page.h"
#include "be-stream-page.h"

#define PAGE_EVENT "event"
#define PAGE_SOCKET "socket"
#define PAGE_MESSAGES "messages"

/* A socket whose inspection somebody asked for: session, socket, connection, BeSide. */
#define SOCKET_PARAMETER "(uuuu)"

/**
 * Inspected:
 *
 * Whose page "Socket" and whose bytes "Messages" shows: numbers, which stay
 * true when the socket, its session and its row are gone.
 */
typedef struct
{
  guint32 session_id;
  guint32 socket_id; /* 0: none */
  guint32 connection;
  BeSide  side;
} Inspected;

/**
 * BeInspection:
 *
 * Shows in the inspector of a window what is selected there, or a socket that
 * was asked for. Gives the window the actions "inspector", which opens and
 * closes the sheet, "inspect", which opens it on the selected row, and
 * "inspect-socket", which opens it on a socket. The inspector is made when it
 * is first opened, and each of its pages when it is first seen; until then, and
 * while it is closed, nothing is done. A row that is selected no more, because
 * it was cleared or is too old, leaves its socket where it is.
 *
 * Owned by the window, whose parts it knows and does not own; ends with it.
 */
struct _BeInspection
{
  GObject parent_instance;

  GActionMap     *window;       /* (weak) */
  BeSideSheet    *side_sheet;   /* (weak) */
  BeConversation *conversation; /* (weak) */
  BeStage        *stage;        /* (weak) */
  BeInspector    *inspector;    /* (weak) (nullable): lives in the sheet */
  BeEventPage    *event_page;   /* (weak) (nullable): the pages live in the inspector */
  BeSocketPage   *socket_page;  /* (weak) (nullable) */
  BeStreamPage   *stream_page;  /* (weak) (nullable) */
  AdwBin         *socket_place; /* (weak) (nullable): where it will be */
  AdwBin         *stream_place; /* (weak) (nullable) */

  Inspected inspected;
  guint64   followed_sequence; /* of the row that @inspected follows, or that a socket was preferred to; 0: none */
  gboolean  has_new_direction; /* @from_side is not shown yet */
  BeSide    from_side;         /* who sent the bytes of the selected row */
  guint     follow_tick;
};

G_DEFINE_FINAL_TYPE (BeInspection, be_inspection, G_TYPE_OBJECT)

/* A row counts when it becomes the selected one; a person may then have asked
 * for another socket, or for the other direction. */
static void
follow_row (BeInspection        *self,
            const BeEventRecord *record)
{
  if (record->sequence == self->followed_sequence)
    return;

  self->followed_sequence = record->sequence;
  self->inspected = (Inspected){ record->session_id, record->socket_id, record->connection, record->side };
  if (be_event_record_is_data (record))
    {
      gboolean is_received = record->call == BE_CALL_RECV || record->call == BE_CALL_RECVFROM;

      self->has_new_direction = TRUE;
      self->from_side = is_received ? (BeSide) (1 - record->side) : (BeSide) record->side;
    }
}

static char *
dup_title (const Inspected *inspected)
{
  if (inspected->socket_id == 0)
    return NULL;

  if (inspected->side == BE_SIDE_SERVER)
    /* TRANSLATORS: %u is the number of a socket of the server */
    return g_strdup_printf (_ ("Server, socket %u"), inspected->socket_id);

  /* TRANSLATORS: %u is the number of a socket of the client */
  return g_strdup_printf (_ ("Client, socket %u"), inspected->socket_id);
}

static void
show_title (BeInspection    *self,
            const Inspected *inspected)
{
  g_autofree char *title = dup_title (inspected);

  be_inspector_set_title (self->inspector, inspected->connection, title);
}

/* Pages */

static void
show_event (BeInspection *self,
            BeJournal    *journal,
            BeEvent      *event)
{
  const BeEventRecord *record = event != NULL ? be_event_get_record (event) : NULL;
  Inspected            row = { .connection = BE_EVENT_NO_CONNECTION };

  if (record != NULL)
    row = (Inspected){ record->session_id, record->socket_id, record->connection, record->side };
  be_event_page_set_event (self->event_page, journal, event);
  show_title (self, &row);
}

static void
make_socket_page (BeInspection *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_set_weak_pointer (&self->socket_page, BE_SOCKET_PAGE (be_socket_page_new ()));
  gtk_widget_add_css_class (GTK_WIDGET (self->socket_page), "be-socket-place");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->socket_page));
  adw_bin_set_child (self->socket_place, scroller);
}

static void
show_socket (BeInspection *self)
{
  if (self->socket_page == NULL)
    make_socket_page (self);

  be_socket_page_set_socket (self->socket_page,
                             be_stage_find_session (self->stage, self->inspected.session_id),
                             self->inspected.socket_id);
  show_title (self, &self->inspected);
}

static void
show_stream (BeInspection *self,
             BeJournal    *journal)
{
  if (self->stream_page == NULL)
    {
      g_set_weak_pointer (&self->stream_page, BE_STREAM_PAGE (be_stream_page_new ()));
      adw_bin_set_child (self->stream_place, GTK_WIDGET (self->stream_page));
    }

  be_stream_page_set_stream (self->stream_page, journal, self->inspected.connection);
  if (self->has_new_direction)
    be_stream_page_set_from_side (self->stream_page, self->from_side);
  self->has_new_direction = FALSE;
  show_title (self, &self->inspected);
}

/* Only the page that is seen: the others catch up when it is their turn. */
static void
follow (BeInspection *self)
{
  BeJournal  *journal = self->conversation != NULL ? be_conversation_get_journal (self->conversation) : NULL;
  BeEvent    *event = NULL;
  const char *page = NULL;

  if (self->inspector == NULL || self->stage == NULL || journal == NULL)
    return;

  event = be_conversation_get_selected (self->conversation);
  if (event != NULL)
    follow_row (self, be_event_get_record (event));
  if (self->inspected.socket_id != 0)
    be_side_sheet_set_shows_end (self->side_sheet, self->inspected.side == BE_SIDE_CLIENT);

  page = be_inspector_get_page (self->inspector);
  if (g_strcmp0 (page, PAGE_SOCKET) == 0)
    show_socket (self);
  else if (g_strcmp0 (page, PAGE_MESSAGES) == 0)
    show_stream (self, journal);
  else
    show_event (self, journal, event);
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
  g_set_weak_pointer (&self->socket_place, ADW_BIN (adw_bin_new ()));
  g_set_weak_pointer (&self->stream_place, ADW_BIN (adw_bin_new ()));
  be_inspector_add_page (self->inspector, GTK_WIDGET (self->event_page), PAGE_EVENT, _ ("Event"));
  be_inspector_add_page (self->inspector, GTK_WIDGET (self->socket_place), PAGE_SOCKET, _ ("Socket"));
  be_inspector_add_page (self->inspector, GTK_WIDGET (self->stream_place), PAGE_MESSAGES, _ ("Messages"));
  be_side_sheet_set_sheet (self->side_sheet, GTK_WIDGET (self->inspector));
  g_signal_connect_object (self->inspector, "notify::page", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
}

static void
opening_cb (BeInspection *self)
{
  if (self->inspector == NULL)
    make_inspector (self);
  follow (self);
}

/* Actions */

/* The page first: in front of the window the keyboard goes into it at once. */
static void
open_on (BeInspection *self,
         const char   *page)
{
  if (self->inspector == NULL)
    make_inspector (self);
  be_inspector_show_page (self->inspector, page);
  follow (self);
  be_side_sheet_set_open (self->side_sheet, TRUE);
}

static void
inspect_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  BeInspection *self = BE_INSPECTION (user_data);

  if (self->side_sheet == NULL)
    return;

  self->followed_sequence = 0;
  open_on (self, PAGE_EVENT);
}

static void
inspect_socket_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  BeInspection *self = BE_INSPECTION (user_data);
  BeEvent      *selected = NULL;
  guint32       side = 0;

  if (self->side_sheet == NULL || self->conversation == NULL)
    return;

  selected = be_conversation_get_selected (self->conversation);
  self->followed_sequence = selected != NULL ? be_event_get_record (selected)->sequence : 0;
  g_variant_get (parameter, SOCKET_PARAMETER, &self->inspected.session_id, &self->inspected.socket_id,
                 &self->inspected.connection, &side);
  self->inspected.side = side == BE_SIDE_CLIENT ? BE_SIDE_CLIENT : BE_SIDE_SERVER;
  open_on (self, PAGE_SOCKET);
}

static void
add_actions (BeInspection *self)
{
  g_autoptr (GPropertyAction) toggle = g_property_action_new ("inspector", self->side_sheet, "is-open");
  g_autoptr (GSimpleAction) inspect = g_simple_action_new ("inspect", NULL);
  g_autoptr (GSimpleAction) inspect_socket = g_simple_action_new ("inspect-socket", G_VARIANT_TYPE (SOCKET_PARAMETER));

  g_signal_connect_object (inspect, "activate", G_CALLBACK (inspect_cb), self, 0);
  g_signal_connect_object (inspect_socket, "activate", G_CALLBACK (inspect_socket_cb), self, 0);
  g_action_map_add_action (self->window, G_ACTION (toggle));
  g_action_map_add_action (self->window, G_ACTION (inspect));
  g_action_map_add_action (self->window, G_ACTION (inspect_socket));
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
      g_action_map_remove_action (self->window, "inspect-socket");
    }
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->event_page);
  g_clear_weak_pointer (&self->socket_page);
  g_clear_weak_pointer (&self->stream_page);
  g_clear_weak_pointer (&self->socket_place);
  g_clear_weak_pointer (&self->stream_place);
  g_clear_weak_pointer (&self->inspector);
  g_clear_weak_pointer (&self->stage);
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
  self->inspected.connection = BE_EVENT_NO_CONNECTION;
}

/**
 * be_inspection_new:
 * @window: what gets the actions
 * @side_sheet: where the inspector opens
 * @conversation: whose selected row is inspected
 * @stage: whose sockets are
 *
 * Returns: (transfer full): what fills the inspector of @window
 */
BeInspection *
be_inspection_new (GtkApplicationWindow *window,
                   BeSideSheet          *side_sheet,
                   BeConversation       *conversation,
                   BeStage              *stage)
{
  BeInspection *self = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION_WINDOW (window), NULL);
  g_return_val_if_fail (BE_IS_SIDE_SHEET (side_sheet), NULL);
  g_return_val_if_fail (BE_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (BE_IS_STAGE (stage), NULL);

  self = g_object_new (BE_TYPE_INSPECTION, NULL);
  g_set_weak_pointer (&self->window, G_ACTION_MAP (window));
  g_set_weak_pointer (&self->side_sheet, side_sheet);
  g_set_weak_pointer (&self->conversation, conversation);
  g_set_weak_pointer (&self->stage, stage);
  g_signal_connect_object (side_sheet, "opening", G_CALLBACK (opening_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (conversation, "notify::selected", G_CALLBACK (selected_changed_cb), self, G_CONNECT_SWAPPED);
  add_actions (self);

  return self;
}
