package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.hunt.Home;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.hunt.RegistrarHunt;

/**
 * A registrar that is configured, announced, or associated with.
 *
 * @param address where it is reached, or a name that could not be resolved
 * @param state what it is to this process
 * @param identifier its identifier, or {@code null} if it did not say
 * @param failure why it did not become home when it was tried last, or {@code null} if it
 * was not tried, or did
 * @since 0.1
 */
public record KnownRegistrar(InetSocketAddress address, State state, @Nullable Integer identifier,
		@Nullable String failure) {

	/**
	 * Lists the registrars that a hunt knows. On its loop.
	 * @param hunt the hunt
	 * @param limit how many at most
	 * @return the registrars: the home first, then the standbys, then the others
	 */
	static List<KnownRegistrar> of(RegistrarHunt hunt, int limit) {
		Map<InetSocketAddress, String> failures = new LinkedHashMap<>();
		for (HuntFailure failure : hunt.failures()) {
			failures.put(failure.address(), failure.detail());
		}
		Map<InetSocketAddress, KnownRegistrar> known = new LinkedHashMap<>();
		Home home = hunt.home();
		if (home != null) {
			known.put(home.address(), new KnownRegistrar(home.address(), State.HOME, home.identifier(), null));
		}
		hunt.standbys()
			.forEach((address) -> known.putIfAbsent(address, new KnownRegistrar(address, State.STANDBY, null, null)));
		List<InetSocketAddress> others = new ArrayList<>(hunt.knownAddresses());
		others.addAll(failures.keySet());
		others.forEach((address) -> known.putIfAbsent(address, new KnownRegistrar(address,
				failures.containsKey(address) ? State.FAILED : State.KNOWN, null, failures.get(address))));
		return known.values().stream().limit(limit).toList();
	}

	/**
	 * What a registrar is to this process.
	 */
	public enum State {

		/** The home registrar. */
		HOME,

		/** This process is associated with it, so that it becomes home at once. */
		STANDBY,

		/** It could not be made home when it was tried last. */
		FAILED,

		/** It has not been needed. */
		KNOWN

	}

}
