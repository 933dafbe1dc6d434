package org.rserpool.autoconfigure;

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
	 */
	@Nullable StateSettings settings(String pool, PoolElementProperties own, PoolElementProperties inherited) {
		SessionStateProperties first = (own.state() != null) ? own.state() : SessionStateProperties.NONE;
		SessionStateProperties second = (inherited.state() != null) ? inherited.state() : SessionStateProperties.NONE;
		List<StateKey> keys = value(first, second, SessionStateProperties::keys, List.<String>of()).stream()
			.map(StateKey::parse)
			.toList();
		if (keys.isEmpty() && value(first, second, SessionStateProperties::ephemeralKey, false)) {
			logger.warn("The sessions of pool '{}' have a key of this process alone: no other element can go on with"
					+ " them. Set rserpool.element.{}.state.keys where that matters", pool, pool);
			keys = List.of(StateKey.random());
		}
		if (keys.isEmpty()) {
			return null;
		}
		long size = value(first, second, SessionStateProperties::maxSize,
				DataSize.ofBytes(StateSettings.DEFAULT_MAX_SIZE))
			.toBytes();
		return new StateSettings(keys, value(first, second, SessionStateProperties::encrypted, false),
				(int) Math.max(-1, Math.min(size, Integer.MAX_VALUE)),
				value(first, second, SessionStateProperties::expiry, StateSettings.DEFAULT_EXPIRY), this.codec.get());
	}

	private static <T> T value(SessionStateProperties first, SessionStateProperties second,
			Function<SessionStateProperties, @Nullable T> property, T fallback) {
		T value = property.apply(first);
		if (value == null) {
			value = property.apply(second);
		}
		return (value != null) ? value : fallback;
	}

}
