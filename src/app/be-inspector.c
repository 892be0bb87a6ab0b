/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-inspector.h"

#include <glib/gi18n-lib.h>

#include "be-badge.h"
#include "be-event-record.h"

/**
 * BeInspector:
 *
 * The sheet in which one thing is looked at closely: a page for each kind of
 * thing, and a bar that says which thing it is, chooses the page and closes it
 * all. What a page shows can be made when it is first seen: "page" tells. Owns
 * the pages; ends with its parent.
 */
struct _BeInspector
{
  GtkWidget parent_instance;

  GtkWidget *bar;
  BeBadge   *badge;
  GtkLabel  *title;
  GtkWidget *switcher;
  GtkWidget *close;
  GtkStack  *stack;

  gboolean is_in_tab_order; /* while Tab leads on from one of the children */
};

G_DEFINE_FINAL_TYPE (BeInspector, be_inspector, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_PAGE = 1,
} BeInspectorProperty;

static GParamSpec *properties[PROP_PAGE + 1];

static void
page_changed_cb (BeInspector *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

/* GtkWidget */

/* Into what is looked at, not onto the button that closes it. */
static gboolean
be_inspector_grab_focus (GtkWidget *widget)
{
  BeInspector *self = BE_INSPECTOR (widget);
  GtkWidget   *page = gtk_stack_get_visible_child (self->stack);

  if (self->is_in_tab_order)
    return FALSE;

  if (ADW_IS_BIN (page))
    page = adw_bin_get_child (ADW_BIN (page));
  if (page != NULL && gtk_widget_get_focus_child (page) != NULL)
    return TRUE;

  return (page != NULL && gtk_widget_grab_focus (page)) || gtk_widget_grab_focus (self->close);
}

/* GTK asks for the focus too when Shift+Tab is about to leave: then it must go
 * on. */
static gboolean
be_inspector_focus (GtkWidget       *widget,
                    GtkDirectionType direction)
{
  BeInspector *self = BE_INSPECTOR (widget);
  gboolean     is_focused;

  self->is_in_tab_order = gtk_widget_get_focus_child (widget) != NULL;
  is_focused = GTK_WIDGET_CLASS (be_inspector_parent_class)->focus (widget, direction);
  self->is_in_tab_order = FALSE;

  return is_focused;
}

/* GObject */

static void
be_inspector_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  BeInspector *self = BE_INSPECTOR (object);

  switch ((BeInspectorProperty) prop_id)
    {
    case PROP_PAGE:
      g_value_set_string (value, self->stack != NULL ? be_inspector_get_page (self) : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_inspector_dispose (GObject *object)
{
  BeInspector *self = BE_INSPECTOR (object);

  if (self->stack != NULL)
    {
      gtk_widget_unparent (GTK_WIDGET (self->stack));
      gtk_widget_unparent (self->switcher);
      gtk_widget_unparent (self->bar);
    }
  self->stack = NULL;

  G_OBJECT_CLASS (be_inspector_parent_class)->dispose (object);
}

static void
be_inspector_class_init (BeInspectorClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_inspector_get_property;
  object_class->dispose = be_inspector_dispose;
  widget_class->focus = be_inspector_focus;
  widget_class->grab_focus = be_inspector_grab_focus;

  /* The name of the page that is seen */
  properties[PROP_PAGE] = g_param_spec_string ("page", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (BE_TYPE_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, BeInspector, bar);
  gtk_widget_class_bind_template_child (widget_class, BeInspector, badge);
  gtk_widget_class_bind_template_child (widget_class, BeInspector, title);
  gtk_widget_class_bind_template_child (widget_class, BeInspector, switcher);
  gtk_widget_class_bind_template_child (widget_class, BeInspector, close);
  gtk_widget_class_bind_template_child (widget_class, BeInspector, stack);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "inspector");
}

static void
be_inspector_init (BeInspector *self)
{
  GtkLayoutManager *switcher_layout = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_remove_css_class (self->switcher, "linked");
  switcher_layout = gtk_widget_get_layout_manager (self->switcher);
  if (GTK_IS_BOX_LAYOUT (switcher_layout))
    gtk_box_layout_set_homogeneous (GTK_BOX_LAYOUT (switcher_layout), TRUE);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
}

/**
 * be_inspector_new:
 *
 * Returns: (transfer floating): an inspector without a page
 */
GtkWidget *
be_inspector_new (void)
{
  return g_object_new (BE_TYPE_INSPECTOR, NULL);
}

/**
 * be_inspector_add_page:
 * @page: (transfer floating): what looks closely at one kind of thing, or an
 *   AdwBin that will have it
 * @name: what be_inspector_show_page() calls it
 * @title: what people call it
 */
void
be_inspector_add_page (BeInspector *self,
                       GtkWidget   *page,
                       const char  *name,
                       const char  *title)
{
  g_return_if_fail (BE_IS_INSPECTOR (self));
  g_return_if_fail (GTK_IS_WIDGET (page));

  gtk_stack_add_titled (self->stack, page, name, title);
}

/**
 * be_inspector_show_page:
 * @name: that of a page that was added; a keyboard that is in the page before
 *   goes along
 */
void
be_inspector_show_page (BeInspector *self,
                        const char  *name)
{
  GtkRoot   *root = NULL;
  GtkWidget *focus = NULL;
  gboolean   has_focus;

  g_return_if_fail (BE_IS_INSPECTOR (self));

  if (g_strcmp0 (be_inspector_get_page (self), name) == 0)
    return;

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  has_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack));

  /* GTK 4.8 forgets a reference when what has the focus is hidden twice in a
   * frame. */
  if (has_focus && !gtk_widget_grab_focus (self->close))
    gtk_root_set_focus (root, NULL);
  gtk_stack_set_visible_child_name (self->stack, name);
  if (has_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * be_inspector_get_page:
 *
 * Returns: (nullable): the name of the page that is seen
 */
const char *
be_inspector_get_page (BeInspector *self)
{
  g_return_val_if_fail (BE_IS_INSPECTOR (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

/**
 * be_inspector_set_title:
 * @connection: whose letter stands before it, or %BE_EVENT_NO_CONNECTION
 * @title: (nullable): what is looked at; %NULL for nothing
 */
void
be_inspector_set_title (BeInspector *self,
                        guint32      connection,
                        const char  *title)
{
  const char *text = title != NULL ? title : _ ("Inspector");

  g_return_if_fail (BE_IS_INSPECTOR (self));

  be_badge_set_connection (self->badge, connection);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), connection != BE_EVENT_NO_CONNECTION);
  if (!g_str_equal (gtk_label_get_text (self->title), text))
    gtk_label_set_text (self->title, text);
}
