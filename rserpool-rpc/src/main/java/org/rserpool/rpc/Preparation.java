package org.rserpool.rpc;

import java.util.HashSet;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.EndpointException;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Resolves a pool and opens channels to its elements before they are needed.
 */
final class Preparation implements SelectionCallback {

	private static final Logger logger = LoggerFactory.getLogger(Preparation.class);

	private static final int MAXIMUM_CHANNELS = 8;

	private final PoolHandle pool;

	private final ElementSource elements;

	private final ChannelSource channels;

	private final Set<Integer> opened = new HashSet<>();

	Preparation(PoolHandle pool, ElementSource elements, ChannelSource channels) {
		this.pool = pool;
		this.elements = elements;
		this.channels = channels;
	}

	void next() {
		this.elements.select(this.pool, this.opened, this);
	}

	@Override
	public void selected(PoolElement element) {
		if (!this.opened.add(element.identifier())) {
			return;
		}
		try {
			this.channels.channel(this.pool, element);
		}
		catch (IllegalArgumentException | EndpointException ex) {
			logger.debug("No channel to {} of pool {} could be opened ahead of time", element, this.pool, ex);
		}
		if (this.opened.size() < MAXIMUM_CHANNELS) {
			next();
		}
	}

	@Override
	public void failed(ResolutionFailure failure) {
		logger.debug("Pool {} is prepared as far as it goes: {}", this.pool, failure.detail());
	}

}
