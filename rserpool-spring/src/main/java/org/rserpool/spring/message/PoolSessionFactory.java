package org.rserpool.spring.message;

import org.rserpool.rpc.session.MessageSession;
import org.rserpool.rpc.session.MessageSessionListener;
import org.rserpool.wire.PoolHandle;

/**
 * Opens sessions of messages with a pool; injected by
 * {@link org.rserpool.spring.PoolUser}. The elements of the pool are beans that implement
 * {@link org.rserpool.rpc.session.PoolSessionHandler}, or any service over SCTP that has
 * pool users open sessions with it, whoever made it. Any thread may use it.
 *
 * @since 0.1
 */
public interface PoolSessionFactory {

	/**
	 * Return the pool.
	 * @return the pool
	 */
	PoolHandle pool();

	/**
	 * Opens a session. It looks for an element at once; the listener is told. The
	 * deadline of the pool user is how long that may take, now and at each failover,
	 * before the session fails.
	 * @param listener is told what happens, one thing at a time
	 * @return the session, to be closed
	 */
	MessageSession open(MessageSessionListener listener);

}
