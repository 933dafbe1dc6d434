package org.rserpool.wire;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a message, in whatever order they came. Only those that the message
 * can have are read; others of a known type are ignored.
 */
final class MessageParameters {

	private final MessageSource source;

	private int seen;

	private @Nullable PoolHandle poolHandle;

	private int identifier;

	private @Nullable PoolElement element;

	private List<PoolElement> elements = List.of();

	private @Nullable MemberSelectionPolicy policy;

	private List<ErrorCause> causes = List.of();

	private @Nullable Octets cookie;

	private int items;

	private List<Transport> transports = List.of();

	private int checksum;

	private List<ServerInformation> servers = List.of();

	private MessageParameters(MessageSource source) {
		this.source = source;
	}

	/**
	 * Reads the parameters of a message.
	 * @param source the message
	 * @param fixedLength the length of the header and the fixed fields
	 * @param single the types of which there is at most one
	 * @param repeated the types of which there can be many
	 * @return the parameters
	 * @throws MalformedException if the message is to be discarded
	 */
	static MessageParameters read(MessageSource source, int fixedLength, int single, int repeated)
			throws MalformedException {
		MessageParameters parameters = new MessageParameters(source);
		ParameterCursor cursor = source.parametersAfter(fixedLength);
		while (cursor.next()) {
			int bit = ParameterType.bit(cursor.type());
			if ((bit & single & parameters.seen) != 0) {
				throw cursor.invalid("it is there more than once");
			}
			if ((bit & (single | repeated)) != 0) {
				parameters.seen |= bit;
				parameters.add(cursor, (bit & repeated) != 0);
			}
		}
		return parameters;
	}

	private void add(ParameterCursor cursor, boolean repeated) throws MalformedException {
		switch (cursor.type()) {
			case ParameterType.POOL_HANDLE -> this.poolHandle = PoolElementCodec.readPoolHandle(cursor);
			case ParameterType.PE_IDENTIFIER -> this.identifier = cursor.int32();
			case ParameterType.POOL_ELEMENT -> addElement(PoolElementCodec.readElement(cursor), repeated);
			case ParameterType.MEMBER_SELECTION_POLICY -> this.policy = PoolElementCodec.readPolicy(cursor);
			case ParameterType.OPERATION_ERROR -> this.causes = ErrorCauseCodec.read(cursor);
			case ParameterType.COOKIE -> this.cookie = cursor.value();
			case ParameterType.HANDLE_RESOLUTION_OPTION -> this.items = cursor.int32();
			case ParameterType.PE_CHECKSUM -> this.checksum = readChecksum(cursor);
			case ParameterType.SERVER_INFORMATION ->
				this.servers = append(this.servers, PoolElementCodec.readServerInformation(cursor));
			default -> this.transports = append(this.transports, TransportCodec.read(cursor));
		}
	}

	private void addElement(PoolElement added, boolean repeated) {
		if (repeated) {
			this.elements = append(this.elements, added);
		}
		else {
			this.element = added;
		}
	}

	private static int readChecksum(ParameterCursor cursor) throws MalformedException {
		cursor.requireExactly(2);
		return cursor.source().int16(cursor.valueStart());
	}

	private static <T> List<T> append(List<T> list, T added) {
		List<T> result = list.isEmpty() ? new ArrayList<>(4) : list;
		result.add(added);
		return result;
	}

	private boolean has(int type) {
		return (this.seen & ParameterType.bit(type)) != 0;
	}

	PoolHandle poolHandle() throws MalformedException {
		if (this.poolHandle == null) {
			throw this.source.malformed("it has no pool handle");
		}
		return this.poolHandle;
	}

	int identifier() throws MalformedException {
		if (!has(ParameterType.PE_IDENTIFIER)) {
			throw this.source.malformed("it has no pool element identifier");
		}
		return this.identifier;
	}

	@Nullable Integer optionalIdentifier() {
		return has(ParameterType.PE_IDENTIFIER) ? this.identifier : null;
	}

	PoolElement element() throws MalformedException {
		if (this.element == null) {
			throw this.source.malformed("it has no pool element");
		}
		return this.element;
	}

	List<PoolElement> elements() {
		return this.elements;
	}

	@Nullable MemberSelectionPolicy policy() {
		return this.policy;
	}

	List<ErrorCause> causes() {
		return this.causes;
	}

	Octets cookie() throws MalformedException {
		if (this.cookie == null) {
			throw this.source.malformed("it has no cookie");
		}
		return this.cookie;
	}

	@Nullable Integer items() {
		return has(ParameterType.HANDLE_RESOLUTION_OPTION) ? this.items : null;
	}

	List<Transport> transports() {
		return this.transports;
	}

	@Nullable Integer checksum() {
		return has(ParameterType.PE_CHECKSUM) ? this.checksum : null;
	}

	List<ServerInformation> servers() {
		return this.servers;
	}

}
