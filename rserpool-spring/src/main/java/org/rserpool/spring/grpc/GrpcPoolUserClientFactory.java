package org.rserpool.spring.grpc;

import java.util.function.Supplier;

import io.grpc.stub.AbstractStub;
import org.rserpool.spring.user.PoolUserClientFactory;
import org.rserpool.spring.user.PoolUserSpec;
import org.rserpool.wire.PoolHandle;

import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.grpc.client.GrpcClientFactory;
import org.springframework.grpc.client.UnspecifiedStubFactory;

/**
 * Makes pool users of stubs that gRPC has generated.
 *
 * @since 0.1
 */
public class GrpcPoolUserClientFactory implements PoolUserClientFactory, Ordered {

	private final PoolChannels channels;

	private final Supplier<GrpcClientFactory> clients;

	/**
	 * Makes a factory.
	 * @param channels configures the channels that the stubs get
	 * @param clients makes stubs and their channels; asked when a stub is made
	 */
	public GrpcPoolUserClientFactory(PoolChannels channels, Supplier<GrpcClientFactory> clients) {
		this.channels = channels;
		this.clients = clients;
	}

	@Override
	public int getOrder() {
		return 50;
	}

	@Override
	public String binding() {
		return GrpcPoolElementBinding.NAME;
	}

	@Override
	public boolean supports(ResolvableType type) {
		return AbstractStub.class.isAssignableFrom(type.toClass());
	}

	@Override
	public Object create(PoolUserSpec spec, ResolvableType type) {
		if (spec.settings().eager()) {
			this.channels.node().selector().resolve(PoolHandle.of(spec.settings().pool()));
		}
		return this.clients.get().getClient(PoolTarget.of(spec.name()), type.toClass(), UnspecifiedStubFactory.class);
	}

}
