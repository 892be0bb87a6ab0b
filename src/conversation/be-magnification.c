/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-magnification.h"

/* Like the resolution of the text, from which it follows, it is one for the
 * whole program. */
static double   current_factor = 1;
static gboolean is_for_projector = FALSE;

/**
 * be_magnification_set:
 * @factor: by what the text is larger than the desktop asks for
 * @is_projected: whether the conversation is shown to a whole room: what is
 *   said is then larger than what is said about it
 *
 * Tells what is drawn how large it is to be. The caller changes the resolution
 * of the text in the same breath, by which every widget is laid out anew.
 */
void
be_magnification_set (double   factor,
                      gboolean is_projected)
{
  g_return_if_fail (factor > 0);

  current_factor = factor;
  is_for_projector = is_projected;
}

double
be_magnification_get_factor (void)
{
  return current_factor;
}

gboolean
be_magnification_is_projected (void)
{
  return is_for_projector;
}
