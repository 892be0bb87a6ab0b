/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-play-bar.h"

#include <glib/gi18n-lib.h>

#include "be-magnification.h"
#include "be-play-words.h"
#include "be-wire.h"

#define FOLDED_BELOW_WIDTH 960
#define ALL_WORDS_FROM_WIDTH 600

/* In a window that is low one line is enough, where it finds room. */
#define LOW_BELOW_HEIGHT 660
#define SHORT_FROM_WIDTH 620
#define SHORT_RUN_FROM_WIDTH 720
#define SENTENCE_LINES 3
#define SHORT_SENTENCE_LINES 2

/* As in the conversation. */
#define CALL_FONT "Noto Sans Mono CJK SC, Sarasa Mono SC, monospace"

/**
 * BePlayBar:
 *
 * Says in one sentence which call comes next, and has the buttons that let it
 * go. It only names actions of the window and shows what its pace says; in a
 * narrow window it stands on two lines, and in one that is also low it says
 * less. Ends with the window.
 */
struct _BePlayBar
{
  GtkWidget parent_instance;

  GtkBox        *lines;
  GtkImage      *icon;
  GtkLabel      *sentence;
  GtkWidget     *folded_close_button;
  GtkWidget     *close_button;
  GtkMenuButton *sides_button;
  GtkWidget     *next_button;
  GtkWidget     *run_button;
  GtkImage      *run_icon;
  GtkLabel      *run_label;
  GtkLabel      *speed_label;
  GtkWidget     *speed_scale;
  GtkAdjustment *speed;

  BePacing *pacing;
  gboolean  is_stepping;
  gboolean  is_folded;
  gboolean  is_short;
  int       width;
  int       folded_width;
  guint     fold_tick;
};

G_DEFINE_FINAL_TYPE (BePlayBar, be_play_bar, GTK_TYPE_WIDGET)

static void
set_text (GtkLabel   *label,
          const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

/* The call stands out of the sentence, whatever the language. */
static void
show_sentence (BePlayBar *self)
{
  g_autofree char *name = NULL;
  g_autofree char *sentence = be_play_words_dup_sentence (self->pacing, self->is_short, &name);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const char *found = name != NULL ? strstr (sentence, name) : NULL;

  if (g_strcmp0 (gtk_label_get_text (self->sentence), sentence) == 0)
    return;

  if (found != NULL)
    {
      PangoAttribute *parts[] = { pango_attr_weight_new (PANGO_WEIGHT_BOLD), pango_attr_family_new (CALL_FONT) };

      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        {
          parts[i]->start_index = (guint) (found - sentence);
          parts[i]->end_index = parts[i]->start_index + (guint) strlen (name);
          pango_attr_list_insert (attributes, parts[i]);
        }
    }

  gtk_label_set_text (self->sentence, sentence);
  gtk_label_set_attributes (self->sentence, attributes);
}

/* Blue is what goes on from here; with nothing to let go it is no suggestion. */
static void
show_next (BePlayBar *self)
{
  if (be_pacing_get_next (self->pacing) != NULL && !be_pacing_is_running (self->pacing))
    gtk_widget_add_css_class (self->next_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->next_button, "suggested-action");
}

static void
show_speed (BePlayBar *self)
{
  g_autofree char *speed = be_play_words_dup_speed (be_pacing_get_speed (self->pacing));

  set_text (self->speed_label, speed);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speed_scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, speed, -1);
}

static void
show_sides (BePlayBar *self)
{
  const char *sides = be_play_words_get_sides (self->pacing);

  if (g_strcmp0 (gtk_menu_button_get_label (self->sides_button), sides) == 0)
    return;

  gtk_menu_button_set_label (self->sides_button, sides);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sides_button), GTK_ACCESSIBLE_PROPERTY_LABEL, sides, -1);
}

/* What is of stepping is there only while there is stepping: where only reads
 * wait there are no sides, no speed and nothing to end. */
static gboolean
is_at_least (BePlayBar *self,
             int        grid_width)
{
  return self->width >= grid_width * be_magnification_get_factor ();
}

static void
show_parts (BePlayBar *self)
{
  gboolean is_open = be_pacing_is_open (self->pacing);
  gboolean is_tight = self->is_short && !self->is_folded;
  gboolean has_room = !self->is_folded || is_at_least (self, ALL_WORDS_FROM_WIDTH);

  gtk_widget_set_visible (self->folded_close_button, is_open && self->is_folded);
  gtk_widget_set_visible (self->close_button, is_open && !self->is_folded);
  gtk_widget_set_visible (GTK_WIDGET (self->sides_button), is_open);
  gtk_widget_set_visible (self->run_button, is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->run_label), is_tight ? is_at_least (self, SHORT_RUN_FROM_WIDTH) : has_room);
  gtk_widget_set_visible (GTK_WIDGET (self->speed_label), is_open && !is_tight && has_room);
  gtk_widget_set_visible (self->speed_scale, is_open);
}

static void
update (BePlayBar *self)
{
  gboolean is_running = be_pacing_is_running (self->pacing);

  if (!be_pacing_is_open (self->pacing) && !be_pacing_reads_wait (self->pacing))
    return;

  show_sentence (self);
  show_next (self);
  show_speed (self);
  gtk_image_set_from_icon_name (self->icon, is_running ? "be-run-symbolic" : "be-pause-symbolic");
  gtk_image_set_from_icon_name (self->run_icon, is_running ? "be-pause-symbolic" : "be-run-symbolic");
  set_text (self->run_label, is_running ? C_ ("button", "Pause") : C_ ("button", "Run"));
  show_sides (self);
  if (self->is_stepping != be_pacing_is_open (self->pacing))
    {
      self->is_stepping = be_pacing_is_open (self->pacing);
      show_parts (self);
    }
}

static void
fold (BePlayBar *self,
      gboolean   is_folded,
      gboolean   is_short)
{
  gboolean is_tight = is_short && !is_folded;

  self->is_folded = is_folded;
  self->is_short = is_short;
  self->folded_width = self->width;
  show_sentence (self);
  gtk_label_set_lines (self->sentence, is_tight ? 1 : is_short ? SHORT_SENTENCE_LINES
                                                               : SENTENCE_LINES);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->lines),
                                  is_folded ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  show_parts (self);
}

/* Where the whole sentence finds its line there is nothing to save. */
static gboolean
needs_short (BePlayBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && gtk_widget_get_height (GTK_WIDGET (root)) < LOW_BELOW_HEIGHT * be_magnification_get_factor () &&
         !is_at_least (self, FOLDED_BELOW_WIDTH);
}

/* Whoever has one line of a long sentence only has no sentence. */
static gboolean
needs_fold (BePlayBar *self)
{
  if (needs_short (self))
    return !is_at_least (self, SHORT_FROM_WIDTH);

  return be_wire_geometry_for_width (self->width).is_folded || !is_at_least (self, FOLDED_BELOW_WIDTH);
}

static gboolean
fold_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  BePlayBar *self = BE_PLAY_BAR (widget);

  self->fold_tick = 0;
  fold (self, needs_fold (self), needs_short (self));

  return G_SOURCE_REMOVE;
}

/* GtkWidget */

static GtkSizeRequestMode
be_play_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Its smallest width is that of the folded form, as of all in the window. */
static void
be_play_bar_measure (GtkWidget     *widget,
                     GtkOrientation orientation,
                     int            for_size,
                     int           *minimum,
                     int           *natural,
                     int           *minimum_baseline,
                     int           *natural_baseline)
{
  BePlayBar *self = BE_PLAY_BAR (widget);
  int        narrowest = 0;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  gtk_widget_measure (GTK_WIDGET (self->lines), GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->lines), orientation, MAX (for_size, narrowest), minimum, natural, NULL, NULL);
}

/* What changes sizes in the middle of an allocation is laid out wrongly: it is
 * folded a frame later. */
static void
be_play_bar_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  BePlayBar *self = BE_PLAY_BAR (widget);
  int        narrowest = 0;

  self->width = width;
  if (self->fold_tick == 0 && (needs_fold (self) != self->is_folded || needs_short (self) != self->is_short ||
                               width != self->folded_width))
    self->fold_tick = gtk_widget_add_tick_callback (widget, fold_cb, NULL, NULL);

  gtk_widget_measure (GTK_WIDGET (self->lines), GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (self->lines), &(GtkAllocation){ 0, 0, MAX (width, narrowest), height }, -1);
}

/* What becomes lower only, asks nobody in it. */
static void
be_play_bar_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (be_play_bar_parent_class)->realize (widget);

  g_signal_connect_object (gtk_native_get_surface (gtk_widget_get_native (widget)), "notify::height",
                           G_CALLBACK (gtk_widget_queue_allocate), widget, G_CONNECT_SWAPPED);
}

static void
be_play_bar_unrealize (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_native_get_surface (gtk_widget_get_native (widget)), widget);

  GTK_WIDGET_CLASS (be_play_bar_parent_class)->unrealize (widget);
}

/* GObject */

static void
be_play_bar_dispose (GObject *object)
{
  BePlayBar *self = BE_PLAY_BAR (object);

  if (self->fold_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fold_tick);
  self->fold_tick = 0;
  if (self->lines != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->lines));
  self->lines = NULL;
  g_clear_object (&self->pacing);

  G_OBJECT_CLASS (be_play_bar_parent_class)->dispose (object);
}

static void
be_play_bar_class_init (BePlayBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_play_bar_dispose;
  widget_class->get_request_mode = be_play_bar_get_request_mode;
  widget_class->measure = be_play_bar_measure;
  widget_class->size_allocate = be_play_bar_size_allocate;
  widget_class->realize = be_play_bar_realize;
  widget_class->unrealize = be_play_bar_unrealize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-play-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, lines);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, icon);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, sentence);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, folded_close_button);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, close_button);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, sides_button);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, next_button);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, run_button);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, run_icon);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, run_label);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, speed_label);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, speed_scale);
  gtk_widget_class_bind_template_child (widget_class, BePlayBar, speed);
  gtk_widget_class_set_css_name (widget_class, "playbar");
}

static void
be_play_bar_init (BePlayBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * be_play_bar_new:
 *
 * Returns: (transfer floating): the bar of @pacing
 */
GtkWidget *
be_play_bar_new (BePacing *pacing)
{
  BePlayBar *self = NULL;

  g_return_val_if_fail (BE_IS_PACING (pacing), NULL);

  self = g_object_new (BE_TYPE_PLAY_BAR, NULL);
  self->pacing = g_object_ref (pacing);
  g_object_bind_property (pacing, "speed", self->speed, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (pacing, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  show_parts (self);
  update (self);

  return GTK_WIDGET (self);
}

gboolean
be_play_bar_has_next_focus (BePlayBar *self)
{
  g_return_val_if_fail (BE_IS_PLAY_BAR (self), FALSE);

  return gtk_widget_has_focus (self->next_button);
}

void
be_play_bar_focus_next (BePlayBar *self)
{
  g_return_if_fail (BE_IS_PLAY_BAR (self));

  gtk_widget_grab_focus (self->next_button);
}
