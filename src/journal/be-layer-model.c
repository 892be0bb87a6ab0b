/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-layer-model.h"

#include "be-layer-words.h"
#include "be-payload-text.h"

#include <glib/gi18n-lib.h>

/* RFC 9293, RFC 768, RFC 791, RFC 8200, IEEE 802.3. */
#define TCP_HEADER_BYTES 20u
#define UDP_HEADER_BYTES 8u
#define IPV4_HEADER_BYTES 20u
#define IPV6_HEADER_BYTES 40u
#define IPV6_FRAGMENT_HEADER_BYTES 8u
#define FRAGMENT_UNIT_BYTES 8u
#define ETHERNET_HEADER_BYTES 14u
#define ETHERNET_TRAILER_BYTES 4u
#define ETHERNET_MIN_PAYLOAD_BYTES 46u
#define ETHERNET_MAX_PAYLOAD_BYTES 1500u

/* What a packet can be at most, and on Linux's loopback may be. */
#define IPV4_MAX_PACKET_BYTES 65535u
#define LOOPBACK_MAX_PACKET_BYTES 65536u

#define MAX_CONTENT_CHARACTERS 60

static guint
get_ip_header_bytes (const BeLayerJourney *journey)
{
  return journey->is_ipv6 ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES;
}

/* How large a packet can be at most on the way, as far as one can tell. */
static guint
get_max_packet_bytes (const BeLayerJourney *journey)
{
  if (!journey->is_loopback)
    return ETHERNET_MAX_PAYLOAD_BYTES;

  return journey->is_ipv6 ? LOOPBACK_MAX_PACKET_BYTES : IPV4_MAX_PACKET_BYTES;
}

static guint64
divide_up (guint64 n,
           guint64 by)
{
  return MAX ((n + by - 1) / by, 1);
}

static void
set_transport (BeLayer              *self,
               const BeLayerJourney *journey)
{
  guint max_bytes = get_max_packet_bytes (journey) - get_ip_header_bytes (journey) - TCP_HEADER_BYTES;

  self->header = g_strdup (journey->is_datagram ? "UDP" : "TCP");
  self->header_bytes = journey->is_datagram ? UDP_HEADER_BYTES : TCP_HEADER_BYTES;
  self->is_header_least = !journey->is_datagram;
  self->n_units = journey->is_datagram ? 1 : divide_up (journey->n_bytes, max_bytes);
  self->is_least = !journey->is_datagram || journey->is_cut;
  self->total_bytes = journey->n_bytes + self->n_units * self->header_bytes;
}

/* A segment is made to fit into a packet; a datagram that does not is cut into
 * fragments. */
static void
set_network (BeLayer              *self,
             const BeLayer        *transport,
             const BeLayerJourney *journey)
{
  guint room = get_max_packet_bytes (journey) - get_ip_header_bytes (journey);

  self->header = g_strdup (journey->is_ipv6 ? "IPv6" : "IPv4");
  self->header_bytes = get_ip_header_bytes (journey);
  self->n_units = transport->n_units;
  if (journey->is_datagram && transport->total_bytes > room)
    {
      if (journey->is_ipv6)
        {
          room -= IPV6_FRAGMENT_HEADER_BYTES;
          self->header_bytes += IPV6_FRAGMENT_HEADER_BYTES;
        }
      self->n_units = divide_up (transport->total_bytes, room / FRAGMENT_UNIT_BYTES * FRAGMENT_UNIT_BYTES);
    }
  self->is_header_least = !journey->is_ipv6;
  self->is_least = transport->is_least || self->is_header_least || self->n_units > 1;
  self->total_bytes = transport->total_bytes + self->n_units * self->header_bytes;
}

static void
set_link (BeLayer              *self,
          const BeLayer        *network,
          const BeLayerJourney *journey)
{
  guint64 carried = network->total_bytes;

  self->n_units = network->n_units;
  self->is_least = TRUE;
  self->total_bytes = carried;
  self->is_absent = journey->is_loopback;
  if (self->is_absent)
    return;

  /* Only one that is alone can be too short. */
  if (self->n_units == 1)
    carried = MAX (carried, ETHERNET_MIN_PAYLOAD_BYTES);
  self->header = g_strdup ("Ethernet");
  self->header_bytes = ETHERNET_HEADER_BYTES;
  self->trailer_bytes = ETHERNET_TRAILER_BYTES;
  self->total_bytes = carried + self->n_units * (self->header_bytes + self->trailer_bytes);
}

static void
set_physical (BeLayer       *self,
              const BeLayer *link)
{
  self->n_units = link->n_units;
  self->is_least = link->is_least;
  self->is_absent = link->is_absent;
  self->total_bytes = link->total_bytes;
}

static void
set_upper (BeLayer              *self,
           const BeLayerJourney *journey)
{
  self->n_units = 1;
  self->is_least = journey->is_cut;
  self->total_bytes = journey->n_bytes;
}

static guint
get_number (BeLayerKind   kind,
            BeLayerScheme scheme)
{
  if (scheme == BE_LAYER_SCHEME_FIVE && kind == BE_LAYER_APPLICATION)
    return 5;

  return BE_N_LAYERS - kind;
}

static void
add_layer (BeLayerModel         *self,
           BeLayerKind           kind,
           BeLayerScheme         scheme,
           const BeLayerJourney *journey,
           const BeEventRecord  *record)
{
  BeLayer       *layer = &self->layers[self->n_layers];
  const BeLayer *above = self->n_layers > 0 ? layer - 1 : NULL;

  self->n_layers++;
  layer->kind = kind;
  layer->number = get_number (kind, scheme);
  layer->name = g_strdup (be_layer_words_get_name (kind));

  switch (kind)
    {
    case BE_LAYER_TRANSPORT:
      set_transport (layer, journey);
      break;
    case BE_LAYER_NETWORK:
      set_network (layer, above, journey);
      break;
    case BE_LAYER_LINK:
      set_link (layer, above, journey);
      break;
    case BE_LAYER_PHYSICAL:
      set_physical (layer, above);
      break;
    case BE_LAYER_APPLICATION:
    case BE_LAYER_PRESENTATION:
    case BE_LAYER_SESSION:
    default:
      set_upper (layer, journey);
    }
  layer->text = be_layer_words_dup_text (layer, journey, record);
}

/* What begins or ends a connection is a bit in a header, and has its name. */
static char *
dup_content (const BeLayerJourney *journey,
             const BeEventRecord  *record)
{
  static const char *const flags[] = {
    [BE_LAYER_TRAVEL_SYN] = "SYN", [BE_LAYER_TRAVEL_FIN] = "FIN", [BE_LAYER_TRAVEL_RST] = "RST"
  };

  if (journey->travel != BE_LAYER_TRAVEL_DATA)
    /* TRANSLATORS: what a segment is for, such as SYN, which has no bytes in it */
    return g_strdup_printf (_ ("%s, no data"), flags[journey->travel]);

  return be_payload_text_join_lines (be_payload_text_to_display (be_event_record_payload (record), record->kept_length,
                                                                 MAX_CONTENT_CHARACTERS));
}

/**
 * be_layer_model_new:
 * @record: an event, with its payload behind it
 * @has_both_ends: whether the other end is known to be in this program too
 *
 * Returns: (transfer full): what the layers do for @record
 */
BeLayerModel *
be_layer_model_new (const BeEventRecord *record,
                    BeLayerScheme        scheme,
                    gboolean             has_both_ends)
{
  BeLayerModel  *self = NULL;
  BeLayerJourney journey;

  g_return_val_if_fail (record != NULL, NULL);

  be_layer_journey_init (&journey, record, has_both_ends);
  self = g_new0 (BeLayerModel, 1);
  self->title = be_layer_journey_dup_title (&journey, record);
  self->is_upward = journey.is_upward;
  self->n_bytes = journey.n_bytes;
  if (journey.travel == BE_LAYER_TRAVEL_NOTHING)
    return self;

  self->content = dup_content (&journey, record);
  for (guint kind = BE_LAYER_APPLICATION; kind < BE_N_LAYERS; kind++)
    {
      gboolean is_of_osi = kind == BE_LAYER_PRESENTATION || kind == BE_LAYER_SESSION;

      if (!is_of_osi || scheme == BE_LAYER_SCHEME_SEVEN)
        add_layer (self, (BeLayerKind) kind, scheme, &journey, record);
    }

  return self;
}

void
be_layer_model_free (BeLayerModel *self)
{
  for (guint i = 0; i < self->n_layers; i++)
    {
      g_free (self->layers[i].name);
      g_free (self->layers[i].text);
      g_free (self->layers[i].header);
    }
  g_free (self->content);
  g_free (self->title);
  g_free (self);
}

/**
 * be_layer_dup_size:
 *
 * Returns: (transfer full): how large it all is at this layer: "10 bytes",
 *   "at least 30 bytes", "nothing"
 */
char *
be_layer_dup_size (const BeLayer *self)
{
  gulong n = (gulong) self->total_bytes;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->is_absent)
    /* TRANSLATORS: in place of "10 bytes": a layer that does not exist here */
    return g_strdup (_ ("nothing"));

  if (self->is_least)
    return g_strdup_printf (ngettext ("at least %'lu byte", "at least %'lu bytes", n), n);

  return g_strdup_printf (ngettext ("%'lu byte", "%'lu bytes", n), n);
}

/**
 * be_layer_model_dup_description:
 *
 * Returns: (transfer full): all of it as lines of sentences, for who cannot see
 *   the picture
 */
char *
be_layer_model_dup_description (const BeLayerModel *self)
{
  GString *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (self->title);
  for (guint i = 0; i < self->n_layers; i++)
    {
      const BeLayer   *layer = &self->layers[i];
      g_autofree char *size = be_layer_dup_size (layer);

      g_string_append_c (text, '\n');
      /* TRANSLATORS: the number of a layer, its name, how many bytes there are
       * at this layer, and sentences: "4 Transport, at least 30 bytes: From port…" */
      g_string_append_printf (text, _ ("%u %s, %s: %s"), layer->number, layer->name, size, layer->text);
    }

  return g_string_free (text, FALSE);
}
