/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-accept-queue.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "be-wire.h"

/* With more places the numbers alone are easier to read. */
#define MAX_SLOTS 8

/* Clients come and go: what is empty again is not taken away at once. */
#define LINGER_MILLISECONDS 2000

#define HEIGHT 46
#define MARGIN 16
#define GAP 12
#define SLOT_SIZE 32
#define SLOT_GAP 6
#define LIMIT_GAP 12 /* more, before a place beyond the limit */
#define SLOT_RADIUS 8
#define SLOT_BORDER 1.5

/**
 * BeAcceptQueue:
 *
 * The accept queue of the server on its card, while somebody waits in it: a
 * place for each connection that may wait, the letters of those that do, and
 * how many that are. Clients of other programs have no letter before they
 * are accepted.
 *
 * Holds a reference to the watch. It ends with its widget.
 */
struct _BeAcceptQueue
{
  GtkWidget parent_instance;

  BeStateWatch *states;
  guint32       session_id; /* 0: no server is shown */
  guint         hide_source;

  guint   n_waiting;
  guint   max_waiting;
  guint   n_letters;
  guint32 connections[MAX_SLOTS];
  char   *words;
  char   *short_words; /* where there is little room */

  BeLettering *lettering;
};

G_DEFINE_FINAL_TYPE (BeAcceptQueue, be_accept_queue, GTK_TYPE_WIDGET)

static void
ensure_lettering (BeAcceptQueue *self)
{
  if (self->lettering != NULL && !be_lettering_is_current (self->lettering))
    g_clear_object (&self->lettering);

  if (self->lettering == NULL)
    self->lettering = be_lettering_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));
}

static gboolean
hide_cb (gpointer user_data)
{
  BeAcceptQueue *self = BE_ACCEPT_QUEUE (user_data);

  self->hide_source = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);

  return G_SOURCE_REMOVE;
}

static void
update_visible (BeAcceptQueue *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (self->n_waiting > 0 || self->session_id == 0)
    {
      g_clear_handle_id (&self->hide_source, g_source_remove);
      gtk_widget_set_visible (widget, self->n_waiting > 0);
    }
  else if (gtk_widget_get_visible (widget) && self->hide_source == 0)
    self->hide_source = g_timeout_add (LINGER_MILLISECONDS, hide_cb, self);
}

/* Linux compares after it has let one more in (listen(2) does not say so). */
static char *
dup_words (guint n_waiting,
           guint max_waiting)
{
  if (n_waiting > max_waiting)
    return g_strdup_printf (ngettext ("%u waiting: Linux lets one more in than listen(%u)",
                                      "%u waiting: Linux lets one more in than listen(%u)", n_waiting),
                            n_waiting, max_waiting);

  return g_strdup_printf (ngettext ("%u of %u waiting", "%u of %u waiting", n_waiting), n_waiting, max_waiting);
}

static char *
dup_short_words (guint n_waiting,
                 guint max_waiting)
{
  if (n_waiting > max_waiting)
    /* TRANSLATORS: how many, and the call whose argument is the limit that they exceed by one */
    return g_strdup_printf (ngettext ("%u waiting, listen(%u)", "%u waiting, listen(%u)", n_waiting), n_waiting,
                            max_waiting);

  return g_strdup_printf ("%u / %u", n_waiting, max_waiting);
}

static void
update (BeAcceptQueue *self)
{
  const BeStateListener *listener = NULL;
  guint32                connections[MAX_SLOTS] = { 0 };
  guint                  n_waiting = 0;
  guint                  max_waiting = 0;
  guint                  n_letters = 0;
  g_autofree char       *sentence = NULL;

  if (self->session_id != 0)
    listener = be_state_watch_find_listener (self->states, self->session_id);
  if (listener != NULL)
    {
      n_waiting = listener->n_waiting;
      max_waiting = listener->max_waiting;
      n_letters = be_state_watch_list_waiting (self->states, self->session_id, connections,
                                               MIN (n_waiting, MAX_SLOTS));
    }

  if (self->words != NULL && self->n_waiting == n_waiting && self->max_waiting == max_waiting &&
      self->n_letters == n_letters && memcmp (self->connections, connections, sizeof connections) == 0)
    return;

  self->n_waiting = n_waiting;
  self->max_waiting = max_waiting;
  self->n_letters = n_letters;
  memcpy (self->connections, connections, sizeof connections);

  g_free (self->words);
  self->words = dup_words (n_waiting, max_waiting);
  g_free (self->short_words);
  self->short_words = dup_short_words (n_waiting, max_waiting);
  sentence = g_strdup_printf (_ ("Accept queue: %s"), self->words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  update_visible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* GtkWidget */

static void
be_accept_queue_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  BeAcceptQueue *self = BE_ACCEPT_QUEUE (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  ensure_lettering (self);
  *minimum = *natural = (int) ceil (HEIGHT * be_lettering_get_scale (self->lettering));
}

static void
draw_slot (BeAcceptQueue   *self,
           GtkSnapshot     *snapshot,
           const BePalette *palette,
           guint            number,
           double           x,
           double           centre)
{
  static const double dashes[] = { 3, 2.5 };
  double              scale = be_lettering_get_scale (self->lettering);
  double              size = SLOT_SIZE * scale;
  double              radius = SLOT_RADIUS * scale;
  double              inset = SLOT_BORDER * scale / 2;
  gboolean            is_taken = number < self->n_waiting;
  cairo_t            *cairo = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x, (float) (centre - size / 2),
                                                                                        (float) size, (float) size));

  cairo_translate (cairo, x + size / 2, centre);
  for (guint i = 0; i < 4; i++)
    {
      double corner = size / 2 - inset - radius;

      cairo_arc (cairo, corner, corner, radius, 0, G_PI / 2);
      cairo_rotate (cairo, G_PI / 2);
    }
  cairo_close_path (cairo);
  gdk_cairo_set_source_rgba (cairo, &palette->lane);
  cairo_fill_preserve (cairo);
  gdk_cairo_set_source_rgba (cairo, &palette->lifeline);
  cairo_set_line_width (cairo, SLOT_BORDER * scale);
  cairo_set_dash (cairo, dashes, is_taken ? 0 : G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cairo);
  cairo_destroy (cairo);

  if (is_taken)
    {
      guint32          connection = number < self->n_letters ? self->connections[number] : BE_EVENT_NO_CONNECTION;
      g_autofree char *letter = connection != BE_EVENT_NO_CONNECTION ? be_pairing_dup_letter (connection) : NULL;
      g_autoptr (PangoLayout) layout = letter != NULL ? be_lettering_share (self->lettering, BE_FONT_LETTER, letter) : NULL;

      be_wire_snapshot_badge (snapshot, palette, self->lettering, connection, layout, FALSE, x + size / 2, centre);
    }
}

static PangoLayout *
make_title (BeAcceptQueue *self)
{
  PangoLayout *title = be_lettering_make (self->lettering, BE_FONT_BODY, _ ("Accept queue"));
  g_autoptr (PangoAttrList) bold = pango_attr_list_new ();

  pango_attr_list_insert (bold, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (title, bold);

  return title;
}

static double
get_slot_x (BeAcceptQueue *self,
            guint          number)
{
  double gap = self->max_waiting > 0 && number >= self->max_waiting ? LIMIT_GAP : 0;

  return (number * (SLOT_SIZE + SLOT_GAP) + gap) * be_lettering_get_scale (self->lettering);
}

static double
get_slots_width (BeAcceptQueue *self)
{
  guint n_slots = MAX (self->max_waiting, self->n_waiting);

  if (n_slots == 0 || n_slots > MAX_SLOTS)
    return 0;

  return get_slot_x (self, n_slots - 1) + (SLOT_SIZE + GAP) * be_lettering_get_scale (self->lettering);
}

/* How it is said, best first. When more wait than were asked for the places show
 * it better than the title. */
typedef struct
{
  gboolean has_title;
  gboolean has_slots;
  gboolean is_short;
} Form;

static const Form forms[] = {
  { TRUE, TRUE, FALSE },
  { TRUE, TRUE, TRUE },
  { FALSE, TRUE, FALSE },
  { TRUE, FALSE, FALSE },
  { TRUE, FALSE, TRUE },
  { FALSE, FALSE, TRUE },
};
static const Form over_full_form = { FALSE, TRUE, TRUE };

static double
make_form (BeAcceptQueue *self,
           const Form    *form,
           PangoLayout  **title,
           PangoLayout  **words,
           double        *slots_width)
{
  const char *text = form->is_short ? self->short_words : self->words;

  g_clear_object (title);
  g_clear_object (words);
  *title = form->has_title ? make_title (self) : NULL;
  *words = be_lettering_make (self->lettering, BE_FONT_BODY, text != NULL ? text : "");
  *slots_width = form->has_slots ? get_slots_width (self) : 0;

  return *slots_width + be_lettering_get_width (*words) +
         (form->has_title ? be_lettering_get_width (*title) + GAP * be_lettering_get_scale (self->lettering) : 0);
}

static void
fit (BeAcceptQueue *self,
     double         room,
     PangoLayout  **title,
     PangoLayout  **words,
     double        *slots_width)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (self->n_waiting > self->max_waiting && !forms[i].has_slots &&
          make_form (self, &over_full_form, title, words, slots_width) <= room)
        return;
      if (make_form (self, &forms[i], title, words, slots_width) <= room)
        return;
    }
}

static void
be_accept_queue_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  BeAcceptQueue   *self = BE_ACCEPT_QUEUE (widget);
  const BePalette *palette = be_palette_get_default ();
  double           centre = gtk_widget_get_height (widget) / 2.0;
  double           scale;
  double           x;
  double           slots_width = 0;
  g_autoptr (PangoLayout) title = NULL;
  g_autoptr (PangoLayout) words = NULL;

  ensure_lettering (self);
  scale = be_lettering_get_scale (self->lettering);
  x = MARGIN * scale;
  fit (self, gtk_widget_get_width (widget) - 2 * x, &title, &words, &slots_width);

  if (title != NULL)
    {
      be_lettering_snapshot (self->lettering, snapshot, title, BE_FONT_BODY, x, centre, &palette->text);
      x += be_lettering_get_width (title) + GAP * scale;
    }
  for (guint i = 0; slots_width > 0 && i < MAX (self->max_waiting, self->n_waiting); i++)
    draw_slot (self, snapshot, palette, i, x + get_slot_x (self, i), centre);
  x += slots_width;
  be_lettering_snapshot (self->lettering, snapshot, words, BE_FONT_BODY, x, centre, &palette->small_text);
}

/* GObject */

static void
be_accept_queue_constructed (GObject *object)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  G_OBJECT_CLASS (be_accept_queue_parent_class)->constructed (object);

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           object, G_CONNECT_SWAPPED);
}

static void
be_accept_queue_dispose (GObject *object)
{
  BeAcceptQueue *self = BE_ACCEPT_QUEUE (object);

  g_clear_handle_id (&self->hide_source, g_source_remove);
  g_clear_object (&self->states);
  g_clear_object (&self->lettering);

  G_OBJECT_CLASS (be_accept_queue_parent_class)->dispose (object);
}

static void
be_accept_queue_finalize (GObject *object)
{
  BeAcceptQueue *self = BE_ACCEPT_QUEUE (object);

  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->short_words, g_free);

  G_OBJECT_CLASS (be_accept_queue_parent_class)->finalize (object);
}

static void
be_accept_queue_class_init (BeAcceptQueueClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = be_accept_queue_constructed;
  object_class->dispose = be_accept_queue_dispose;
  object_class->finalize = be_accept_queue_finalize;
  widget_class->measure = be_accept_queue_measure;
  widget_class->snapshot = be_accept_queue_snapshot;

  gtk_widget_class_set_css_name (widget_class, "acceptqueue");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
be_accept_queue_init (BeAcceptQueue *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * be_accept_queue_set_server:
 * @states: always the same
 * @session_id: the server whose queue is shown; 0: none
 */
void
be_accept_queue_set_server (BeAcceptQueue *self,
                            BeStateWatch  *states,
                            guint32        session_id)
{
  g_return_if_fail (BE_IS_ACCEPT_QUEUE (self));
  g_return_if_fail (BE_IS_STATE_WATCH (states));

  if (self->states == NULL)
    {
      self->states = g_object_ref (states);
      g_signal_connect_object (states, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  self->session_id = session_id;
  update (self);
  update_visible (self);
}

/**
 * be_accept_queue_get_words:
 *
 * Returns: (nullable): how many wait, for people
 */
const char *
be_accept_queue_get_words (BeAcceptQueue *self)
{
  g_return_val_if_fail (BE_IS_ACCEPT_QUEUE (self), NULL);

  return self->words;
}

/**
 * be_accept_queue_get_n_letters:
 *
 * Returns: of how many that wait the letter is shown
 */
guint
be_accept_queue_get_n_letters (BeAcceptQueue *self)
{
  g_return_val_if_fail (BE_IS_ACCEPT_QUEUE (self), 0);

  return self->n_letters;
}
