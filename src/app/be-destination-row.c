/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-destination-row.h"

#include <glib/gi18n-lib.h>

#include "be-badge.h"
#include "be-pairing.h"
#include "be-socket-summary.h"

/**
 * BeDestinationRow:
 *
 * To whom a message can go: everyone, or one socket with its badge and the
 * address at its other end. Recycled by a drop-down; owns its children and
 * ends with it.
 */
struct _BeDestinationRow
{
  GtkWidget parent_instance;

  BeBadge   *badge;
  GtkWidget *icon;
  GtkLabel  *label;
  GtkWidget *check;
};

G_DEFINE_FINAL_TYPE (BeDestinationRow, be_destination_row, GTK_TYPE_WIDGET)

/* GObject */

static void
be_destination_row_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (be_destination_row_parent_class)->dispose (object);
}

static void
be_destination_row_class_init (BeDestinationRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_destination_row_dispose;

  g_type_ensure (BE_TYPE_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-destination-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BeDestinationRow, badge);
  gtk_widget_class_bind_template_child (widget_class, BeDestinationRow, icon);
  gtk_widget_class_bind_template_child (widget_class, BeDestinationRow, label);
  gtk_widget_class_bind_template_child (widget_class, BeDestinationRow, check);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "destination");
}

static void
be_destination_row_init (BeDestinationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const BeAddress *
get_address (BeSocketSummary *summary)
{
  return be_socket_summary_get_side (summary) == BE_SIDE_SERVER ? be_socket_summary_get_peer (summary)
                                                                : be_socket_summary_get_local (summary);
}

/**
 * be_destination_row_dup_name:
 * @item: a BeSocketSummary, or a GtkStringObject for everyone
 *
 * Returns: (transfer full): what a screen reader says of it
 */
char *
be_destination_row_dup_name (gpointer item)
{
  BeSocketSummary *summary = item;
  g_autofree char *letter = NULL;
  g_autofree char *address = NULL;

  if (!BE_IS_SOCKET_SUMMARY (item))
    return g_strdup (gtk_string_object_get_string (GTK_STRING_OBJECT (item)));

  address = be_address_to_string (get_address (summary));
  letter = be_pairing_dup_letter (be_socket_summary_get_connection (summary));
  if (be_socket_summary_get_protocol (summary) != BE_PROTOCOL_UDP)
    return g_strdup_printf (_ ("Connection %s, %s"), letter, address);

  return g_strdup_printf (be_socket_summary_get_side (summary) == BE_SIDE_SERVER ? _ ("Peer %s, %s") : _ ("Socket %s, %s"),
                          letter, address);
}

GtkWidget *
be_destination_row_new (void)
{
  return g_object_new (BE_TYPE_DESTINATION_ROW, NULL);
}

/* The item of the list, not what it shows, is what assistive technology reads. */
static void
name_item (BeDestinationRow *self,
           gpointer          item)
{
  GtkWidget       *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = be_destination_row_dup_name (item);

  gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_item (BeDestinationRow *self,
          gpointer          item)
{
  if (BE_IS_SOCKET_SUMMARY (item))
    {
      g_autofree char *address = be_address_to_string (get_address (item));

      be_badge_set_connection (self->badge, be_socket_summary_get_connection (item));
      gtk_label_set_text (self->label, address);
    }
  else
    gtk_label_set_text (self->label, gtk_string_object_get_string (GTK_STRING_OBJECT (item)));
}

/**
 * be_destination_row_show_chosen:
 * @item: a BeSocketSummary, or a GtkStringObject for everyone
 * @is_tiny: without words
 *
 * On the button: without the address, which the card shows.
 */
void
be_destination_row_show_chosen (BeDestinationRow *self,
                                gpointer          item,
                                gboolean          is_tiny)
{
  gboolean is_socket = BE_IS_SOCKET_SUMMARY (item);

  g_return_if_fail (BE_IS_DESTINATION_ROW (self));
  g_return_if_fail (G_IS_OBJECT (item));

  gtk_widget_set_visible (GTK_WIDGET (self->badge), is_socket);
  gtk_widget_set_visible (self->icon, !is_socket && is_tiny);
  gtk_widget_set_visible (GTK_WIDGET (self->label), !is_socket && !is_tiny);
  gtk_widget_set_visible (self->check, FALSE);
  set_item (self, item);
}

/**
 * be_destination_row_show_offered:
 * @item: a BeSocketSummary, or a GtkStringObject for everyone
 * @is_chosen: whether it is the one that is chosen now
 *
 * In the list, as the child of its item.
 */
void
be_destination_row_show_offered (BeDestinationRow *self,
                                 gpointer          item,
                                 gboolean          is_chosen)
{
  gboolean is_socket = BE_IS_SOCKET_SUMMARY (item);

  g_return_if_fail (BE_IS_DESTINATION_ROW (self));
  g_return_if_fail (G_IS_OBJECT (item));

  gtk_widget_set_visible (GTK_WIDGET (self->badge), is_socket);
  gtk_widget_set_visible (self->icon, !is_socket);
  gtk_widget_set_visible (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_visible (self->check, TRUE);
  gtk_widget_set_opacity (self->check, is_chosen ? 1 : 0);
  set_item (self, item);
  name_item (self, item);
}
