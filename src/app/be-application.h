/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "be-zoom.h"

G_BEGIN_DECLS

#define BE_TYPE_APPLICATION (be_application_get_type ())
G_DECLARE_FINAL_TYPE (BeApplication, be_application, BE, APPLICATION, AdwApplication)

BeApplication *be_application_new (void);
GSettings     *be_application_get_settings (BeApplication *self);
BeZoom        *be_application_get_zoom (BeApplication *self);

G_END_DECLS
