/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-primary-menu.h"

static void
make_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;

  builder = gtk_builder_new_from_resource ("/io/github/bothends/BothEnds/ui/be-primary-menu.ui");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (gtk_builder_get_object (builder, "primary_menu")));
}

/**
 * be_primary_menu_attach:
 *
 * Gives a button the menu of the window, which is read when it is opened first.
 */
void
be_primary_menu_attach (GtkMenuButton *button)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));

  gtk_menu_button_set_create_popup_func (button, make_menu_cb, NULL, NULL);
}
