/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-page.h"

#include "be-event-text.h"
#include "be-socket-inquiry.h"
#include "be-socket-option-texts.h"
#include "be-socket-page-private.h"
#include "be-socket-page-words.h"

#include <glib/gi18n-lib.h>

#define INTERVAL_MILLISECONDS 500

/**
 * BeSocketPage:
 *
 * All that the system says of one socket: what it is, its options, and the
 * numbers of its TCP connection. While it is on the screen it asks twice a
 * second, and else not at all. What can be set is set here; what is shown is
 * what the system says afterwards. When the socket is closed, the last that
 * was heard of it stays.
 *
 * Holds no reference to the session: it must be able to end. It does not
 * scroll; whoever has it lets it.
 */
G_DEFINE_FINAL_TYPE (BeSocketPage, be_socket_page, GTK_TYPE_WIDGET)

/* One change of an option on its way. */
typedef struct
{
  BeSocketPage  *page; /* not owned: the answer says whether it is still there */
  BeSocketOption option;
  int            value;
} Change;

/* @sentence: when it was closed, as far as that is known */
static void
show_closed (BeSocketPage *self,
             const char   *sentence)
{
  self->is_closed = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_label_set_text (self->closed_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->closed_label), TRUE);
  gtk_widget_set_visible (self->empty_label, FALSE);
  if (!self->has_report)
    return;

  be_state_chip_set_label (self->chip, _ ("closed"));
  be_state_chip_set_kind (self->chip, BE_CHIP_CLOSED);
  be_fact_row_set_note (self->state_row, NULL);
  for (guint option = 0; option < BE_N_SOCKET_OPTIONS; option++)
    gtk_widget_set_sensitive (GTK_WIDGET (self->editors[option]), FALSE);
}

/* Questions */

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree BeSocketReport *report = be_session_inquire_finish (result, &error);
  BeSocketPage              *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_asking = FALSE;
  if (self->is_closed)
    return;

  /* The event of its end may still be on its way. */
  if (report == NULL)
    show_closed (self, self->has_report ? _ ("Closed. These are the last values.") : _ ("This socket is closed."));
  else
    be_socket_page_show_report (self, report);
}

static void
ask (BeSocketPage *self)
{
  g_autoptr (BeSession) session = g_weak_ref_get (&self->session);

  if (self->is_asking || self->is_closed)
    return;

  if (session == NULL)
    {
      show_closed (self, self->has_report ? _ ("Closed. These are the last values.") : _ ("This socket is closed."));
      return;
    }

  self->is_asking = TRUE;
  be_session_inquire_async (session, self->socket_id, self->cancellable, answered_cb, self);
}

static gboolean
timer_cb (gpointer user_data)
{
  BeSocketPage *self = user_data;

  ask (self);

  return self->timer != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Nothing is asked that nobody sees. */
static void
update_timer (BeSocketPage *self)
{
  gboolean is_wanted = self->cancellable != NULL && !self->is_closed && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (!is_wanted)
    g_clear_handle_id (&self->timer, g_source_remove);
  else if (self->timer == 0)
    {
      self->timer = g_timeout_add (INTERVAL_MILLISECONDS, timer_cb, self);
      ask (self);
    }
}

static void
set_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autofree Change *change = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree BeSocketReport *report = be_session_inquire_finish (result, &error);
  g_autofree char           *reason = NULL;

  /* Cancelled: the page shows another socket, or is gone. */
  if (report == NULL || change->page->is_closed)
    return;

  be_socket_page_show_report (change->page, report);
  reason = be_socket_page_words_dup_reason (report, change->option, change->value);
  be_fact_row_set_reason (change->page->option_rows[change->option], reason);
}

static void
asked_cb (BeSocketPage *self,
          int           option,
          int           value)
{
  g_autoptr (BeSession) session = g_weak_ref_get (&self->session);
  Change *change;

  if (session == NULL || self->is_closed)
    return;

  change = g_new (Change, 1);
  *change = (Change){ self, option, value };
  be_session_set_option_async (session, self->socket_id, option, value, self->cancellable, set_cb, change);
}

static void
events_cb (BeSocketPage       *self,
           const BeEventBatch *batch,
           BeNetworkThread    *network)
{
  const BeEventRecord *record = NULL;

  for (record = be_event_batch_first (batch); record != NULL; record = be_event_batch_next (batch, record))
    {
      if (record->socket_id == self->socket_id && record->call == BE_CALL_CLOSE)
        {
          g_autofree char *time = be_event_text_time (record, be_network_thread_get_epoch (network));
          g_autofree char *sentence = NULL;

          /* Translators: %s is a time as in the rows, such as "3.204 s" */
          sentence = g_strdup_printf (self->has_report ? _ ("Closed at %s. These are the last values.") : _ ("Closed at %s."), time);
          show_closed (self, sentence);
          g_signal_group_set_target (self->network, NULL); /* no event tells more */
          return;
        }
    }
}

static void
forget_questions (BeSocketPage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->is_asking = FALSE;
}

static void
add_option_rows (BeSocketPage *self)
{
  for (guint option = 0; option < BE_N_SOCKET_OPTIONS; option++)
    {
      BeFactRow *row = BE_FACT_ROW (be_fact_row_new ());
      GtkWidget *editor = be_option_editor_new (option);

      self->option_rows[option] = row;
      self->editors[option] = BE_OPTION_EDITOR (editor);
      be_fact_row_set_note (row, be_socket_option_get_meaning (option));
      if (be_socket_option_get_kind (option) == BE_SOCKET_OPTION_NUMBER)
        be_fact_row_add_below (row, editor);
      else
        be_fact_row_add_beside (row, editor);
      adw_preferences_group_add (self->options_group, GTK_WIDGET (row));
      g_signal_connect_object (editor, "asked", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
    }
}

/* GtkWidget */

static void
be_socket_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (be_socket_page_parent_class)->map (widget);

  update_timer (BE_SOCKET_PAGE (widget));
}

static void
be_socket_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (be_socket_page_parent_class)->unmap (widget);

  update_timer (BE_SOCKET_PAGE (widget));
}

/* GObject */

static void
be_socket_page_dispose (GObject *object)
{
  BeSocketPage *self = BE_SOCKET_PAGE (object);
  GtkWidget    *child = NULL;

  forget_questions (self);
  g_clear_object (&self->network);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (be_socket_page_parent_class)->dispose (object);
}

static void
be_socket_page_finalize (GObject *object)
{
  g_weak_ref_clear (&BE_SOCKET_PAGE (object)->session);

  G_OBJECT_CLASS (be_socket_page_parent_class)->finalize (object);
}

static void
be_socket_page_class_init (BeSocketPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_socket_page_dispose;
  object_class->finalize = be_socket_page_finalize;
  widget_class->map = be_socket_page_map;
  widget_class->unmap = be_socket_page_unmap;

  g_type_ensure (BE_TYPE_FACT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-socket-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, empty_label);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, closed_label);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, facts);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, options_group);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, tcp_group);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, untold_label);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, socket_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, descriptor_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, local_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, peer_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, blocking_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, receive_timeout_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, send_timeout_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, rtt_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, mss_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, cwnd_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, unacked_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, retransmits_row);
  gtk_widget_class_bind_template_child (widget_class, BeSocketPage, queue_row);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "socketpage");
}

static void
be_socket_page_init (BeSocketPage *self)
{
  GtkLayoutManager *layout;

  g_weak_ref_init (&self->session, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);

  self->chip = BE_STATE_CHIP (be_state_chip_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->chip), GTK_ALIGN_CENTER);
  be_fact_row_add_beside (self->state_row, GTK_WIDGET (self->chip));
  add_option_rows (self);

  self->network = g_signal_group_new (BE_TYPE_NETWORK_THREAD);
  g_signal_group_connect_object (self->network, "events", G_CALLBACK (events_cb), self, G_CONNECT_SWAPPED);
}

/* Public */

/**
 * be_socket_page_new:
 *
 * Returns: (transfer floating): a page that shows no socket yet
 */
GtkWidget *
be_socket_page_new (void)
{
  return g_object_new (BE_TYPE_SOCKET_PAGE, NULL);
}

/**
 * be_socket_page_set_socket:
 * @session: (nullable): whose socket it is; not referenced. %NULL when it has
 *   ended and is forgotten
 * @socket_id: the number that its events carry; 0 for none
 *
 * Shows another socket, or none. One that is closed already has nothing to
 * tell any more; one that is shown when its session ends keeps its last values.
 */
void
be_socket_page_set_socket (BeSocketPage *self,
                           BeSession    *session,
                           guint32       socket_id)
{
  g_autoptr (BeSession) before = NULL;

  g_return_if_fail (BE_IS_SOCKET_PAGE (self));
  g_return_if_fail (session == NULL || BE_IS_SESSION (session));

  before = g_weak_ref_get (&self->session);
  if (self->socket_id == socket_id && (session == before || session == NULL))
    return;

  forget_questions (self);
  g_weak_ref_set (&self->session, session);
  g_signal_group_set_target (self->network, session != NULL ? be_session_get_network (session) : NULL);
  self->socket_id = socket_id;
  self->has_report = self->is_closed = FALSE;

  gtk_widget_set_visible (GTK_WIDGET (self->closed_label), FALSE);
  gtk_widget_set_visible (self->empty_label, socket_id == 0);
  gtk_widget_set_visible (self->facts, FALSE);
  for (guint option = 0; option < BE_N_SOCKET_OPTIONS; option++)
    be_fact_row_set_reason (self->option_rows[option], NULL);

  if (socket_id == 0)
    return;

  self->cancellable = g_cancellable_new ();
  if (session == NULL)
    show_closed (self, _ ("This socket is closed."));
  update_timer (self);
}
