package org.rserpool.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Elements that something else serves, and those who select them, on the loopback
 * interface.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ElementSelectorTests {

	private static final PoolHandle POOL = PoolHandle.of("web");

	private final InetAddress loopback = InetAddress.getLoopbackAddress();

	private RoleLoop registrarLoop;

	private RegistrarRole registrar;

	private RSerPoolNode elements;

	private RSerPoolNode user;

	@BeforeEach
	void start() {
		this.registrarLoop = RoleLoop.start("registrar");
		RegistrarSettings settings = RegistrarSettings.builder()
			.asapListen(List.of(new InetSocketAddress(this.loopback, 0)))
			.enrpListen(List.of(new InetSocketAddress(this.loopback, 0)))
			.mentorTimeout(Duration.ofMillis(50))
			.build();
		this.registrar = this.registrarLoop.call(() -> {
			RegistrarRole role = new RegistrarRole(this.registrarLoop, settings, new RegistrarListener() {
			});
			role.start();
			return role;
		});
		List<InetSocketAddress> registrars = List.of(snapshot().asapAddresses().get(0));
		this.elements = RSerPoolNode.start(NodeSettings.builder(registrars).name("elements").build());
		this.user = RSerPoolNode.start(NodeSettings.builder(registrars).name("user").build());
	}

	@AfterEach
	void close() {
		this.user.close();
		this.elements.close();
		this.registrarLoop.close();
	}

	@Test
	void elementIsSelectedAtTheAddressThatServesIt() throws Exception {
		RegisteredElement element = register(null, new InetSocketAddress(this.loopback, 8080));
		FailoverCall call = this.user.selector().begin(request(3));
		PoolElement selected = call.next().get(20, TimeUnit.SECONDS);
		assertThat(selected.identifier()).isEqualTo(element.identifier());
		assertThat(selected.userTransport()).isEqualTo(new Transport.Tcp(8080, this.loopback));
		call.answered();
		assertThat(this.user.selector().pools().get(20, TimeUnit.SECONDS)).containsExactly(POOL);
	}

	@Test
	void wildcardAddressStandsForTheOneByWhichTheRegistrarIsReached() throws Exception {
		register(null, new InetSocketAddress(8081));
		assertThat(this.user.selector().resolve(POOL).get(20, TimeUnit.SECONDS)).singleElement()
			.extracting(PoolElement::userTransport)
			.isEqualTo(new Transport.Tcp(8081, InetAddress.getByName("127.0.0.1")));
	}

	@Test
	void unreachableElementIsReportedAndAnotherIsSelected() throws Exception {
		register(1, new InetSocketAddress(this.loopback, 8080));
		register(2, new InetSocketAddress(this.loopback, 8081));
		FailoverCall call = this.user.selector().begin(request(3));
		int first = call.next().get(20, TimeUnit.SECONDS).identifier();
		call.unreachable(CallOutcome.NOT_SENT, "refused");
		assertThat(call.next().get(20, TimeUnit.SECONDS).identifier()).isNotEqualTo(first);
		call.answered();
		Awaitility.await().until(() -> this.registrarLoop.call(this.registrar::counters).get("failure_reports") == 1);
	}

	@Test
	void unknownPoolIsNamed() {
		assertThat(this.user.selector().resolve(POOL)).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.withCauseInstanceOf(NoPoolElementException.class)
			.withMessageContaining("web");
	}

	@Test
	void elementLeaves() throws Exception {
		RegisteredElement element = register(null, new InetSocketAddress(this.loopback, 8080));
		assertThat(this.elements.elements()).containsExactly(element);
		element.deregister().get(20, TimeUnit.SECONDS);
		assertThat(element.state()).isEqualTo(RegisteredElement.State.DEREGISTERED);
		assertThat(this.elements.elements()).isEmpty();
		assertThat(snapshot().pools()).isEmpty();
	}

	@Test
	void closedNodeLeavesNobodyWaiting() {
		FailoverCall call = this.user.selector().begin(request(3));
		CompletableFuture<PoolElement> next = call.next();
		this.user.close();
		assertThat(next).failsWithin(Duration.ofSeconds(20));
		assertThat(this.user.selector().begin(request(3)).next()).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.withMessageContaining("left the operation scope");
		assertThat(this.user.selector().resolve(POOL)).isCompletedExceptionally();
		this.user.selector().confirm(POOL, 1);
	}

	@Test
	void addressMustBeReachable() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> specification(null, InetSocketAddress.createUnresolved("nowhere", 80)))
			.withMessageContaining("nowhere");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> specification(null, new InetSocketAddress(this.loopback, 0)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> specification(0, new InetSocketAddress(this.loopback, 80)));
		this.elements.close();
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.elements.register(specification(null, new InetSocketAddress(this.loopback, 8080))));
	}

	private RegisteredElement register(Integer identifier, InetSocketAddress address) throws Exception {
		RegisteredElement element = this.elements.register(specification(identifier, address));
		element.registered().get(20, TimeUnit.SECONDS);
		return element;
	}

	private static DataElementSpecification specification(Integer identifier, InetSocketAddress address) {
		return new DataElementSpecification(POOL, identifier, MemberSelectionPolicy.ROUND_ROBIN,
				ElementSpecification.DEFAULT_LIFETIME, address);
	}

	private static FailoverRequest request(int maxAttempts) {
		return new FailoverRequest(POOL, "GET /", true, Duration.ofSeconds(20), maxAttempts);
	}

	private RegistrarSnapshot snapshot() {
		return this.registrarLoop.call(this.registrar::snapshot);
	}

}
