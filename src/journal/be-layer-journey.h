/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/**
 * BeLayerTravel:
 *
 * What goes through the layers because of a call, or went before it.
 */
typedef enum
{
  BE_LAYER_TRAVEL_NOTHING,
  BE_LAYER_TRAVEL_DATA,
  BE_LAYER_TRAVEL_SYN,
  BE_LAYER_TRAVEL_FIN,
  BE_LAYER_TRAVEL_RST,
} BeLayerTravel;

/**
 * BeLayerJourney:
 *
 * What travels from where to where, as far as one event tells: a value, whose
 * sizes of headers are those that a header has at least.
 */
typedef struct
{
  BeLayerTravel travel;
  gboolean      is_upward;   /* came to this program */
  gboolean      is_loopback; /* never leaves this computer */
  gboolean      is_ipv6;
  gboolean      is_datagram;
  gboolean      is_cut; /* the datagram was longer than what is known of it */
  guint32       n_bytes;
  BeAddress     source;
  BeAddress     destination;
} BeLayerJourney;

void  be_layer_journey_init (BeLayerJourney      *self,
                             const BeEventRecord *record,
                             gboolean             has_both_ends);
char *be_layer_journey_dup_title (const BeLayerJourney *self,
                                  const BeEventRecord  *record);

G_END_DECLS
