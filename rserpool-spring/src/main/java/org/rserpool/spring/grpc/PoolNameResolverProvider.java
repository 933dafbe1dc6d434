package org.rserpool.spring.grpc;

import java.net.URI;
import java.util.List;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Status;
import io.grpc.StatusOr;
import org.jspecify.annotations.Nullable;

/**
 * Provides targets such as {@code rserpool:///greeter} for channels that
 * {@link PoolChannels} has configured. gRPC finds it as a service.
 *
 * @since 0.1
 */
public final class PoolNameResolverProvider extends NameResolverProvider {

	/** Says that {@link PoolChannels} has configured the channel. */
	static final NameResolver.Args.Key<Boolean> CONFIGURED = NameResolver.Args.Key.create("org.rserpool.configured");

	@Override
	protected boolean isAvailable() {
		return true;
	}

	@Override
	protected int priority() {
		return 5;
	}

	@Override
	public String getDefaultScheme() {
		return PoolTarget.SCHEME;
	}

	@Override
	public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
		if (!PoolTarget.SCHEME.equalsIgnoreCase(target.getScheme())) {
			return null;
		}
		return new Resolver(PoolMetadata.encode(PoolTarget.user(target)), target,
				args.getArg(CONFIGURED) == Boolean.TRUE);
	}

	/**
	 * Resolves a pool to nothing: its elements are selected call by call.
	 */
	private static final class Resolver extends NameResolver {

		private final String authority;

		private final URI target;

		private final boolean configured;

		private Resolver(String authority, URI target, boolean configured) {
			this.authority = authority;
			this.target = target;
			this.configured = configured;
		}

		@Override
		public String getServiceAuthority() {
			return this.authority;
		}

		@Override
		public void start(Listener2 listener) {
			if (this.configured) {
				listener
					.onResult(ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(List.of())).build());
			}
			else {
				listener.onError(Status.UNAVAILABLE.withDescription("The channel to " + this.target
						+ " knows no pools; let a GrpcChannelFactory of Spring make it, or configure it by PoolChannels"));
			}
		}

		@Override
		public void shutdown() {
		}

	}

}
