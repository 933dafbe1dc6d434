package org.rserpool.spring.grpc;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.grpc.ManagedChannelBuilder;
import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.user.PoolUserSettingsSource;

import org.springframework.beans.factory.DisposableBean;

/**
 * Lets gRPC channels call pools: those whose target is like {@code rserpool:///greeter},
 * where {@code greeter} is the name of a pool user. Each call goes to the element that
 * the policy of the pool selects, and to another one when that fails: always if the call
 * surely was not sent; if nobody knows whether it was carried out, only if its method is
 * idempotent.
 *
 * @since 0.1
 */
public final class PoolChannels implements DisposableBean {

	private final Supplier<RSerPoolNode> node;

	private final PoolUserSettingsSource settings;

	private final Duration connectTimeout;

	private final ObservationRegistry observations;

	private final ThreadPoolExecutor threads;

	/**
	 * Makes a configurer of channels whose calls nobody observes.
	 * @param node selects elements; asked at each call
	 * @param settings knows how each pool user calls
	 * @param connectTimeout how long a connection to an element may take to be
	 * established before another one is tried; positive
	 */
	public PoolChannels(Supplier<RSerPoolNode> node, PoolUserSettingsSource settings, Duration connectTimeout) {
		this(node, settings, connectTimeout, ObservationRegistry.NOOP);
	}

	/**
	 * Makes a configurer of channels.
	 * @param node selects elements; asked at each call
	 * @param settings knows how each pool user calls
	 * @param connectTimeout how long a connection to an element may take to be
	 * established before another one is tried; positive
	 * @param observations where calls are observed
	 */
	public PoolChannels(Supplier<RSerPoolNode> node, PoolUserSettingsSource settings, Duration connectTimeout,
			ObservationRegistry observations) {
		this.observations = observations;
		this.node = node;
		this.settings = settings;
		this.connectTimeout = connectTimeout;
		int count = Runtime.getRuntime().availableProcessors();
		this.threads = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "rserpool-grpc");
					thread.setDaemon(true);
					return thread;
				}, (task, closed) -> task.run());
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Return whether a target is a pool.
	 * @param target the target of a channel
	 * @return whether its scheme is {@code rserpool}
	 */
	public static boolean isPool(String target) {
		return PoolTarget.isPool(target);
	}

	/**
	 * Configures a channel whose target is a pool. Interceptors that are added later see
	 * one call, whatever the number of attempts.
	 * @param target the target, such as {@code rserpool:///greeter}
	 * @param builder the builder of the channel
	 * @throws IllegalArgumentException if the target names no pool
	 */
	public void configure(String target, ManagedChannelBuilder<?> builder) {
		String user = PoolTarget.user(target);
		builder.setNameResolverArg(PoolNameResolverProvider.CONFIGURED, true);
		builder.defaultLoadBalancingPolicy(PoolLoadBalancerProvider.POLICY);
		builder.intercept(new PoolClientInterceptor(this, user));
	}

	RSerPoolNode node() {
		return this.node.get();
	}

	PoolUserSettingsSource settings() {
		return this.settings;
	}

	ObservationRegistry observations() {
		return this.observations;
	}

	Duration connectTimeout() {
		return this.connectTimeout;
	}

	/**
	 * Return what runs calls that have no executor of their own, as the loop is not to.
	 */
	Executor executor() {
		return this.threads;
	}

	@Override
	public void destroy() {
		this.threads.shutdown();
	}

}
