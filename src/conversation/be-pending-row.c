/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-pending-row-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "be-call-purpose.h"
#include "be-pairing.h"
#include "be-payload-text.h"

/* Outward from the lifeline, on the grid of the interface font. */
#define BADGE_TO_CAPSULE 24
#define CAPSULE_HALF_HEIGHT 16
#define CAPSULE_PADDING 14
#define CAPSULE_TO_WORDS 11
#define OUTER_MARGIN 18
#define HALF_ROW 21
#define HALF_BARE_ROW 19
#define WORDS_BELOW 27
#define WORDS_HEIGHT 19
#define MAX_WORD_LINES 2
#define FOLDED_BADGE_MARGIN 24
#define FOLDED_CAPSULE_MARGIN 46

#define MAX_PAYLOAD_CHARACTERS 60
#define PAYLOAD_SHARE 0.4
#define MICROSECONDS_PER_TENTH (G_USEC_PER_SEC / 10)

/**
 * BePendingRow:
 *
 * A call that has not returned, as a ghost of the row that it will be: held,
 * "about to: accept()", or called and waiting, "waiting in recv(1024) 4.2 s".
 * One that is held is a button: pressed, it asks the window to make exactly
 * this call (win.step-call). Drawn without child widgets.
 *
 * Bound again whenever there are other calls. Owns the shaped texts; ends with
 * the strip that it stands in.
 */
G_DEFINE_FINAL_TYPE (BePendingRow, be_pending_row, GTK_TYPE_WIDGET)

static gboolean
is_held (BePendingRow *self)
{
  return self->call != NULL && self->call->state == BE_PENDING_HELD;
}

static void
forget_pieces (BePendingRow *self)
{
  for (guint i = 0; i < BE_PENDING_N_PIECES; i++)
    g_clear_object (&self->pieces[i]);
}

/* Tenths of a second only where something moves anyway. */
static char *
dup_elapsed (BePendingRow *self)
{
  gint64 elapsed = MAX (self->now - self->call->since, 0);

  if (self->pulse < 0)
    /* TRANSLATORS: how long a call has been waiting, in whole seconds */
    return g_strdup_printf (_ ("%u s"), (guint) (elapsed / G_USEC_PER_SEC));

  /* TRANSLATORS: how long a call has been waiting, in seconds and tenths: "4.2 s" */
  return g_strdup_printf (_ ("%u.%u s"), (guint) (elapsed / G_USEC_PER_SEC),
                          (guint) (elapsed / MICROSECONDS_PER_TENTH % 10));
}

/* The name of the call stands out of the sentence, whatever the language. */
static void
shape_title (BePendingRow *self)
{
  g_autofree char *elapsed = dup_elapsed (self);
  g_autofree char *name = be_call_purpose_dup_call (self->call);
  g_autofree char *text = be_call_purpose_dup_title (self->call, self->next_client, elapsed);
  g_autoptr (PangoLayout) title = be_lettering_make (self->lettering, BE_FONT_SMALL, text);
  g_autoptr (PangoLayout) model = be_lettering_share (self->lettering, BE_FONT_CALL, name);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_copy (pango_layout_get_attributes (title));
  const char     *found = strstr (text, name);
  PangoAttribute *font = pango_attr_font_desc_new (pango_layout_get_font_description (model));

  font->start_index = found != NULL ? (guint) (found - text) : 0;
  font->end_index = font->start_index + (found != NULL ? (guint) strlen (name) : 0);
  pango_attr_list_insert (attributes, font);
  pango_layout_set_attributes (title, attributes);
  g_set_object (&self->pieces[BE_PENDING_PIECE_TITLE], title);
}

/* On one line: the signs of the line breaks stay. */
static void
shape_payload (BePendingRow *self)
{
  g_autofree char *text = NULL;
  gsize            size = 0;
  const guint8    *bytes = self->call->bytes != NULL ? g_bytes_get_data (self->call->bytes, &size) : NULL;

  if (size == 0)
    return;

  text = be_payload_text_to_display (bytes, size, MAX_PAYLOAD_CHARACTERS);
  g_strdelimit (text, "\n", ' ');
  self->pieces[BE_PENDING_PIECE_PAYLOAD] = be_lettering_make (self->lettering, BE_FONT_PAYLOAD, text);
}

static void
shape (BePendingRow *self)
{
  g_autofree char *words = be_call_purpose_dup_words (self->call, self->next_client);
  g_autofree char *letter = be_pairing_dup_letter (self->connection);

  forget_pieces (self);
  shape_title (self);
  shape_payload (self);
  self->pieces[BE_PENDING_PIECE_WORDS] = be_lettering_make (self->lettering, BE_FONT_SMALL, words);
  if (letter != NULL)
    self->pieces[BE_PENDING_PIECE_LETTER] = be_lettering_make (self->lettering, BE_FONT_LETTER, letter);
}

/* The server's side is mirrored; folded, its badge is at the left edge. */
static double
to_x (BePendingRow *self,
      double        distance,
      double        width)
{
  gboolean is_server = self->call->side == BE_SIDE_SERVER;
  gboolean goes_right = is_server == self->is_folded;
  double   reach = self->is_folded ? 0 : BE_PENDING_ROW_REACH * self->placement.scale;

  return goes_right ? reach + distance : self->width - reach - distance - width;
}

static double
cut (PangoLayout       *layout,
     double             width,
     PangoEllipsizeMode mode)
{
  if (be_lettering_get_width (layout) > width)
    {
      pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, mode);
    }

  return MIN (be_lettering_get_width (layout), MAX (width, 1));
}

static void
place_piece (BePendingRow  *self,
             BePendingPiece piece,
             double         x,
             double         y)
{
  self->placement.x[piece] = x;
  self->placement.y[piece] = y;
}

/* Of a client that connects the port, which is near the end, tells which it is. */
static PangoEllipsizeMode
get_title_mode (BePendingRow *self)
{
  return self->call->call == BE_CALL_CONNECT ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END;
}

/* Returns how far from the lifeline it ends. */
static double
place_capsule (BePendingRow *self,
               double        distance,
               double        room)
{
  BePendingPlacement *placement = &self->placement;
  gboolean            has_payload = self->pieces[BE_PENDING_PIECE_PAYLOAD] != NULL;
  BePendingPiece      piece = has_payload ? BE_PENDING_PIECE_PAYLOAD : BE_PENDING_PIECE_TITLE;
  double              padding = CAPSULE_PADDING * placement->scale;
  double              half_height = CAPSULE_HALF_HEIGHT * placement->scale;
  double              width = cut (self->pieces[piece], room * (has_payload ? PAYLOAD_SHARE : 1) - 2 * padding,
                      has_payload ? PANGO_ELLIPSIZE_END : get_title_mode (self));
  double              x = to_x (self, distance, width + 2 * padding);
  double              gap = CAPSULE_TO_WORDS * placement->scale;

  placement->capsule = GRAPHENE_RECT_INIT ((float) round (x), (float) round (placement->centre - half_height),
                                           (float) round (width + 2 * padding), (float) round (2 * half_height));
  place_piece (self, piece, round (x) + padding, placement->centre);
  distance += width + 2 * padding;
  if (!has_payload)
    return distance;

  width = cut (self->pieces[BE_PENDING_PIECE_TITLE], room - width - 2 * padding - gap, get_title_mode (self));
  place_piece (self, BE_PENDING_PIECE_TITLE, to_x (self, distance + gap, width), placement->centre);

  return distance + gap + width;
}

/* Towards the lifeline; returns the height of a second line. */
static double
wrap (BePendingRow *self,
      PangoLayout  *words,
      double        width)
{
  gboolean goes_right = (self->call->side == BE_SIDE_SERVER) == self->is_folded;
  int      one_line = 0;
  int      all_lines = 0;

  if (be_lettering_get_width (words) <= width)
    return 0;

  pango_layout_get_size (words, NULL, &one_line);
  pango_layout_set_width (words, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_layout_set_height (words, -MAX_WORD_LINES);
  pango_layout_set_wrap (words, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (words, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (words, goes_right ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
  pango_layout_get_size (words, NULL, &all_lines);

  return MAX ((double) (all_lines - one_line) / PANGO_SCALE, 0);
}

/* Beside the capsule where there is room, else below it, which a bare row does
 * without. */
static void
place_words (BePendingRow *self,
             double        distance,
             double        end,
             double        room)
{
  BePendingPlacement *placement = &self->placement;
  PangoLayout        *words = self->pieces[BE_PENDING_PIECE_WORDS];
  double              gap = CAPSULE_TO_WORDS * placement->scale;
  double              width = be_lettering_get_width (words);

  if (end + gap + width <= distance + room)
    {
      place_piece (self, BE_PENDING_PIECE_WORDS, to_x (self, end + gap, width), placement->centre);
      placement->has_words = TRUE;
      return;
    }

  place_piece (self, BE_PENDING_PIECE_WORDS, to_x (self, distance, MIN (width, room)),
               placement->centre + WORDS_BELOW * placement->scale);
  placement->full_height += WORDS_HEIGHT * placement->scale + wrap (self, words, room);
  placement->has_words = !self->is_bare;
}

static void
place (BePendingRow *self)
{
  BePendingPlacement *placement = &self->placement;
  double              scale = be_lettering_get_scale (self->lettering);
  double              distance = (self->is_folded ? FOLDED_CAPSULE_MARGIN : BADGE_TO_CAPSULE) * scale;
  double              reach = (self->is_folded ? 0 : BE_PENDING_ROW_REACH) * scale;
  double              room = self->width - reach - distance - OUTER_MARGIN * scale;

  *placement = (BePendingPlacement){ .scale = scale };
  placement->centre = round ((self->is_bare ? HALF_BARE_ROW : HALF_ROW) * scale);
  placement->full_height = 2 * round (HALF_ROW * scale);
  placement->badge_x = self->is_folded ? to_x (self, FOLDED_BADGE_MARGIN * scale, 0) : to_x (self, 0, 0);
  place_words (self, distance, place_capsule (self, distance, room), room);
  placement->height = self->is_bare ? 2 * placement->centre : placement->full_height;
}

static void
activate_cb (BePendingRow *self)
{
  if (is_held (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.step-call", "t", self->call->id);
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   user_data)
{
  if (!is_held (BE_PENDING_ROW (widget)))
    return FALSE;

  activate_cb (BE_PENDING_ROW (widget));

  return TRUE;
}

/* GtkWidget */

/* The strip gives each row what its placement takes. */
static void
be_pending_row_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
be_pending_row_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  BePendingRow *self = BE_PENDING_ROW (widget);

  if (self->call != NULL && self->pieces[BE_PENDING_PIECE_TITLE] != NULL)
    be_pending_row_draw (self, snapshot);
}

static void
be_pending_row_state_flags_changed (GtkWidget    *widget,
                                    GtkStateFlags previous)
{
  gtk_widget_queue_draw (widget);

  GTK_WIDGET_CLASS (be_pending_row_parent_class)->state_flags_changed (widget, previous);
}

/* GObject */

static void
be_pending_row_finalize (GObject *object)
{
  BePendingRow *self = BE_PENDING_ROW (object);

  forget_pieces (self);
  g_clear_object (&self->lettering);
  g_clear_pointer (&self->call, be_pending_call_unref);
  g_clear_pointer (&self->next_client, g_free);

  G_OBJECT_CLASS (be_pending_row_parent_class)->finalize (object);
}

static void
be_pending_row_class_init (BePendingRowClass *klass)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space };
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = be_pending_row_finalize;
  widget_class->measure = be_pending_row_measure;
  widget_class->snapshot = be_pending_row_snapshot;
  widget_class->state_flags_changed = be_pending_row_state_flags_changed;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i], 0, key_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "be-pending-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
be_pending_row_init (BePendingRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->connection = BE_EVENT_NO_CONNECTION;
  self->pulse = -1;
  g_signal_connect_swapped (click, "released", G_CALLBACK (activate_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * be_pending_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
be_pending_row_new (void)
{
  return g_object_new (BE_TYPE_PENDING_ROW, NULL);
}

/**
 * be_pending_row_bind:
 * @connection: whose badge it has, or %BE_EVENT_NO_CONNECTION
 * @next_client: (nullable): see be_call_purpose_dup_detail ()
 */
void
be_pending_row_bind (BePendingRow  *self,
                     BePendingCall *call,
                     guint32        connection,
                     const char    *next_client)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (BE_IS_PENDING_ROW (self));
  g_return_if_fail (call != NULL);

  if (self->call != NULL && self->call->id == call->id && self->call->state == call->state &&
      self->call->readiness == call->readiness && self->call->argument == call->argument && self->connection == connection &&
      g_strcmp0 (self->next_client, next_client) == 0)
    return;

  g_clear_pointer (&self->call, be_pending_call_unref);
  self->call = be_pending_call_ref (call);
  self->connection = connection;
  g_free (self->next_client);
  self->next_client = g_strdup (next_client);
  forget_pieces (self);
  be_pending_row_update_hints (self);

  sentence = be_call_purpose_dup_sentence (call, connection, next_client);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_DISABLED, !is_held (self), -1);
}

/**
 * be_pending_row_get_call:
 *
 * Returns: (nullable): NULL before the first be_pending_row_bind ()
 */
BePendingCall *
be_pending_row_get_call (BePendingRow *self)
{
  g_return_val_if_fail (BE_IS_PENDING_ROW (self), NULL);

  return self->call;
}

/**
 * be_pending_row_place:
 * @width: of its side of the strip, with what reaches over the lifeline
 * @is_bare: whether it is one line, without words that have no room there
 *
 * Returns: the height that it takes there
 */
int
be_pending_row_place (BePendingRow *self,
                      BeLettering  *lettering,
                      int           width,
                      gboolean      is_folded,
                      gboolean      is_bare)
{
  g_return_val_if_fail (BE_IS_PENDING_ROW (self), 0);
  g_return_val_if_fail (self->call != NULL, 0);

  if (self->pieces[BE_PENDING_PIECE_TITLE] == NULL || self->lettering != lettering || self->width != width ||
      self->is_folded != is_folded || self->is_bare != is_bare)
    {
      g_set_object (&self->lettering, lettering);
      self->width = width;
      self->is_folded = is_folded;
      self->is_bare = is_bare;
      shape (self);
      place (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }

  return (int) ceil (self->placement.height);
}

/**
 * be_pending_row_get_height:
 *
 * Returns: the height that it would take where it was placed last, bare or not
 */
int
be_pending_row_get_height (BePendingRow *self,
                           gboolean      is_bare)
{
  g_return_val_if_fail (BE_IS_PENDING_ROW (self), 0);

  return (int) ceil (is_bare ? 2 * round (HALF_BARE_ROW * self->placement.scale) : self->placement.full_height);
}

/**
 * be_pending_row_set_time:
 * @now: g_get_monotonic_time ()
 * @pulse: 0 to 1, how far its rings have grown, or -1 when nothing may move
 *
 * Tells how late it is; only what waits shows it. Takes no more room for it.
 */
void
be_pending_row_set_time (BePendingRow *self,
                         gint64        now,
                         double        pulse)
{
  BePendingPlacement before;
  gboolean           is_later;

  g_return_if_fail (BE_IS_PENDING_ROW (self));

  is_later = now / MICROSECONDS_PER_TENTH != self->now / MICROSECONDS_PER_TENTH;
  self->now = now;
  self->pulse = is_held (self) ? -1 : pulse;
  if (self->call == NULL || is_held (self) || self->pieces[BE_PENDING_PIECE_TITLE] == NULL)
    return;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!is_later)
    return;

  before = self->placement;
  shape (self);
  place (self);
  self->placement.height = before.height;
  self->placement.full_height = before.full_height;
}
