/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-lazy-menu.h"

static void
make_menu_cb (GtkMenuButton *button,
              gpointer       menu)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

typedef struct
{
  const char *resource;
  const char *id;
} MenuPlace;

static void
load_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  const MenuPlace *place = user_data;
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;

  builder = gtk_builder_new_from_resource (place->resource);
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (gtk_builder_get_object (builder, place->id)));
}

/**
 * be_lazy_menu_attach:
 * @menu: what the button opens
 *
 * Gives a button a menu whose widgets are made when it is opened first: a
 * window has many menus, and shows none of them when it starts.
 */
void
be_lazy_menu_attach (GtkMenuButton *button,
                     GMenuModel    *menu)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  gtk_menu_button_set_create_popup_func (button, make_menu_cb, g_object_ref (menu), g_object_unref);
}

/**
 * be_lazy_menu_attach_resource:
 * @resource: (type filename): the file in which the menu is, a literal
 * @id: its name there, a literal
 *
 * Like be_lazy_menu_attach(), for a menu that is not even read before.
 */
void
be_lazy_menu_attach_resource (GtkMenuButton *button,
                              const char    *resource,
                              const char    *id)
{
  MenuPlace *place = NULL;

  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (resource != NULL && id != NULL);

  place = g_new (MenuPlace, 1);
  *place = (MenuPlace){ resource, id };
  gtk_menu_button_set_create_popup_func (button, load_menu_cb, place, g_free);
}
