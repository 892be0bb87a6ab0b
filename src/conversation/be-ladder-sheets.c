/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the rows of BeLadderPicture go, and what stands around them. */

#include "be-ladder-picture-private.h"

#include "be-ladder-page.h"
#include "be-wire-arrows.h"

#define ABOVE_ROWS 6.0
#define BELOW_ROWS 24.0

/* Where a row stands that is older than the excerpt. */
#define OLDER_MIDDLE (-400.0)

/* So many links are looked at in one step, and their arrows are one node. */
#define LINKS_PER_STEP 128u

static BeLadderRow *
get_row (BeLadderPicture *self,
         guint            row)
{
  return &g_array_index (self->rows, BeLadderRow, row);
}

static BeLadderSheet *
get_sheet (BeLadderPicture *self,
           guint            sheet)
{
  return &g_array_index (self->sheets, BeLadderSheet, sheet);
}

static void
add_sheet (BeLadderPicture *self,
           guint            first,
           guint            last)
{
  BeLadderSheet sheet = { .first = first, .last = last };

  sheet.top = get_row (self, first)->top - ABOVE_ROWS;
  sheet.bottom = sheet.top;
  for (guint i = first; i <= last; i++)
    sheet.bottom = MAX (sheet.bottom, get_row (self, i)->bottom);
  sheet.heading_height = be_ladder_heading_get_height (&self->heading, self->sheets->len == 0);
  sheet.arrows = g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref);
  g_array_append_val (self->sheets, sheet);
}

/* Of the rows that an image has no room for, the newest stay. */
static guint
find_first_in_image (BeLadderPicture *self)
{
  double end = get_row (self, self->rows->len - 1)->bottom + BELOW_ROWS;
  guint  first = 0;

  if (self->format != BE_LADDER_PNG)
    return 0;

  for (; first + 1 < self->rows->len; first++)
    {
      be_ladder_heading_set_n_left_out (&self->heading, self->excerpt->n_left_out + first);
      if (be_ladder_heading_get_height (&self->heading, TRUE) + end - get_row (self, first)->top + ABOVE_ROWS <=
          BE_LADDER_MAX_PNG_HEIGHT)
        break;
    }

  return first;
}

static void
split_into_pages (BeLadderPicture *self)
{
  guint first = 0;

  for (guint i = 1; i < self->rows->len; i++)
    {
      double top = get_row (self, first)->top - ABOVE_ROWS;
      double room = be_ladder_page_get_room (be_ladder_heading_get_height (&self->heading, first == 0));

      if (get_row (self, i)->bottom - top <= room)
        continue;

      add_sheet (self, first, i - 1);
      first = i;
    }

  add_sheet (self, first, self->rows->len - 1);
}

/* The lifelines go down to the end of each page, the arrows to where the next
 * page goes on with them. */
static void
stretch_pages (BeLadderPicture *self)
{
  for (guint i = 0; i < self->sheets->len; i++)
    {
      BeLadderSheet *sheet = get_sheet (self, i);

      sheet->bottom = sheet->top + be_ladder_page_get_room (sheet->heading_height);
      sheet->next_top = sheet->bottom;
      if (i + 1 < self->sheets->len)
        sheet->next_top = MIN (sheet->bottom, get_sheet (self, i + 1)->top);
    }
}

/* See be-ladder-picture-private.h. */
void
be_ladder_picture_make_sheets (BeLadderPicture *self)
{
  if (self->rows->len == 0)
    return;

  if (self->format == BE_LADDER_PDF)
    {
      split_into_pages (self);
      stretch_pages (self);
      return;
    }

  self->n_undrawn = find_first_in_image (self);
  add_sheet (self, self->n_undrawn, self->rows->len - 1);
  get_sheet (self, 0)->bottom += BELOW_ROWS;
  get_sheet (self, 0)->next_top = get_sheet (self, 0)->bottom;
}

/*
 * What a sheet has besides its rows
 */

static void
draw_ground (BeLadderPicture *self,
             guint            number)
{
  BeLadderSheet        *sheet = get_sheet (self, number);
  const BeWireGeometry *geometry = &self->setting.geometry;
  const double          height = sheet->bottom - sheet->top;
  GtkSnapshot          *snapshot = gtk_snapshot_new ();

  be_wire_snapshot_lane (snapshot, self->palette, geometry, height);
  be_wire_snapshot_lifeline (snapshot, self->palette, geometry->server_x, 0, height,
                             !self->excerpt->has_side[BE_SIDE_SERVER]);
  be_wire_snapshot_lifeline (snapshot, self->palette, geometry->client_x, 0, height,
                             !self->excerpt->has_side[BE_SIDE_CLIENT]);
  sheet->lane = gtk_snapshot_free_to_node (snapshot);

  sheet->heading = be_ladder_heading_draw (&self->heading, number == 0);
  if (self->format == BE_LADDER_PDF)
    sheet->footing = be_ladder_heading_draw_footing (&self->heading, number + 1, self->sheets->len);
}

static double
get_middle (BeLadderPicture *self,
            guint            row)
{
  return row == BE_LADDER_EXCERPT_OLDER ? OLDER_MIDDLE : get_row (self, row)->middle;
}

/* As on the screen: a stub says its address where the row above did not. */
static gboolean
has_label (BeLadderPicture      *self,
           const BeLadderSheet  *sheet,
           const BeTransferLink *link,
           guint                 row)
{
  if (!be_wire_needs_label (link))
    return FALSE;

  return row <= sheet->first || be_wire_repeats_label (link) ||
         be_ladder_excerpt_get (self->excerpt, row - 1)->record->connection !=
           be_ladder_excerpt_get (self->excerpt, row)->record->connection;
}

/* What the row of an attempt has below its first line. */
static double
count_below (BeLadderPicture      *self,
             const BeTransferLink *link,
             guint                 row)
{
  const BeLadderRow *place;

  if (!be_wire_fills_row (link) || row == BE_LADDER_EXCERPT_OLDER)
    return 0;

  place = get_row (self, row);

  return place->bottom + place->top - 2 * place->middle;
}

/* See be_wire_arrow_get_loose_row (). */
static double
get_room (BeLadderPicture      *self,
          const BeWireArrow    *arrow,
          const BeTransferLink *link)
{
  BeSide side;
  guint  row = be_wire_arrow_get_loose_row (arrow, link, &side);

  if (row == BE_TRANSFER_NO_ROW || row == BE_LADDER_EXCERPT_OLDER || row + 1 >= self->excerpt->rows->len ||
      be_ladder_excerpt_get (self->excerpt, row + 1)->record->side != side)
    return 0;

  return get_middle (self, row + 1) - get_middle (self, row);
}

/* Returns whether it can be seen on the sheet. */
static gboolean
set_arrow (BeLadderPicture      *self,
           const BeLadderSheet  *sheet,
           const BeTransferLink *link,
           BeWireArrow          *arrow)
{
  guint first = link->from != BE_TRANSFER_NO_ROW ? link->from : link->to;
  guint last = link->to != BE_TRANSFER_NO_ROW ? link->to : link->from;
  guint labelled = first == BE_LADDER_EXCERPT_OLDER ? last : first; /* both know the address */

  be_wire_arrow_init (arrow, link, get_middle (self, first) - sheet->top,
                      get_middle (self, last) + count_below (self, link, last) - sheet->top,
                      be_lettering_get_scale (self->setting.lettering));
  arrow->room = get_room (self, arrow, link);
  if (MAX (arrow->from_y, arrow->to_y) < 0 || MIN (arrow->from_y, arrow->to_y) > sheet->next_top - sheet->top)
    return FALSE;

  if (has_label (self, sheet, link, labelled))
    arrow->label = be_wire_make_label (self->setting.lettering, &self->setting.geometry, link,
                                       be_ladder_excerpt_get (self->excerpt, labelled)->record);

  return TRUE;
}

static void
draw_arrows (BeLadderPicture *self,
             BeLadderSheet   *sheet,
             guint            begin,
             guint            end)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_object_unref);
  BeWireArrow  arrows[LINKS_PER_STEP];
  guint        n_arrows = 0;
  GtkSnapshot *snapshot;

  for (guint i = begin; i < end; i++)
    {
      BeWireArrow *arrow = &arrows[n_arrows];

      if (!set_arrow (self, sheet, &g_array_index (self->excerpt->links, BeTransferLink, i), arrow))
        continue;

      n_arrows++;
      if (arrow->label != NULL)
        g_ptr_array_add (labels, arrow->label);
    }

  if (n_arrows == 0)
    return;

  snapshot = gtk_snapshot_new ();
  be_wire_snapshot_arrows (snapshot, self->palette, self->setting.lettering, &self->setting.geometry,
                           sheet->bottom - sheet->top, arrows, n_arrows);
  g_ptr_array_add (sheet->arrows, gtk_snapshot_free_to_node (snapshot));
  sheet->n_arrows += n_arrows;
}

/* Returns whether all sheets are finished. */
gboolean
be_ladder_picture_work_on_sheets (BeLadderPicture *self)
{
  guint n_links = self->excerpt->links->len;
  guint end = MIN (self->next + LINKS_PER_STEP, n_links);

  if (self->next_sheet == self->sheets->len)
    return TRUE;

  if (self->next == 0)
    draw_ground (self, self->next_sheet);
  draw_arrows (self, get_sheet (self, self->next_sheet), self->next, end);
  self->next = end;
  if (end == n_links)
    {
      self->next_sheet++;
      self->next = 0;
    }

  return FALSE;
}
