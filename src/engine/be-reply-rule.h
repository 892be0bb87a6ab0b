/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BE_REPLY_UPPER,
  BE_REPLY_ECHO,
  BE_REPLY_NONE,
} BeReplyRule;

const char *be_reply_rule_get_name (BeReplyRule rule);
gboolean    be_reply_rule_from_name (const char  *name,
                                     BeReplyRule *rule);
gboolean    be_reply_rule_changes (BeReplyRule   rule,
                                   const guint8 *bytes,
                                   gsize         length);
gsize       be_reply_rule_apply (BeReplyRule rule,
                                 guint8     *bytes,
                                 gsize       length);

G_END_DECLS
