/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-side-sheet-private.h"

#include "be-focus.h"

/**
 * BeSideSheet:
 *
 * Something, and a sheet that can be opened on its right: beside it where there
 * is room for both, else in front of it, and in a narrow window over all of it.
 *
 * Where the sheet stands follows from the width alone, and the smallest width
 * is that of the content, so that the window can be as narrow with the sheet as
 * without. It is decided when the width is allocated, but told a frame later.
 * The sheet is asked for by the signal "opening" before it is first seen. Owns
 * both; ends with its parent.
 */
G_DEFINE_FINAL_TYPE (BeSideSheet, be_side_sheet, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_CHILD = 1,
  PROP_IS_OPEN,
  PROP_IS_COVERING,
  PROP_IS_NARROW,
} BeSideSheetProperty;

static GParamSpec *properties[PROP_IS_NARROW + 1];

typedef enum
{
  SIGNAL_OPENING,
} BeSideSheetSignal;

static guint signals[SIGNAL_OPENING + 1];

/* What comes and goes with the sheet. */
static gboolean
has_focus_at_sheet (BeSideSheet *self)
{
  return be_focus_is_in (self->sheet) || be_focus_is_in (self->handle);
}

static void
take_focus (BeSideSheet *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (be_focus_is_in (self->sheet))
    return;

  g_set_weak_pointer (&self->focus_before, root != NULL ? gtk_root_get_focus (root) : NULL);
  if (!gtk_widget_grab_focus (self->sheet))
    gtk_widget_child_focus (self->sheet, GTK_DIR_TAB_FORWARD);
}

/* Before the sheet goes: GTK 4.8 forgets a reference when what has the focus is
 * hidden twice in a frame. */
static void
give_focus_back (BeSideSheet *self)
{
  GtkWidget *before = self->focus_before;
  gboolean   is_given = FALSE;

  g_clear_weak_pointer (&self->focus_before);
  if (!has_focus_at_sheet (self))
    return;

  if (before != NULL && gtk_widget_get_mapped (before))
    is_given = GTK_IS_TEXT (before) ? gtk_text_grab_focus_without_selecting (GTK_TEXT (before))
                                    : gtk_widget_grab_focus (before);
  if (!is_given && !gtk_widget_child_focus (self->child, GTK_DIR_TAB_FORWARD))
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
}

/* Who brings the keyboard behind the sheet by a command wants to see what is
 * there; who makes the window narrow wants to go on. */
static void
update_reach (BeSideSheet *self)
{
  gboolean was_hiding = self->is_hiding;

  self->is_hiding = self->is_open && be_side_sheet_has_to_hide (self);
  if (!self->is_hiding || !be_focus_is_in (self->child))
    return;

  if (was_hiding)
    be_side_sheet_set_open (self, FALSE);
  else
    take_focus (self);
}

static void
set_covering (BeSideSheet *self,
              gboolean     is_covering)
{
  if (self->is_covering == is_covering)
    return;

  self->is_covering = is_covering;
  if (is_covering)
    gtk_widget_add_css_class (GTK_WIDGET (self), "covering");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "covering");
  if (self->handle != NULL)
    {
      if (is_covering && be_focus_is_in (self->handle))
        gtk_widget_child_focus (self->sheet, GTK_DIR_TAB_FORWARD);
      gtk_widget_set_visible (self->handle, self->is_open && !is_covering);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_COVERING]);
}

static void
set_narrow (BeSideSheet *self,
            gboolean     is_narrow)
{
  if (self->is_narrow == is_narrow)
    return;

  self->is_narrow = is_narrow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_NARROW]);
}

/* See be-side-sheet-private.h. */
void
be_side_sheet_settle (BeSideSheet *self)
{
  set_covering (self, be_side_sheet_has_to_cover (self));
  set_narrow (self, be_side_sheet_is_little_room (self->width));
  update_reach (self);
}

static void
focus_moved_cb (BeSideSheet *self)
{
  if (self->is_hiding)
    update_reach (self);
}

/* Before the window is shown this is all that is known of its width: what has
 * no room in it must not make it wider. */
static void
default_width_changed_cb (BeSideSheet *self)
{
  int width = -1;

  if (self->width > 0)
    return;

  g_object_get (gtk_widget_get_root (GTK_WIDGET (self)), "default-width", &width, NULL);
  set_narrow (self, width > 0 && be_side_sheet_is_little_room (width));
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  BeSideSheet *self = BE_SIDE_SHEET (widget);

  if (!self->is_open || (!self->is_covering && !has_focus_at_sheet (self)))
    return GDK_EVENT_PROPAGATE;

  be_side_sheet_set_open (self, FALSE);

  return GDK_EVENT_STOP;
}

/* GtkWidget */

/* Tab does not lead to what cannot be seen. */
static gboolean
be_side_sheet_focus (GtkWidget       *widget,
                     GtkDirectionType direction)
{
  BeSideSheet *self = BE_SIDE_SHEET (widget);

  if (self->is_hiding)
    return gtk_widget_child_focus (self->sheet, direction);

  return GTK_WIDGET_CLASS (be_side_sheet_parent_class)->focus (widget, direction);
}

static void
be_side_sheet_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (be_side_sheet_parent_class)->root (widget);

  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget", G_CALLBACK (focus_moved_cb), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::default-width", G_CALLBACK (default_width_changed_cb), widget, G_CONNECT_SWAPPED);
}

static void
be_side_sheet_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_root (widget), widget);

  GTK_WIDGET_CLASS (be_side_sheet_parent_class)->unroot (widget);
}

/* GObject */

static void
set_child (BeSideSheet *self,
           GtkWidget   *child)
{
  if (self->child == child)
    return;

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

static void
be_side_sheet_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  BeSideSheet *self = BE_SIDE_SHEET (object);

  switch ((BeSideSheetProperty) prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_IS_OPEN:
      g_value_set_boolean (value, self->is_open);
      break;
    case PROP_IS_COVERING:
      g_value_set_boolean (value, self->is_covering);
      break;
    case PROP_IS_NARROW:
      g_value_set_boolean (value, self->is_narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_side_sheet_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  BeSideSheet *self = BE_SIDE_SHEET (object);

  switch ((BeSideSheetProperty) prop_id)
    {
    case PROP_CHILD:
      set_child (self, g_value_get_object (value));
      break;
    case PROP_IS_OPEN:
      be_side_sheet_set_open (self, g_value_get_boolean (value));
      break;
    case PROP_IS_COVERING:
    case PROP_IS_NARROW:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_side_sheet_dispose (GObject *object)
{
  BeSideSheet *self = BE_SIDE_SHEET (object);

  g_clear_weak_pointer (&self->focus_before);
  g_clear_pointer (&self->handle, gtk_widget_unparent);
  g_clear_pointer (&self->sheet, gtk_widget_unparent);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->is_open = self->is_hiding = FALSE;

  G_OBJECT_CLASS (be_side_sheet_parent_class)->dispose (object);
}

static void
be_side_sheet_class_init (BeSideSheetClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_side_sheet_get_property;
  object_class->set_property = be_side_sheet_set_property;
  object_class->dispose = be_side_sheet_dispose;
  widget_class->focus = be_side_sheet_focus;
  widget_class->root = be_side_sheet_root;
  widget_class->unroot = be_side_sheet_unroot;
  be_side_sheet_class_init_layout (widget_class);

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, writable);
  properties[PROP_IS_OPEN] = g_param_spec_boolean ("is-open", NULL, NULL, FALSE, writable);
  /* Whether the sheet stands in front of the content, or would */
  properties[PROP_IS_COVERING] = g_param_spec_boolean ("is-covering", NULL, NULL, FALSE, readable);
  /* Whether there is little room even without the sheet */
  properties[PROP_IS_NARROW] = g_param_spec_boolean ("is-narrow", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * BeSideSheet::opening:
   *
   * The sheet is about to be shown: the moment to give it one.
   */
  signals[SIGNAL_OPENING] = g_signal_new ("opening", BE_TYPE_SIDE_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "sidesheet");
}

static void
be_side_sheet_init (BeSideSheet *self)
{
  self->wanted_width = BE_SIDE_SHEET_USUAL_WIDTH;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * be_side_sheet_get_sheet:
 *
 * Returns: (nullable): the sheet, once there is one
 */
GtkWidget *
be_side_sheet_get_sheet (BeSideSheet *self)
{
  g_return_val_if_fail (BE_IS_SIDE_SHEET (self), NULL);

  return self->sheet;
}

/**
 * be_side_sheet_set_sheet:
 * @sheet: (transfer floating): what is to be shown on the right; once
 */
void
be_side_sheet_set_sheet (BeSideSheet *self,
                         GtkWidget   *sheet)
{
  g_return_if_fail (BE_IS_SIDE_SHEET (self));
  g_return_if_fail (GTK_IS_WIDGET (sheet));
  g_return_if_fail (self->sheet == NULL);

  self->sheet = sheet;
  gtk_widget_add_css_class (sheet, "be-sheet");
  gtk_widget_set_visible (sheet, FALSE);
  gtk_widget_set_parent (sheet, GTK_WIDGET (self));
  be_side_sheet_make_handle (self);
  gtk_widget_set_visible (self->handle, FALSE);
}

gboolean
be_side_sheet_is_open (BeSideSheet *self)
{
  g_return_val_if_fail (BE_IS_SIDE_SHEET (self), FALSE);

  return self->is_open;
}

/**
 * be_side_sheet_set_open:
 * @is_open: whether the sheet is shown; in front of the content it takes the
 *   keyboard, and gives it back
 */
void
be_side_sheet_set_open (BeSideSheet *self,
                        gboolean     is_open)
{
  g_return_if_fail (BE_IS_SIDE_SHEET (self));

  if (self->is_open == is_open)
    return;

  if (is_open)
    g_signal_emit (self, signals[SIGNAL_OPENING], 0);
  if (self->sheet == NULL)
    return;

  self->is_open = is_open;
  self->is_hiding = FALSE;
  if (!is_open)
    give_focus_back (self);
  gtk_widget_set_visible (self->sheet, is_open);
  gtk_widget_set_visible (self->handle, is_open && !self->is_covering);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (is_open && self->is_covering)
    take_focus (self);
  update_reach (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_OPEN]);
}

/**
 * be_side_sheet_is_covering:
 *
 * Returns: whether the sheet stands in front of the content, or would
 */
gboolean
be_side_sheet_is_covering (BeSideSheet *self)
{
  g_return_val_if_fail (BE_IS_SIDE_SHEET (self), FALSE);

  return self->is_covering;
}

/**
 * be_side_sheet_set_shows_end:
 * @shows_end: whether the right end of the content is looked at, and not the
 *   left one
 *
 * Where the sheet stands in front of the content, what it covers is the other
 * end.
 */
void
be_side_sheet_set_shows_end (BeSideSheet *self,
                             gboolean     shows_end)
{
  g_return_if_fail (BE_IS_SIDE_SHEET (self));

  if (self->shows_end == shows_end)
    return;

  self->shows_end = shows_end;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
