package org.rserpool.wire;

import java.nio.ByteBuffer;

/**
 * Writes ENRP messages, with their parameters in the order of the RFC.
 */
final class EnrpWriter {

	private static final int SHORT = 128;

	private static final int ELEMENT = 160;

	private EnrpWriter() {
	}

	static ByteBuffer write(EnrpMessage message, Dialect dialect) {
		if (message instanceof EnrpMessage.HandleUpdate update) {
			MessageSink sink = sink(dialect, message, EnrpType.HANDLE_UPDATE, flag(update.takeoverSuggested()),
					SHORT + ELEMENT);
			sink.int32(((update.action() == EnrpMessage.UpdateAction.DEL_PE) ? 1 : 0) << 16);
			PoolElementCodec.write(update.poolHandle(), sink);
			PoolElementCodec.write(update.element(), sink);
			return sink.finish();
		}
		if (message instanceof EnrpMessage.Presence presence) {
			MessageSink sink = sink(dialect, message, EnrpType.PRESENCE, flag(presence.replyRequired()), SHORT);
			Integer checksum = presence.checksum();
			if (checksum != null) {
				writeChecksum(checksum.intValue(), sink);
			}
			PoolElementCodec.write(presence.information(), sink);
			return sink.finish();
		}
		if (message instanceof EnrpMessage.HandleTableResponse response) {
			MessageSink sink = sink(dialect, message, EnrpType.HANDLE_TABLE_RESPONSE,
					flag(response.rejected()) | (response.more() ? EnrpType.MORE : 0),
					SHORT + ELEMENT * response.pools().size());
			for (EnrpMessage.PoolEntry pool : response.pools()) {
				writePool(pool, sink);
			}
			return sink.finish();
		}
		return writeOther(message, dialect);
	}

	private static ByteBuffer writeOther(EnrpMessage message, Dialect dialect) {
		if (message instanceof EnrpMessage.HandleTableRequest request) {
			return sink(dialect, message, EnrpType.HANDLE_TABLE_REQUEST, flag(request.ownOnly()), EnrpType.BODY)
				.finish();
		}
		if (message instanceof EnrpMessage.ListRequest) {
			return sink(dialect, message, EnrpType.LIST_REQUEST, 0, EnrpType.BODY).finish();
		}
		if (message instanceof EnrpMessage.ListResponse response) {
			MessageSink sink = sink(dialect, message, EnrpType.LIST_RESPONSE, flag(response.rejected()), SHORT);
			for (ServerInformation server : response.servers()) {
				PoolElementCodec.write(server, sink);
			}
			return sink.finish();
		}
		if (message instanceof EnrpMessage.InitTakeover takeover) {
			return takeover(dialect, message, EnrpType.INIT_TAKEOVER, takeover.target());
		}
		if (message instanceof EnrpMessage.InitTakeoverAck ack) {
			return takeover(dialect, message, EnrpType.INIT_TAKEOVER_ACK, ack.target());
		}
		if (message instanceof EnrpMessage.TakeoverServer takeover) {
			return takeover(dialect, message, EnrpType.TAKEOVER_SERVER, takeover.target());
		}
		if (message instanceof EnrpMessage.Error error) {
			MessageSink sink = sink(dialect, message, EnrpType.ERROR, 0, SHORT);
			ErrorCauseCodec.write(error.causes(), sink);
			return sink.finish();
		}
		throw new IllegalArgumentException("No encoding for " + message);
	}

	private static void writeChecksum(int checksum, MessageSink sink) {
		if (checksum < 0 || checksum > 0xffff) {
			throw new IllegalArgumentException("Checksum " + checksum + " is not in the range 0 to 65535");
		}
		int start = sink.begin(ParameterType.PE_CHECKSUM);
		sink.int16(checksum);
		sink.end(start);
	}

	private static void writePool(EnrpMessage.PoolEntry pool, MessageSink sink) {
		if (pool.elements().isEmpty()) {
			throw new IllegalArgumentException("Pool \"" + pool.poolHandle() + "\" has no element");
		}
		PoolElementCodec.write(pool.poolHandle(), sink);
		for (PoolElement element : pool.elements()) {
			PoolElementCodec.write(element, sink);
		}
	}

	private static ByteBuffer takeover(Dialect dialect, EnrpMessage message, int type, int target) {
		MessageSink sink = sink(dialect, message, type, 0, EnrpType.BODY + 4);
		sink.int32(target);
		return sink.finish();
	}

	private static MessageSink sink(Dialect dialect, EnrpMessage message, int type, int flags, int expectedLength) {
		MessageSink sink = new MessageSink(dialect, type, flags, expectedLength);
		sink.int32(message.sender());
		sink.int32(message.receiver());
		return sink;
	}

	private static int flag(boolean set) {
		return set ? EnrpType.FLAG : 0;
	}

}
