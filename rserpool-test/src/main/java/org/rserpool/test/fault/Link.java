package org.rserpool.test.fault;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The way to a destination, in both directions, of which something may be wrong. What is
 * said of several links that meet adds up. Any thread may use it.
 *
 * @since 0.1
 */
public final class Link {

	private static final Duration MAX_DELAY = Duration.ofMinutes(1);

	private final String name;

	private final Predicate<InetSocketAddress> destination;

	private final Runnable onChange;

	private final Consumer<Link> onReset;

	private volatile LinkState state = LinkState.SOUND;

	Link(String name, Predicate<InetSocketAddress> destination, Runnable onChange, Consumer<Link> onReset) {
		this.name = name;
		this.destination = destination;
		this.onChange = onChange;
		this.onReset = onReset;
	}

	/**
	 * Has every message arrive late.
	 * @param delay how late, in each direction, up to 1 min
	 * @return this link
	 */
	public Link delay(Duration delay) {
		return delay(delay, Duration.ZERO);
	}

	/**
	 * Has every message arrive late, some later than others. Where the transport allows
	 * it, messages overtake one another then: on different streams of an SCTP
	 * association, and unordered ones. TCP keeps the order.
	 * @param delay how late at least, in each direction, up to 1 min
	 * @param jitter how much later at most, up to 1 min
	 * @return this link
	 */
	public Link delay(Duration delay, Duration jitter) {
		check("delay", delay);
		check("jitter", jitter);
		return change(this.state.withDelay(delay, jitter));
	}

	/**
	 * Drops packets. The transports repeat what is lost, as those below do: a message
	 * that is lost comes 200 ms later, one that is lost again another 400 ms, and so on,
	 * and what follows it waits.
	 * @param probability how likely each attempt is lost, from 0 to 0.9
	 * @return this link
	 */
	public Link drop(double probability) {
		if (!(probability >= 0 && probability <= 0.9)) {
			throw new IllegalArgumentException("The probability " + probability + " is not from 0 to 0.9");
		}
		return change(this.state.withLoss(probability));
	}

	/**
	 * Lets nothing through in either direction, and tells nobody, as if a cable were
	 * pulled. Associations come up no more, and those that are up are silent. What waits
	 * arrives when the link is healed, unless its association is given up before.
	 * @return this link
	 */
	public Link blackHole() {
		return change(this.state.withBlackHole());
	}

	/**
	 * Refuses each new association at once, as if nobody listened at the destination.
	 * Associations that are up go on.
	 * @return this link
	 */
	public Link refuse() {
		return change(this.state.withRefused());
	}

	/**
	 * Breaks the associations that are up now; both ends are told. New ones may come up.
	 * @return this link
	 */
	public Link reset() {
		this.onReset.accept(this);
		return this;
	}

	/**
	 * Ends whatever is wrong with this link.
	 * @return this link
	 */
	public Link heal() {
		return change(LinkState.SOUND);
	}

	private Link change(LinkState changed) {
		this.state = changed;
		this.onChange.run();
		return this;
	}

	LinkState state() {
		return this.state;
	}

	boolean leadsTo(List<InetSocketAddress> addresses) {
		return addresses.stream().anyMatch(this.destination);
	}

	private static void check(String name, Duration value) {
		if (value.isNegative() || value.compareTo(MAX_DELAY) > 0) {
			throw new IllegalArgumentException("The " + name + " " + value + " is not from 0 to 1 min");
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
