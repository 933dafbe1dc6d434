package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes ASAP messages, with their parameters in the order of the RFC.
 */
final class AsapWriter {

	private static final int SHORT = 64;

	private static final int ELEMENT = 96;

	private AsapWriter() {
	}

	static ByteBuffer write(AsapMessage message, Dialect dialect) {
		if (message instanceof AsapMessage.HandleResolution resolution) {
			MessageSink sink = sink(dialect, AsapType.HANDLE_RESOLUTION, resolution.subscribe(), SHORT);
			PoolElementCodec.write(resolution.poolHandle(), sink);
			writeOptional(ParameterType.HANDLE_RESOLUTION_OPTION, resolution.items(), sink);
			return sink.finish();
		}
		if (message instanceof AsapMessage.HandleResolutionResponse response) {
			MessageSink sink = sink(dialect, AsapType.HANDLE_RESOLUTION_RESPONSE, response.subscribed(),
					SHORT + ELEMENT * response.elements().size());
			PoolElementCodec.write(response.poolHandle(), sink);
			writeElements(response.policy(), response.elements(), sink);
			ErrorCauseCodec.write(response.causes(), sink);
			return sink.finish();
		}
		if (message instanceof AsapMessage.Registration registration) {
			MessageSink sink = sink(dialect, AsapType.REGISTRATION, false, SHORT + ELEMENT);
			PoolElementCodec.write(registration.poolHandle(), sink);
			PoolElementCodec.write(registration.element(), sink);
			return sink.finish();
		}
		if (message instanceof AsapMessage.EndpointKeepAlive keepAlive) {
			MessageSink sink = sink(dialect, AsapType.ENDPOINT_KEEP_ALIVE, keepAlive.home(), SHORT);
			sink.int32(keepAlive.registrar());
			PoolElementCodec.write(keepAlive.poolHandle(), sink);
			writeOptional(ParameterType.PE_IDENTIFIER, keepAlive.identifier(), sink);
			return sink.finish();
		}
		return writeOther(message, dialect);
	}

	private static ByteBuffer writeOther(AsapMessage message, Dialect dialect) {
		if (message instanceof AsapMessage.EndpointKeepAliveAck ack) {
			return identified(dialect, AsapType.ENDPOINT_KEEP_ALIVE_ACK, false, ack.poolHandle(), ack.identifier(),
					List.of());
		}
		if (message instanceof AsapMessage.EndpointUnreachable unreachable) {
			return identified(dialect, AsapType.ENDPOINT_UNREACHABLE, false, unreachable.poolHandle(),
					unreachable.identifier(), List.of());
		}
		if (message instanceof AsapMessage.Deregistration deregistration) {
			return identified(dialect, AsapType.DEREGISTRATION, false, deregistration.poolHandle(),
					deregistration.identifier(), List.of());
		}
		if (message instanceof AsapMessage.RegistrationResponse response) {
			return identified(dialect, AsapType.REGISTRATION_RESPONSE, response.rejected(), response.poolHandle(),
					response.identifier(), response.causes());
		}
		if (message instanceof AsapMessage.DeregistrationResponse response) {
			return identified(dialect, AsapType.DEREGISTRATION_RESPONSE, false, response.poolHandle(),
					response.identifier(), response.causes());
		}
		if (message instanceof AsapMessage.Cookie cookie) {
			return cookie(dialect, AsapType.COOKIE, cookie.cookie());
		}
		if (message instanceof AsapMessage.CookieEcho echo) {
			return cookie(dialect, AsapType.COOKIE_ECHO, echo.cookie());
		}
		return writeRare(message, dialect);
	}

	private static ByteBuffer writeRare(AsapMessage message, Dialect dialect) {
		if (message instanceof AsapMessage.ServerAnnounce announce) {
			MessageSink sink = sink(dialect, AsapType.SERVER_ANNOUNCE, false, SHORT);
			sink.int32(announce.registrar());
			for (Transport transport : announce.transports()) {
				TransportCodec.writeControl(transport, "A transport of a server announce", sink);
			}
			return sink.finish();
		}
		if (message instanceof AsapMessage.BusinessCard card) {
			MessageSink sink = sink(dialect, AsapType.BUSINESS_CARD, false, SHORT + ELEMENT * card.elements().size());
			PoolElementCodec.write(card.poolHandle(), sink);
			writeElements(card.policy(), card.elements(), sink);
			return sink.finish();
		}
		if (message instanceof AsapMessage.Error error) {
			MessageSink sink = sink(dialect, AsapType.ERROR, false, SHORT);
			ErrorCauseCodec.write(error.causes(), sink);
			return sink.finish();
		}
		throw new IllegalArgumentException("No encoding for " + message);
	}

	private static ByteBuffer identified(Dialect dialect, int type, boolean flag, PoolHandle poolHandle, int identifier,
			List<ErrorCause> causes) {
		MessageSink sink = sink(dialect, type, flag, SHORT);
		PoolElementCodec.write(poolHandle, sink);
		sink.parameter(ParameterType.PE_IDENTIFIER, identifier);
		ErrorCauseCodec.write(causes, sink);
		return sink.finish();
	}

	private static ByteBuffer cookie(Dialect dialect, int type, Octets cookie) {
		MessageSink sink = sink(dialect, type, false, SHORT + cookie.length());
		sink.parameter(ParameterType.COOKIE, cookie);
		return sink.finish();
	}

	private static MessageSink sink(Dialect dialect, int type, boolean flag, int expectedLength) {
		return new MessageSink(dialect, type, flag ? AsapType.FLAG : 0, expectedLength);
	}

	private static void writeOptional(int type, @Nullable Integer value, MessageSink sink) {
		if (value != null) {
			sink.parameter(type, value.intValue());
		}
	}

	private static void writeElements(@Nullable MemberSelectionPolicy policy, List<PoolElement> elements,
			MessageSink sink) {
		if (policy != null) {
			PoolElementCodec.write(policy, sink);
		}
		for (PoolElement element : elements) {
			PoolElementCodec.write(element, sink);
		}
	}

}
