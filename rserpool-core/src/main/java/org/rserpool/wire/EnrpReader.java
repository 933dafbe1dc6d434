package org.rserpool.wire;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads ENRP messages.
 */
final class EnrpReader {

	private static final int CHECKSUM = ParameterType.bit(ParameterType.PE_CHECKSUM);

	private static final int INFORMATION = ParameterType.bit(ParameterType.SERVER_INFORMATION);

	private static final int POOL_HANDLE = ParameterType.bit(ParameterType.POOL_HANDLE);

	private static final int ELEMENT = ParameterType.bit(ParameterType.POOL_ELEMENT);

	private static final int ERROR = ParameterType.bit(ParameterType.OPERATION_ERROR);

	private EnrpReader() {
	}

	/**
	 * Return who sent a message, whatever else is in it.
	 * @param source the message
	 * @return the sending registrar, or {@code null} if the message ends before
	 */
	static @Nullable Integer sender(MessageSource source) {
		return (source.end() >= EnrpType.RECEIVER) ? source.int32(EnrpType.SENDER) : null;
	}

	static EnrpMessage read(MessageSource source) throws MalformedException {
		int type = source.type();
		if (type < EnrpType.PRESENCE || type > EnrpType.ERROR) {
			throw source.unknownType();
		}
		if (source.end() < EnrpType.BODY) {
			throw source.malformed("it does not say its sender and receiver");
		}
		int sender = source.int32(EnrpType.SENDER);
		int receiver = source.int32(EnrpType.RECEIVER);
		return switch (type) {
			case EnrpType.PRESENCE -> readPresence(source, sender, receiver);
			case EnrpType.HANDLE_TABLE_REQUEST -> {
				read(source, EnrpType.BODY, 0, 0);
				yield new EnrpMessage.HandleTableRequest(source.flag(EnrpType.FLAG), sender, receiver);
			}
			case EnrpType.HANDLE_TABLE_RESPONSE -> new EnrpMessage.HandleTableResponse(source.flag(EnrpType.FLAG),
					source.flag(EnrpType.MORE), sender, receiver, readPools(source));
			case EnrpType.HANDLE_UPDATE -> readUpdate(source, sender, receiver);
			case EnrpType.LIST_REQUEST -> {
				read(source, EnrpType.BODY, 0, 0);
				yield new EnrpMessage.ListRequest(sender, receiver);
			}
			case EnrpType.LIST_RESPONSE -> new EnrpMessage.ListResponse(source.flag(EnrpType.FLAG), sender, receiver,
					read(source, EnrpType.BODY, 0, INFORMATION).servers());
			case EnrpType.ERROR ->
				new EnrpMessage.Error(sender, receiver, read(source, EnrpType.BODY, ERROR, 0).causes());
			default -> readTakeover(source, sender, receiver);
		};
	}

	private static EnrpMessage readPresence(MessageSource source, int sender, int receiver) throws MalformedException {
		MessageParameters parameters = read(source, EnrpType.BODY, CHECKSUM | INFORMATION, 0);
		List<ServerInformation> servers = parameters.servers();
		return new EnrpMessage.Presence(source.flag(EnrpType.FLAG), sender, receiver, parameters.checksum(),
				servers.isEmpty() ? null : servers.get(0));
	}

	private static EnrpMessage readUpdate(MessageSource source, int sender, int receiver) throws MalformedException {
		MessageParameters parameters = read(source, EnrpType.BODY + 4, POOL_HANDLE | ELEMENT, 0);
		int action = source.int16(EnrpType.BODY);
		return new EnrpMessage.HandleUpdate(source.flag(EnrpType.FLAG), sender, receiver, switch (action) {
			case 0 -> EnrpMessage.UpdateAction.ADD_PE;
			case 1 -> EnrpMessage.UpdateAction.DEL_PE;
			default -> throw source.malformed("its update action is " + action + ", not 0 or 1");
		}, parameters.poolHandle(), parameters.element());
	}

	private static EnrpMessage readTakeover(MessageSource source, int sender, int receiver) throws MalformedException {
		read(source, EnrpType.BODY + 4, 0, 0);
		int target = source.int32(EnrpType.BODY);
		return switch (source.type()) {
			case EnrpType.INIT_TAKEOVER -> new EnrpMessage.InitTakeover(sender, receiver, target);
			case EnrpType.INIT_TAKEOVER_ACK -> new EnrpMessage.InitTakeoverAck(sender, receiver, target);
			default -> new EnrpMessage.TakeoverServer(sender, receiver, target);
		};
	}

	/**
	 * Reads pools: here the order counts, as each pool handle starts a pool.
	 */
	private static List<EnrpMessage.PoolEntry> readPools(MessageSource source) throws MalformedException {
		List<EnrpMessage.PoolEntry> pools = new ArrayList<>();
		PoolHandle poolHandle = null;
		List<PoolElement> elements = new ArrayList<>();
		ParameterCursor cursor = source.parametersAfter(EnrpType.BODY);
		while (cursor.next()) {
			if (cursor.type() == ParameterType.POOL_HANDLE) {
				addPool(source, pools, poolHandle, elements);
				poolHandle = PoolElementCodec.readPoolHandle(cursor);
				elements.clear();
			}
			else if (cursor.type() == ParameterType.POOL_ELEMENT) {
				if (poolHandle == null) {
					throw cursor.invalid("no pool handle stands before the pool element");
				}
				elements.add(PoolElementCodec.readElement(cursor));
			}
		}
		addPool(source, pools, poolHandle, elements);
		return pools;
	}

	private static void addPool(MessageSource source, List<EnrpMessage.PoolEntry> pools,
			@Nullable PoolHandle poolHandle, List<PoolElement> elements) throws MalformedException {
		if (poolHandle != null) {
			if (elements.isEmpty()) {
				throw source.malformed("pool \"" + poolHandle + "\" has no element");
			}
			pools.add(new EnrpMessage.PoolEntry(poolHandle, elements));
		}
	}

	private static MessageParameters read(MessageSource source, int fixedLength, int single, int repeated)
			throws MalformedException {
		return MessageParameters.read(source, fixedLength, single, repeated);
	}

}
