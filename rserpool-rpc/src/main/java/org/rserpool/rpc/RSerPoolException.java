package org.rserpool.rpc;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolHandle;

/**
 * A call through a pool failed. Says which pool, and what was tried.
 *
 * @since 0.1
 */
public class RSerPoolException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable PoolHandle pool;

	private final @Nullable String registrar;

	private final transient List<CallAttempt> attempts;

	public RSerPoolException(String message, @Nullable PoolHandle pool, List<CallAttempt> attempts,
			@Nullable Throwable cause) {
		this(message, pool, null, attempts, cause);
	}

	public RSerPoolException(String message, @Nullable PoolHandle pool, @Nullable String registrar,
			List<CallAttempt> attempts, @Nullable Throwable cause) {
		super(describe(message, registrar, attempts), cause);
		this.pool = pool;
		this.registrar = registrar;
		this.attempts = List.copyOf(attempts);
	}

	/**
	 * Return the pool.
	 * @return the pool, or {@code null} if the failure is of no pool, or came through
	 * serialization
	 */
	public @Nullable PoolHandle pool() {
		return this.pool;
	}

	/**
	 * Return which registrar was the home when the call failed.
	 * @return the registrar in words, or {@code null} if there was none, or none was
	 * needed
	 */
	public @Nullable String registrar() {
		return this.registrar;
	}

	/**
	 * Return what was tried.
	 * @return the attempts, in their order
	 */
	public List<CallAttempt> attempts() {
		return (this.attempts != null) ? this.attempts : List.of();
	}

	private static String describe(String message, @Nullable String registrar, List<CallAttempt> attempts) {
		StringBuilder text = new StringBuilder(message);
		if (registrar != null && !message.contains(registrar)) {
			text.append("; the home is ").append(registrar);
		}
		if (attempts.isEmpty()) {
			return text.toString();
		}
		text.append("; attempts:");
		for (CallAttempt attempt : attempts) {
			text.append(" [").append(attempt).append(']');
		}
		return text.toString();
	}

}
