/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-cables.h"

#include "be-endpoint-card.h"
#include "be-magnification.h"
#include "be-projected-cable.h"
#include "be-socket-row.h"
#include "be-wire.h"

#define ROWS_TO_LOOK_AT 200
#define MARK_WIDTH 1.5f
#define MARK_MARGIN 4
#define MARK_RADIUS 8

/**
 * BeCables:
 *
 * Lies over both cards and draws a cable for each connection of which both
 * ends stand there: from badge to badge, in the connection's colour, dotted
 * when it is over, and a mere line for UDP, which makes no connection; around
 * both rows of the connection that is in question in the conversation, a frame.
 * Under each card it begins the lifeline that goes on in the conversation. Takes
 * no input. Holds a reference to the journal; the cards are its neighbours and
 * end with the same parent.
 */
struct _BeCables
{
  GtkWidget parent_instance;

  BeEndpointCard *cards[2];
  BeJournal      *journal;
  gboolean        has_rows[2];
  guint           marked; /* a connection, or BE_EVENT_NO_CONNECTION */
};

G_DEFINE_FINAL_TYPE (BeCables, be_cables, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SERVER_CARD = 1,
  PROP_CLIENT_CARD,
} BeCablesProperty;

static GParamSpec *properties[PROP_CLIENT_CARD + 1];

/* Where the badge of a row is; FALSE when it is scrolled out of sight. */
static gboolean
find_badge (BeCables         *self,
            BeEndpointCard   *card,
            BeSocketRow      *row,
            graphene_point_t *centre)
{
  graphene_rect_t badge;
  graphene_rect_t viewport;

  if (!gtk_widget_get_mapped (GTK_WIDGET (row)) ||
      !gtk_widget_compute_bounds (be_socket_row_get_badge (row), GTK_WIDGET (self), &badge) ||
      !gtk_widget_compute_bounds (be_endpoint_card_get_viewport (card), GTK_WIDGET (self), &viewport))
    return FALSE;

  graphene_rect_get_center (&badge, centre);

  return graphene_rect_contains_point (&viewport, centre);
}

static BeSocketRow *
find_row (BeEndpointCard *card,
          guint32         connection)
{
  GPtrArray *rows = be_endpoint_card_get_rows (card);

  for (guint i = 0; i < rows->len; i++)
    {
      BeSocketRow     *row = g_ptr_array_index (rows, i);
      BeSocketSummary *summary = be_socket_row_get_summary (row);

      if (summary != NULL && be_socket_summary_get_connection (summary) == connection)
        return row;
    }

  return NULL;
}

static void
draw_cable (cairo_t                *cairo,
            const BeInk            *ink,
            const graphene_point_t *from,
            const graphene_point_t *to,
            gboolean                is_udp,
            gboolean                is_over)
{
  static const double dots[] = { 0, 6 };
  double              factor = be_magnification_get_factor ();

  cairo_set_line_width (cairo, (is_udp && !is_over ? BE_NO_CABLE_WIDTH : BE_CABLE_WIDTH) * factor);
  cairo_set_line_cap (cairo, is_over ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (cairo, dots, is_over ? G_N_ELEMENTS (dots) : 0, 0);
  gdk_cairo_set_source_rgba (cairo, &ink->strong);
  cairo_move_to (cairo, from->x + BE_BADGE_CLEARANCE * factor, from->y);
  cairo_line_to (cairo, to->x - BE_BADGE_CLEARANCE * factor, to->y);
  cairo_stroke (cairo);
}

static void
draw_lifelines (BeCables        *self,
                GtkSnapshot     *snapshot,
                const BePalette *palette)
{
  BeWireGeometry geometry = be_wire_geometry_for_width (gtk_widget_get_width (GTK_WIDGET (self)));
  const int      x[2] = { geometry.server_x, geometry.client_x };
  double         bottom = gtk_widget_get_height (GTK_WIDGET (self));

  for (guint side = 0; side < G_N_ELEMENTS (x); side++)
    {
      graphene_rect_t card;

      if (!gtk_widget_compute_bounds (GTK_WIDGET (self->cards[side]), GTK_WIDGET (self), &card))
        continue;

      be_wire_snapshot_lifeline (snapshot, palette, x[side], card.origin.y + card.size.height, bottom,
                                 !self->has_rows[side]);
    }
}

static void
draw_cables (BeCables        *self,
             cairo_t         *cairo,
             const BePalette *palette)
{
  BeEndpointCard *server = self->cards[BE_SIDE_SERVER];
  BeEndpointCard *client = self->cards[BE_SIDE_CLIENT];
  GPtrArray      *rows = be_endpoint_card_get_rows (server);

  for (guint i = 0; i < rows->len; i++)
    {
      BeSocketRow     *row = g_ptr_array_index (rows, i);
      BeSocketSummary *summary = be_socket_row_get_summary (row);
      BeSocketRow     *partner = NULL;
      graphene_point_t from;
      graphene_point_t to;
      gboolean         is_over;

      if (summary == NULL)
        continue;

      partner = find_row (client, be_socket_summary_get_connection (summary));
      if (partner == NULL || !find_badge (self, server, row, &from) || !find_badge (self, client, partner, &to))
        continue;

      is_over = !be_socket_summary_is_open (summary) ||
                !be_socket_summary_is_open (be_socket_row_get_summary (partner));
      draw_cable (cairo, be_palette_get_ink (palette, be_socket_summary_get_connection (summary)), &from, &to,
                  be_socket_summary_get_protocol (summary) == BE_PROTOCOL_UDP, is_over);
    }
}

/* Around the sockets of the connection that is marked, as far as they are in
 * sight. */
static void
draw_mark (BeCables        *self,
           GtkSnapshot     *snapshot,
           const BePalette *palette)
{
  const GdkRGBA *colour = &be_palette_get_ink (palette, self->marked)->strong;

  for (guint side = 0; side < G_N_ELEMENTS (self->cards); side++)
    {
      BeSocketRow     *row = find_row (self->cards[side], self->marked);
      graphene_point_t centre;
      graphene_rect_t  bounds;
      GskRoundedRect   outline;

      if (row == NULL || !find_badge (self, self->cards[side], row, &centre) ||
          !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
        continue;

      graphene_rect_inset (&bounds, MARK_MARGIN, 0);
      gsk_rounded_rect_init_from_rect (&outline, &bounds, MARK_RADIUS);
      gtk_snapshot_append_border (snapshot, &outline, (float[4]){ MARK_WIDTH, MARK_WIDTH, MARK_WIDTH, MARK_WIDTH },
                                  (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
    }
}

/* What was there before has been looked at; in a flood this comes very often. */
static void
journal_changed_cb (BeCables *self,
                    guint     position,
                    guint     n_removed,
                    guint     n_added)
{
  guint    n_rows = MIN (g_list_model_get_n_items (G_LIST_MODEL (self->journal)), ROWS_TO_LOOK_AT);
  guint    first = n_removed > 0 ? 0 : MIN (position, n_rows);
  gboolean has_rows[2] = { FALSE, FALSE };

  if (first > 0)
    memcpy (has_rows, self->has_rows, sizeof has_rows);
  for (guint i = first; i < n_rows && !(has_rows[BE_SIDE_SERVER] && has_rows[BE_SIDE_CLIENT]); i++)
    has_rows[be_journal_get_record (self->journal, i)->side & 1] = TRUE;

  if (memcmp (has_rows, self->has_rows, sizeof has_rows) == 0)
    return;

  memcpy (self->has_rows, has_rows, sizeof has_rows);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* GtkWidget */

static void
be_cables_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  BeCables        *self = BE_CABLES (widget);
  BeEndpointCard  *server = self->cards[BE_SIDE_SERVER];
  BeEndpointCard  *client = self->cards[BE_SIDE_CLIENT];
  const BePalette *palette = be_palette_get_default ();
  graphene_rect_t  bounds;
  cairo_t         *cairo = NULL;
  gboolean         is_folded = FALSE;

  if (server == NULL || client == NULL)
    return;

  if (self->marked != BE_EVENT_NO_CONNECTION)
    draw_mark (self, snapshot, palette);

  g_object_get (server, "is-folded", &is_folded, NULL);
  if (is_folded)
    return;

  draw_lifelines (self, snapshot, palette);
  if (be_magnification_is_projected ())
    be_projected_cable_snapshot (widget, snapshot, server, client);

  graphene_rect_init (&bounds, 0, 0, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));
  cairo = gtk_snapshot_append_cairo (snapshot, &bounds);
  draw_cables (self, cairo, palette);
  cairo_destroy (cairo);
}

/* GObject */

static void
set_card (BeCables       *self,
          BeSide          side,
          BeEndpointCard *card)
{
  self->cards[side] = card;
  if (card != NULL)
    g_signal_connect_object (card, "rows-changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

static void
be_cables_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  BeCables *self = BE_CABLES (object);

  switch ((BeCablesProperty) prop_id)
    {
    case PROP_SERVER_CARD:
      g_value_set_object (value, self->cards[BE_SIDE_SERVER]);
      break;
    case PROP_CLIENT_CARD:
      g_value_set_object (value, self->cards[BE_SIDE_CLIENT]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_cables_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  BeCables *self = BE_CABLES (object);

  switch ((BeCablesProperty) prop_id)
    {
    case PROP_SERVER_CARD:
      set_card (self, BE_SIDE_SERVER, g_value_get_object (value));
      break;
    case PROP_CLIENT_CARD:
      set_card (self, BE_SIDE_CLIENT, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_cables_dispose (GObject *object)
{
  g_clear_object (&BE_CABLES (object)->journal);

  G_OBJECT_CLASS (be_cables_parent_class)->dispose (object);
}

static void
be_cables_class_init (BeCablesClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_cables_get_property;
  object_class->set_property = be_cables_set_property;
  object_class->dispose = be_cables_dispose;
  widget_class->snapshot = be_cables_snapshot;

  properties[PROP_SERVER_CARD] = g_param_spec_object ("server-card", NULL, NULL, BE_TYPE_ENDPOINT_CARD, flags);
  properties[PROP_CLIENT_CARD] = g_param_spec_object ("client-card", NULL, NULL, BE_TYPE_ENDPOINT_CARD, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "cables");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
be_cables_init (BeCables *self)
{
  self->marked = BE_EVENT_NO_CONNECTION;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

static void
marked_cb (BeCables *self,
           guint     connection)
{
  self->marked = connection;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * be_cables_set_conversation:
 * @conversation: with its journal
 *
 * Tells which sides have begun: the lifelines of the others are dotted; and
 * which connection somebody looks at.
 */
void
be_cables_set_conversation (BeCables       *self,
                            BeConversation *conversation)
{
  g_return_if_fail (BE_IS_CABLES (self));
  g_return_if_fail (BE_IS_CONVERSATION (conversation));
  g_return_if_fail (self->journal == NULL);

  g_signal_connect_object (conversation, "marked", G_CALLBACK (marked_cb), self, G_CONNECT_SWAPPED);
  self->journal = g_object_ref (be_conversation_get_journal (conversation));
  g_signal_connect_object (self->journal, "items-changed", G_CALLBACK (journal_changed_cb), self, G_CONNECT_SWAPPED);
  journal_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (self->journal)));
}

/**
 * be_cables_get_marked:
 *
 * Returns: around whose sockets there is a frame, or %BE_EVENT_NO_CONNECTION
 */
guint32
be_cables_get_marked (BeCables *self)
{
  g_return_val_if_fail (BE_IS_CABLES (self), BE_EVENT_NO_CONNECTION);

  return self->marked;
}
