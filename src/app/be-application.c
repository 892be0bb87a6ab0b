/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-application.h"

#include <glib/gi18n-lib.h>

#include "be-language.h"
#include "be-version.h"
#include "be-window.h"

#define THEME_VARIABLE "GTK_THEME"

/**
 * BeApplication:
 *
 * The program: its command line, its settings, and what belongs to no window.
 * Each process is its own, so that two computers' worth of ends can be tried
 * on one. Owns the settings; ends with the last window.
 */
struct _BeApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  BeZoom    *zoom;
  gboolean   exits_after_startup;
  gboolean   wishes_for_no_theme;
};

G_DEFINE_FINAL_TYPE (BeApplication, be_application, ADW_TYPE_APPLICATION)

/* Started from a build directory without its environment, the program has no
 * schema. It works then, and remembers nothing. */
static GSettings *
dup_settings (void)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, BE_APPLICATION_ID, TRUE);

  return schema != NULL ? g_settings_new (BE_APPLICATION_ID) : NULL;
}

static void
apply_color_scheme (const char *name)
{
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (name, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (name, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
color_scheme_changed_cb (GSimpleAction *action,
                         GVariant      *state,
                         gpointer       user_data)
{
  BeApplication *self = BE_APPLICATION (user_data);
  const char    *name = g_variant_get_string (state, NULL);

  g_simple_action_set_state (action, state);
  apply_color_scheme (name);
  if (self->settings != NULL)
    g_settings_set_string (self->settings, "color-scheme", name);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  static const char *const authors[] = { "The Both Ends developers", NULL };

  gtk_show_about_dialog (gtk_application_get_active_window (GTK_APPLICATION (user_data)),
                         "program-name", _ ("Both Ends"),
                         "comments", _ ("A socket server and a socket client side by side, and everything that happens between them"),
                         "version", BE_VERSION,
                         "logo-icon-name", BE_APPLICATION_ID,
                         "authors", authors,
                         "copyright", "© 2026 The Both Ends developers",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your names, one on each line */
                         "translator-credits", _ ("translator-credits"),
                         NULL);
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  GtkWindow *window = NULL;

  /* One by one: each remembers its size and stops what runs in it. */
  while ((window = gtk_application_get_active_window (GTK_APPLICATION (user_data))) != NULL)
    gtk_window_destroy (window);

  g_application_quit (G_APPLICATION (user_data));
}

static void
close_window_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (window != NULL)
    gtk_window_close (window);
}

static gboolean
exit_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);

  return G_SOURCE_REMOVE;
}

static void
window_mapped_cb (BeApplication *self)
{
  g_idle_add_full (G_PRIORITY_LOW, exit_cb, g_object_ref (self), g_object_unref);
}

static void
add_actions (BeApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "quit", .activate = quit_cb },
    { .name = "about", .activate = about_cb },
    { .name = "close-window", .activate = close_window_cb },
    { .name = "color-scheme",
      .parameter_type = "s",
      .state = "'follow'",
      .change_state = color_scheme_changed_cb },
  };
  static const struct
  {
    const char *action;
    const char *accelerators[3];
  } accelerators[] = {
    { "app.quit", { "<Control>q" } },
    { "app.close-window", { "<Control>w" } },
    { "win.protocol::tcp", { "<Alt>1" } },
    { "win.protocol::udp", { "<Alt>2" } },
    { "win.toggle-server", { "<Control><Shift>s" } },
    { "win.toggle-client", { "<Control><Shift>c" } },
    { "win.another-client", { "<Control><Shift>n" } },
    { "win.ten-clients", { "<Control><Shift>t" } },
    { "win.find", { "<Control>f" } },
    { "win.export", { "<Control>e" } },
    { "win.clear", { "<Control>l" } },
    { "win.undo-clear", { "<Control><Shift>z" } },
    { "win.show-help-overlay", { "<Control>question", "F1" } },
    { "win.inspector", { "F9" } },
    { "win.projector", { "F11" } },
    { "win.step-by-step", { "F7" } },
    { "win.step-next", { "F8" } },
    { "win.step-run", { "<Shift>F8" } },
    { "win.next-pane", { "F6" } },
    { "win.previous-pane", { "<Shift>F6" } },
  };
  g_autofree char *scheme = NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action, accelerators[i].accelerators);

  if (self->settings == NULL)
    return;

  scheme = g_settings_get_string (self->settings, "color-scheme");
  g_action_group_change_action_state (G_ACTION_GROUP (self), "color-scheme", g_variant_new_string (scheme));
}

/* GTK reads a theme before libadwaita, which has its own, takes it away again:
 * a seventh of all that comes before the first window. So it is told of the
 * empty one that libadwaita will ask for. The environment is the only way to,
 * and libadwaita takes what stands there for the wish of a person; hence until
 * GTK has read it only, and not where a person has a wish. */

/* Before there is another thread that may be reading the environment. */
static gboolean
wish_for_no_theme (void)
{
  if (gtk_is_initialized () || g_getenv (THEME_VARIABLE) != NULL)
    return FALSE;

  return g_setenv (THEME_VARIABLE, "Adwaita-empty", TRUE);
}

/* That moves no variable to another place in memory. */
static void
forget_wish (void)
{
  gtk_init ();
  gtk_settings_get_default ();
  g_unsetenv (THEME_VARIABLE);
}

/* GApplication */

static void
be_application_startup (GApplication *application)
{
  BeApplication *self = BE_APPLICATION (application);

  if (self->wishes_for_no_theme)
    forget_wish ();
  G_APPLICATION_CLASS (be_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (BE_APPLICATION_ID);
  self->settings = dup_settings ();
  add_actions (self);
  be_language_add_actions (GTK_APPLICATION (self), self->settings);
  self->zoom = be_zoom_new (GTK_APPLICATION (self), self->settings);
}

static void
be_application_activate (GApplication *application)
{
  BeApplication *self = BE_APPLICATION (application);
  GtkWidget     *window = be_window_new (GTK_APPLICATION (self), self->settings);

  if (self->exits_after_startup)
    g_signal_connect_object (window, "map", G_CALLBACK (window_mapped_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static int
be_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  BeApplication *self = BE_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("bothends %s\n", BE_VERSION);
      return 0;
    }

  self->exits_after_startup = g_variant_dict_contains (options, "exit-after-startup");

  return -1;
}

/* GObject */

static void
be_application_dispose (GObject *object)
{
  BeApplication *self = BE_APPLICATION (object);

  g_clear_object (&self->zoom);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (be_application_parent_class)->dispose (object);
}

static void
be_application_class_init (BeApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = be_application_dispose;
  application_class->startup = be_application_startup;
  application_class->activate = be_application_activate;
  application_class->handle_local_options = be_application_handle_local_options;
}

static void
be_application_init (BeApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 'v', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { "exit-after-startup", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _ ("A socket server and a socket client side by side."));
}

BeApplication *
be_application_new (void)
{
  gboolean       wishes_for_no_theme = wish_for_no_theme ();
  BeApplication *self = g_object_new (BE_TYPE_APPLICATION,
                                      "application-id", BE_APPLICATION_ID,
                                      "resource-base-path", "/io/github/bothends/BothEnds",
                                      "flags", G_APPLICATION_NON_UNIQUE,
                                      NULL);

  self->wishes_for_no_theme = wishes_for_no_theme;

  return self;
}

/**
 * be_application_get_settings:
 *
 * Returns: (nullable): NULL before startup, and where no schema is installed
 */
GSettings *
be_application_get_settings (BeApplication *self)
{
  g_return_val_if_fail (BE_IS_APPLICATION (self), NULL);

  return self->settings;
}

/**
 * be_application_get_zoom:
 *
 * Returns: (nullable): NULL before startup
 */
BeZoom *
be_application_get_zoom (BeApplication *self)
{
  g_return_val_if_fail (BE_IS_APPLICATION (self), NULL);

  return self->zoom;
}
