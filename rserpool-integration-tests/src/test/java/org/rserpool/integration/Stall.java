package org.rserpool.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * A pool element with a web server that answers with its name, and can die without that
 * its registrar hears of it.
 */
class Stall implements AutoCloseable {

	private final HttpServer server;

	private final RSerPoolNode node;

	Stall(InetSocketAddress registrar, String pool, String name) throws Exception {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		byte[] answer = name.getBytes(StandardCharsets.UTF_8);
		this.server.createContext("/", (exchange) -> {
			try (exchange) {
				exchange.sendResponseHeaders(200, answer.length);
				exchange.getResponseBody().write(answer);
			}
		});
		this.server.start();
		this.node = RSerPoolNode.start(NodeSettings.builder(List.of(registrar)).name(name).build());
		this.node
			.register(new DataElementSpecification(PoolHandle.of(pool), null, MemberSelectionPolicy.ROUND_ROBIN,
					ElementSpecification.DEFAULT_LIFETIME, null, ElementMetadata.of(Map.of("zone", name)),
					this.server.getAddress()))
			.registered()
			.get(30, TimeUnit.SECONDS);
	}

	/** Closes all sockets of the web server. The element stays registered. */
	void kill() {
		this.server.stop(0);
	}

	@Override
	public void close() throws IOException {
		kill();
		this.node.close();
	}

}
