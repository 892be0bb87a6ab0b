/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-connecting-line.h"

#include <glib/gi18n-lib.h>

/* On one line of a card. */
#define MAX_PORTS 5u

/* Where somebody answers it takes less: the card is not to jump for that. */
#define PATIENCE_MICROSECONDS 400000

/**
 * BeConnectingLine:
 *
 * The clients of which connect () was called and has not returned, on the
 * client's card: they have no letter and no row yet, and their ports tell which
 * they are. Takes no room while there are none.
 *
 * Holds a reference to the watch. It ends with its widget.
 */
struct _BeConnectingLine
{
  AdwBin parent_instance;

  GtkLabel     *label;
  BeStateWatch *states;
  guint         show_source;
};

G_DEFINE_FINAL_TYPE (BeConnectingLine, be_connecting_line, ADW_TYPE_BIN)

static gboolean
is_connecting (const BeStateConnection *connection)
{
  const BeStateEnd *client = &connection->ends[BE_SIDE_CLIENT];

  return connection->connection == BE_EVENT_NO_CONNECTION && client->is_open && client->state == BE_SYSTEM_STATE_SYN_SENT;
}

/* Returns: (transfer full): the ports of the newest, the oldest of them first;
 * how many connect at all, and since when the first of them does */
static char *
dup_ports (BeConnectingLine *self,
           guint            *n_all,
           gint64           *since)
{
  guint    n_connections = be_state_watch_get_n_connections (self->states);
  GString *ports = g_string_new (NULL);

  *n_all = 0;
  *since = G_MAXINT64;
  for (guint i = n_connections; i-- > 0;)
    {
      const BeStateConnection *connection = be_state_watch_get_connection (self->states, i);
      g_autofree char         *port = NULL;

      if (!is_connecting (connection))
        continue;

      *since = MIN (*since, connection->changed_time);
      if (++*n_all > MAX_PORTS)
        continue;

      port = g_strdup_printf ("%u%s", connection->addresses[BE_SIDE_CLIENT].port, *n_all > 1 ? ", " : "");
      g_string_prepend (ports, port);
    }

  return g_string_free (ports, FALSE);
}

static char *
dup_words (const char *ports,
           guint       n_all)
{
  const char      *name = be_system_state_get_label (BE_SYSTEM_STATE_SYN_SENT);
  g_autofree char *words = NULL;

  if (n_all <= MAX_PORTS)
    /* Translators: the state SYN_SENT, and the ports of the clients in it */
    return g_strdup_printf (ngettext ("%s: port %s", "%s: ports %s", n_all), name, ports);

  words = g_strdup_printf (ngettext ("and %u more", "and %u more", n_all - MAX_PORTS), n_all - MAX_PORTS);

  /* Translators: the state SYN_SENT, some ports, and "and 3 more" */
  return g_strdup_printf (_ ("%s: ports %s %s"), name, ports, words);
}

static gboolean update_cb (gpointer user_data);

static void
update (BeConnectingLine *self)
{
  guint            n_all;
  gint64           since;
  g_autofree char *ports = dup_ports (self, &n_all, &since);
  gint64           wait = n_all > 0 ? since + PATIENCE_MICROSECONDS - g_get_monotonic_time () : 0;

  g_clear_handle_id (&self->show_source, g_source_remove);
  if (n_all > 0 && wait > 0 && !gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      self->show_source = g_timeout_add ((guint) (wait / 1000) + 1, update_cb, self);
      return;
    }

  if (n_all > 0)
    {
      g_autofree char *words = dup_words (ports, n_all);

      if (g_strcmp0 (gtk_label_get_text (self->label), words) != 0)
        gtk_label_set_text (self->label, words);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n_all > 0);
}

static gboolean
update_cb (gpointer user_data)
{
  BeConnectingLine *self = BE_CONNECTING_LINE (user_data);

  self->show_source = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* GObject */

static void
be_connecting_line_dispose (GObject *object)
{
  BeConnectingLine *self = BE_CONNECTING_LINE (object);

  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_object (&self->states);

  G_OBJECT_CLASS (be_connecting_line_parent_class)->dispose (object);
}

static void
be_connecting_line_class_init (BeConnectingLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = be_connecting_line_dispose;
}

static void
be_connecting_line_init (BeConnectingLine *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
  gtk_widget_add_css_class (GTK_WIDGET (self), "be-connecting-line");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * be_connecting_line_set_states:
 * @states: (nullable): the watch that knows them; %NULL where nobody connects
 */
void
be_connecting_line_set_states (BeConnectingLine *self,
                               BeStateWatch     *states)
{
  g_return_if_fail (BE_IS_CONNECTING_LINE (self));
  g_return_if_fail (states == NULL || BE_IS_STATE_WATCH (states));

  if (self->states == states)
    return;

  if (self->states != NULL)
    g_signal_handlers_disconnect_by_data (self->states, self);
  g_set_object (&self->states, states);
  if (states == NULL)
    {
      g_clear_handle_id (&self->show_source, g_source_remove);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }

  g_signal_connect_object (states, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
