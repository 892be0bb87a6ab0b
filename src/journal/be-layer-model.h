/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

typedef enum
{
  BE_LAYER_SCHEME_FIVE,  /* of the Internet */
  BE_LAYER_SCHEME_SEVEN, /* of OSI */
} BeLayerScheme;

typedef enum
{
  BE_LAYER_APPLICATION,
  BE_LAYER_PRESENTATION,
  BE_LAYER_SESSION,
  BE_LAYER_TRANSPORT,
  BE_LAYER_NETWORK,
  BE_LAYER_LINK,
  BE_LAYER_PHYSICAL,
} BeLayerKind;

#define BE_N_LAYERS (BE_LAYER_PHYSICAL + 1)

/**
 * BeLayer:
 *
 * One layer, and what it adds around what the layer above gave it.
 */
typedef struct
{
  BeLayerKind kind;
  guint       number; /* from below, 1 is the physical */
  char       *name;
  char       *text;   /* whole sentences */
  char       *header; /* (nullable): a short name of what it adds, such as "TCP"; NULL: nothing */
  guint       header_bytes;
  guint       trailer_bytes;
  guint64     n_units;     /* segments, packets or frames */
  guint64     total_bytes; /* of all units with what they carry */
  gboolean    is_header_least;
  gboolean    is_least;  /* @total_bytes may be more */
  gboolean    is_absent; /* there is no such layer on the way */
} BeLayer;

/**
 * BeLayerModel:
 *
 * What each layer adds around the bytes of one event, or around the segment
 * that the system sends for it. A copy of what it needs: the event may go. It
 * is freed with be_layer_model_free().
 */
typedef struct
{
  char    *title; /* what travels, or why nothing does */
  gboolean is_upward;
  guint32  n_bytes;  /* of the program */
  char    *content;  /* (nullable): what the innermost box has in it: the beginning of the bytes, or "SYN, no data" */
  guint    n_layers; /* from above; 0: nothing travels */
  BeLayer  layers[BE_N_LAYERS];
} BeLayerModel;

BeLayerModel *be_layer_model_new (const BeEventRecord *record,
                                  BeLayerScheme        scheme,
                                  gboolean             has_both_ends);
void          be_layer_model_free (BeLayerModel *self);
char         *be_layer_dup_size (const BeLayer *self);
char         *be_layer_model_dup_description (const BeLayerModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeLayerModel, be_layer_model_free)

G_END_DECLS
