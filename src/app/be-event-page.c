/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-event-page.h"

#include <glib/gi18n-lib.h>

#include "be-event-text.h"
#include "be-explanation.h"
#include "be-layer-picture.h"
#include "be-payload-text.h"
#include "be-payload-view.h"

/**
 * BeEventPage:
 *
 * One event, whole: the call with what it returned, all of its bytes that the
 * log kept, as text and as hex, and what each layer adds around them. Keeps the
 * event and nothing of its journal; ends with its parent.
 */
struct _BeEventPage
{
  GtkWidget parent_instance;

  GtkStack          *stack;
  GtkScrolledWindow *scroller;
  GtkLabel          *call;
  GtkLabel          *outcome;
  GtkGrid           *facts;
  GtkWidget         *bytes;
  GtkLabel          *kept;
  BePayloadView     *text;
  BePayloadView     *hex;
  GtkWidget         *schemes;
  GtkLabel          *layers_title;
  BeLayerPicture    *picture;

  BeEvent      *event; /* (nullable) */
  gboolean      has_both_ends;
  BeLayerScheme scheme;
};

G_DEFINE_FINAL_TYPE (BeEventPage, be_event_page, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LAYERS = 1,
} BeEventPageProperty;

static GParamSpec *properties[PROP_LAYERS + 1];

/* As a trace of the calls has it, and the same in every language. */
static char *
dup_call (const BeEventRecord *record)
{
  const char *name = be_call_get_name ((BeCall) record->call);
  const char *error = record->result == -1 && record->call != BE_CALL_GETADDRINFO ? be_explanation_error_name (record->error) : NULL;

  if (error != NULL)
    return g_strdup_printf ("%s(…) = -1 %s", name, error);

  return g_strdup_printf ("%s(…) = %d", name, record->result);
}

static void
set_label (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
add_fact (BeEventPage *self,
          int         *row,
          const char  *name,
          const char  *value)
{
  GtkWidget *name_label = NULL;
  GtkWidget *value_label = NULL;

  if (value == NULL || *value == '\0')
    return;

  name_label = gtk_label_new (name);
  value_label = gtk_label_new (value);
  gtk_label_set_xalign (GTK_LABEL (name_label), 0);
  gtk_widget_set_valign (name_label, GTK_ALIGN_START);
  gtk_widget_add_css_class (name_label, "be-small");
  gtk_label_set_xalign (GTK_LABEL (value_label), 0);
  gtk_label_set_wrap (GTK_LABEL (value_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value_label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (value_label, TRUE);
  gtk_grid_attach (self->facts, name_label, 0, *row, 1, 1);
  gtk_grid_attach (self->facts, value_label, 1, *row, 1, 1);
  *row += 1;
}

static void
update_facts (BeEventPage         *self,
              const BeEventRecord *record,
              gint64               start)
{
  g_autofree char *detail = be_event_text_detail (record);
  g_autofree char *time = be_event_text_exact_time (record, start);
  g_autofree char *socket = record->socket_id != 0 ? g_strdup_printf ("%u", record->socket_id) : NULL;
  g_autofree char *local = be_address_to_string (&record->local);
  g_autofree char *peer = be_address_to_string (&record->peer);
  GtkWidget       *child;
  int              row = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);

  add_fact (self, &row, _ ("Outcome"), detail);
  add_fact (self, &row, _ ("Made by"), record->side == BE_SIDE_SERVER ? _ ("Server") : _ ("Client"));
  add_fact (self, &row, _ ("Time"), time);
  add_fact (self, &row, _ ("Socket number"), socket);
  add_fact (self, &row, _ ("Own address"), record->local.family != BE_ADDRESS_NONE ? local : NULL);
  add_fact (self, &row, _ ("Peer"), record->peer.family != BE_ADDRESS_NONE ? peer : NULL);
  if (be_event_text_is_state_implied (record))
    {
      g_autofree char *state = be_event_text_state (record);

      add_fact (self, &row, _ ("State after it"), state);
      add_fact (self, &row, _ ("What it means"),
                _ ("Implied by the call: close () leaves no descriptor to ask with, and TCP goes on without it. What the system "
                   "says of it now stands in the card, and at the end of the lifelines."));
    }
  else if (record->state != BE_SYSTEM_STATE_UNKNOWN)
    {
      add_fact (self, &row, _ ("State after it"), be_system_state_get_label ((BeSystemState) record->state));
      add_fact (self, &row, _ ("What it means"), be_system_state_get_note ((BeSystemState) record->state));
    }
}

static void
update_bytes (BeEventPage         *self,
              const BeEventRecord *record)
{
  gboolean         has_bytes = be_event_record_is_data (record) && record->kept_length > 0;
  g_autofree char *kept = NULL;

  if (has_bytes && record->kept_length < record->payload_length)
    /* TRANSLATORS: how many bytes there are in the log, and how many moved */
    kept = g_strdup_printf (ngettext ("The log was too full for all: it kept the first %'u of %'u byte.",
                                      "The log was too full for all: it kept the first %'u of %'u bytes.", record->payload_length),
                            record->kept_length, record->payload_length);
  set_label (self->kept, kept);
  be_payload_view_set_event (self->text, has_bytes ? self->event : NULL);
  be_payload_view_set_event (self->hex, has_bytes ? self->event : NULL);
  gtk_widget_set_visible (self->bytes, has_bytes);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "event-page.copy-hex", has_bytes);
}

static void
update_layers (BeEventPage *self)
{
  const BeEventRecord *record = be_event_get_record (self->event);
  BeLayerModel        *model = be_layer_model_new (record, self->scheme, self->has_both_ends);
  gboolean             has_layers = model->n_layers > 0;

  set_label (self->layers_title, model->title);
  gtk_widget_set_visible (self->schemes, has_layers);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), has_layers);
  be_layer_picture_take_model (self->picture, model, record->connection);
}

static void
scroll_to_top (BeEventPage *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* What goes must not take the keyboard along. */
static void
leave (BeEventPage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->scroller)) &&
      !gtk_widget_grab_focus (GTK_WIDGET (self->scroller)))
    gtk_root_set_focus (root, NULL);
}

static void
copy_hex_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BeEventPage     *self = BE_EVENT_PAGE (widget);
  gsize            length = 0;
  const guint8    *bytes = self->event != NULL ? be_event_get_payload (self->event, &length) : NULL;
  g_autofree char *hex = be_payload_text_to_hex (bytes, length);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), hex);
}

static void
width_changed_cb (BeEventPage   *self,
                  GtkAdjustment *adjustment)
{
  GtkWidget *page = gtk_widget_get_parent (self->bytes);
  int        margins = gtk_widget_get_margin_start (page) + gtk_widget_get_margin_end (page);

  be_payload_view_set_width (self->hex, (int) gtk_adjustment_get_page_size (adjustment) - margins);
}

/* GtkWidget */

/* Onto what the arrow keys scroll. */
static gboolean
be_event_page_grab_focus (GtkWidget *widget)
{
  BeEventPage *self = BE_EVENT_PAGE (widget);

  /* GTK asks this too when Shift+Tab is about to leave: then it must go on. */
  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;

  return self->event != NULL && gtk_widget_grab_focus (GTK_WIDGET (self->scroller));
}

/* GObject */

static void
set_scheme (BeEventPage  *self,
            BeLayerScheme scheme)
{
  if (self->scheme == scheme)
    return;

  self->scheme = scheme;
  if (self->event != NULL)
    update_layers (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAYERS]);
}

static void
be_event_page_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  BeEventPage *self = BE_EVENT_PAGE (object);

  switch ((BeEventPageProperty) prop_id)
    {
    case PROP_LAYERS:
      g_value_set_string (value, self->scheme == BE_LAYER_SCHEME_SEVEN ? "seven" : "five");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_event_page_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  BeEventPage *self = BE_EVENT_PAGE (object);

  switch ((BeEventPageProperty) prop_id)
    {
    case PROP_LAYERS:
      set_scheme (self, g_strcmp0 (g_value_get_string (value), "seven") == 0 ? BE_LAYER_SCHEME_SEVEN : BE_LAYER_SCHEME_FIVE);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_event_page_dispose (GObject *object)
{
  BeEventPage *self = BE_EVENT_PAGE (object);

  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;
  g_clear_object (&self->event);

  G_OBJECT_CLASS (be_event_page_parent_class)->dispose (object);
}

static void
be_event_page_class_init (BeEventPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = be_event_page_get_property;
  object_class->set_property = be_event_page_set_property;
  object_class->dispose = be_event_page_dispose;
  widget_class->grab_focus = be_event_page_grab_focus;

  /* "five" or "seven" */
  properties[PROP_LAYERS] = g_param_spec_string ("layers", NULL, NULL, "five",
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_install_property_action (widget_class, "event-page.layers", "layers");
  gtk_widget_class_install_action (widget_class, "event-page.copy-hex", NULL, copy_hex_cb);

  g_type_ensure (BE_TYPE_LAYER_PICTURE);
  g_type_ensure (BE_TYPE_PAYLOAD_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/bothends/BothEnds/ui/be-event-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, call);
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, facts);
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, bytes);
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, kept);
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, text);
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, hex);
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, schemes);
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, layers_title);
  gtk_widget_class_bind_template_child (widget_class, BeEventPage, picture);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "eventpage");
}

static void
be_event_page_init (BeEventPage *self)
{
  GtkAdjustment *adjustment = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  adjustment = gtk_scrolled_window_get_hadjustment (self->scroller);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (width_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->schemes), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How many layers"), -1);
}

/**
 * be_event_page_new:
 *
 * Returns: (transfer floating): a page that says what to select
 */
GtkWidget *
be_event_page_new (void)
{
  return g_object_new (BE_TYPE_EVENT_PAGE, NULL);
}

/**
 * be_event_page_get_event:
 *
 * Returns: (nullable): what it shows
 */
BeEvent *
be_event_page_get_event (BeEventPage *self)
{
  g_return_val_if_fail (BE_IS_EVENT_PAGE (self), NULL);

  return self->event;
}

/**
 * be_event_page_set_event:
 * @journal: where @event stands
 * @event: (nullable): what to show; not in the middle of an allocation
 */
void
be_event_page_set_event (BeEventPage *self,
                         BeJournal   *journal,
                         BeEvent     *event)
{
  const BeEventRecord *record = NULL;
  g_autofree char     *call = NULL;
  g_autofree char     *outcome = NULL;

  g_return_if_fail (BE_IS_EVENT_PAGE (self));
  g_return_if_fail (BE_IS_JOURNAL (journal));

  if (!g_set_object (&self->event, event))
    return;

  leave (self);
  if (event == NULL && gtk_widget_has_focus (GTK_WIDGET (self->scroller)))
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  gtk_stack_set_visible_child_name (self->stack, event != NULL ? "event" : "empty");
  if (event == NULL)
    {
      be_payload_view_set_event (self->text, NULL);
      be_payload_view_set_event (self->hex, NULL);
      return;
    }

  record = be_event_get_record (event);
  call = dup_call (record);
  outcome = be_explanation_get_title (record);
  self->has_both_ends = record->connection != BE_EVENT_NO_CONNECTION &&
                        be_pairing_has_both_ends (be_journal_get_pairing (journal), record->connection);
  gtk_label_set_text (self->call, call);
  set_label (self->outcome, outcome);
  update_facts (self, record, be_journal_get_start (journal));
  update_bytes (self, record);
  update_layers (self);
  scroll_to_top (self);
}
