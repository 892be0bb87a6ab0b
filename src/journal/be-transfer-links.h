/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal-filter.h"
#include "be-transfer-match.h"

G_BEGIN_DECLS

/* How many rows above and below those in view the other end is looked for. */
#define BE_TRANSFER_LINKS_REACH 1024u

/**
 * BeTransferLinks:
 *
 * Which of the rows in view is linked to which row: what one end sent, the
 * other received. Found out for what is looked at only, when it is looked at.
 * Not an object: it belongs to who looks, and ends with it.
 */
typedef struct _BeTransferLinks BeTransferLinks;

BeTransferLinks      *be_transfer_links_new (void);
void                  be_transfer_links_free (BeTransferLinks *self);
gboolean              be_transfer_links_update (BeTransferLinks *self,
                                                BeJournalFilter *filter,
                                                guint            first,
                                                guint            last);
gboolean              be_transfer_links_are_stale (BeTransferLinks *self,
                                                   BeJournalFilter *filter);
void                  be_transfer_links_clear (BeTransferLinks *self);
const BeTransferLink *be_transfer_links_get (BeTransferLinks *self,
                                             guint           *n_links);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeTransferLinks, be_transfer_links_free)

G_END_DECLS
