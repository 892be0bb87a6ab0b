/* SPDX-FileCopyrightText: 2026 The Both Ends developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "be-session-private.h"

#include "be-name-lookup.h"
#include "be-worker-commands.h"

typedef struct
{
  BeNetworkThread *network;
  BeEndpoint      *endpoint;
  guint32          id;
  BeSessionState   state;
  BeAddress        local;

  BeWorker     *worker;     /* lives on the network thread; NULL before the start */
  GCancellable *looking_up; /* while the name is looked up */
} BeSessionPrivate;

/**
 * BeSession:
 *
 * One running server or client: commands go in, events come out (through the
 * network thread's signal), and the state follows the events.
 *
 * Owns a reference to the network thread and the worker that makes its calls
 * there. A session starts once. It ends with be_session_stop (), which may be
 * called at any time and more than once, or by itself; letting go of the last
 * reference stops it too, without a further event reaching it.
 */
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BeSession, be_session, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (BeSessionState, be_session_state,
                    G_DEFINE_ENUM_VALUE (BE_SESSION_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (BE_SESSION_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (BE_SESSION_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (BE_SESSION_ENDING, "ending"),
                    G_DEFINE_ENUM_VALUE (BE_SESSION_ENDED, "ended"),
                    G_DEFINE_ENUM_VALUE (BE_SESSION_FAILED, "failed"))

typedef enum
{
  PROP_NETWORK = 1,
  PROP_ENDPOINT,
  PROP_STATE,
} BeSessionProperty;

static GParamSpec *properties[PROP_STATE + 1];

/* Names */

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (BeSession) self = g_weak_ref_get (weak);
  BeSessionPrivate *priv;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) addresses = be_name_lookup_finish (result, &error);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (self == NULL)
    return;

  priv = be_session_get_instance_private (self);
  g_clear_object (&priv->looking_up);

  be_name_lookup_report (priv->worker, be_endpoint_get_host (priv->endpoint), addresses, error);
  if (addresses != NULL)
    be_worker_post_open (priv->worker, (const BeAddress *) (gpointer) addresses->data,
                         addresses->len);
}

/* GObject */

static void
be_session_constructed (GObject *object)
{
  BeSession        *self = BE_SESSION (object);
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  G_OBJECT_CLASS (be_session_parent_class)->constructed (object);

  priv->id = be_network_thread_add_session (priv->network, self);
}

static void
be_session_dispose (GObject *object)
{
  BeSession        *self = BE_SESSION (object);
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  g_cancellable_cancel (priv->looking_up);
  g_clear_object (&priv->looking_up);
  if (priv->network != NULL)
    be_network_thread_remove_session (priv->network, priv->id);
  if (priv->worker != NULL)
    be_worker_post_free (g_steal_pointer (&priv->worker));

  g_clear_object (&priv->network);
  g_clear_pointer (&priv->endpoint, be_endpoint_unref);

  G_OBJECT_CLASS (be_session_parent_class)->dispose (object);
}

static void
be_session_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  BeSession        *self = BE_SESSION (object);
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  switch ((BeSessionProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, priv->state);
      break;
    case PROP_NETWORK:
    case PROP_ENDPOINT:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_session_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  BeSession        *self = BE_SESSION (object);
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  switch ((BeSessionProperty) prop_id)
    {
    case PROP_NETWORK:
      priv->network = g_value_dup_object (value);
      break;
    case PROP_ENDPOINT:
      priv->endpoint = g_value_dup_boxed (value);
      break;
    case PROP_STATE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
be_session_class_init (BeSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = be_session_constructed;
  object_class->dispose = be_session_dispose;
  object_class->get_property = be_session_get_property;
  object_class->set_property = be_session_set_property;

  properties[PROP_NETWORK] =
    g_param_spec_object ("network", NULL, NULL, BE_TYPE_NETWORK_THREAD,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  properties[PROP_ENDPOINT] =
    g_param_spec_boxed ("endpoint", NULL, NULL, BE_TYPE_ENDPOINT,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * BeSession:state:
   *
   * Where the session is. Changes while its network thread's batch is handed
   * out, before the thread's signal #BeNetworkThread::events.
   */
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, BE_TYPE_SESSION_STATE, BE_SESSION_NEW,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
be_session_init (BeSession *self)
{
}

/* For the kinds of sessions */

void
be_session_set_state (BeSession     *self,
                      BeSessionState state)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  if (priv->state == state)
    return;

  priv->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
be_session_set_local (BeSession       *self,
                      const BeAddress *local)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  priv->local = *local;
}

gboolean
be_session_is_looking_up (BeSession *self)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  return priv->looking_up != NULL;
}

/* Returns NULL before the start. */
BeWorker *
be_session_get_worker (BeSession *self)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  return priv->worker;
}

void
be_session_handle_record (BeSession           *self,
                          const BeEventRecord *record)
{
  g_return_if_fail (BE_IS_SESSION (self));

  /* An option changes nothing of where the session is, nor does its refusal. */
  if (record->call == BE_CALL_SETSOCKOPT)
    return;

  if (record->call != BE_CALL_GETADDRINFO)
    BE_SESSION_GET_CLASS (self)->handle_event (self, record);
  else if (record->flags & BE_EVENT_CANCELLED)
    be_session_set_state (self, BE_SESSION_ENDED);
  else if (record->result < 0)
    be_session_set_state (self, BE_SESSION_FAILED);
}

/* Public */

/**
 * be_session_get_network:
 *
 * Returns: (transfer none): the thread that makes the session's calls
 */
BeNetworkThread *
be_session_get_network (BeSession *self)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  g_return_val_if_fail (BE_IS_SESSION (self), NULL);

  return priv->network;
}

/**
 * be_session_get_endpoint:
 *
 * Returns: (transfer none): what the person asked for
 */
BeEndpoint *
be_session_get_endpoint (BeSession *self)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  g_return_val_if_fail (BE_IS_SESSION (self), NULL);

  return priv->endpoint;
}

/**
 * be_session_get_id:
 *
 * Returns: the number that the session's events carry
 */
guint32
be_session_get_id (BeSession *self)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  g_return_val_if_fail (BE_IS_SESSION (self), 0);

  return priv->id;
}

/**
 * be_session_get_side:
 *
 * Returns: whether it is a server or a client
 */
BeSide
be_session_get_side (BeSession *self)
{
  g_return_val_if_fail (BE_IS_SESSION (self), BE_SIDE_SERVER);

  return BE_SESSION_GET_CLASS (self)->side;
}

/**
 * be_session_get_state:
 *
 * Returns: where the session is; see #BeSession:state
 */
BeSessionState
be_session_get_state (BeSession *self)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  g_return_val_if_fail (BE_IS_SESSION (self), BE_SESSION_NEW);

  return priv->state;
}

/**
 * be_session_is_active:
 *
 * Returns: whether it was started and has not ended
 */
gboolean
be_session_is_active (BeSession *self)
{
  BeSessionState state = be_session_get_state (self);

  return state == BE_SESSION_STARTING || state == BE_SESSION_RUNNING || state == BE_SESSION_ENDING;
}

/**
 * be_session_get_local:
 * @local: (out): the address and port that the system gave
 *
 * Returns: whether it is known yet
 */
gboolean
be_session_get_local (BeSession *self,
                      BeAddress *local)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  g_return_val_if_fail (BE_IS_SESSION (self), FALSE);
  g_return_val_if_fail (local != NULL, FALSE);

  *local = priv->local;

  return local->family != BE_ADDRESS_NONE;
}

/* A weak reference: a lookup can hang for long, and whoever lets go of the
 * session does not want it to connect any more. */
static void
look_up (BeSession *self)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);
  GWeakRef         *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  priv->looking_up = g_cancellable_new ();
  be_name_lookup_async (priv->endpoint, priv->looking_up, looked_up_cb, weak);
}

/**
 * be_session_start:
 *
 * Opens the socket; what becomes of it are events. Only the first call does
 * something.
 */
void
be_session_start (BeSession *self)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);
  BeAddress         address;

  g_return_if_fail (BE_IS_SESSION (self));

  if (priv->state != BE_SESSION_NEW)
    return;

  priv->worker = BE_SESSION_GET_CLASS (self)->create_worker (self);
  if (be_endpoint_get_address (priv->endpoint, &address))
    be_worker_post_open (priv->worker, &address, 1);
  else
    look_up (self);

  /* Last: whoever hears of it may stop the session or let go of it. */
  be_session_set_state (self, BE_SESSION_STARTING);
}

/**
 * be_session_stop:
 *
 * Closes everything the session holds; %BE_SESSION_ENDED follows. Does
 * nothing when it has ended or was never started.
 */
void
be_session_stop (BeSession *self)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  g_return_if_fail (BE_IS_SESSION (self));

  if (priv->looking_up != NULL)
    g_cancellable_cancel (priv->looking_up);
  else if (priv->worker != NULL && be_session_is_active (self))
    be_worker_post_stop (priv->worker);
}

/**
 * be_session_send:
 * @peer_id: the receiver, or %BE_PEER_EVERYONE
 *
 * Sends bytes as they are: into the stream, or as one datagram. An empty
 * datagram is sent, an empty piece of a stream is nothing.
 */
void
be_session_send (BeSession *self,
                 guint32    peer_id,
                 GBytes    *bytes)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  g_return_if_fail (BE_IS_SESSION (self));
  g_return_if_fail (bytes != NULL);

  if (priv->worker != NULL)
    be_worker_post_send (priv->worker, peer_id, bytes);
}

static void
ask_end_peer (BeSession     *self,
              guint32        peer_id,
              BeWorkerEnding ending)
{
  BeSessionPrivate *priv = be_session_get_instance_private (self);

  if (priv->worker != NULL)
    be_worker_post_end_peer (priv->worker, peer_id, ending);
}

/**
 * be_session_half_close:
 * @peer_id: the peer, or %BE_PEER_EVERYONE
 *
 * Says that nothing more will be sent (FIN, RFC 9293, section 3.6); the peer
 * can still send. Nothing for datagrams.
 */
void
be_session_half_close (BeSession *self,
                       guint32    peer_id)
{
  g_return_if_fail (BE_IS_SESSION (self));

  ask_end_peer (self, peer_id, BE_WORKER_HALF_CLOSE);
}

/**
 * be_session_close_peer:
 * @peer_id: the peer, or %BE_PEER_EVERYONE
 *
 * Closes one connection and leaves the others alone.
 */
void
be_session_close_peer (BeSession *self,
                       guint32    peer_id)
{
  g_return_if_fail (BE_IS_SESSION (self));

  ask_end_peer (self, peer_id, BE_WORKER_CLOSE);
}

/**
 * be_session_reset_peer:
 * @peer_id: the peer, or %BE_PEER_EVERYONE
 *
 * Closes one connection with an RST: what is on its way is thrown away.
 */
void
be_session_reset_peer (BeSession *self,
                       guint32    peer_id)
{
  g_return_if_fail (BE_IS_SESSION (self));

  ask_end_peer (self, peer_id, BE_WORKER_RESET);
}
