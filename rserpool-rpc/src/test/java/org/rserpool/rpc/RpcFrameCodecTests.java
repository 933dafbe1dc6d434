package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.rserpool.rpc.state.SessionId;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Frames as octets.
 */
class RpcFrameCodecTests {

	@Test
	void streamsAndNamesOfCallsSurvive() throws RpcFrameException {
		RpcFrame.Replay replay = new RpcFrame.Replay(-5, 7, 6, Long.MIN_VALUE);
		for (RpcFrame frame : List.of(
				new RpcFrame.Request(3, 9, 4, PoolHandle.of("pool"), "m", Map.of(), new byte[] { 1, 2 }, 77, null),
				new RpcFrame.Request(3, 9, 4, PoolHandle.of("pool"), "m", Map.of(), new byte[] { 1, 2 }, 0, replay),
				new RpcFrame.Request(3, 9, 4, PoolHandle.of("pool"), "m", Map.of("k", "v"), new byte[0], 1, replay),
				new RpcFrame.Welcome(-3), new RpcFrame.Item(5, new byte[] { 4 }), new RpcFrame.End(6),
				new RpcFrame.Credit(7, 8))) {
			assertThat(RpcFrameCodec.decode(RpcFrameCodec.encode(frame))).usingRecursiveComparison().isEqualTo(frame);
		}
	}

	@Test
	void sessionsOfCallsSurvive() throws RpcFrameException {
		SessionId id = new SessionId(-5, 6);
		byte[] cookie = { 9, 8 };
		for (RpcFrame frame : List.of(
				new RpcFrame.Request(3, 9, 4, PoolHandle.of("pool"), "m", Map.of(), new byte[] { 1 }, 0, null,
						new RpcFrame.SessionPart(id, 7, 8, true, cookie)),
				new RpcFrame.Request(3, 9, 4, PoolHandle.of("pool"), "m", Map.of("k", "v"), new byte[0], 0, null,
						new RpcFrame.SessionPart(id, 1, 0, false, null)),
				new RpcFrame.Response(3, new byte[] { 1 }, new RpcFrame.Saved(9, cookie)),
				new RpcFrame.Failure(3, "C", null, "s", new RpcFrame.Saved(9, cookie)),
				new RpcFrame.SessionEnd(0xe001, id, PoolHandle.of("pool")))) {
			assertThat(RpcFrameCodec.decode(RpcFrameCodec.encode(frame))).usingRecursiveComparison().isEqualTo(frame);
		}
	}

	@Test
	void cookieIsNotLongerThanItsFrame() {
		ByteBuffer frame = RpcFrameCodec
			.encode(new RpcFrame.Response(3, new byte[] { 1 }, new RpcFrame.Saved(9, new byte[] { 1 })));
		assertThatExceptionOfType(RpcFrameException.class)
			.isThrownBy(() -> RpcFrameCodec.decode(frame.putInt(20, Integer.MAX_VALUE)))
			.withMessageContaining("cut short");
	}

	@Test
	void creditIsPositive() throws RpcFrameException {
		ByteBuffer none = RpcFrameCodec.encode(new RpcFrame.Credit(7, 8)).putInt(12, 0);
		assertThatExceptionOfType(RpcFrameException.class).isThrownBy(() -> RpcFrameCodec.decode(none))
			.withMessageContaining("credit of 0");
		ByteBuffer most = RpcFrameCodec.encode(new RpcFrame.Credit(7, 8)).putInt(12, -1);
		assertThat(RpcFrameCodec.decode(most)).isEqualTo(new RpcFrame.Credit(7, Integer.MAX_VALUE));
	}

	@Test
	void callsAreSpreadOverStreams() {
		assertThat(RpcFrameCodec.message(RpcFrameCodec.encode(new RpcFrame.Cancel(1))).stream()).isEqualTo(1);
		assertThat(RpcFrameCodec.message(RpcFrameCodec.encode(new RpcFrame.Cancel(1024))).stream()).isEqualTo(1024);
		assertThat(RpcFrameCodec.message(RpcFrameCodec.encode(new RpcFrame.Cancel(1025))).stream()).isEqualTo(1);
		assertThat(RpcFrameCodec.message(RpcFrameCodec.encode(new RpcFrame.Leaving(Set.of(7L)))).stream()).isZero();
	}

	@Test
	void requestHasTheLayoutThatIsDocumented() {
		RpcFrame.Request request = new RpcFrame.Request(0x0102030405060708L, 1500, 0xe001, PoolHandle.of("p"), "m",
				Map.of("k", "v"), new byte[] { 9 });
		assertThat(HexFormat.of().formatHex(RpcFrameCodec.encode(request).array())).isEqualTo("010100000102030405060708"
				+ "000005dc" + "0000e001" + "000170" + "00016d" + "0001" + "00016b" + "000176" + "09");
	}

	@Test
	void framesOfAllKindsComeBack() throws RpcFrameException {
		Random random = new Random(1);
		for (int round = 0; round < 5_000; round++) {
			RpcFrame frame = frame(random);
			ByteBuffer octets = RpcFrameCodec.encode(frame);
			assertThat(RpcFrameCodec.callId(octets)).isEqualTo(frame.callId());
			assertThat(RpcFrameCodec.decode(octets)).usingRecursiveComparison().isEqualTo(frame);
		}
	}

	@Test
	void anyOctetsComeToAFrameOrADescribedError() {
		Random random = new Random(2);
		int errors = 0;
		for (int round = 0; round < 50_000; round++) {
			byte[] octets = RpcFrameCodec.encode(frame(random)).array();
			ByteBuffer cut = ByteBuffer.wrap(octets, 0, random.nextInt(octets.length + 1));
			for (int change = random.nextInt(4); change > 0 && cut.hasRemaining(); change--) {
				octets[random.nextInt(octets.length)] = (byte) random.nextInt();
			}
			try {
				RpcFrameCodec.decode(cut);
			}
			catch (RpcFrameException ex) {
				errors++;
				assertThat(ex.getMessage()).isNotBlank();
			}
		}
		assertThat(errors).isGreaterThan(10_000);
	}

	@Test
	void requestThatIsCutShortCanStillBeRefused() {
		ByteBuffer octets = RpcFrameCodec
			.encode(new RpcFrame.Request(77, 1, 1, PoolHandle.of("pool"), "m", Map.of(), new byte[0]));
		octets.limit(20);
		assertThatExceptionOfType(RpcFrameException.class).isThrownBy(() -> RpcFrameCodec.decode(octets))
			.withMessage("a frame of 20 octets is cut short")
			.satisfies((ex) -> assertThat(ex.request()).isTrue())
			.satisfies((ex) -> assertThat(ex.callId()).isEqualTo(77));
	}

	@Test
	void limitsAreKeptWhenWriting() {
		PoolHandle pool = PoolHandle.of("pool");
		assertThatIllegalArgumentException().isThrownBy(
				() -> RpcFrameCodec.encodeRequest(pool, "m".repeat(1025), Map.of(), new byte[0], false, false, null))
			.withMessageContaining("1025");
		assertThatIllegalArgumentException().isThrownBy(() -> RpcFrameCodec.encodeRequest(pool, "m",
				Map.of("k", "v".repeat(16_384)), new byte[0], false, false, null));
		Map<String, String> many = new HashMap<>();
		for (int index = 0; index <= RpcFrameCodec.MAX_METADATA; index++) {
			many.put("k" + index, "v");
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RpcFrameCodec.encodeRequest(pool, "m", many, new byte[0], false, false, null))
			.withMessageContaining("65");
	}

	@Test
	void longFailureIsShortenedToWholeCharacters() throws RpcFrameException {
		RpcFrame.Failure failure = new RpcFrame.Failure(1, "C", "\u20ac".repeat(5_000), "x".repeat(100_000));
		RpcFrame.Failure decoded = (RpcFrame.Failure) RpcFrameCodec.decode(RpcFrameCodec.encode(failure));
		assertThat(decoded.message()).isEqualTo("\u20ac".repeat(1365));
		assertThat(decoded.stack()).hasSize(8192);
	}

	@Test
	void unknownReasonLetsTheCallerGoElsewhere() throws RpcFrameException {
		ByteBuffer octets = RpcFrameCodec.encode(new RpcFrame.Refusal(1, RefusalReason.DRAINING, "later"));
		octets.put(3, (byte) 99);
		assertThat(RpcFrameCodec.decode(octets)).isEqualTo(new RpcFrame.Refusal(1, RefusalReason.OVERLOADED, "later"));
	}

	private static RpcFrame frame(Random random) {
		long callId = random.nextLong();
		return switch (random.nextInt(6)) {
			case 0 -> new RpcFrame.Request(callId, random.nextInt(Integer.MAX_VALUE), random.nextInt(), pool(random),
					text(random, 100), metadata(random), octets(random, 200));
			case 1 -> new RpcFrame.Response(callId, octets(random, 200));
			case 2 -> new RpcFrame.Failure(callId, text(random, 50), random.nextBoolean() ? text(random, 50) : null,
					text(random, 500));
			case 3 -> new RpcFrame.Refusal(callId, RefusalReason.values()[random.nextInt(5)], text(random, 50));
			case 4 -> new RpcFrame.Leaving(random.longs(random.nextInt(5)).boxed().collect(Collectors.toSet()));
			default -> new RpcFrame.Cancel(callId);
		};
	}

	private static PoolHandle pool(Random random) {
		byte[] octets = new byte[1 + random.nextInt(50)];
		random.nextBytes(octets);
		return new PoolHandle(Octets.of(octets));
	}

	private static Map<String, String> metadata(Random random) {
		Map<String, String> metadata = new HashMap<>();
		for (int count = random.nextInt(5); count > 0; count--) {
			metadata.put(text(random, 20), text(random, 20));
		}
		return metadata;
	}

	private static byte[] octets(Random random, int bound) {
		byte[] octets = new byte[random.nextInt(bound)];
		random.nextBytes(octets);
		return octets;
	}

	private static String text(Random random, int bound) {
		StringBuilder text = new StringBuilder();
		for (int length = random.nextInt(bound); length > 0; length--) {
			text.appendCodePoint("a\u00e4\u20ac\ud83d\ude00z".codePoints().toArray()[random.nextInt(5)]);
		}
		return text.toString();
	}

}
