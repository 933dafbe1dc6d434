package org.rserpool.rpc;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.rserpool.csp.StatusReportSettings;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hears as a monitor what a node reports of itself.
 */
class NodeStatusTests {

	private final DatagramSocket monitor;

	NodeStatusTests() throws IOException {
		this.monitor = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		this.monitor.setSoTimeout(20_000);
	}

	@AfterEach
	void close() {
		this.monitor.close();
	}

	@Test
	void nodeReportsItsPoolElementsAndItself() throws IOException {
		RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(List.of(nobody()))
			.statusReports(new StatusReportSettings(
					new InetSocketAddress(InetAddress.getLoopbackAddress(), this.monitor.getLocalPort()),
					Duration.ofMillis(20)))
			.build());
		try (node) {
			Report user = await((report) -> report.group() == 3);
			assertThat(user.text()).isEqualTo("Looking for Registrar ...");
			assertThat(user.workload()).isEqualTo(0xffff);
			assertThat(user.associations()).isZero();
			node.register(new ElementSpecification(PoolHandle.of("pool"), 0xf000e001,
					MemberSelectionPolicy.of(PolicyType.LEAST_USED, 0x80000000L), Duration.ofSeconds(30),
					(invocation) -> CompletableFuture.completedFuture(new byte[0]), Runnable::run));
			Report element = await((report) -> report.group() == 2);
			assertThat(element.number()).isEqualTo(0xf000e001L);
			assertThat(element.workload()).isEqualTo(0x7fff);
			node.elements().get(0).update(MemberSelectionPolicy.of(PolicyType.LEAST_USED, 0xffffffffL));
			await((report) -> report.group() == 2 && report.workload() == 0xfffe);
		}
		assertThat(await((report) -> report.group() == 2 && report.last()).number()).isEqualTo(0xf000e001L);
	}

	private static InetSocketAddress nobody() {
		return InetSocketAddress.createUnresolved("registrar.invalid", 3863);
	}

	private Report await(Predicate<Report> wanted) throws IOException {
		Report got = receive();
		while (!wanted.test(got)) {
			got = receive();
		}
		return got;
	}

	private Report receive() throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
		this.monitor.receive(packet);
		ByteBuffer octets = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
		byte[] text = Arrays.copyOfRange(packet.getData(), 156, 284);
		return new Report(octets.get(8), octets.getLong(8) & 0xffffffffffffffL, octets.get(1) == 1,
				new String(text, StandardCharsets.UTF_8).replace("\0", ""), octets.getShort(284) & 0xffff,
				octets.getShort(286));
	}

	private record Report(int group, long number, boolean last, String text, int workload, int associations) {
	}

}
