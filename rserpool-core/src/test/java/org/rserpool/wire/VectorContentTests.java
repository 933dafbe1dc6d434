package org.rserpool.wire;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.rserpool.Conformance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the known messages of the RFCs' layout say, field by field.
 */
class VectorContentTests {

	private static final int PE = 0x12345678;

	private static final int PR = 0x0a0b0c0d;

	private static final int PEER = 0x01020304;

	private static final PoolHandle ECHO_POOL = PoolHandle.of("EchoPool");

	private static final PoolHandle ECHO1 = PoolHandle.of("Echo1");

	private static final Octets RR = Octets.ofHex("0008000800000001");

	private static final Map<String, Message> EXPECTED = expected();

	private static Map<String, Message> expected() {
		Map<String, Message> map = new TreeMap<>();
		asap(map);
		asapRest(map);
		enrp(map);
		return map;
	}

	private static void asap(Map<String, Message> map) {
		map.put("A01", new AsapMessage.Registration(ECHO_POOL, element(Identifiers.NONE)));
		map.put("A01b",
				new AsapMessage.Registration(ECHO1, new PoolElement(PE, Identifiers.NONE, PoolElement.INFINITE,
						new Transport.Tcp(8080, Wire.address("192.0.2.10")),
						MemberSelectionPolicy.of(PolicyType.LEAST_USED_DEGRADATION, 0x80000000L, 0x10000000L), null)));
		map.put("A02", new AsapMessage.Deregistration(ECHO_POOL, PE));
		map.put("A03", new AsapMessage.RegistrationResponse(false, ECHO_POOL, PE, List.of()));
		map.put("A03r", new AsapMessage.RegistrationResponse(true, ECHO_POOL, PE,
				List.of(new ErrorCause(ErrorCause.INCONSISTENT_POOLING_POLICY, RR))));
		map.put("A04", new AsapMessage.DeregistrationResponse(ECHO_POOL, PE, List.of()));
		map.put("A05", new AsapMessage.HandleResolution(false, ECHO_POOL, null));
		map.put("A05p", new AsapMessage.HandleResolution(false, ECHO1, null));
		map.put("A05s", new AsapMessage.HandleResolution(true, ECHO_POOL, 3));
		map.put("A06", new AsapMessage.HandleResolutionResponse(false, ECHO_POOL, MemberSelectionPolicy.ROUND_ROBIN,
				List.of(element(PR)), List.of()));
		map.put("A06n", new AsapMessage.HandleResolutionResponse(false, ECHO1, null, List.of(),
				List.of(ErrorCause.of(ErrorCause.UNKNOWN_POOL_HANDLE))));
	}

	private static void asapRest(Map<String, Message> map) {
		map.put("A07", new AsapMessage.EndpointKeepAlive(true, PR, ECHO_POOL, null));
		map.put("A07x", new AsapMessage.EndpointKeepAlive(false, PR, ECHO_POOL, PE));
		map.put("A08", new AsapMessage.EndpointKeepAliveAck(ECHO_POOL, PE));
		map.put("A09", new AsapMessage.EndpointUnreachable(ECHO_POOL, PE));
		map.put("A0a", new AsapMessage.ServerAnnounce(PR, List.of()));
		map.put("A0at",
				new AsapMessage.ServerAnnounce(PR,
						List.of(new Transport.Sctp(3863, TransportUse.DATA_ONLY, List.of(Wire.address("192.0.2.1"))),
								new Transport.Tcp(3863, Wire.address("192.0.2.1")))));
		map.put("A0b", new AsapMessage.Cookie(Octets.ofText("hello")));
		map.put("A0c", new AsapMessage.CookieEcho(Octets.ofText("cookie01")));
		map.put("A0d", new AsapMessage.BusinessCard(ECHO_POOL, null, List.of(element(PR))));
		map.put("A0e", new AsapMessage.Error(
				List.of(new ErrorCause(ErrorCause.UNRECOGNIZED_PARAMETER, Octets.ofHex("4abc0008deadbeef")))));
	}

	private static void enrp(Map<String, Message> map) {
		PoolElement element = element(PR).withAsapTransport(transport(4001));
		map.put("E01", new EnrpMessage.Presence(true, PR, Identifiers.NONE, 0x29a5, server(PR, "192.0.2.1")));
		map.put("E01c", new EnrpMessage.Presence(false, PR, PEER, 0x29a5, null));
		map.put("E02", new EnrpMessage.HandleTableRequest(true, PR, PEER));
		map.put("E03", new EnrpMessage.HandleTableResponse(false, true, PEER, PR,
				List.of(new EnrpMessage.PoolEntry(ECHO_POOL, List.of(element.withHomeRegistrar(PEER))))));
		map.put("E03r", new EnrpMessage.HandleTableResponse(true, false, PEER, PR, List.of()));
		map.put("E04a", new EnrpMessage.HandleUpdate(false, PR, Identifiers.NONE, EnrpMessage.UpdateAction.ADD_PE,
				ECHO_POOL, element));
		map.put("E04d", new EnrpMessage.HandleUpdate(false, PR, Identifiers.NONE, EnrpMessage.UpdateAction.DEL_PE,
				ECHO_POOL, element));
		map.put("E04t",
				new EnrpMessage.HandleUpdate(true, PR, PEER, EnrpMessage.UpdateAction.ADD_PE, ECHO_POOL, element));
		map.put("E05", new EnrpMessage.ListRequest(PR, PEER));
		map.put("E06", new EnrpMessage.ListResponse(false, PEER, PR,
				List.of(server(PEER, "192.0.2.2"), server(0x11111111, "192.0.2.3"))));
		map.put("E06r", new EnrpMessage.ListResponse(true, PEER, PR, List.of()));
		map.put("E07", new EnrpMessage.InitTakeover(PR, Identifiers.NONE, PEER));
		map.put("E08", new EnrpMessage.InitTakeoverAck(0x11111111, PR, PEER));
		map.put("E09", new EnrpMessage.TakeoverServer(PR, Identifiers.NONE, PEER));
		map.put("E0a", new EnrpMessage.Error(PR, PEER,
				List.of(new ErrorCause(ErrorCause.UNRECOGNIZED_MESSAGE, Octets.ofHex("7f000004")))));
	}

	@ParameterizedTest
	@MethodSource("vectors")
	@Conformance({ "C1", "C2", "C17", "C22", "C23", "C24", "C25", "C26", "C31" })
	void vectorSaysWhatItSays(Vector vector) {
		assertThat(Wire.message(vector.decode(Wire.RFC))).isEqualTo(EXPECTED.get(key(vector)));
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void messageIsWrittenAsTheVector(Vector vector) {
		Message message = EXPECTED.get(key(vector));
		assertThat(message).isNotNull();
		assertThat(Wire.hex(Wire.RFC.encode(message))).isEqualTo(vector.hex());
	}

	@Test
	void everyVectorHasItsMessage() {
		assertThat(Vector.rfc().stream().map(VectorContentTests::key))
			.containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
	}

	@ParameterizedTest
	@MethodSource("paddedLengths")
	@Conformance("C6")
	void referenceImplementationCountsTheFinalPadding(String name, String header) {
		Message message = EXPECTED.get(name);
		assertThat(message).isNotNull();
		assertThat(Wire.hex(Wire.RSPLIB.encode(message))).startsWith(header);
	}

	static List<Vector> vectors() {
		return Vector.rfc();
	}

	static Stream<Arguments> paddedLengths() {
		return Map.of("A05p", "05000010", "A0b", "0b000010", "E01c", "01000014")
			.entrySet()
			.stream()
			.map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

	private static String key(Vector vector) {
		return vector.name().substring(0, vector.name().indexOf(' '));
	}

	private static PoolElement element(int home) {
		return new PoolElement(PE, home, 60_000, transport(7), MemberSelectionPolicy.ROUND_ROBIN, null);
	}

	private static Transport transport(int port) {
		return new Transport.Sctp(port, TransportUse.DATA_ONLY,
				List.of(Wire.address("192.0.2.10"), Wire.address("2001:db8::10")));
	}

	private static ServerInformation server(int identifier, String address) {
		return new ServerInformation(identifier,
				new Transport.Sctp(9901, TransportUse.DATA_ONLY, List.of(Wire.address(address))));
	}

}
