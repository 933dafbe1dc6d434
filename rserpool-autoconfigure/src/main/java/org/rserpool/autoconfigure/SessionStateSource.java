package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.state.StateCodec;
import org.rserpool.rpc.state.StateKey;
import org.rserpool.rpc.state.StateSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.unit.DataSize;

/**
 * Takes the settings for the state of sessions from {@link SessionStateProperties}.
 */
class SessionStateSource {

	private static final Logger logger = LoggerFactory.getLogger(SessionStateSource.class);

	private final Supplier<StateCodec> codec;

	SessionStateSource(Supplier<StateCodec> codec) {
		this.codec = codec;
	}

	/**
	 * Makes the settings of a pool.
	 * @return the settings, or {@code null} if there is no key
	 * @throws InvalidSessionStateException if something is not as it has to be
	 */
	@Nullable StateSettings settings(String pool, PoolElementProperties own, PoolElementProperties inherited) {
		Values values = new Values(pool, (own.state() != null) ? own.state() : SessionStateProperties.NONE,
				(inherited.state() != null) ? inherited.state() : SessionStateProperties.NONE);
		List<StateKey> keys = values.checked("keys", SessionStateProperties::keys, List.<String>of(),
				SessionStateSource::keys);
		if (keys.isEmpty() && values.get(SessionStateProperties::ephemeralKey, false)) {
			logger.warn("The sessions of pool '{}' have a key of this process alone: no other element can go on with"
					+ " them. Set rserpool.element.{}.state.keys where that matters", pool, pool);
			keys = List.of(StateKey.random());
		}
		if (keys.isEmpty()) {
			return null;
		}
		StateSettings some = new StateSettings(keys, values.get(SessionStateProperties::encrypted, false),
				StateSettings.DEFAULT_MAX_SIZE, StateSettings.DEFAULT_EXPIRY, this.codec.get());
		StateSettings sized = values.checked("max-size", SessionStateProperties::maxSize,
				DataSize.ofBytes(StateSettings.DEFAULT_MAX_SIZE), (size) -> withMaxSize(some, size.toBytes()));
		return values.checked("expiry", SessionStateProperties::expiry, StateSettings.DEFAULT_EXPIRY,
				(expiry) -> withExpiry(sized, expiry));
	}

	private static List<StateKey> keys(List<String> texts) {
		List<StateKey> keys = texts.stream().map(StateKey::parse).toList();
		return keys.isEmpty() ? keys : StateSettings.of(keys.toArray(StateKey[]::new)).keys();
	}

	private static StateSettings withMaxSize(StateSettings settings, long size) {
		return new StateSettings(settings.keys(), settings.encrypted(),
				(int) Math.max(-1, Math.min(size, Integer.MAX_VALUE)), settings.expiry(), settings.codec());
	}

	private static StateSettings withExpiry(StateSettings settings, Duration expiry) {
		return new StateSettings(settings.keys(), settings.encrypted(), settings.maxSize(), expiry, settings.codec());
	}

	/**
	 * What is configured for one pool, and for all.
	 *
	 * @param pool the pool
	 * @param own what is configured for it
	 * @param inherited what is configured for all
	 */
	private record Values(String pool, SessionStateProperties own, SessionStateProperties inherited) {

		<T> T get(Function<SessionStateProperties, @Nullable T> property, T fallback) {
			T value = property.apply(this.own);
			if (value == null) {
				value = property.apply(this.inherited);
			}
			return (value != null) ? value : fallback;
		}

		<T, R> R checked(String name, Function<SessionStateProperties, @Nullable T> property, T fallback,
				Function<T, R> use) {
			T value = get(property, fallback);
			try {
				return use.apply(value);
			}
			catch (IllegalArgumentException ex) {
				String where = (property.apply(this.own) != null) ? this.pool : "default";
				throw new InvalidSessionStateException("rserpool.element." + where + ".state." + name, ex);
			}
		}

	}

}
