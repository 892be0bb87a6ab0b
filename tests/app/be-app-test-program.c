/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-app-test-program.h"

#include "be-test.h"

#include <string.h>

void
be_app_program_listen (BeAppProgram *self)
{
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_set_listen_backlog (self->listener, 0);
  g_socket_bind (self->listener, loopback, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

void
be_app_program_call (BeAppProgram *self,
                     guint         number,
                     guint16       port)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GError) error = NULL;

  self->callers[number] = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_connect (self->callers[number], address, NULL, &error);
  g_assert_no_error (error);
}

void
be_app_program_accept (BeAppProgram *self,
                       guint         number)
{
  g_autoptr (GError) error = NULL;

  self->accepted[number] = g_socket_accept (self->listener, NULL, &error);
  g_assert_no_error (error);
}

void
be_app_program_clear (BeAppProgram *self)
{
  g_clear_object (&self->accepted[0]);
  g_clear_object (&self->accepted[1]);
  for (guint i = 0; i < BE_APP_PROGRAM_MAX_CALLERS; i++)
    g_clear_object (&self->callers[i]);
  g_clear_object (&self->listener);
}

/**
 * be_app_ss_dup_line:
 *
 * Returns: (transfer full) (nullable): what ss prints of the socket with these
 *   addresses: its state, the two numbers of its queue…
 */
char *
be_app_ss_dup_line (const char *local,
                    const char *peer)
{
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GRegex) spaces = g_regex_new (" +", 0, 0, NULL);
  g_autoptr (GError) error = NULL;

  g_spawn_command_line_sync ("ss -H -t -a -n -o", &output, NULL, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (output, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = NULL;

      /* There may be thousands, of other programs. */
      if (strstr (lines[i], local) == NULL)
        continue;

      words = g_regex_split (spaces, g_strstrip (lines[i]), 0);
      if (g_strv_length (words) >= 5 && g_str_equal (words[3], local) && g_str_equal (words[4], peer))
        return g_strjoinv (" ", words);
    }

  return NULL;
}

/* As RFC 9293 writes it, and the window. */
static char *
dup_ss_state (const char *local,
              const char *peer)
{
  g_autofree char *line = be_app_ss_dup_line (local, peer);
  g_auto (GStrv) words = NULL;

  if (line == NULL)
    return g_strdup ("gone");

  words = g_strsplit (line, " ", 2);

  return g_str_equal (words[0], "ESTAB") ? g_strdup ("ESTABLISHED") : g_strdelimit (g_strdup (words[0]), "-", '_');
}

static gboolean
ss_says (const char *local,
         const char *peer,
         const char *state)
{
  g_autofree char *said = dup_ss_state (local, peer);

  return g_str_equal (said, state);
}

/**
 * be_app_ss_assert_says:
 * @state: or "gone"
 *
 * Claims that what the window says, ss says too, as soon as both have seen it;
 * neither goes back.
 */
void
be_app_ss_assert_says (const char *local,
                       const char *peer,
                       const char *state)
{
  be_test_wait_until (ss_says (local, peer, state));
}

/**
 * be_app_ss_is_missing:
 *
 * Returns: whether the test is to be skipped, which has been said then
 */
gboolean
be_app_ss_is_missing (void)
{
  g_autofree char *path = g_find_program_in_path ("ss");

  if (path != NULL)
    return FALSE;

  g_test_skip ("ss of iproute2 is not installed");

  return TRUE;
}

/**
 * be_app_ss_get_seconds:
 *
 * Returns: the number before "sec" in "timer:(timewait,59sec,0)", or 0
 */
guint
be_app_ss_get_seconds (const char *local,
                       const char *peer)
{
  g_autofree char *line = be_app_ss_dup_line (local, peer);
  const char      *seconds = line != NULL ? strstr (line, "timewait,") : NULL;

  return seconds != NULL ? (guint) g_ascii_strtoull (seconds + strlen ("timewait,"), NULL, 10) : 0;
}
