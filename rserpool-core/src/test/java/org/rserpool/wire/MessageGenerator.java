package org.rserpool.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Draws valid messages that a dialect can carry.
 */
final class MessageGenerator {

	private static final int UNKNOWN_POLICY = 0x12345678;

	private final SplittableRandom random;

	private final Dialect dialect;

	MessageGenerator(long seed, Dialect dialect) {
		this.random = new SplittableRandom(seed);
		this.dialect = dialect;
	}

	AsapMessage asap(int kind) {
		return switch (kind) {
			case AsapType.REGISTRATION -> new AsapMessage.Registration(poolHandle(), element());
			case AsapType.DEREGISTRATION -> new AsapMessage.Deregistration(poolHandle(), int32());
			case AsapType.REGISTRATION_RESPONSE ->
				new AsapMessage.RegistrationResponse(chance(), poolHandle(), int32(), list(0, 3, this::cause));
			case AsapType.DEREGISTRATION_RESPONSE ->
				new AsapMessage.DeregistrationResponse(poolHandle(), int32(), list(0, 3, this::cause));
			case AsapType.HANDLE_RESOLUTION ->
				new AsapMessage.HandleResolution(chance(), poolHandle(), maybe(this::int32));
			case AsapType.HANDLE_RESOLUTION_RESPONSE -> new AsapMessage.HandleResolutionResponse(chance(), poolHandle(),
					maybe(this::policy), list(0, 5, this::element), list(0, 2, this::cause));
			case AsapType.ENDPOINT_KEEP_ALIVE ->
				new AsapMessage.EndpointKeepAlive(chance(), int32(), poolHandle(), maybe(this::int32));
			case AsapType.ENDPOINT_KEEP_ALIVE_ACK -> new AsapMessage.EndpointKeepAliveAck(poolHandle(), int32());
			case AsapType.ENDPOINT_UNREACHABLE -> new AsapMessage.EndpointUnreachable(poolHandle(), int32());
			case AsapType.SERVER_ANNOUNCE ->
				new AsapMessage.ServerAnnounce(int32(), list(0, 3, this::controlTransport));
			case AsapType.COOKIE -> new AsapMessage.Cookie(octets(0, 100));
			case AsapType.COOKIE_ECHO -> new AsapMessage.CookieEcho(octets(0, 100));
			case AsapType.BUSINESS_CARD ->
				new AsapMessage.BusinessCard(poolHandle(), maybe(this::policy), list(1, 4, this::element));
			case AsapType.ERROR -> new AsapMessage.Error(list(0, 4, this::cause));
			default -> throw new IllegalArgumentException("No message of kind " + kind);
		};
	}

	EnrpMessage enrp(int kind) {
		return switch (kind) {
			case EnrpType.PRESENCE -> new EnrpMessage.Presence(chance(), int32(), int32(),
					maybe(() -> this.random.nextInt(0x10000)), maybe(this::server));
			case EnrpType.HANDLE_TABLE_REQUEST -> new EnrpMessage.HandleTableRequest(chance(), int32(), int32());
			case EnrpType.HANDLE_TABLE_RESPONSE ->
				new EnrpMessage.HandleTableResponse(chance(), chance(), int32(), int32(), list(0, 4, this::pool));
			case EnrpType.HANDLE_UPDATE -> new EnrpMessage.HandleUpdate(chance(), int32(), int32(),
					chance() ? EnrpMessage.UpdateAction.ADD_PE : EnrpMessage.UpdateAction.DEL_PE, poolHandle(),
					element());
			case EnrpType.LIST_REQUEST -> new EnrpMessage.ListRequest(int32(), int32());
			case EnrpType.LIST_RESPONSE ->
				new EnrpMessage.ListResponse(chance(), int32(), int32(), list(0, 5, this::server));
			case EnrpType.INIT_TAKEOVER -> new EnrpMessage.InitTakeover(int32(), int32(), int32());
			case EnrpType.INIT_TAKEOVER_ACK -> new EnrpMessage.InitTakeoverAck(int32(), int32(), int32());
			case EnrpType.TAKEOVER_SERVER -> new EnrpMessage.TakeoverServer(int32(), int32(), int32());
			case EnrpType.ERROR -> new EnrpMessage.Error(int32(), int32(), list(0, 4, this::cause));
			default -> throw new IllegalArgumentException("No message of kind " + kind);
		};
	}

	private EnrpMessage.PoolEntry pool() {
		return new EnrpMessage.PoolEntry(poolHandle(), list(1, 4, this::element));
	}

	private ServerInformation server() {
		return new ServerInformation(int32(), controlTransport());
	}

	private PoolHandle poolHandle() {
		return new PoolHandle(octets(1, 32));
	}

	private PoolElement element() {
		return new PoolElement(int32(), int32(), lifetime(), transport(), policy(), maybe(this::controlTransport),
				metadata());
	}

	private ElementMetadata metadata() {
		if (this.dialect == Dialect.RSPLIB || this.random.nextBoolean()) {
			return ElementMetadata.NONE;
		}
		return ElementMetadata.of(Map.of("zone", "z" + this.random.nextInt(), "k" + this.random.nextInt(), "ä"));
	}

	private long lifetime() {
		if (this.random.nextInt(5) == 0) {
			return PoolElement.INFINITE;
		}
		return (this.dialect == Dialect.RFC) ? 1000L * this.random.nextInt(Integer.MAX_VALUE)
				: this.random.nextLong(0xffffffffL);
	}

	private MemberSelectionPolicy policy() {
		PolicyType[] types = PolicyType.values();
		int index = this.random.nextInt(types.length + 1);
		if (index == types.length) {
			return new MemberSelectionPolicy(UNKNOWN_POLICY, octets(0, 20));
		}
		long[] values = this.random.longs(types[index].fields().size(), 0, 0x100000000L).toArray();
		return MemberSelectionPolicy.of(types[index], values);
	}

	private Transport transport() {
		return switch (this.random.nextInt(6)) {
			case 0 -> new Transport.Udp(port(), address());
			case 1 -> new Transport.UdpLite(port(), address());
			case 2 -> new Transport.Dccp(port(), int32(), address());
			case 3 -> new Transport.Opaque(octets(0, 20));
			default -> controlTransport();
		};
	}

	private Transport controlTransport() {
		if (chance()) {
			return new Transport.Sctp(port(), use(), list(1, (this.random.nextInt(50) == 0) ? 64 : 4, this::address));
		}
		return new Transport.Tcp(port(), (this.dialect == Dialect.RFC) ? TransportUse.DATA_ONLY : use(), address());
	}

	private TransportUse use() {
		return chance() ? TransportUse.DATA_ONLY : TransportUse.DATA_PLUS_CONTROL;
	}

	private InetAddress address() {
		byte[] address = octets(chance() ? 4 : 16).toArray();
		try {
			return InetAddress.getByAddress(address);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private ErrorCause cause() {
		return new ErrorCause(this.random.nextInt(0x10000), octets(0, 20));
	}

	private Octets octets(int min, int max) {
		return octets(this.random.nextInt(min, max + 1));
	}

	private Octets octets(int length) {
		byte[] octets = new byte[length];
		this.random.nextBytes(octets);
		return Octets.of(octets);
	}

	private int port() {
		return this.random.nextInt(0x10000);
	}

	private int int32() {
		return this.random.nextInt();
	}

	private boolean chance() {
		return this.random.nextBoolean();
	}

	private <T> @Nullable T maybe(Supplier<T> drawn) {
		return chance() ? drawn.get() : null;
	}

	private <T> List<T> list(int min, int max, Supplier<T> drawn) {
		int size = this.random.nextInt(min, max + 1);
		List<T> list = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			list.add(drawn.get());
		}
		return list;
	}

}
