/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-inspector.h"

/**
 * BeInspector:
 *
 * The sheet in which one thing is looked at closely: a page for each kind of
 * thing, and a bar to choose the page and to close it all. Owns the pages;
 * ends with its parent.
 */
struct _BeInspector
{
  GtkWidget parent_instance;

  GtkWidget *bar;
  GtkWidget *title;
  GtkWidget *switcher;
  GtkWidget *close;
  GtkStack  *stack;
};

G_DEFINE_FINAL_TYPE (BeInspector, be_inspector, GTK_TYPE_WIDGET)

/* GtkWidget */

/* Into what is looked at, not onto the button that closes it. */
static gboolean
be_inspector_grab_focus (GtkWidget *widget)
{
  GtkWidget *page = gtk_stack_get_visible_child (BE_INSPECTOR (widget)->stack);

  return (page != NULL && gtk_widget_grab_focus (page)) || gtk_widget_grab_focus (BE_INSPECTOR (widget)->close);
}

/* GObject */

static void
be_inspector_dispose (GObject *object)
{
  BeInspector *self = BE_INSPECTOR (object);

  if (self->stack != NULL)
    {
      gtk_widget_unparent (GTK_WIDGET (self->stack));
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

  object_class->dispose = be_inspector_dispose;
  widget_class->grab_focus = be_inspector_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, BeInspector, bar);
  gtk_widget_class_bind_template_child (widget_class, BeInspector, title);
  gtk_widget_class_bind_template_child (widget_class, BeInspector, switcher);
  gtk_widget_class_bind_template_child (widget_class, BeInspector, close);
  gtk_widget_class_bind_template_child (widget_class, BeInspector, stack);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "inspector");
}

static void
be_inspector_init (BeInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
 * @page: (transfer floating): what looks closely at one kind of thing
 * @name: what be_inspector_show_page() calls it
 * @title: what people call it
 */
void
be_inspector_add_page (BeInspector *self,
                       GtkWidget   *page,
                       const char  *name,
                       const char  *title)
{
  gboolean is_first;

  g_return_if_fail (BE_IS_INSPECTOR (self));
  g_return_if_fail (GTK_IS_WIDGET (page));

  is_first = gtk_stack_get_visible_child (self->stack) == NULL;
  gtk_stack_add_titled (self->stack, page, name, title);
  gtk_widget_set_visible (self->title, is_first);
  gtk_widget_set_visible (self->switcher, !is_first);
}

/**
 * be_inspector_show_page:
 * @name: that of a page that was added
 */
void
be_inspector_show_page (BeInspector *self,
                        const char  *name)
{
  g_return_if_fail (BE_IS_INSPECTOR (self));

  gtk_stack_set_visible_child_name (self->stack, name);
}
