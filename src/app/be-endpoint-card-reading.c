/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-endpoint-card-private.h"

#include "be-reader-options.h"
#include "be-socket-row.h"

#define SETTING_TYPE "(suu)"

/* As in the template of BeReaderOptions. */
#define MIN_INTERVAL_MS 10u
#define MAX_INTERVAL_MS 60000u

/* How they are called in the settings. */
static const char *const reading_names[] = { "at-once", "on-request", "timed" };

static char *
dup_key (BeEndpointCard *self)
{
  return g_strdup_printf ("%s-%s-reading", self->protocol == BE_PROTOCOL_UDP ? "udp" : "tcp",
                          self->side == BE_SIDE_SERVER ? "server" : "client");
}

/* What somebody wrote there by hand is put right. */
static BeReadingChoice
load (BeEndpointCard *self)
{
  BeReadingChoice  choice = be_reading_choice_get_usual ();
  g_autofree char *key = dup_key (self);
  g_autofree char *name = NULL;
  guint            interval_ms = 0;
  guint            recv_size = 0;

  g_settings_get (self->settings, key, SETTING_TYPE, &name, &interval_ms, &recv_size);
  for (guint i = 0; i < G_N_ELEMENTS (reading_names); i++)
    {
      if (g_str_equal (name, reading_names[i]))
        choice.reading = (BeReading) i;
    }
  if (interval_ms > 0)
    choice.interval_ms = CLAMP (interval_ms, MIN_INTERVAL_MS, MAX_INTERVAL_MS);
  choice.recv_size = MIN (recv_size, BE_READING_MAX_BYTES);

  return choice;
}

static void
reading_changed_cb (BeEndpointCard  *self,
                    BeReaderOptions *options)
{
  BeReadingChoice  choice = be_reader_options_get_choice (options);
  g_autofree char *key = dup_key (self);

  be_stage_set_reading (self->stage, self->protocol, self->side, &choice);
  if (self->settings != NULL)
    g_settings_set (self->settings, key, SETTING_TYPE, reading_names[choice.reading], choice.interval_ms, choice.recv_size);
}

/* One socket */

static GtkWidget *
find_row (BeEndpointCard *self,
          guint32         session_id,
          guint32         peer_id)
{
  GPtrArray *rows = be_socket_pane_get_rows (self->pane);

  for (guint i = 0; i < rows->len; i++)
    {
      BeSocketSummary *summary = be_socket_row_get_summary (g_ptr_array_index (rows, i));

      if (summary != NULL && be_socket_summary_get_session_id (summary) == session_id &&
          be_socket_summary_get_peer_id (summary) == peer_id)
        return g_ptr_array_index (rows, i);
    }

  return NULL;
}

static void
socket_reading_changed_cb (BeSocketSummary *summary,
                           BeReaderOptions *options)
{
  GtkWidget      *card = gtk_widget_get_ancestor (GTK_WIDGET (options), BE_TYPE_ENDPOINT_CARD);
  BeReadingChoice choice = be_reader_options_get_choice (options);

  if (card != NULL)
    be_stage_set_socket_reading (BE_ENDPOINT_CARD (card)->stage, summary, &choice);
}

static gboolean
unparent_cb (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);

  return G_SOURCE_REMOVE;
}

/* Not in the middle of its own signal. */
static void
popover_closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

/* The row shows another socket now. */
static void
summary_changed_cb (GtkWidget *popover)
{
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
show_reading_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BeEndpointCard  *self = BE_ENDPOINT_CARD (widget);
  GtkWidget       *row = NULL;
  GtkWidget       *popover = NULL;
  GtkWidget       *options = NULL;
  BeSocketSummary *summary = NULL;
  BeReadingChoice  choice;
  guint32          session_id = 0;
  guint32          peer_id = 0;

  g_variant_get (parameter, "(uu)", &session_id, &peer_id);
  row = find_row (self, session_id, peer_id);
  if (row == NULL)
    return;

  summary = be_socket_row_get_summary (BE_SOCKET_ROW (row));
  choice = be_stage_get_socket_reading (self->stage, summary);
  options = g_object_new (BE_TYPE_READER_OPTIONS,
                          "margin-start", 6, "margin-end", 6, "margin-top", 6, "margin-bottom", 6, NULL);
  be_reader_options_set_choice (BE_READER_OPTIONS (options), &choice,
                                be_reading_choice_get_step_bytes (self->protocol));
  g_signal_connect_object (options, "changed", G_CALLBACK (socket_reading_changed_cb), summary, G_CONNECT_SWAPPED);

  popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), options);
  gtk_widget_set_parent (popover, row);
  g_signal_connect (popover, "closed", G_CALLBACK (popover_closed_cb), NULL);
  g_signal_connect_object (row, "notify::summary", G_CALLBACK (summary_changed_cb), popover, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

void
be_endpoint_card_install_reading (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "endpoint.show-reading-peer", "(uu)", show_reading_cb);
}

static void
show_choice (BeEndpointCard *self)
{
  BeReaderOptions *reader = be_endpoint_options_get_reader (self->options);
  BeReadingChoice  choice = be_stage_get_reading (self->stage, self->protocol, self->side);

  if (reader != NULL)
    be_reader_options_set_choice (reader, &choice, be_reading_choice_get_step_bytes (self->protocol));
}

static void
reader_made_cb (BeEndpointCard *self)
{
  show_choice (self);
  g_signal_connect_object (be_endpoint_options_get_reader (self->options), "changed", G_CALLBACK (reading_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The card shows another protocol, or has got its stage or settings. */
void
be_endpoint_card_show_reading (BeEndpointCard *self)
{
  BeReadingChoice choice;

  if (self->stage == NULL)
    return;

  if (self->settings != NULL)
    {
      choice = load (self);
      be_stage_set_reading (self->stage, self->protocol, self->side, &choice);
    }

  show_choice (self);
  if (g_signal_handler_find (self->options, G_SIGNAL_MATCH_FUNC | G_SIGNAL_MATCH_DATA, 0, 0, NULL, reader_made_cb, self) == 0)
    g_signal_connect_object (self->options, "reader-made", G_CALLBACK (reader_made_cb), self, G_CONNECT_SWAPPED);
}
