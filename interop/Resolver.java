import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.UserMessage;
import org.rserpool.transport.RoleLoop;
import org.rserpool.transport.TransportChoice;
import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.WireCodec;

/**
 * Asks a registrar for one element of a pool, over and over, and prints which ones it
 * named: how often each, and how often the next one was another. It begins when the pool
 * has two elements.
 */
final class Resolver implements EndpointListener {

	private final WireCodec codec;

	private final RoleLoop loop = RoleLoop.start("resolver");

	private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

	private Resolver(Dialect dialect) {
		this.codec = new WireCodec(dialect);
	}

	static void run(Dialect dialect, TransportChoice transport, InetSocketAddress registrar, String[] pools, int count)
			throws InterruptedException {
		Resolver resolver = new Resolver(dialect);
		Association association = resolver.loop.call(() -> resolver.loop
			.open(EndpointSpecification.connecting(transport.protocols().get(0), Channel.ASAP), resolver)
			.associate(List.of(registrar)));
		if (resolver.events.poll(20, TimeUnit.SECONDS) instanceof Association) {
			for (String pool : pools) {
				Node.say(resolver.resolve(association, PoolHandle.of(pool), count));
			}
			Node.say("resolved");
		}
		resolver.loop.execute(association::shutdown);
		resolver.events.poll(5, TimeUnit.SECONDS);
		resolver.loop.close();
	}

	private String resolve(Association association, PoolHandle pool, int count) throws InterruptedException {
		for (int trials = 0; ask(association, pool, HandleResolution.ALL_ITEMS).elements().size() < 2; trials++) {
			if (trials > 300) {
				return pool + ": has no two elements";
			}
			Thread.sleep(100);
		}
		Map<Integer, Integer> named = new TreeMap<>();
		int changes = 0;
		int before = 0;
		for (int i = 0; i < count; i++) {
			int element = ask(association, pool, 1).elements().get(0).identifier();
			named.merge(element, 1, Integer::sum);
			changes += (element == before) ? 0 : 1;
			before = element;
		}
		StringBuilder text = new StringBuilder(pool + ":");
		named.forEach((element, times) -> text.append(String.format(" 0x%08x=%d", element, times)));
		return text.append(" changes=" + (changes - 1)).toString();
	}

	private HandleResolutionResponse ask(Association association, PoolHandle pool, int items)
			throws InterruptedException {
		this.loop.execute(() -> association
			.send(new UserMessage(UserMessage.ASAP, this.codec.encode(new HandleResolution(false, pool, items)))));
		if (this.events.poll(20, TimeUnit.SECONDS) instanceof HandleResolutionResponse response) {
			return response;
		}
		throw new IllegalStateException("No answer about " + pool);
	}

	@Override
	public void up(Association association) {
		this.events.add(association);
	}

	@Override
	public void message(Association association, UserMessage message) {
		if (this.codec.decodeAsap(message.data()) instanceof Decoded.Success<?> decoded) {
			this.events.add(decoded.message());
		}
	}

	@Override
	public void down(Association association, DownReason reason, String detail) {
		this.events.add(reason);
	}

}
