package org.rserpool.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.rserpool.element.ElementSettings;
import org.rserpool.element.ElementState;
import org.rserpool.element.PoolElementRole;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalElement}.
 */
class LocalElementTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final RoleLoop loop = RoleLoop.start("element");

	private final LocalElement element = new LocalElement(this.loop, POOL, 5, () -> 0, () -> 0, () -> {
	}, null);

	private final PoolElementRole role = role();

	@BeforeEach
	void recordLog() {
		this.log.start();
		logger().setLevel(Level.INFO);
		logger().addAppender(this.log);
	}

	@AfterEach
	void end() {
		logger().detachAppender(this.log);
		logger().setLevel(null);
		this.loop.close();
	}

	@Test
	void firstRefusalIsToldToWhoRegisteredTheElement() {
		this.element.stateChanged(this.role, ElementState.REJECTED, "not unique");
		assertThat(this.element.registered()).isCompletedExceptionally();
		assertThat(this.element.state()).isEqualTo(RegisteredElement.State.REJECTED);
		assertThat(logged()).isEmpty();
	}

	@Test
	void eachLaterRefusalIsLoggedAndSoIsItsEnd() {
		this.element.stateChanged(this.role, ElementState.REGISTERED, "home is one");
		assertThat(logged()).isEmpty();
		this.element.stateChanged(this.role, ElementState.REJECTED, "not unique");
		assertThat(this.element.rejection()).isEqualTo("not unique");
		this.element.stateChanged(this.role, ElementState.REGISTERED, "home is another");
		assertThat(this.element.rejection()).isNull();
		this.element.stateChanged(this.role, ElementState.REJECTED, "policy differs");
		assertThat(logged()).hasSize(3);
		assertThat(logged().get(0)).startsWith("WARN Element 0x00000005 of pool echo was refused")
			.contains(": not unique.")
			.contains("same identifier");
		assertThat(logged().get(1))
			.isEqualTo("INFO Element 0x00000005 of pool echo is registered again: home is another");
		assertThat(logged().get(2)).startsWith("WARN").contains(": policy differs.");
	}

	private List<String> logged() {
		return this.log.list.stream()
			.filter((event) -> event.getLevel().isGreaterOrEqual(Level.INFO))
			.map((event) -> event.getLevel() + " " + event.getFormattedMessage())
			.toList();
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(LocalElement.class);
	}

	private PoolElementRole role() {
		VirtualRuntime runtime = new VirtualRuntime();
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 3863);
		RegistrarHunt hunt = new RegistrarHunt(runtime, new WireCodec(Dialect.RFC), HuntSettings.of(List.of(address)));
		return new PoolElementRole(runtime, hunt,
				ElementSettings.of(POOL, 5, new Transport.Tcp(8080, address.getAddress())), this.element);
	}

}
