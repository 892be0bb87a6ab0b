/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_BYTE_STRIP (be_byte_strip_get_type ())
G_DECLARE_FINAL_TYPE (BeByteStrip, be_byte_strip, BE, BYTE_STRIP, GtkWidget)

typedef enum
{
  BE_BYTE_STRIP_SENT,
  BE_BYTE_STRIP_RECEIVED,
  BE_BYTE_STRIP_MESSAGES,
} BeByteStripKind;

/**
 * BeByteStripPiece:
 *
 * One piece of a strip, lent: its bytes, and what stands below it.
 */
typedef struct
{
  const guint8 *bytes;
  gsize         length;
  gsize         header_length;  /* of these, set apart by a tick */
  gsize         trailer_length; /* at the end, as well */
  const char   *caption;
  gboolean      is_lost; /* they were thrown away; none where nobody knows them */
  gboolean      is_open; /* more belongs to it, which has not come or is gone */
} BeByteStripPiece;

GtkWidget *be_byte_strip_new (void);
void       be_byte_strip_begin (BeByteStrip    *self,
                                BeByteStripKind kind,
                                guint32         connection);
void       be_byte_strip_add (BeByteStrip            *self,
                              const BeByteStripPiece *piece);
void       be_byte_strip_end (BeByteStrip *self,
                              const char  *title);
guint      be_byte_strip_get_n_pieces (BeByteStrip *self);

G_END_DECLS
