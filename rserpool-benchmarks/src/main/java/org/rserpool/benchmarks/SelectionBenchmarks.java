package org.rserpool.benchmarks;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.runtime.UserMessage;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.SelectionCallback;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.WireCodec;

/**
 * Selects an element at a pool user that knows the pool.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class SelectionBenchmarks {

	private static final int ELEMENTS = 8;

	/** The policy of the pool. */
	@Param
	public PolicyFamily policy;

	private final PoolHandle pool = Samples.pool(0);

	private final Outcome outcome = new Outcome();

	private PoolUserRole role;

	/**
	 * Lets the pool user resolve the pool handle.
	 */
	@Setup
	public void prepare() {
		IdleRuntime runtime = new IdleRuntime();
		WireCodec codec = new WireCodec(Dialect.RFC);
		RegistrarHunt hunt = new RegistrarHunt(runtime, codec,
				HuntSettings.of(List.of(new InetSocketAddress(Samples.address(1), 3863))));
		this.role = new PoolUserRole(runtime, hunt, UserSettings.DEFAULT.withStaleAfter(Duration.ofDays(1)));
		this.role.start();
		hunt.start();
		runtime.up();
		this.role.select(this.pool, Set.of(), this.outcome);
		SplittableRandom random = new SplittableRandom(1);
		List<PoolElement> elements = Stream.generate(() -> Samples.element(this.policy.type(), random))
			.limit(ELEMENTS)
			.toList();
		runtime.receive(new UserMessage(UserMessage.ASAP, codec
			.encode(new HandleResolutionResponse(false, this.pool, elements.get(0).policy(), elements, List.of()))));
		if (cached() == null) {
			throw new IllegalStateException("Nothing was selected");
		}
	}

	/**
	 * Selects an element.
	 * @return the element
	 */
	@Benchmark
	public @Nullable PoolElement cached() {
		this.role.select(this.pool, Set.of(), this.outcome);
		return this.outcome.selected;
	}

	private static final class Outcome implements SelectionCallback {

		private @Nullable PoolElement selected;

		@Override
		public void selected(PoolElement element) {
			this.selected = element;
		}

		@Override
		public void failed(ResolutionFailure failure) {
			throw new IllegalStateException(failure.toString());
		}

	}

}
