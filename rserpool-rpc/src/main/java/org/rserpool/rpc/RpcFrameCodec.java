package org.rserpool.rpc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolHandle;

/**
 * Writes and reads frames. All numbers are in network byte order; a text is a length of
 * 16 bits and that many octets of UTF-8:
 *
 * <pre>
 * octet  0          version, 1
 * octet  1          kind: 1 request, 2 response, 3 failure, 4 refusal, 5 cancel, 6 leaving, 7 welcome,
 *                   8 item, 9 end, 10 credit, 11 end of a session
 * octet  2          flags: of a failure bit 0: it has a message, bit 1: it has a cookie; of a
 *                   response bit 1: it has a cookie; of a request bit 0: it names its call for a
 *                   replay, bit 1: it asks for a stream, bit 2: it is part of a session, bit 3: it
 *                   is so, and idempotent; otherwise sent as 0 and ignored
 * octet  3          reason of a refusal, otherwise sent as 0 and ignored
 * octets 4 to 11    call identifier
 *
 * request           remaining time in ms (32 bits, unsigned), identifier of the element (32 bits),
 *                   if it asks for a stream: credit (32 bits, unsigned, at least 1),
 *                   if it names its call: caller, number, "all below ended", instance (64 bits each),
 *                   if it is part of a session: session (128 bits), number, version that was seen
 *                   (64 bits each), length of the cookie (32 bits), the cookie,
 *                   pool handle (16-bit length, octets), method (text), number of metadata
 *                   (16 bits), each a key (text) and a value (text); the rest is the payload
 * response          if it has a cookie: version (64 bits), length of the cookie (32 bits), the
 *                   cookie; the rest is the payload
 * failure           if it has a cookie: as of a response; class name (text), message (text), stack trace (text)
 * refusal           detail (text)
 * cancel            nothing
 * leaving           number of calls that were begun and are abandoned (32 bits), the call
 *                   identifier of each (64 bits); its own call identifier is 0
 * welcome           instance (64 bits); its own call identifier is 0
 * item              the rest is the payload
 * end               nothing
 * credit            number of items (32 bits, unsigned, at least 1)
 * end of a session  identifier of the element (32 bits), session (128 bits), pool handle (16-bit
 *                   length, octets); its own call identifier is 0
 * </pre>
 *
 * What follows behind the last field of any other kind than a request, a response or an
 * item is ignored.
 */
final class RpcFrameCodec {

	/** The payload protocol identifier of frames: "RSR" and version 1. */
	static final int PAYLOAD_PROTOCOL = 0x52535201;

	/** Over how many streams calls are spread; a transport may have fewer. */
	static final int STREAMS = 1024;

	static final int MAX_METHOD = 1024;

	static final int MAX_METADATA = 64;

	static final int MAX_METADATA_OCTETS = 16 * 1024;

	private static final int MAX_CLASS_NAME = 512;

	private static final int MAX_MESSAGE = 4 * 1024;

	private static final int MAX_STACK = 8 * 1024;

	private static final int HEADER = 12;

	private static final int REMAINING = 12;

	private static final int ELEMENT = 16;

	private static final int OPTIONS = 20;

	private static final int REPLAY_LENGTH = 32;

	private static final int NAMED = 1;

	private static final int STREAM = 2;

	private static final byte VERSION = 1;

	private static final byte REQUEST = 1;

	private static final byte RESPONSE = 2;

	private static final byte FAILURE = 3;

	private static final byte REFUSAL = 4;

	private static final byte CANCEL = 5;

	private static final byte LEAVING = 6;

	private static final byte WELCOME = 7;

	private static final byte ITEM = 8;

	private static final byte END = 9;

	private static final byte CREDIT = 10;

	private static final byte SESSION_END = 11;

	private RpcFrameCodec() {
	}

	static ByteBuffer encode(RpcFrame frame) {
		if (frame instanceof RpcFrame.Request request) {
			ByteBuffer out = encodeRequest(request.pool(), request.method(), request.metadata(), request.payload(),
					request.stream(), request.replay() != null, request.session());
			address(out, request.callId(), request.remainingMillis(), request.element());
			options(out, request.credit(), request.replay());
			return out;
		}
		if (frame instanceof RpcFrame.Response response) {
			return encodeResponse(response);
		}
		if (frame instanceof RpcFrame.SessionEnd end) {
			byte[] handle = end.pool().octets().toArray();
			ByteBuffer out = header(SESSION_END, 0, 0, 22 + handle.length).putInt(end.element());
			SessionFields.write(out, end.id());
			FrameText.write(out, handle);
			return out.flip();
		}
		if (frame instanceof RpcFrame.Item item) {
			return header(ITEM, 0, item.callId(), item.payload().length).put(item.payload()).flip();
		}
		if (frame instanceof RpcFrame.Failure failure) {
			return encodeFailure(failure);
		}
		if (frame instanceof RpcFrame.Refusal refusal) {
			byte[] detail = FrameText.shortened(refusal.detail(), MAX_MESSAGE);
			ByteBuffer out = header(REFUSAL, refusal.reason().code(), refusal.callId(), 2 + detail.length);
			FrameText.write(out, detail);
			return out.flip();
		}
		if (frame instanceof RpcFrame.Leaving leaving) {
			ByteBuffer out = header(LEAVING, 0, 0, 4 + 8 * leaving.abandoned().size());
			out.putInt(leaving.abandoned().size());
			leaving.abandoned().forEach(out::putLong);
			return out.flip();
		}
		if (frame instanceof RpcFrame.Welcome welcome) {
			return header(WELCOME, 0, 0, 8).putLong(welcome.instance()).flip();
		}
		if (frame instanceof RpcFrame.Credit credit) {
			return header(CREDIT, 0, credit.callId(), 4).putInt(credit.items()).flip();
		}
		return header((frame instanceof RpcFrame.End) ? END : CANCEL, 0, frame.callId(), 0).flip();
	}

	/**
	 * Encodes a request that is not addressed yet: its call identifier, remaining time,
	 * element and options are 0.
	 * @param pool the pool that is called
	 * @param method what is called
	 * @param metadata what travels along
	 * @param payload the arguments, encoded
	 * @param stream whether it asks for a stream
	 * @param named whether it names its call for a replay
	 * @param session the session that it is part of, or {@code null}
	 * @return the frame
	 * @throws IllegalArgumentException if the method or the metadata are too long
	 */
	static ByteBuffer encodeRequest(PoolHandle pool, String method, Map<String, String> metadata, byte[] payload,
			boolean stream, boolean named, RpcFrame.@Nullable SessionPart session) {
		byte[] handle = pool.octets().toArray();
		byte[] methodOctets = FrameText.octets("method", method, MAX_METHOD);
		List<byte[]> texts = texts(metadata);
		int size = 8 + 2 + handle.length + 2 + methodOctets.length + 2 + payload.length;
		for (byte[] text : texts) {
			size += 2 + text.length;
		}
		size += (stream ? 4 : 0) + (named ? REPLAY_LENGTH : 0);
		size += SessionFields.length(session);
		ByteBuffer out = header(REQUEST, 0, 0, size).putInt(0).putInt(0);
		out.put(2, (byte) ((named ? NAMED : 0) | (stream ? STREAM : 0)));
		out.position(OPTIONS + (stream ? 4 : 0) + (named ? REPLAY_LENGTH : 0));
		SessionFields.write(out, session);
		FrameText.write(out, handle);
		FrameText.write(out, methodOctets);
		out.putShort((short) metadata.size());
		for (byte[] text : texts) {
			FrameText.write(out, text);
		}
		return out.put(payload).flip();
	}

	/**
	 * Addresses a request.
	 * @param request the frame, from {@link #encodeRequest}
	 * @param callId which call
	 * @param remainingMillis how long the caller will still wait
	 * @param element the identifier of the element
	 */
	static void address(ByteBuffer request, long callId, int remainingMillis, int element) {
		request.putLong(4, callId).putInt(REMAINING, remainingMillis).putInt(ELEMENT, element);
	}

	/**
	 * Writes the options of a request.
	 * @param request the frame, from {@link #encodeRequest}
	 * @param credit how many items may be sent; written if the frame asks for a stream
	 * @param replay names the call; written if the frame has room for it
	 */
	static void options(ByteBuffer request, int credit, RpcFrame.@Nullable Replay replay) {
		int position = OPTIONS;
		if ((request.get(2) & STREAM) != 0) {
			request.putInt(position, credit);
			position += 4;
		}
		if (replay != null && (request.get(2) & NAMED) != 0) {
			request.putLong(position, replay.caller())
				.putLong(position + 8, replay.number())
				.putLong(position + 16, replay.endedBelow())
				.putLong(position + 24, replay.instance());
		}
	}

	/**
	 * Gives an answer that was encoded here to another call.
	 * @param answer the frame; left alone
	 * @param callId the other call
	 * @return a copy
	 */
	static ByteBuffer readdressed(ByteBuffer answer, long callId) {
		ByteBuffer copy = ByteBuffer.allocate(answer.remaining()).put(answer.duplicate()).flip();
		return copy.putLong(4, callId);
	}

	/**
	 * Returns the message that carries a frame. What belongs to one call goes by one
	 * stream, in order, and calls are spread over streams: so a packet that is lost
	 * delays some calls only, on a transport that has streams.
	 * @param frame the frame
	 * @return the message
	 */
	static UserMessage message(ByteBuffer frame) {
		return message(frame, false);
	}

	/**
	 * Returns the message that carries a frame, as {@link #message(ByteBuffer)} does.
	 * @param frame the frame
	 * @param early whether it may be sent before the channel is up
	 * @return the message
	 */
	static UserMessage message(ByteBuffer frame, boolean early) {
		long callId = callId(frame);
		int stream = (callId == 0) ? 0 : (int) Math.floorMod(callId - 1, (long) STREAMS) + 1;
		return new UserMessage(PAYLOAD_PROTOCOL, stream, false, early, frame);
	}

	/**
	 * Return the call identifier of a frame that was encoded here.
	 * @param frame the frame
	 * @return the call identifier
	 */
	static long callId(ByteBuffer frame) {
		return frame.getLong(frame.position() + 4);
	}

	/**
	 * Return whether a frame that was encoded here is a request.
	 * @param frame the frame
	 * @return whether it is
	 */
	static boolean isRequest(ByteBuffer frame) {
		return frame.get(frame.position() + 1) == REQUEST;
	}

	/**
	 * Reads a frame.
	 * @param data the octets; its position is left alone
	 * @return the frame
	 * @throws RpcFrameException if the octets are no frame
	 */
	static RpcFrame decode(ByteBuffer data) throws RpcFrameException {
		ByteBuffer in = data.slice();
		if (in.remaining() < HEADER) {
			throw new RpcFrameException("a frame of " + in.remaining() + " octets is cut short", false, 0);
		}
		byte version = in.get();
		byte kind = in.get();
		byte flags = in.get();
		int reason = in.get() & 0xff;
		long callId = in.getLong();
		if (version != VERSION) {
			throw new RpcFrameException("a frame has version " + (version & 0xff) + ", not " + VERSION, false, callId);
		}
		try {
			return switch (kind) {
				case REQUEST -> request(callId, flags, in);
				case RESPONSE -> response(callId, flags, in);
				case FAILURE -> failure(callId, flags, in);
				case REFUSAL -> new RpcFrame.Refusal(callId, RefusalReason.of(reason), FrameText.read(in));
				case CANCEL -> new RpcFrame.Cancel(callId);
				case LEAVING -> leaving(in);
				case WELCOME -> new RpcFrame.Welcome(in.getLong());
				case ITEM -> new RpcFrame.Item(callId, rest(in));
				case END -> new RpcFrame.End(callId);
				case SESSION_END -> new RpcFrame.SessionEnd(in.getInt(), SessionFields.id(in), pool(callId, false, in));
				case CREDIT -> new RpcFrame.Credit(callId, credit(callId, false, in));
				default -> throw new RpcFrameException("a frame has the unknown kind " + (kind & 0xff), false, callId);
			};
		}
		catch (BufferUnderflowException ex) {
			throw new RpcFrameException("a frame of " + data.remaining() + " octets is cut short", kind == REQUEST,
					callId);
		}
		catch (CharacterCodingException ex) {
			throw new RpcFrameException("a frame has a text that is not UTF-8", kind == REQUEST, callId);
		}
	}

	private static ByteBuffer header(byte kind, int reason, long callId, int behind) {
		return ByteBuffer.allocate(HEADER + behind)
			.put(VERSION)
			.put(kind)
			.put((byte) 0)
			.put((byte) reason)
			.putLong(callId);
	}

	private static ByteBuffer encodeResponse(RpcFrame.Response response) {
		ByteBuffer out = header(RESPONSE, 0, response.callId(),
				SessionFields.length(response.saved()) + response.payload().length);
		SessionFields.write(out, response.saved());
		return out.put(response.payload()).flip();
	}

	private static ByteBuffer encodeFailure(RpcFrame.Failure failure) {
		byte[] className = FrameText.shortened(failure.className(), MAX_CLASS_NAME);
		String text = failure.message();
		byte[] message = FrameText.shortened((text != null) ? text : "", MAX_MESSAGE);
		byte[] stack = FrameText.shortened(failure.stack(), MAX_STACK);
		ByteBuffer out = header(FAILURE, 0, failure.callId(),
				SessionFields.length(failure.saved()) + 6 + className.length + message.length + stack.length);
		out.put(2, (byte) ((text != null) ? 1 : 0));
		SessionFields.write(out, failure.saved());
		FrameText.write(out, className);
		FrameText.write(out, message);
		FrameText.write(out, stack);
		return out.flip();
	}

	private static List<byte[]> texts(Map<String, String> metadata) {
		if (metadata.isEmpty()) {
			return List.of();
		}
		if (metadata.size() > MAX_METADATA) {
			throw new IllegalArgumentException(
					"A call carries " + metadata.size() + " metadata, more than " + MAX_METADATA);
		}
		List<byte[]> texts = new ArrayList<>();
		int total = 0;
		for (Map.Entry<String, String> entry : metadata.entrySet()) {
			texts.add(FrameText.octets("metadata key", entry.getKey(), MAX_METADATA_OCTETS));
			texts.add(FrameText.octets("metadata value of " + entry.getKey(), entry.getValue(), MAX_METADATA_OCTETS));
			total += texts.get(texts.size() - 1).length + texts.get(texts.size() - 2).length;
		}
		if (total > MAX_METADATA_OCTETS) {
			throw new IllegalArgumentException(
					"The metadata of a call have " + total + " octets, more than " + MAX_METADATA_OCTETS);
		}
		return texts;
	}

	private static int credit(long callId, boolean request, ByteBuffer in) throws RpcFrameException {
		int credit = in.getInt();
		if (credit == 0) {
			throw new RpcFrameException("a frame gives a credit of 0", request, callId);
		}
		return (credit < 0) ? Integer.MAX_VALUE : credit;
	}

	private static RpcFrame request(long callId, byte flags, ByteBuffer in)
			throws CharacterCodingException, RpcFrameException {
		int remaining = in.getInt();
		int element = in.getInt();
		int credit = ((flags & STREAM) != 0) ? credit(callId, true, in) : 0;
		RpcFrame.Replay replay = ((flags & NAMED) != 0)
				? new RpcFrame.Replay(in.getLong(), in.getLong(), in.getLong(), in.getLong()) : null;
		RpcFrame.SessionPart session = ((flags & SessionFields.PART) != 0)
				? SessionFields.part((flags & SessionFields.IDEMPOTENT) != 0, in) : null;
		PoolHandle pool = pool(callId, true, in);
		String method = FrameText.read(in);
		Map<String, String> metadata = metadata(callId, in);
		return new RpcFrame.Request(callId, (remaining < 0) ? Integer.MAX_VALUE : remaining, element, pool, method,
				metadata, rest(in), credit, replay, session);
	}

	private static PoolHandle pool(long callId, boolean request, ByteBuffer in) throws RpcFrameException {
		byte[] handle = FrameText.readOctets(in);
		if (handle.length == 0 || handle.length > PoolHandle.MAX_LENGTH) {
			throw new RpcFrameException("a frame has a pool handle of " + handle.length + " octets", request, callId);
		}
		return new PoolHandle(Octets.of(handle));
	}

	private static RpcFrame.Response response(long callId, byte flags, ByteBuffer in) {
		RpcFrame.Saved saved = ((flags & SessionFields.SAVED) != 0) ? SessionFields.saved(in) : null;
		return new RpcFrame.Response(callId, rest(in), saved);
	}

	private static Map<String, String> metadata(long callId, ByteBuffer in)
			throws CharacterCodingException, RpcFrameException {
		int count = in.getShort() & 0xffff;
		if (count == 0) {
			return Map.of();
		}
		if (count > MAX_METADATA) {
			throw new RpcFrameException("a request has " + count + " metadata, more than " + MAX_METADATA, true,
					callId);
		}
		int start = in.position();
		Map<String, String> metadata = new LinkedHashMap<>();
		for (int index = 0; index < count; index++) {
			metadata.put(FrameText.read(in), FrameText.read(in));
		}
		if (in.position() - start > MAX_METADATA_OCTETS + 4 * count) {
			throw new RpcFrameException("a request has more than " + MAX_METADATA_OCTETS + " octets of metadata", true,
					callId);
		}
		return metadata;
	}

	private static RpcFrame failure(long callId, byte flags, ByteBuffer in) throws CharacterCodingException {
		RpcFrame.Saved saved = ((flags & SessionFields.SAVED) != 0) ? SessionFields.saved(in) : null;
		String className = FrameText.read(in);
		String text = FrameText.read(in);
		@Nullable String message = ((flags & 1) != 0) ? text : null;
		return new RpcFrame.Failure(callId, className, message, FrameText.read(in), saved);
	}

	private static RpcFrame leaving(ByteBuffer in) {
		int count = in.getInt();
		if (count < 0 || count > in.remaining() / 8) {
			throw new BufferUnderflowException();
		}
		Set<Long> abandoned = new HashSet<>();
		for (int index = 0; index < count; index++) {
			abandoned.add(in.getLong());
		}
		return new RpcFrame.Leaving(abandoned);
	}

	private static byte[] rest(ByteBuffer in) {
		byte[] rest = new byte[in.remaining()];
		in.get(rest);
		return rest;
	}

}
