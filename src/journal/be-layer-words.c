/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-layer-words.h"

#include <glib/gi18n-lib.h>

#define ETHERNET_FRAME_BYTES 64u

/**
 * be_layer_words_get_name:
 *
 * Returns: what the layer is called
 */
const char *
be_layer_words_get_name (BeLayerKind kind)
{
  switch (kind)
    {
    case BE_LAYER_APPLICATION:
      return _ ("Application");
    case BE_LAYER_PRESENTATION:
      return _ ("Presentation");
    case BE_LAYER_SESSION:
      return _ ("Session");
    case BE_LAYER_TRANSPORT:
      return _ ("Transport");
    case BE_LAYER_NETWORK:
      return _ ("Network");
    case BE_LAYER_LINK:
      return _ ("Link");
    case BE_LAYER_PHYSICAL:
    default:
      return _ ("Physical");
    }
}

/* Sentences, one after the other in one paragraph. */
static void
add_sentence (GString    *text,
              const char *sentence)
{
  /* TRANSLATORS: what stands between two sentences: nothing in Chinese, where
   * the full stop is enough; then write |, which is left out. */
  const char *gap = C_ ("between sentences", " ");

  if (text->len > 0 && *gap != '|')
    g_string_append (text, gap);
  g_string_append (text, sentence);
}

static void add_format (GString    *text,
                        const char *format,
                        ...) G_GNUC_PRINTF (2, 3);

static void
add_format (GString    *text,
            const char *format,
            ...)
{
  g_autofree char *sentence = NULL;
  va_list          arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  add_sentence (text, sentence);
}

static void
tell_application (GString              *text,
                  const BeLayerJourney *journey,
                  const BeEventRecord  *record)
{
  g_autofree char *call = g_strdup_printf ("%s()", be_call_get_name (record->call));
  guint            n = journey->n_bytes;

  if (journey->travel != BE_LAYER_TRAVEL_DATA)
    add_sentence (text, _ ("No bytes of the program are in it."));
  else if (journey->is_upward)
    add_format (text, ngettext ("What %s gave to the program: %'u byte.", "What %s gave to the program: %'u bytes.", n),
                call, n);
  else
    add_format (text, ngettext ("What the program gave to %s: %'u byte.", "What the program gave to %s: %'u bytes.", n),
                call, n);

  if (journey->is_cut)
    add_sentence (text, _ ("The datagram was longer; the rest is lost."));
}

static void
tell_presentation (GString              *text,
                   const BeLayerJourney *journey,
                   const BeEventRecord  *record)
{
  const char *payload = (const char *) be_event_record_payload (record);
  gboolean    is_whole = record->kept_length == record->payload_length;

  if (journey->n_bytes == 0)
    add_sentence (text, _ ("Nothing to do: there are no bytes that could mean something."));
  else if (is_whole && g_utf8_validate (payload, record->kept_length, NULL))
    {
      guint n = (guint) g_utf8_strlen (payload, record->kept_length);

      add_format (text, ngettext ("Read as UTF-8 the bytes are %'u character.", "Read as UTF-8 the bytes are %'u characters.", n), n);
    }
  else if (is_whole)
    add_sentence (text, _ ("The bytes are no text in UTF-8, and travel as they are."));
  else
    add_sentence (text, _ ("What the bytes mean cannot be told: the log kept a part of them."));
  add_sentence (text, _ ("On the Internet the program does this itself; nothing is added."));
}

static void
tell_session (GString              *text,
              const BeLayerJourney *journey)
{
  if (journey->is_datagram)
    add_sentence (text, _ ("UDP has no dialogue: each datagram stands for itself."));
  else
    add_sentence (text, _ ("The dialogue is the TCP connection, from connect() to close()."));
  add_sentence (text, _ ("On the Internet the program does this itself; nothing is added."));
}

static void
tell_transport (GString              *text,
                const BeLayer        *layer,
                const BeLayerJourney *journey)
{
  if (journey->source.port != 0)
    add_format (text, _ ("From port %u to port %u."), journey->source.port, journey->destination.port);
  else
    add_format (text, _ ("From a port that the system chooses to port %u."), journey->destination.port);

  if (journey->is_datagram)
    {
      add_format (text, _ ("The UDP header is exactly %u bytes long."), layer->header_bytes);
      return;
    }

  switch (journey->travel)
    {
    case BE_LAYER_TRAVEL_SYN:
      add_sentence (text, _ ("A TCP header is at least 20 bytes long; a SYN carries options that make it longer, such as the largest segment."));
      break;
    case BE_LAYER_TRAVEL_DATA:
      add_sentence (text, _ ("A TCP header is at least 20 bytes long; with options it is longer, on Linux mostly by 12 for timestamps."));
      if (layer->n_units > 1)
        add_format (text,
                    ngettext ("All of it needs at least %'u segment, each with its own header.",
                              "All of it needs at least %'u segments, each with its own header.", (guint) layer->n_units),
                    (guint) layer->n_units);
      else
        add_sentence (text, _ ("TCP may cut the bytes into several segments, or put them together with those of other calls."));
      break;
    case BE_LAYER_TRAVEL_FIN:
    case BE_LAYER_TRAVEL_RST:
    case BE_LAYER_TRAVEL_NOTHING:
    default:
      add_sentence (text, _ ("A TCP header is at least 20 bytes long; what ends the connection is one bit in it."));
    }
}

static gboolean
is_known (const BeAddress *address)
{
  return address->family != BE_ADDRESS_NONE && !be_address_is_any (address);
}

static char *
describe_host (const BeAddress *address)
{
  if (!is_known (address))
    return g_strdup (_ ("an address of this computer"));

  return be_address_host_to_string (address);
}

static void
tell_network (GString              *text,
              const BeLayer        *layer,
              const BeLayerJourney *journey)
{
  g_autofree char *source = describe_host (&journey->source);
  g_autofree char *destination = describe_host (&journey->destination);
  const BeAddress *own = journey->is_upward ? &journey->destination : &journey->source;

  add_format (text, _ ("From %s to %s."), source, destination);
  if (journey->is_loopback)
    add_sentence (text, _ ("Both ends are on this computer."));
  else if (is_known (own))
    add_format (text, _ ("%s is this computer."), journey->is_upward ? destination : source);

  if (journey->is_ipv6)
    add_format (text, _ ("The IPv6 header is %u bytes long."), layer->header_bytes);
  else
    add_format (text, _ ("The IPv4 header is %u bytes long when it has no options, which it hardly ever has."), layer->header_bytes);

  if (journey->is_datagram && layer->n_units > 1)
    add_format (text,
                ngettext ("Where a packet may have 1,500 bytes, as on Ethernet, it is cut into at least %'u fragment.",
                          "Where a packet may have 1,500 bytes, as on Ethernet, it is cut into at least %'u fragments.", (guint) layer->n_units),
                (guint) layer->n_units);
}

static void
tell_link (GString              *text,
           const BeLayerJourney *journey)
{
  if (journey->is_loopback)
    {
      add_sentence (text, _ ("No frame: the loopback interface hands the packet straight back."));
      add_sentence (text, _ ("A capture on Linux shows 14 bytes of an empty Ethernet header in its place."));
      return;
    }

  add_sentence (text, _ ("When it is Ethernet, 14 bytes in front and 4 behind, with the hardware addresses of this computer and the next hop; Wi-Fi adds more. Which it is, no call tells."));
  add_format (text, _ ("A frame has at least %u bytes; a shorter one is filled up."), ETHERNET_FRAME_BYTES);
}

static void
tell_physical (GString              *text,
               const BeLayerJourney *journey)
{
  if (journey->is_loopback)
    add_sentence (text, _ ("No signal: the bytes never leave the memory of this computer."));
  else
    add_sentence (text, _ ("The bits become voltage, light or radio waves; Ethernet sends 8 bytes before each frame so that the other side can tune in."));
}

/**
 * be_layer_words_dup_text:
 * @layer: a layer whose sizes are known
 *
 * Returns: (transfer full): what it adds, in whole sentences
 */
char *
be_layer_words_dup_text (const BeLayer        *layer,
                         const BeLayerJourney *journey,
                         const BeEventRecord  *record)
{
  GString *text = g_string_new (NULL);

  switch (layer->kind)
    {
    case BE_LAYER_APPLICATION:
      tell_application (text, journey, record);
      break;
    case BE_LAYER_PRESENTATION:
      tell_presentation (text, journey, record);
      break;
    case BE_LAYER_SESSION:
      tell_session (text, journey);
      break;
    case BE_LAYER_TRANSPORT:
      tell_transport (text, layer, journey);
      break;
    case BE_LAYER_NETWORK:
      tell_network (text, layer, journey);
      break;
    case BE_LAYER_LINK:
      tell_link (text, journey);
      break;
    case BE_LAYER_PHYSICAL:
    default:
      tell_physical (text, journey);
    }

  return g_string_free (text, FALSE);
}
