/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-remedy.h"

#include "be-descriptor-limit.h"
#include "be-outcome.h"
#include "be-own-address.h"

#include <glib/gi18n-lib.h>

#define MAX_REMEDIES 3

/* What may help, the likeliest first; what applies depends on the event. */
static const BeRemedy remedies[BE_N_OUTCOMES][MAX_REMEDIES] = {
  [BE_OUTCOME_REFUSED] = { BE_REMEDY_START_SERVER, BE_REMEDY_CALL_SERVER, BE_REMEDY_TRY_LOOPBACK },
  [BE_OUTCOME_NO_SUCH_PATH] = { BE_REMEDY_START_SERVER },
  [BE_OUTCOME_NO_ANSWER] = { BE_REMEDY_START_SERVER, BE_REMEDY_TRY_LOOPBACK },
  [BE_OUTCOME_HOST_UNREACHABLE] = { BE_REMEDY_START_SERVER, BE_REMEDY_TRY_LOOPBACK },
  [BE_OUTCOME_NETWORK_UNREACHABLE] = { BE_REMEDY_START_SERVER, BE_REMEDY_TRY_LOOPBACK },
  [BE_OUTCOME_NAME_NOT_FOUND] = { BE_REMEDY_TRY_LOOPBACK },
  [BE_OUTCOME_NAME_NOT_ANSWERED] = { BE_REMEDY_TRY_LOOPBACK },
  [BE_OUTCOME_PORT_IN_USE] = { BE_REMEDY_NEXT_PORT },
  [BE_OUTCOME_PORT_HAS_LISTENER] = { BE_REMEDY_NEXT_PORT },
  [BE_OUTCOME_PORT_HAS_CONNECTION] = { BE_REMEDY_NEXT_PORT },
  [BE_OUTCOME_PORT_IN_TIME_WAIT] = { BE_REMEDY_NEXT_PORT },
  [BE_OUTCOME_PRIVILEGED_PORT] = { BE_REMEDY_NEXT_PORT },
  [BE_OUTCOME_ADDRESS_NOT_OURS] = { BE_REMEDY_TRY_LOOPBACK },
  [BE_OUTCOME_FORBIDDEN] = { BE_REMEDY_NEXT_PORT, BE_REMEDY_TRY_LOOPBACK },
  [BE_OUTCOME_DATAGRAM_REFUSED] = { BE_REMEDY_START_SERVER, BE_REMEDY_TRY_LOOPBACK },
  [BE_OUTCOME_NO_DESCRIPTORS] = { BE_REMEDY_RAISE_LIMIT },
  [BE_OUTCOME_NO_FAMILY] = { BE_REMEDY_TRY_LOOPBACK },
};

/* A server can only be started on this computer: at the loopback, or at an
 * address that it has in a network. At the loopback everything but a refusal
 * says that a server is there already. */
static gboolean
can_start_server (const BeEventRecord *record)
{
  BeOutcome outcome = be_outcome_from_record (record);

  if (record->side != BE_SIDE_CLIENT)
    return FALSE;

  if (record->peer.family == BE_ADDRESS_UNIX || be_address_is_loopback (&record->peer) ||
      be_address_is_any (&record->peer))
    return outcome == BE_OUTCOME_REFUSED || outcome == BE_OUTCOME_DATAGRAM_REFUSED || outcome == BE_OUTCOME_NO_SUCH_PATH;

  return be_own_address_is (&record->peer);
}

/* The address that a client calls from is another matter. */
static gboolean
can_try_loopback (const BeEventRecord *record)
{
  if (record->side == BE_SIDE_SERVER)
    return !be_address_is_loopback (&record->local);

  return record->call != BE_CALL_BIND && !be_address_is_loopback (&record->peer) &&
         !be_address_is_any (&record->peer);
}

/**
 * be_remedy_helps:
 * @record: a call and its outcome
 *
 * Returns: whether this program could help here by doing @self
 */
gboolean
be_remedy_helps (BeRemedy             self,
                 const BeEventRecord *record)
{
  const BeRemedy *listed = NULL;
  gboolean        is_listed = FALSE;

  g_return_val_if_fail (record != NULL, FALSE);

  listed = remedies[be_outcome_from_record (record)];
  for (guint i = 0; i < MAX_REMEDIES; i++)
    is_listed = is_listed || listed[i] == self;

  if (!is_listed || (record->flags & BE_EVENT_MORE) != 0)
    return FALSE;

  switch (self)
    {
    case BE_REMEDY_START_SERVER:
      return can_start_server (record);
    case BE_REMEDY_CALL_SERVER:
      return record->side == BE_SIDE_CLIENT;
    case BE_REMEDY_TRY_LOOPBACK:
      return can_try_loopback (record);
    case BE_REMEDY_NEXT_PORT:
      return record->side == BE_SIDE_SERVER && record->call == BE_CALL_BIND && record->local.port != 0;
    case BE_REMEDY_RAISE_LIMIT:
      return be_descriptor_limit_can_rise ();
    case BE_REMEDY_NONE:
    default:
      return FALSE;
    }
}

/**
 * be_remedy_get_label:
 *
 * Returns: (nullable): what stands on its button
 */
const char *
be_remedy_get_label (BeRemedy self)
{
  switch (self)
    {
    case BE_REMEDY_START_SERVER:
      return _ ("Start the Server Here");
    case BE_REMEDY_CALL_SERVER:
      return _ ("Connect to the Server Here");
    case BE_REMEDY_TRY_LOOPBACK:
      return _ ("Try 127.0.0.1");
    case BE_REMEDY_NEXT_PORT:
      return _ ("Use the Next Free Port");
    case BE_REMEDY_RAISE_LIMIT:
      return _ ("Raise the Limit");
    case BE_REMEDY_NONE:
    default:
      return NULL;
    }
}
