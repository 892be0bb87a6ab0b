/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-name-lookup.h"

#include "be-worker-commands.h"

#include <string.h>

/* A name with more addresses than this is not tried to its end. */
#define MAX_ADDRESSES 32

static GArray *
collect_addresses (GList  *found,
                   guint16 port)
{
  GArray *addresses = g_array_new (FALSE, TRUE, sizeof (BeAddress));

  for (GList *link = found; link != NULL && addresses->len < MAX_ADDRESSES; link = link->next)
    {
      g_autoptr (GSocketAddress) native = g_inet_socket_address_new (link->data, port);
      BeAddress address;

      if (be_address_set_socket_address (&address, native))
        g_array_append_val (addresses, address);
    }

  return addresses;
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  BeEndpoint *endpoint = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) addresses = NULL;
  g_autolist (GInetAddress) found = NULL;

  found = g_resolver_lookup_by_name_finish (G_RESOLVER (object), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  addresses = collect_addresses (found, be_endpoint_get_port (endpoint));
  if (addresses->len == 0)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                             "No address that can be connected to");
  else
    g_task_return_pointer (task, g_steal_pointer (&addresses), (GDestroyNotify) g_array_unref);
}

/* The payload of getaddrinfo () is the name that was asked for. */
static void
report_outcome (BeWorker      *worker,
                BeEventRecord *record,
                const char    *name)
{
  g_autoptr (GBytes) payload = g_bytes_new (name, strlen (name));

  record->time = g_get_monotonic_time ();
  be_worker_post_report (worker, record, payload);
}

/**
 * be_name_lookup_async:
 * @endpoint: its host is a name
 *
 * Asks the system's resolver for the addresses of a name (getaddrinfo(3)),
 * without waiting.
 */
void
be_name_lookup_async (BeEndpoint         *endpoint,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  g_return_if_fail (endpoint != NULL);

  g_task_set_source_tag (task, be_name_lookup_async);
  g_task_set_task_data (task, be_endpoint_ref (endpoint), (GDestroyNotify) be_endpoint_unref);
  g_resolver_lookup_by_name_async (resolver, be_endpoint_get_host (endpoint), cancellable,
                                   looked_up_cb, g_steal_pointer (&task));
}

/**
 * be_name_lookup_finish:
 *
 * Returns: (transfer full) (element-type BeAddress): the addresses with the
 *   endpoint's port, in the order in which to try them, at least one and at
 *   most 32; or %NULL with an error of %G_RESOLVER_ERROR or of the
 *   cancellable
 */
GArray *
be_name_lookup_finish (GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * be_name_lookup_report:
 * @addresses: (nullable): what be_name_lookup_finish () returned
 * @error: (nullable): its error, when there are none
 *
 * Reports getaddrinfo () as events of a session: one for each address, or one
 * that says why there is none.
 */
void
be_name_lookup_report (BeWorker     *worker,
                       const char   *name,
                       GArray       *addresses,
                       const GError *error)
{
  BeEventRecord record;

  g_return_if_fail (worker != NULL);
  g_return_if_fail ((addresses == NULL) != (error == NULL));

  be_worker_begin_record (worker, &record, BE_CALL_GETADDRINFO, 0);
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      record.result = (int) addresses->len;
      record.peer = g_array_index (addresses, BeAddress, i);
      report_outcome (worker, &record, name);
    }
  if (addresses != NULL)
    return;

  record.result = -1;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    record.flags = BE_EVENT_CANCELLED;
  else
    record.error =
      (error->domain == G_RESOLVER_ERROR ? error->code : G_RESOLVER_ERROR_INTERNAL) + 1;
  report_outcome (worker, &record, name);
}
