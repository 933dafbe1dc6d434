package org.rserpool.test.assertions;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

import org.assertj.core.api.AbstractAssert;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.RegistrarSnapshot.PeerState;
import org.rserpool.registrar.RegistrarSnapshot.Pool;
import org.rserpool.wire.PoolHandle;

/**
 * States what is in a handlespace. What fails shows the whole of it.
 *
 * @since 0.1
 */
public final class HandlespaceAssert extends AbstractAssert<HandlespaceAssert, Supplier<RegistrarSnapshot>> {

	private static final Duration EVENTUALLY = Duration.ofSeconds(10);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private Duration patience = Duration.ZERO;

	HandlespaceAssert(Supplier<RegistrarSnapshot> handlespace) {
		super(handlespace, HandlespaceAssert.class);
	}

	/**
	 * Lets each of the following statements become true within 10 s.
	 * @return this assertion
	 */
	public HandlespaceAssert eventually() {
		return within(EVENTUALLY);
	}

	/**
	 * Lets each of the following statements become true.
	 * @param time how long to wait for it at most; zero for not at all
	 * @return this assertion
	 */
	public HandlespaceAssert within(Duration time) {
		this.patience = time;
		return this;
	}

	/**
	 * States that there is a pool.
	 * @param pool the pool handle, as text
	 * @return an assertion about the pool, as patient as this one
	 */
	public PoolAssert hasPool(String pool) {
		PoolHandle handle = PoolHandle.of(pool);
		check("pool \"" + pool + "\"",
				(handlespace) -> (pool(handlespace, handle) != null) ? null : "there is no such pool");
		return new PoolAssert(this, pool);
	}

	/**
	 * States that there is no such pool.
	 * @param pool the pool handle, as text
	 * @return this assertion
	 */
	public HandlespaceAssert hasNoPool(String pool) {
		PoolHandle handle = PoolHandle.of(pool);
		return check("no pool \"" + pool + "\"",
				(handlespace) -> (pool(handlespace, handle) == null) ? null : "there is such a pool");
	}

	/**
	 * States that there is no pool at all.
	 * @return this assertion
	 */
	public HandlespaceAssert isEmpty() {
		return check("an empty handlespace", (handlespace) -> handlespace.pools().isEmpty() ? null
				: "it has " + handlespace.pools().size() + " pools");
	}

	/**
	 * States how many peers of the registrar live.
	 * @param count the number of peers
	 * @return this assertion
	 */
	public HandlespaceAssert hasActivePeers(int count) {
		return check(count + " active peers", (handlespace) -> {
			long found = handlespace.peers().stream().filter((peer) -> peer.state() == PeerState.ACTIVE).count();
			return (found == count) ? null : "there are " + found;
		});
	}

	/**
	 * Makes a statement.
	 * @param wanted what is wanted, in words
	 * @param examination looks at the handlespace, and returns what is wrong in words, or
	 * {@code null}
	 * @return this assertion
	 */
	HandlespaceAssert check(String wanted, Function<RegistrarSnapshot, @Nullable String> examination) {
		if (!this.patience.isZero()) {
			try {
				Awaitility.await(wanted)
					.atMost(this.patience)
					.pollDelay(Duration.ZERO)
					.pollInterval(POLL_INTERVAL)
					.until(() -> examination.apply(this.actual.get()) == null);
				return this;
			}
			catch (ConditionTimeoutException ex) {
				// Whether it still fails, and why, is told below.
			}
		}
		RegistrarSnapshot handlespace = this.actual.get();
		String wrong = examination.apply(handlespace);
		if (wrong != null) {
			String limit = this.patience.isZero() ? "" : " within " + this.patience.toMillis() + " ms";
			throw failure("Expected %s%s, but %s.%n%s", wanted, limit, wrong, HandlespaceText.of(handlespace));
		}
		return this;
	}

	static @Nullable Pool pool(RegistrarSnapshot handlespace, PoolHandle handle) {
		return handlespace.pools().stream().filter((pool) -> pool.handle().equals(handle)).findFirst().orElse(null);
	}

}
