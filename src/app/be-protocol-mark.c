/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-protocol-mark.h"

#include <glib/gi18n-lib.h>

/**
 * be_protocol_mark_update:
 * @button: the one that shows the ends of @protocol
 *
 * Names the button, with a dot behind the name while something of that protocol
 * runs: it is to be seen while the other protocol is shown.
 */
void
be_protocol_mark_update (GtkButton *button,
                         BeStage   *stage,
                         BeProtocol protocol)
{
  gboolean    is_udp = protocol == BE_PROTOCOL_UDP;
  const char *name = is_udp ? "UDP" : "TCP";
  const char *meaning = is_udp ? _ ("Datagrams: each for itself (Alt+2)")
                               : _ ("Connections: a stream of bytes in order (Alt+1)");
  gboolean    is_running = be_stage_get_n_active (stage, protocol, BE_SIDE_SERVER) > 0 ||
                        be_stage_get_n_active (stage, protocol, BE_SIDE_CLIENT) > 0;
  g_autofree char *label = g_strconcat (name, is_running ? " •" : NULL, NULL);
  g_autofree char *running = g_strdup_printf (_ ("%s: running"), name);
  g_autofree char *tooltip = is_running ? g_strdup_printf ("%s\n%s", running, meaning) : g_strdup (meaning);

  g_return_if_fail (GTK_IS_BUTTON (button));

  if (g_strcmp0 (gtk_button_get_label (button), label) == 0)
    return;

  gtk_button_set_label (button, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, is_running ? running : meaning,
                                  -1);
}
