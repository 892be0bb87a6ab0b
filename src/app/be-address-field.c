/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-address-field.h"

#include <glib/gi18n-lib.h>

#define LARGE_CHARACTERS 17 /* 127.0.0.1 : 65535 */
#define UNCUT_CHARACTERS 23 /* 255.255.255.255 : 65535 */

/**
 * BeAddressField:
 *
 * An address and a port: two entries as long as they may be changed, and in
 * the same place large text while something runs there. The last error stays
 * on the entry that is to blame until that one is changed. Owns its children;
 * ends with its parent.
 */
struct _BeAddressField
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkEntry *host_entry;
  GtkEntry *port_entry;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (BeAddressField, be_address_field, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_HOST = 1,
  PROP_PORT,
} BeAddressFieldProperty;

static GParamSpec *properties[PROP_PORT + 1];

typedef enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_EDITED,
} BeAddressFieldSignal;

static guint signals[SIGNAL_EDITED + 1];

static void
unmark (GtkEntry *entry)
{
  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
mark (GtkEntry   *entry,
      const char *sentence)
{
  gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry),
                               GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
}

static void
entry_activated_cb (BeAddressField *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

/* Only what the label has no room for. */
static gboolean
text_query_tooltip_cb (GtkWidget  *text,
                       int         x,
                       int         y,
                       gboolean    is_keyboard,
                       GtkTooltip *tooltip,
                       gpointer    user_data)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (text))))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (text)));

  return TRUE;
}

static void
host_changed_cb (BeAddressField *self)
{
  unmark (self->host_entry);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOST]);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
port_changed_cb (BeAddressField *self)
{
  unmark (self->port_entry);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PORT]);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

/* An address may be 9 characters or 39; there is room for most of them. */
static void
grow_with_text (GtkEntry *entry)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (entry));

  gtk_text_set_propagate_text_width (GTK_TEXT (text), TRUE);
}

/* What stands beside the address gives way first: up to that of an IPv4 socket
 * it is not cut, and of a longer one never the port. */
static void
give_room (GtkLabel *label,
           glong     n_characters)
{
  gboolean is_cut = n_characters > UNCUT_CHARACTERS;

  gtk_label_set_ellipsize (label, is_cut ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (label, is_cut ? UNCUT_CHARACTERS : -1);
  if (n_characters > LARGE_CHARACTERS)
    gtk_widget_add_css_class (GTK_WIDGET (label), "be-long");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "be-long");
}

static void
set_text (GtkEntry   *entry,
          const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

/* GObject */

static void
be_address_field_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  BeAddressField *self = BE_ADDRESS_FIELD (object);

  switch ((BeAddressFieldProperty) prop_id)
    {
    case PROP_HOST:
      g_value_set_string (value, be_address_field_get_host (self));
      break;
    case PROP_PORT:
      g_value_set_string (value, be_address_field_get_port (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_address_field_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  BeAddressField *self = BE_ADDRESS_FIELD (object);

  switch ((BeAddressFieldProperty) prop_id)
    {
    case PROP_HOST:
      set_text (self->host_entry, g_value_get_string (value));
      break;
    case PROP_PORT:
      set_text (self->port_entry, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_address_field_dispose (GObject *object)
{
  BeAddressField *self = BE_ADDRESS_FIELD (object);

  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;

  G_OBJECT_CLASS (be_address_field_parent_class)->dispose (object);
}

static void
be_address_field_class_init (BeAddressFieldClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_address_field_dispose;
  object_class->get_property = be_address_field_get_property;
  object_class->set_property = be_address_field_set_property;

  properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, "", flags);
  properties[PROP_PORT] = g_param_spec_string ("port", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* Enter was pressed in one of the entries. */
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", BE_TYPE_ADDRESS_FIELD, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", BE_TYPE_ADDRESS_FIELD, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-address-field.ui");
  gtk_widget_class_bind_template_child (widget_class, BeAddressField, stack);
  gtk_widget_class_bind_template_child (widget_class, BeAddressField, host_entry);
  gtk_widget_class_bind_template_child (widget_class, BeAddressField, port_entry);
  gtk_widget_class_bind_template_child (widget_class, BeAddressField, text);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, host_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, port_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_query_tooltip_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
be_address_field_init (BeAddressField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  grow_with_text (self->host_entry);
  grow_with_text (self->port_entry);

  /* Addresses are written from left to right in every language. */
  gtk_widget_set_direction (gtk_stack_get_child_by_name (self->stack, "entries"), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->host_entry), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->port_entry), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->text), GTK_TEXT_DIR_LTR);
}

/**
 * be_address_field_set_side:
 *
 * Names the entries for those who do not see where they stand.
 */
void
be_address_field_set_side (BeAddressField *self,
                           BeSide          side)
{
  const char *host_name = side == BE_SIDE_SERVER ? _ ("Server Address") : _ ("Client Address");
  const char *host_tooltip = side == BE_SIDE_SERVER
                               ? _ ("Server Address. The name localhost means [::1] before 127.0.0.1, and a server listens on one of them only.")
                               : _ ("Client Address. The name localhost means [::1] first; TCP then tries 127.0.0.1, UDP does not.");
  const char *port_name = side == BE_SIDE_SERVER ? _ ("Server Port") : _ ("Client Port");

  g_return_if_fail (BE_IS_ADDRESS_FIELD (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->host_entry), GTK_ACCESSIBLE_PROPERTY_LABEL, host_name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->port_entry), GTK_ACCESSIBLE_PROPERTY_LABEL, port_name, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->host_entry), host_tooltip);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->port_entry), port_name);
}

const char *
be_address_field_get_host (BeAddressField *self)
{
  g_return_val_if_fail (BE_IS_ADDRESS_FIELD (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->host_entry));
}

const char *
be_address_field_get_port (BeAddressField *self)
{
  g_return_val_if_fail (BE_IS_ADDRESS_FIELD (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->port_entry));
}

GtkWidget *
be_address_field_get_entry (BeAddressField *self,
                            gboolean        is_port)
{
  g_return_val_if_fail (BE_IS_ADDRESS_FIELD (self), NULL);

  return GTK_WIDGET (is_port ? self->port_entry : self->host_entry);
}

/**
 * be_address_field_show_running:
 * @port: the real one; 0 for a path, which has none
 *
 * Shows where something runs, in the place of the entries.
 */
void
be_address_field_show_running (BeAddressField *self,
                               const char     *host,
                               guint           port)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (BE_IS_ADDRESS_FIELD (self));
  g_return_if_fail (host != NULL);

  attributes = pango_attr_list_new ();
  if (port == 0)
    {
      text = g_strdup (host);
    }
  else
    {
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      text = g_strdup_printf ("%s : %u", host, port);
      bold->start_index = (guint) strlen (host) + 3;
      pango_attr_list_insert (attributes, bold);
    }

  if (g_strcmp0 (gtk_label_get_text (self->text), text) != 0)
    {
      gtk_label_set_attributes (self->text, attributes);
      gtk_label_set_text (self->text, text);
      give_room (self->text, g_utf8_strlen (text, -1));
    }
  gtk_stack_set_visible_child_name (self->stack, "text");
}

void
be_address_field_show_entries (BeAddressField *self)
{
  g_return_if_fail (BE_IS_ADDRESS_FIELD (self));

  gtk_stack_set_visible_child_name (self->stack, "entries");
}

/**
 * be_address_field_mark:
 * @error: (nullable): what be_endpoint_new () said, or NULL to take marks away
 *
 * Returns: FALSE when neither of the two entries is to blame
 */
gboolean
be_address_field_mark (BeAddressField *self,
                       const GError   *error)
{
  g_return_val_if_fail (BE_IS_ADDRESS_FIELD (self), FALSE);

  unmark (self->host_entry);
  unmark (self->port_entry);

  if (error == NULL || error->domain != BE_ENDPOINT_ERROR)
    return FALSE;

  switch ((BeEndpointError) error->code)
    {
    case BE_ENDPOINT_ERROR_HOST:
    case BE_ENDPOINT_ERROR_PATH:
      mark (self->host_entry, error->message);
      return TRUE;
    case BE_ENDPOINT_ERROR_PORT:
      mark (self->port_entry, error->message);
      return TRUE;
    case BE_ENDPOINT_ERROR_LOCAL_HOST:
    case BE_ENDPOINT_ERROR_LOCAL_PORT:
    default:
      return FALSE;
    }
}
