/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that a ladder is written to: their kinds, and how they are asked for. */

#include "be-ladder-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_FORMAT "both-ends-%Y-%m-%d-%H%M"

static const struct
{
  const char *suffix;
  const char *name;
} kinds[] = {
  [BE_LADDER_FILE_SVG] = { "svg", N_ ("SVG picture") },
  [BE_LADDER_FILE_PDF] = { "pdf", N_ ("PDF document in pages") },
  [BE_LADDER_FILE_PNG] = { "png", N_ ("PNG picture") },
  [BE_LADDER_FILE_MERMAID] = { "mmd", N_ ("Mermaid text") },
};

static GQuark
get_kind_quark (void)
{
  return g_quark_from_static_string ("be-ladder-file-kind");
}

static BeLadderFileKind
get_filter_kind (GtkFileFilter *filter)
{
  return filter != NULL ? (BeLadderFileKind) GPOINTER_TO_INT (g_object_get_qdata (G_OBJECT (filter), get_kind_quark ()))
                        : BE_LADDER_FILE_SVG;
}

static char *
suggest_name (BeLadderFileKind kind)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stem = g_date_time_format (now, NAME_FORMAT);

  return g_strdup_printf ("%s.%s", stem, kinds[kind].suffix);
}

/* Returns whether the name ends like one of the kinds. */
static gboolean
find_suffix (const char       *name,
             BeLadderFileKind *kind)
{
  const char *suffix = strrchr (name, '.');

  for (guint i = 0; suffix != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strcasecmp (suffix + 1, kinds[i].suffix) == 0)
      {
        *kind = (BeLadderFileKind) i;
        return TRUE;
      }

  return FALSE;
}

/* Who chooses another kind need not write its suffix. */
static void
filter_changed_cb (GtkFileChooser *chooser)
{
  g_autofree char *name = gtk_file_chooser_get_current_name (chooser);
  BeLadderFileKind kind = get_filter_kind (gtk_file_chooser_get_filter (chooser));
  BeLadderFileKind named_kind;
  g_autofree char *changed = NULL;

  if (name == NULL || !find_suffix (name, &named_kind) || named_kind == kind)
    return;

  *strrchr (name, '.') = '\0';
  changed = g_strdup_printf ("%s.%s", name, kinds[kind].suffix);
  gtk_file_chooser_set_current_name (chooser, changed);
}

/**
 * be_ladder_file_ask:
 * @parent: the window that asks
 *
 * Returns: (transfer full): a dialog that is not shown yet
 */
GtkFileChooserNative *
be_ladder_file_ask (GtkWindow *parent)
{
  g_autofree char      *name = suggest_name (BE_LADDER_FILE_SVG);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_ ("Export the Ladder"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                                              _ ("_Export"), NULL);
  GtkFileChooser       *chooser = GTK_FILE_CHOOSER (dialog);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
      g_autofree char *title = g_strdup_printf ("%s (*.%s)", _ (kinds[i].name), kinds[i].suffix);

      gtk_file_filter_set_name (filter, title);
      gtk_file_filter_add_suffix (filter, kinds[i].suffix);
      g_object_set_qdata (G_OBJECT (filter), get_kind_quark (), GINT_TO_POINTER (i));
      gtk_file_chooser_add_filter (chooser, filter);
      if (i == 0)
        gtk_file_chooser_set_filter (chooser, filter);
    }
  gtk_file_chooser_set_current_name (chooser, name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "notify::filter", G_CALLBACK (filter_changed_cb), NULL);

  return dialog;
}

/**
 * be_ladder_file_get_kind:
 * @file: what was chosen
 * @filter: (nullable): the kind that was chosen in the dialog
 *
 * Returns: what @file is to be: its name decides, or else @filter
 */
BeLadderFileKind
be_ladder_file_get_kind (GFile         *file,
                         GtkFileFilter *filter)
{
  g_autofree char *name = NULL;
  BeLadderFileKind kind;

  g_return_val_if_fail (G_IS_FILE (file), BE_LADDER_FILE_SVG);

  name = g_file_get_basename (file);
  if (name != NULL && find_suffix (name, &kind))
    return kind;

  return get_filter_kind (filter);
}

/**
 * be_ladder_file_dup_name:
 *
 * Returns: (transfer full): what people call @file
 */
char *
be_ladder_file_dup_name (GFile *file)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  name = g_file_get_basename (file);

  return name != NULL ? g_filename_display_name (name) : g_file_get_parse_name (file);
}

/**
 * be_ladder_file_describe_error:
 * @file: what was not written
 * @error: why
 *
 * Returns: (transfer full): what happened, why, and what helps
 */
char *
be_ladder_file_describe_error (GFile        *file,
                               const GError *error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error != NULL, NULL);

  name = be_ladder_file_dup_name (file);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return g_strdup_printf (_ ("“%s” was not written, because its folder may not be changed. Choose another folder."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup_printf (_ ("“%s” was not written, because the disk is full. Make room, or choose another disk."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    return g_strdup_printf (_ ("“%s” was not written, because its folder is not there any more. Choose another folder."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    return g_strdup_printf (_ ("“%s” was not written, because a folder is called so. Choose another name."), name);

  /* TRANSLATORS: a file's name, and what the system says */
  return g_strdup_printf (_ ("“%s” was not written: %s. Choose another folder or another kind of file."), name, error->message);
}
