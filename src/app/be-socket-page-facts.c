/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-socket-page-private.h"

#include "be-chip.h"
#include "be-socket-option-texts.h"
#include "be-socket-page-words.h"

#include <glib/gi18n-lib.h>

static void
show_identity (BeSocketPage         *self,
               const BeSocketReport *report)
{
  g_autofree char *descriptor = g_strdup_printf ("%d", report->descriptor);
  g_autofree char *call = be_socket_page_words_dup_call (report);
  g_autofree char *source = be_socket_page_words_dup_state_source (report);
  g_autofree char *local = be_address_to_string (&report->local);
  g_autofree char *peer = be_address_to_string (&report->peer);
  g_autofree char *receive = be_socket_page_words_dup_timeout (report->receive_timeout);
  g_autofree char *send = be_socket_page_words_dup_timeout (report->send_timeout);
  gboolean         has_peer = report->peer.family != BE_ADDRESS_NONE;

  be_state_chip_set_label (self->chip, g_dgettext (GETTEXT_PACKAGE, be_system_state_get_name (report->state)));
  be_state_chip_set_kind (self->chip, be_chip_kind_for_state (report->state));
  be_fact_row_set_note (self->state_row, source);
  be_fact_row_set_value (self->descriptor_row, descriptor);
  be_fact_row_set_value (self->socket_row, call);
  be_fact_row_set_note (self->socket_row, be_socket_page_words_get_kind (report));
  be_fact_row_set_value (self->local_row, local);
  be_fact_row_set_value (self->peer_row, has_peer ? peer : "ENOTCONN");
  be_fact_row_set_note (self->peer_row, has_peer ? _ ("The address of the other end.") : _ ("It is connected to nobody."));
  be_fact_row_set_value (self->blocking_row, report->is_non_blocking ? C_ ("socket option", "on") : C_ ("socket option", "off"));
  be_fact_row_set_note (self->blocking_row, be_socket_page_words_get_waiting (report));
  be_fact_row_set_value (self->receive_timeout_row, receive);
  be_fact_row_set_note (self->receive_timeout_row, be_socket_page_words_get_timeout_note (report));
  be_fact_row_set_value (self->send_timeout_row, send);
  be_fact_row_set_note (self->send_timeout_row, be_socket_page_words_get_timeout_note (report));
}

static void
show_option (BeSocketPage         *self,
             const BeSocketReport *report,
             BeSocketOption        option)
{
  const BeOptionReport *answer = &report->options[option];
  BeFactRow            *row = self->option_rows[option];
  GtkWidget            *editor = GTK_WIDGET (self->editors[option]);
  const char           *name = be_socket_option_get_name (option, &report->traits);
  g_autofree char      *value = be_socket_page_words_dup_option (answer, option);
  gboolean              can_set = answer->refusal == BE_OPTION_ALLOWED && answer->error == 0;

  if (!g_str_equal (be_fact_row_get_heading (row), name))
    {
      be_fact_row_set_heading (row, name);
      be_option_editor_set_name (self->editors[option], name);
    }

  be_fact_row_set_value (row, value);
  gtk_widget_set_sensitive (editor, can_set);
  gtk_widget_set_visible (editor, answer->error == 0 && (can_set || be_socket_option_get_kind (option) != BE_SOCKET_OPTION_NUMBER));
  if (answer->refusal != BE_OPTION_ALLOWED)
    be_fact_row_set_reason (row, be_option_refusal_get_sentence (answer->refusal));

  if (self->has_report)
    be_option_editor_set_value (self->editors[option], answer->value);
  else
    be_option_editor_start_at (self->editors[option], answer->value);
}

static void
show_number (BeFactRow *row,
             guint32    number)
{
  g_autofree char *value = g_strdup_printf ("%'u", number);

  gtk_widget_set_visible (GTK_WIDGET (row), number != BE_TCP_NUMBER_NOT_TOLD);
  be_fact_row_set_value (row, value);
}

static void
show_tcp (BeSocketPage         *self,
          const BeSocketReport *report)
{
  const BeTcpNumbers *tcp = &report->tcp;
  gboolean            is_tcp = report->traits.is_stream && report->traits.family != BE_ADDRESS_UNIX;
  gboolean            is_told = *be_tcp_numbers_get_source () != '\0';
  g_autofree char    *rtt = be_socket_page_words_dup_milliseconds (tcp->round_trip, tcp->round_trip_variation);
  g_autofree char    *queue = g_strdup_printf ("%'u / %'u", tcp->accept_queue, tcp->accept_queue_limit);

  gtk_widget_set_visible (self->tcp_group, is_tcp && is_told);
  gtk_widget_set_visible (self->untold_label, is_tcp && !is_told);
  gtk_widget_set_visible (GTK_WIDGET (self->rtt_row), tcp->round_trip != BE_TCP_NUMBER_NOT_TOLD);
  be_fact_row_set_value (self->rtt_row, rtt);
  show_number (self->mss_row, tcp->segment_bytes);
  show_number (self->cwnd_row, tcp->congestion_window);
  show_number (self->unacked_row, tcp->unacknowledged);
  show_number (self->retransmits_row, tcp->retransmits);
  gtk_widget_set_visible (GTK_WIDGET (self->queue_row), tcp->accept_queue != BE_TCP_NUMBER_NOT_TOLD);
  be_fact_row_set_value (self->queue_row, queue);
}

/**
 * be_socket_page_show_report:
 *
 * Shows what the system says. Rows stay, and only texts that differ are set.
 */
void
be_socket_page_show_report (BeSocketPage         *self,
                            const BeSocketReport *report)
{
  show_identity (self, report);
  for (guint option = 0; option < BE_N_SOCKET_OPTIONS; option++)
    show_option (self, report, option);
  show_tcp (self, report);

  self->has_report = TRUE;
  gtk_widget_set_visible (self->empty_label, FALSE);
  gtk_widget_set_visible (self->facts, TRUE);
}
