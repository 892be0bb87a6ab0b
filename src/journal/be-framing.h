/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BE_FRAMING_MAX_DELIMITER 16u

/* A length prefix that promises more is taken for none. */
#define BE_FRAMING_MAX_MESSAGE (16u * 1024 * 1024)

typedef enum
{
  BE_FRAMING_NONE, /* what there is, is one message */
  BE_FRAMING_LINE, /* ends with LF; a CR before it belongs to the end */
  BE_FRAMING_FIXED,
  BE_FRAMING_PREFIX_1, /* of so many bytes, in network byte order: how many follow it */
  BE_FRAMING_PREFIX_2,
  BE_FRAMING_PREFIX_4,
  BE_FRAMING_DELIMITER,
} BeFramingKind;

#define BE_N_FRAMINGS (BE_FRAMING_DELIMITER + 1)

/**
 * BeFraming:
 *
 * A rule of an application that cuts a sequence of bytes into messages. A
 * plain value.
 */
typedef struct
{
  BeFramingKind kind;
  guint32       fixed_length; /* FIXED: 1 or more */
  guint8        delimiter[BE_FRAMING_MAX_DELIMITER];
  guint         delimiter_length; /* DELIMITER: 1 or more */
} BeFraming;

/**
 * BeFrame:
 *
 * One message with what marks its borders, or the rest of which no end has
 * come.
 */
typedef struct
{
  gsize    offset;
  gsize    length;         /* of what has come, header and trailer too */
  gsize    header_length;  /* of the prefix */
  gsize    trailer_length; /* of the line end or the delimiter */
  guint64  whole_length;   /* once it is complete; 0: cannot be known yet */
  gboolean is_complete;
  gboolean is_too_long; /* its prefix promises more than is believed: nothing behind it is cut */
} BeFrame;

gboolean be_framing_is_valid (const BeFraming *self);
gboolean be_framing_next (const BeFraming *self,
                          const guint8    *bytes,
                          gsize            length,
                          gsize           *offset,
                          BeFrame         *frame);
char    *be_framing_describe_rest (const BeFraming *self,
                                   const BeFrame   *frame);

G_END_DECLS
