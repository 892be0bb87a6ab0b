/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-message-history.h"

#define MAX_MESSAGES 200

struct _BeMessageHistory
{
  GPtrArray *messages; /* oldest first */
  char      *draft;
  guint      n_back; /* 0: at the draft */
};

BeMessageHistory *
be_message_history_new (void)
{
  BeMessageHistory *self = g_new0 (BeMessageHistory, 1);

  self->messages = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
be_message_history_free (BeMessageHistory *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->messages);
  g_free (self->draft);
  g_free (self);
}

static const char *
get_message (BeMessageHistory *self)
{
  if (self->n_back == 0)
    return self->draft;

  return g_ptr_array_index (self->messages, self->messages->len - self->n_back);
}

/**
 * be_message_history_add:
 *
 * Remembers what was sent, and begins at the end again. The same text twice in
 * a row, and no text, are remembered once and not at all.
 */
void
be_message_history_add (BeMessageHistory *self,
                        const char       *text)
{
  const char *last = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  self->n_back = 0;
  g_clear_pointer (&self->draft, g_free);

  if (self->messages->len > 0)
    last = g_ptr_array_index (self->messages, self->messages->len - 1);
  if (*text == '\0' || g_strcmp0 (last, text) == 0)
    return;

  if (self->messages->len == MAX_MESSAGES)
    g_ptr_array_remove_index (self->messages, 0);
  g_ptr_array_add (self->messages, g_strdup (text));
}

/**
 * be_message_history_older:
 * @draft: what is being written, kept for the way back
 *
 * Returns: (nullable): NULL when there is nothing older
 */
const char *
be_message_history_older (BeMessageHistory *self,
                          const char       *draft)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  if (self->n_back == self->messages->len)
    return NULL;

  if (self->n_back == 0)
    {
      g_free (self->draft);
      self->draft = g_strdup (draft);
    }
  self->n_back++;

  return get_message (self);
}

/**
 * be_message_history_newer:
 *
 * Returns: (nullable): the next newer message, then the draft, then NULL
 */
const char *
be_message_history_newer (BeMessageHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_back == 0)
    return NULL;

  self->n_back--;

  return get_message (self);
}
