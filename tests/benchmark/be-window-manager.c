/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-window-manager.h"

#include <gtk/gtk.h>

#ifdef HAVE_X11
#include <X11/Xatom.h>
#include <gdk/x11/gdkx.h>
#endif

/**
 * be_window_manager_announce:
 *
 * Says what every desktop with X says: that there is a window manager. Where
 * none is, as on a display for tests, GTK asks for it four times a frame, and
 * each time waits until the display has drawn the frame before, which would be
 * measured as a part of this one. For the program's life; nothing where the
 * display is no X.
 */
void
be_window_manager_announce (void)
{
#ifdef HAVE_X11
  GdkDisplay *gdk_display = gdk_display_get_default ();
  Display    *display;
  Window      root;
  Window      window;
  Atom        check;

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  if (!GDK_IS_X11_DISPLAY (gdk_display))
    return;
  display = gdk_x11_display_get_xdisplay (gdk_display);
  G_GNUC_END_IGNORE_DEPRECATIONS

  /* Both have it (Extended Window Manager Hints, _NET_SUPPORTING_WM_CHECK). */
  root = DefaultRootWindow (display);
  window = XCreateSimpleWindow (display, root, -1, -1, 1, 1, 0, 0, 0);
  check = XInternAtom (display, "_NET_SUPPORTING_WM_CHECK", False);
  XChangeProperty (display, window, check, XA_WINDOW, 32, PropModeReplace, (const guchar *) &window, 1);
  XChangeProperty (display, root, check, XA_WINDOW, 32, PropModeReplace, (const guchar *) &window, 1);
  XSync (display, False);
#endif
}
