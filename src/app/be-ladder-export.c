/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-ladder-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "be-ladder-file.h"
#include "be-ladder-mermaid.h"
#include "be-ladder-printer.h"

/* What is faster needs no word before it is done. */
#define PATIENCE_MILLISECONDS 400

#define TOAST_CHARACTERS 60
#define TOAST_LINES 4
#define TOAST_MARGIN 6 /* which a toast of one line need not have */

/**
 * BeLadderExport:
 *
 * Lets what the conversation shows leave the window: as a picture or text in a
 * file, or as text on the clipboard. One file at a time; what is written is
 * what was there when it was asked for, and a file is there as a whole or not
 * at all.
 *
 * Owns a reference of the filter. Ends with the window, and what it is writing
 * then is given up.
 */
struct _BeLadderExport
{
  GObject parent_instance;

  GtkWindow       *window; /* (weak) */
  AdwToastOverlay *toasts; /* (weak) */
  BeJournalFilter *filter;
  GSimpleAction   *export_action;
  GSimpleAction   *copy_action;

  GtkFileChooserNative *dialog;
  GCancellable         *cancellable; /* of what is being written */
  GFile                *file;
  guint                 n_rows;
  guint                 n_left_out;
  AdwToast             *progress;
  guint                 patience;
  char                 *last_words;
};

G_DEFINE_FINAL_TYPE (BeLadderExport, be_ladder_export, G_TYPE_OBJECT)

static void
update_actions (BeLadderExport *self)
{
  gboolean has_rows = self->filter != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->filter)) > 0;

  g_simple_action_set_enabled (self->export_action, has_rows && self->cancellable == NULL);
  g_simple_action_set_enabled (self->copy_action, has_rows);
}

/*
 * Words
 */

/* Unlike those of libadwaita, whose title is one line and markup: a file's name
 * is shown as it is, and a sentence of trouble is read to its end. */
static AdwToast *
make_toast (const char *words)
{
  AdwToast  *toast = g_object_new (ADW_TYPE_TOAST, NULL);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), TOAST_LINES);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TOAST_CHARACTERS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, TOAST_MARGIN);
  gtk_widget_set_margin_bottom (label, TOAST_MARGIN);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);

  return toast;
}

static void
take_words (BeLadderExport *self,
            char           *words)
{
  if (self->toasts != NULL)
    adw_toast_overlay_add_toast (self->toasts, make_toast (words));
  g_free (self->last_words);
  self->last_words = words;
}

/* Two whole sentences, of which the second is needed seldom. */
static char *
join_left_out (char *sentence,
               guint n_left_out)
{
  g_autofree char *first = sentence;
  g_autofree char *second = NULL;

  if (n_left_out == 0)
    return g_steal_pointer (&first);

  second = g_strdup_printf (ngettext ("%'u older row is left out.", "%'u older rows are left out.", n_left_out), n_left_out);

  return g_strdup_printf ("%s %s", first, second);
}

static gboolean
patience_cb (gpointer user_data)
{
  BeLadderExport *self = BE_LADDER_EXPORT (user_data);

  self->patience = 0;
  if (self->toasts == NULL)
    return G_SOURCE_REMOVE;

  self->progress = make_toast (_ ("Exporting the ladder…"));
  adw_toast_set_timeout (self->progress, 0);
  adw_toast_set_button_label (self->progress, _ ("_Cancel"));
  adw_toast_set_action_name (self->progress, "win.cancel-export");
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (self->progress));

  return G_SOURCE_REMOVE;
}

/*
 * Writing
 */

static void
begin (BeLadderExport *self,
       GFile          *file)
{
  self->cancellable = g_cancellable_new ();
  self->file = g_object_ref (file);
  self->n_rows = self->n_left_out = 0;
  self->patience = g_timeout_add (PATIENCE_MILLISECONDS, patience_cb, self);
  update_actions (self);
}

/* Takes the outcome; NULL: all is well. */
static void
finish (BeLadderExport *self,
        const GError   *error)
{
  g_autofree char *name = be_ladder_file_dup_name (self->file);

  if (error == NULL)
    take_words (self, join_left_out (g_strdup_printf (ngettext ("%'u row exported to “%s”.", "%'u rows exported to “%s”.",
                                                                self->n_rows),
                                                      self->n_rows, name),
                                     self->n_left_out));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    take_words (self, g_strdup_printf (_ ("The export was cancelled, and “%s” was not written."), name));
  else
    take_words (self, be_ladder_file_describe_error (self->file, error));

  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->progress != NULL)
    adw_toast_dismiss (self->progress);
  g_clear_object (&self->progress);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  update_actions (self);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BeLadderExport) self = user_data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  finish (self, error);
}

/* To a temporary file beside it, which then takes its place. */
static void
write_bytes (BeLadderExport *self,
             GBytes         *bytes)
{
  g_file_replace_contents_bytes_async (self->file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, self->cancellable,
                                       written_cb, g_object_ref (self));
}

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BeLadderExport) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = be_ladder_printer_print_finish (result, &self->n_rows, &self->n_left_out, &error);

  if (bytes != NULL)
    write_bytes (self, bytes);
  else
    finish (self, error);
}

static void
write_mermaid (BeLadderExport *self)
{
  guint   n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->filter));
  char   *text = be_ladder_mermaid_make (self->filter, &self->n_rows);
  GBytes *bytes = g_bytes_new_take (text, strlen (text));

  self->n_left_out = n_rows - self->n_rows;
  write_bytes (self, bytes);
  g_bytes_unref (bytes);
}

/*
 * Actions
 */

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             BeLadderExport  *self)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (chooser) : NULL;

  if (file != NULL)
    be_ladder_export_write (self, file, gtk_file_chooser_get_filter (chooser));
  g_clear_object (&self->dialog);
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  BeLadderExport *self = BE_LADDER_EXPORT (user_data);

  if (self->window == NULL || self->dialog != NULL)
    return;

  self->dialog = be_ladder_file_ask (self->window);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

static void
cancel_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  BeLadderExport *self = BE_LADDER_EXPORT (user_data);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
copy_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BeLadderExport  *self = BE_LADDER_EXPORT (user_data);
  guint            n_all = g_list_model_get_n_items (G_LIST_MODEL (self->filter));
  guint            n_rows = 0;
  g_autofree char *text = be_ladder_mermaid_make (self->filter, &n_rows);

  if (self->window == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), text);
  take_words (self, join_left_out (g_strdup_printf (ngettext ("%'u row copied as Mermaid text.", "%'u rows copied as Mermaid text.",
                                                              n_rows),
                                                    n_rows),
                                   n_all - n_rows));
}

/*
 * GObject
 */

/* Nobody waits for a file of a window that is gone. */
static void
window_destroyed_cb (BeLadderExport *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_object (&self->dialog);
  g_clear_weak_pointer (&self->toasts);
  g_clear_weak_pointer (&self->window);
}

static void
be_ladder_export_dispose (GObject *object)
{
  BeLadderExport *self = BE_LADDER_EXPORT (object);

  window_destroyed_cb (self);
  g_clear_object (&self->progress);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->export_action);
  g_clear_object (&self->copy_action);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (be_ladder_export_parent_class)->dispose (object);
}

static void
be_ladder_export_finalize (GObject *object)
{
  g_free (BE_LADDER_EXPORT (object)->last_words);

  G_OBJECT_CLASS (be_ladder_export_parent_class)->finalize (object);
}

static void
be_ladder_export_class_init (BeLadderExportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = be_ladder_export_dispose;
  object_class->finalize = be_ladder_export_finalize;
}

static void
be_ladder_export_init (BeLadderExport *self)
{
}

static GSimpleAction *
add_action (BeLadderExport *self,
            GActionMap     *map,
            const char     *name,
            GCallback       callback)
{
  GSimpleAction *action = g_simple_action_new (name, NULL);

  g_signal_connect_object (action, "activate", callback, self, 0);
  g_action_map_add_action (map, G_ACTION (action));

  return action;
}

/**
 * be_ladder_export_attach:
 * @window: what gets the actions "export", "cancel-export" and "copy-mermaid"
 * @toasts: where it says what became of them
 * @conversation: whose rows are exported; it has a journal
 *
 * Returns: (transfer none): what exports, which ends with @window
 */
BeLadderExport *
be_ladder_export_attach (GtkApplicationWindow *window,
                         AdwToastOverlay      *toasts,
                         BeConversation       *conversation)
{
  BeLadderExport *self;

  g_return_val_if_fail (GTK_IS_APPLICATION_WINDOW (window), NULL);
  g_return_val_if_fail (ADW_IS_TOAST_OVERLAY (toasts), NULL);
  g_return_val_if_fail (be_conversation_get_filter (conversation) != NULL, NULL);

  self = g_object_new (BE_TYPE_LADDER_EXPORT, NULL);
  g_set_weak_pointer (&self->window, GTK_WINDOW (window));
  g_set_weak_pointer (&self->toasts, toasts);
  self->filter = g_object_ref (be_conversation_get_filter (conversation));
  self->export_action = add_action (self, G_ACTION_MAP (window), "export", G_CALLBACK (export_cb));
  self->copy_action = add_action (self, G_ACTION_MAP (window), "copy-mermaid", G_CALLBACK (copy_cb));
  g_object_unref (add_action (self, G_ACTION_MAP (window), "cancel-export", G_CALLBACK (cancel_cb)));
  g_signal_connect_object (self->filter, "items-changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "destroy", G_CALLBACK (window_destroyed_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (window), "be-ladder-export", self, g_object_unref);
  update_actions (self);

  return self;
}

/**
 * be_ladder_export_write:
 * @file: where to
 * @filter: (nullable): of the dialog, where the name does not tell the kind
 *
 * Writes what the conversation shows now; what became of it, a toast says.
 * Nothing when there are no rows, or when another file is being written.
 */
void
be_ladder_export_write (BeLadderExport *self,
                        GFile          *file,
                        GtkFileFilter  *filter)
{
  BeLadderFileKind kind;

  g_return_if_fail (BE_IS_LADDER_EXPORT (self));
  g_return_if_fail (G_IS_FILE (file));

  if (!g_action_get_enabled (G_ACTION (self->export_action)))
    return;

  begin (self, file);
  kind = be_ladder_file_get_kind (file, filter);
  if (kind == BE_LADDER_FILE_MERMAID)
    write_mermaid (self);
  else
    be_ladder_printer_print_async (self->filter, (BeLadderFormat) kind, self->cancellable, printed_cb, g_object_ref (self));
}

gboolean
be_ladder_export_is_writing (BeLadderExport *self)
{
  g_return_val_if_fail (BE_IS_LADDER_EXPORT (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * be_ladder_export_get_last_words:
 *
 * Returns: (nullable): what the last toast said
 */
const char *
be_ladder_export_get_last_words (BeLadderExport *self)
{
  g_return_val_if_fail (BE_IS_LADDER_EXPORT (self), NULL);

  return self->last_words;
}
