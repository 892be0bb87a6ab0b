/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "be-layer-model.h"

G_BEGIN_DECLS

#define BE_TYPE_LAYER_PICTURE (be_layer_picture_get_type ())
G_DECLARE_FINAL_TYPE (BeLayerPicture, be_layer_picture, BE, LAYER_PICTURE, GtkWidget)

void be_layer_picture_take_model (BeLayerPicture *self,
                                  BeLayerModel   *model,
                                  guint32         connection);

G_END_DECLS
