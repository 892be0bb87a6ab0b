/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-card-bar.h"

#include <glib/gi18n-lib.h>

#include "be-magnification.h"

/* Room for the badge of the newest connection, which stands on the lifeline. */
#define ADDRESS_TO_ARROW 10
#define EDGE_TO_ADDRESS 35

/**
 * BeCardBar:
 *
 * What a card is folded to: one line that says whose card it is, its state and
 * its address, and opens the card when it is pressed. Knows nothing but what it
 * is told; ends with the card.
 */
struct _BeCardBar
{
  GtkToggleButton parent_instance;

  GtkWidget   *lines;
  GtkImage    *icon;
  GtkLabel    *title;
  BeStateChip *chip;
  GtkLabel    *address;
  GtkWidget   *arrow;

  BeSide side;
};

G_DEFINE_FINAL_TYPE (BeCardBar, be_card_bar, GTK_TYPE_TOGGLE_BUTTON)

static void
be_card_bar_class_init (BeCardBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (BE_TYPE_STATE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-card-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BeCardBar, lines);
  gtk_widget_class_bind_template_child (widget_class, BeCardBar, icon);
  gtk_widget_class_bind_template_child (widget_class, BeCardBar, title);
  gtk_widget_class_bind_template_child (widget_class, BeCardBar, chip);
  gtk_widget_class_bind_template_child (widget_class, BeCardBar, address);
  gtk_widget_class_bind_template_child (widget_class, BeCardBar, arrow);
}

static void
be_card_bar_init (BeCardBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
be_card_bar_new (BeSide side)
{
  BeCardBar *self = g_object_new (BE_TYPE_CARD_BAR, NULL);
  gboolean   is_server = side == BE_SIDE_SERVER;

  self->side = side;
  gtk_image_set_from_icon_name (self->icon, is_server ? "be-server-symbolic" : "be-client-symbolic");
  gtk_label_set_text (self->title, is_server ? _ ("Server") : _ ("Client"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_server ? _ ("Details of the server") : _ ("Details of the client"), -1);

  return GTK_WIDGET (self);
}

void
be_card_bar_set_state (BeCardBar  *self,
                       const char *words,
                       BeChipKind  kind)
{
  g_return_if_fail (BE_IS_CARD_BAR (self));

  g_object_set (self->chip, "label", words, "kind", kind, NULL);
}

/**
 * be_card_bar_set_address:
 *
 * Says an address, with its port in bold.
 */
void
be_card_bar_set_address (BeCardBar  *self,
                         const char *text)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  const char     *port = NULL;
  PangoAttribute *bold = NULL;

  g_return_if_fail (BE_IS_CARD_BAR (self));
  g_return_if_fail (text != NULL);

  if (g_strcmp0 (gtk_label_get_text (self->address), text) == 0)
    return;

  attributes = pango_attr_list_new ();
  port = strrchr (text, ':');
  if (port != NULL)
    {
      bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
      bold->start_index = (guint) (port + 1 - text);
      pango_attr_list_insert (attributes, bold);
    }
  gtk_label_set_attributes (self->address, attributes);
  gtk_label_set_text (self->address, text);
}

/**
 * be_card_bar_set_has_two_lines:
 *
 * In large type the address gets a line of its own, at the card's lifeline.
 */
void
be_card_bar_set_has_two_lines (BeCardBar *self,
                               gboolean   has_two_lines)
{
  GtkWidget *address = NULL;
  gboolean   is_server;
  double     factor = be_magnification_get_factor ();

  g_return_if_fail (BE_IS_CARD_BAR (self));

  address = GTK_WIDGET (self->address);
  is_server = self->side == BE_SIDE_SERVER;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->lines),
                                  has_two_lines ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_valign (self->arrow, has_two_lines ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_widget_set_margin_end (address, has_two_lines && is_server ? (int) (ADDRESS_TO_ARROW * factor) : 0);
  gtk_widget_set_margin_start (address, has_two_lines && !is_server ? (int) (EDGE_TO_ADDRESS * factor) : 0);
  gtk_label_set_xalign (self->address, has_two_lines && !is_server ? 0 : 1);
}

/**
 * be_card_bar_set_is_expanded:
 * @is_expanded: whether the card is open below the bar
 */
void
be_card_bar_set_is_expanded (BeCardBar *self,
                             gboolean   is_expanded)
{
  g_return_if_fail (BE_IS_CARD_BAR (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self), is_expanded);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, is_expanded, -1);
}

/**
 * be_card_bar_get_address:
 *
 * Returns: (transfer none): what says the address
 */
GtkWidget *
be_card_bar_get_address (BeCardBar *self)
{
  g_return_val_if_fail (BE_IS_CARD_BAR (self), NULL);

  return GTK_WIDGET (self->address);
}
