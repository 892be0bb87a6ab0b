/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-criteria.h"

#define KINDS_OF_SUCCESS (BE_EVENT_KIND_DATA | BE_EVENT_KIND_STATES)

static guint8
get_traits (BeSideFilter side)
{
  switch (side)
    {
    case BE_SIDE_FILTER_SERVER:
      return BE_EVENT_TRAIT_SERVER;

    case BE_SIDE_FILTER_CLIENT:
      return BE_EVENT_TRAIT_CLIENT;

    case BE_SIDE_FILTER_BOTH:
    default:
      return BE_EVENT_TRAIT_EITHER_SIDE;
    }
}

/**
 * be_event_criteria_clear:
 *
 * Leaves nothing out, and holds on to nothing.
 */
void
be_event_criteria_clear (BeEventCriteria *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->matcher, be_text_matcher_free);
  g_clear_pointer (&self->text, g_free);
  self->kinds = BE_EVENT_KIND_ALL;
  self->sides = BE_EVENT_TRAIT_EITHER_SIDE;
  self->connection = BE_EVENT_NO_CONNECTION;
}

/**
 * be_event_criteria_set_side:
 *
 * Returns: whether it was another one.
 */
gboolean
be_event_criteria_set_side (BeEventCriteria *self,
                            BeSideFilter     side)
{
  guint8 sides = get_traits (side);

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->sides == sides)
    return FALSE;

  self->sides = sides;

  return TRUE;
}

/**
 * be_event_criteria_set_text:
 * @text: (nullable): what to look for; %NULL or empty for anything
 *
 * Returns: whether it was another one.
 */
gboolean
be_event_criteria_set_text (BeEventCriteria *self,
                            const char      *text)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (text != NULL && *text == '\0')
    text = NULL;

  if (g_strcmp0 (self->text, text) == 0)
    return FALSE;

  g_clear_pointer (&self->matcher, be_text_matcher_free);
  g_free (self->text);
  self->text = g_strdup (text);
  if (text != NULL)
    self->matcher = be_text_matcher_new (text);

  return TRUE;
}

/**
 * be_event_criteria_needs_record:
 *
 * Returns: whether more of a record than its traits has to be looked at.
 */
gboolean
be_event_criteria_needs_record (const BeEventCriteria *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->connection != BE_EVENT_NO_CONNECTION || self->matcher != NULL;
}

/**
 * be_event_criteria_leaves_out:
 *
 * Returns: whether there may be a record that does not pass.
 */
gboolean
be_event_criteria_leaves_out (const BeEventCriteria *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->kinds & KINDS_OF_SUCCESS) != KINDS_OF_SUCCESS ||
         self->sides != BE_EVENT_TRAIT_EITHER_SIDE ||
         be_event_criteria_needs_record (self);
}
