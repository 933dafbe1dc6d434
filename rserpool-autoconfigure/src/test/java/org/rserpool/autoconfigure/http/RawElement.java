package org.rserpool.autoconfigure.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * A pool element whose web server knows nothing of pools, and which can die without that
 * its registrar hears of it.
 */
public class RawElement implements AutoCloseable {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AtomicInteger requests = new AtomicInteger();

	private final List<String> traces = new CopyOnWriteArrayList<>();

	private final String name;

	private final HttpServer server;

	private final Relay relay;

	private final RSerPoolNode node;

	private volatile Behaviour behaviour = Behaviour.ANSWER;

	public RawElement(int registrar, String pool, String name) throws Exception {
		this(registrar, pool, name, ElementMetadata.NONE, false);
	}

	public RawElement(int registrar, String pool, String name, Map<String, String> metadata) throws Exception {
		this(registrar, pool, name, ElementMetadata.of(metadata), false);
	}

	/**
	 * Makes an element that says something of itself, and may be able to fall silent.
	 */
	RawElement(int registrar, String pool, String name, ElementMetadata metadata, boolean relayed) throws Exception {
		this.name = name;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::handle);
		this.server.start();
		this.relay = relayed ? new Relay(this.server.getAddress()) : null;
		this.node = RSerPoolNode
			.start(NodeSettings.builder(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), registrar)))
				.name(name)
				.build());
		this.node
			.register(new DataElementSpecification(PoolHandle.of(pool), null, MemberSelectionPolicy.ROUND_ROBIN,
					ElementSpecification.DEFAULT_LIFETIME, null, metadata,
					relayed ? this.relay.address() : this.server.getAddress()))
			.registered()
			.get(20, TimeUnit.SECONDS);
	}

	RawElement behave(Behaviour newBehaviour) {
		this.behaviour = newBehaviour;
		return this;
	}

	int requests() {
		return this.requests.get();
	}

	/** Tells in which traces the requests were. */
	List<String> traces() {
		return this.traces;
	}

	/** Drops all packets of the web server. The element stays registered. */
	void fallSilent() throws IOException {
		this.relay.fallSilent();
	}

	/** Closes all sockets of the web server at once. The element stays registered. */
	public void kill() {
		this.server.stop(0);
	}

	private void handle(HttpExchange exchange) throws IOException {
		this.traces.addAll(exchange.getRequestHeaders().getOrDefault("traceparent", List.of()));
		this.requests.incrementAndGet();
		switch (this.behaviour) {
			case ANSWER ->
				answer(exchange, 200, this.name + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI()
						+ " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			case FAIL -> answer(exchange, 503, "failed");
			case REFUSE -> {
				exchange.getResponseHeaders().set("RSerPool-Refused", "draining");
				answer(exchange, 503, "");
			}
			case DISOWN -> {
				exchange.getResponseHeaders().set("RSerPool-Refused", "unknown-pool");
				answer(exchange, 503, "");
			}
			case BREAK -> throw new IOException("broken on purpose");
			case BREAK_IN_BODY -> {
				exchange.sendResponseHeaders(200, 100);
				exchange.getResponseBody().write('a');
				exchange.getResponseBody().flush();
				throw new IOException("broken on purpose");
			}
			case HANG -> {
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}
	}

	private static void answer(HttpExchange exchange, int status, String text) throws IOException {
		byte[] body = text.trim().getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "text/plain");
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() throws Exception {
		kill();
		if (this.relay != null) {
			this.relay.close();
		}
		this.node.close();
		this.executor.shutdownNow();
	}

	enum Behaviour {

		ANSWER, FAIL, REFUSE, DISOWN, BREAK, BREAK_IN_BODY, HANG

	}

}
