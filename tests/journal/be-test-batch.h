/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-event-record.h"

G_BEGIN_DECLS

/**
 * BeTestBatch:
 *
 * A batch of events that a test makes up, in place of a network thread.
 */
typedef struct
{
  GByteArray  *bytes;
  BeEventBatch batch;
  guint64      last_sequence;
} BeTestBatch;

BeTestBatch        *be_test_batch_new (void);
void                be_test_batch_free (BeTestBatch *self);
void                be_test_batch_clear (BeTestBatch *self);
void                be_test_batch_add (BeTestBatch         *self,
                                       const BeEventRecord *record,
                                       gconstpointer        payload,
                                       gsize                length);
void                be_test_batch_add_data (BeTestBatch  *self,
                                            BeEventRecord record,
                                            const char   *text);
const BeEventBatch *be_test_batch_get (BeTestBatch *self);

/* Of a TCP socket with the number @id; at the other end of 127.0.0.1:8001. */
BeEventRecord be_test_record (BeSide  side,
                              BeCall  call,
                              guint32 id);

/* The same of one end of a connection: the server's socket of client @client
 * has another number than the client's. */
BeEventRecord be_test_record_of_end (BeSide  side,
                                     BeCall  call,
                                     guint32 client);
BeAddress     be_test_address (const char *host,
                               guint16     port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeTestBatch, be_test_batch_free)

G_END_DECLS
