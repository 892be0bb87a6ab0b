/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "be-journal.h"

G_BEGIN_DECLS

/**
 * BeSample:
 *
 * A conversation without a network: records as sessions would report them,
 * given to a journal in batches. Ends with be_sample_free().
 */
typedef struct _BeSample BeSample;

BeSample  *be_sample_new (guint max_events);
void       be_sample_free (BeSample *self);
BeJournal *be_sample_get_journal (BeSample *self);
void       be_sample_send (BeSample     *self,
                           BeSide        side,
                           guint32       client,
                           gconstpointer bytes,
                           gsize         length);
void       be_sample_receive (BeSample     *self,
                              BeSide        side,
                              guint32       client,
                              gconstpointer bytes,
                              gsize         length);
void       be_sample_listen (BeSample *self);
void       be_sample_connect (BeSample *self,
                              guint32   client);
void       be_sample_say (BeSample   *self,
                          guint32     client,
                          const char *text);
void       be_sample_close (BeSample *self,
                            guint32   client);
void       be_sample_refuse (BeSample *self,
                             guint16   port);
void       be_sample_call_far (BeSample *self);
void       be_sample_bind_in_vain (BeSample *self);
void       be_sample_add_many (BeSample *self,
                               guint     n_events);
void       be_sample_datagram (BeSample     *self,
                               gconstpointer bytes,
                               gsize         length);
void       be_sample_lose_datagram (BeSample *self);
void       be_sample_refuse_datagram (BeSample *self);
void       be_sample_cut_datagram (BeSample   *self,
                                   const char *text,
                                   gsize       kept);
void       be_sample_add_borders (BeSample *self);
void       be_sample_add_lesson (BeSample *self);
void       be_sample_add_oddities (BeSample *self);
void       be_sample_flush (BeSample *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeSample, be_sample_free)

G_END_DECLS
