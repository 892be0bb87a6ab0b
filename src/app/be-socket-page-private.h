/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-fact-row.h"
#include "be-option-editor.h"
#include "be-socket-page.h"
#include "be-socket-report.h"
#include "be-state-chip.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* be-socket-page.c asks, be-socket-page-facts.c shows what is answered. */

struct _BeSocketPage
{
  GtkWidget parent_instance;

  GtkWidget           *empty_label;
  GtkLabel            *closed_label;
  GtkWidget           *facts;
  AdwPreferencesGroup *options_group;
  GtkWidget           *tcp_group;
  GtkWidget           *untold_label;

  BeFactRow   *state_row;
  BeStateChip *chip;
  BeFactRow   *socket_row;
  BeFactRow   *descriptor_row;
  BeFactRow   *local_row;
  BeFactRow   *peer_row;
  BeFactRow   *blocking_row;
  BeFactRow   *receive_timeout_row;
  BeFactRow   *send_timeout_row;

  BeFactRow      *option_rows[BE_N_SOCKET_OPTIONS];
  BeOptionEditor *editors[BE_N_SOCKET_OPTIONS];

  BeFactRow *rtt_row;
  BeFactRow *mss_row;
  BeFactRow *cwnd_row;
  BeFactRow *unacked_row;
  BeFactRow *retransmits_row;
  BeFactRow *queue_row;

  GWeakRef      session;
  GSignalGroup *network; /* of the session */
  guint32       socket_id;
  gboolean      has_report;
  gboolean      is_closed;
  gboolean      is_asking;
  GCancellable *cancellable; /* of all questions about this socket */
  guint         timer;
};

void be_socket_page_show_report (BeSocketPage         *self,
                                 const BeSocketReport *report);

G_END_DECLS
