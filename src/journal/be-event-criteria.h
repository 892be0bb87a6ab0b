/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-text-matcher.h"

G_BEGIN_DECLS

/**
 * BeEventKinds:
 *
 * What a reader wants to see. Failures are shown with any kind asked for,
 * unless only %BE_EVENT_KIND_ERRORS is.
 */
typedef enum
{
  BE_EVENT_KIND_DATA = 1 << 0,   /* bytes moved */
  BE_EVENT_KIND_STATES = 1 << 1, /* everything else that succeeded */
  BE_EVENT_KIND_ERRORS = 1 << 2, /* calls that failed */
} BeEventKinds;

#define BE_EVENT_KIND_ALL (BE_EVENT_KIND_DATA | BE_EVENT_KIND_STATES | BE_EVENT_KIND_ERRORS)

typedef enum
{
  BE_SIDE_FILTER_BOTH,
  BE_SIDE_FILTER_SERVER,
  BE_SIDE_FILTER_CLIENT,
} BeSideFilter;

/**
 * BeEventTraits:
 *
 * What going through many records asks first of each, in one byte: the kinds
 * that show it in the lowest bits (#BeEventKinds), and its side. It has to have
 * one of the kinds and one of the sides that are asked for.
 */
typedef enum
{
  BE_EVENT_TRAIT_SERVER = 1 << 3,
  BE_EVENT_TRAIT_CLIENT = 1 << 4,
} BeEventTraits;

#define BE_EVENT_TRAIT_EITHER_SIDE (BE_EVENT_TRAIT_SERVER | BE_EVENT_TRAIT_CLIENT)

/**
 * BeEventCriteria:
 *
 * Which records a reader wants: those that pass all of it. Owns the text; one
 * that is all 0 is to be cleared first, and the last thing is to clear it.
 */
typedef struct
{
  guint8         kinds;      /* BeEventKinds */
  guint8         sides;      /* of BeEventTraits */
  guint32        connection; /* BE_EVENT_NO_CONNECTION: any */
  char          *text;       /* NULL: any text, and no matcher */
  BeTextMatcher *matcher;
} BeEventCriteria;

void     be_event_criteria_clear (BeEventCriteria *self);
gboolean be_event_criteria_set_side (BeEventCriteria *self,
                                     BeSideFilter     side);
gboolean be_event_criteria_set_text (BeEventCriteria *self,
                                     const char      *text);
gboolean be_event_criteria_needs_record (const BeEventCriteria *self);
gboolean be_event_criteria_leaves_out (const BeEventCriteria *self);

/**
 * be_event_criteria_describe:
 *
 * Returns: the record's #BeEventTraits.
 */
static inline guint8
be_event_criteria_describe (const BeEventRecord *record)
{
  guint8 side = record->side == BE_SIDE_SERVER ? BE_EVENT_TRAIT_SERVER : BE_EVENT_TRAIT_CLIENT;

  if (be_event_record_is_failure (record))
    return side | BE_EVENT_KIND_ALL;

  return side | (be_event_record_is_data (record) ? BE_EVENT_KIND_DATA : BE_EVENT_KIND_STATES);
}

G_END_DECLS
