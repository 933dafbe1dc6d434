package org.rserpool.spring.session;

import org.rserpool.rpc.CallContext;
import org.rserpool.rpc.CallSession;

import org.springframework.beans.BeanUtils;

/**
 * The session of the call that a pool element is carrying out.
 *
 * @since 0.1
 */
public final class PoolSessionContext {

	private final CallSession session;

	private PoolSessionContext(CallSession session) {
		this.session = session;
	}

	/**
	 * Return the session of the call that this thread is carrying out. Threads that work
	 * for it have it too, where Micrometer's context propagation takes
	 * {@code org.rserpool.call} along.
	 * @return the session
	 * @throws IllegalStateException if the thread carries out no call, or one that is
	 * part of no session
	 */
	public static PoolSessionContext current() {
		return new PoolSessionContext(session());
	}

	static CallSession session() {
		CallContext call = CallContext.current();
		if (call == null) {
			throw new IllegalStateException("This thread carries out no call of a pool user");
		}
		CallSession session = call.session();
		if (session == null) {
			throw new IllegalStateException("The " + call + " is part of no session; its pool user is to inject"
					+ " PoolSessions<...>, and to call the service of a session");
		}
		return session;
	}

	/**
	 * Return the session's identifier.
	 * @return 32 hexadecimal digits, the same at each element
	 */
	public String id() {
		return this.session.id().toString();
	}

	/**
	 * Return which call of the session this is. It is the same when a call is made again
	 * because its outcome was not known; so, together with {@link #id()}, it lets a store
	 * that is not part of the session refuse what was done already.
	 * @return the number, counted up from 1
	 */
	public long callNumber() {
		return this.session.callNumber();
	}

	/**
	 * Return an object that holds state of the session.
	 * @param <T> its type
	 * @param type its class, which has a constructor without parameters
	 * @return the object of that class, made anew if the session has none; valid until
	 * the call ends
	 * @throws org.springframework.beans.BeanInstantiationException if it cannot be made
	 * @throws IllegalArgumentException if what was saved is no state of the class
	 */
	public <T> T state(Class<T> type) {
		return this.session.state(type.getName(), () -> BeanUtils.instantiateClass(type));
	}

	@Override
	public String toString() {
		return this.session.toString();
	}

}
