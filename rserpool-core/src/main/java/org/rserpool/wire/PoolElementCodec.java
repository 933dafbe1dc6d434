package org.rserpool.wire;

import org.jspecify.annotations.Nullable;

/**
 * The parameters that describe a pool and its elements (RFC 5354, sections 3.8 to 3.10).
 */
final class PoolElementCodec {

	/** What the reference implementation can hold. */
	private static final int RSPLIB_MAX_POOL_HANDLE_LENGTH = 32;

	private static final int INFINITE = -1;

	/**
	 * The highest number of milliseconds that does not stand for an infinite lifetime.
	 */
	private static final long RSPLIB_MAX_LIFETIME = 0xfffffffeL;

	private PoolElementCodec() {
	}

	static PoolHandle readPoolHandle(ParameterCursor parameter) throws MalformedException {
		if (parameter.valueLength() == 0) {
			throw parameter.invalid("a pool handle needs at least one octet");
		}
		return new PoolHandle(parameter.value());
	}

	static void write(PoolHandle poolHandle, MessageSink sink) {
		if (sink.dialect() == Dialect.RSPLIB && poolHandle.octets().length() > RSPLIB_MAX_POOL_HANDLE_LENGTH) {
			throw new IllegalArgumentException("Pool handle \"" + poolHandle + "\" has " + poolHandle.octets().length()
					+ " octets, and the rsplib dialect allows at most " + RSPLIB_MAX_POOL_HANDLE_LENGTH);
		}
		sink.parameter(ParameterType.POOL_HANDLE, poolHandle.octets());
	}

	static MemberSelectionPolicy readPolicy(ParameterCursor parameter) throws MalformedException {
		if (parameter.valueLength() < 4) {
			throw parameter.invalid("its value has no policy type");
		}
		int dataStart = parameter.valueStart() + 4;
		MemberSelectionPolicy policy = new MemberSelectionPolicy(parameter.source().int32(parameter.valueStart()),
				parameter.source().octets(dataStart, parameter.valueEnd()));
		if (isCutShort(policy)) {
			throw parameter.invalid("its " + policy.data().length() + " octets of data are too few for the policy");
		}
		return policy;
	}

	static void write(MemberSelectionPolicy policy, MessageSink sink) {
		if (isCutShort(policy)) {
			throw new IllegalArgumentException("The data of " + policy + " is cut short");
		}
		int start = sink.begin(ParameterType.MEMBER_SELECTION_POLICY);
		sink.int32(policy.number());
		sink.octets(policy.data());
		sink.end(start);
	}

	private static boolean isCutShort(MemberSelectionPolicy policy) {
		PolicyType type = PolicyType.of(policy.number());
		return type != null && policy.data().length() < 4 * type.fields().size();
	}

	static PoolElement readElement(ParameterCursor parameter) throws MalformedException {
		ParameterCursor nested = parameter.nested(12);
		Transport userTransport = null;
		MemberSelectionPolicy policy = null;
		Transport asapTransport = null;
		ElementMetadata metadata = ElementMetadata.NONE;
		while (nested.next()) {
			int type = nested.type();
			if (type == ParameterType.MEMBER_SELECTION_POLICY) {
				if (policy != null) {
					throw nested.invalid("it is the second policy of a pool element");
				}
				policy = readPolicy(nested);
			}
			else if (type == ParameterType.ELEMENT_METADATA) {
				metadata = (nested.source().dialect() != Dialect.RSPLIB) ? readMetadata(nested) : metadata;
			}
			else if ((ParameterType.bit(type) & TransportCodec.ANY) != 0) {
				if (userTransport == null) {
					userTransport = TransportCodec.read(nested);
				}
				else if (policy == null || asapTransport != null) {
					throw nested
						.invalid("a pool element has one user transport and, after its policy, one ASAP transport");
				}
				else {
					asapTransport = readControl(nested);
				}
			}
		}
		if (userTransport == null || policy == null) {
			throw parameter.invalid("it has no " + ((userTransport == null) ? "user transport" : "policy"));
		}
		int start = parameter.valueStart();
		MessageSource source = parameter.source();
		return new PoolElement(source.int32(start), source.int32(start + 4),
				readLifetime(parameter, source.int32(start + 8)), userTransport, policy, asapTransport, metadata);
	}

	private static ElementMetadata readMetadata(ParameterCursor parameter) throws MalformedException {
		try {
			return ElementMetadata.decode(parameter.value());
		}
		catch (IllegalArgumentException ex) {
			throw parameter.invalid(String.valueOf(ex.getMessage()));
		}
	}

	private static long readLifetime(ParameterCursor parameter, int lifetime) throws MalformedException {
		if (lifetime == INFINITE) {
			return PoolElement.INFINITE;
		}
		if (parameter.source().dialect() == Dialect.RSPLIB) {
			return lifetime & 0xffffffffL;
		}
		if (lifetime < 0) {
			throw parameter.invalid("its registration life is " + lifetime + " s");
		}
		return lifetime * 1000L;
	}

	static void write(PoolElement element, MessageSink sink) {
		int start = sink.begin(ParameterType.POOL_ELEMENT);
		sink.int32(element.identifier());
		sink.int32(element.homeRegistrar());
		sink.int32(lifetime(element, sink.dialect()));
		TransportCodec.write(element.userTransport(), sink);
		write(element.policy(), sink);
		Transport asapTransport = element.asapTransport();
		if (asapTransport != null) {
			TransportCodec.writeControl(asapTransport, "The ASAP transport of a pool element", sink);
		}
		if (!element.metadata().isEmpty() && sink.dialect() != Dialect.RSPLIB) {
			sink.parameter(ParameterType.ELEMENT_METADATA, element.metadata().encoded());
		}
		sink.endNested(start);
	}

	private static int lifetime(PoolElement element, Dialect dialect) {
		long millis = element.lifetimeMillis();
		if (millis == PoolElement.INFINITE) {
			return INFINITE;
		}
		long value = (dialect == Dialect.RSPLIB) ? millis : millis / 1000 + ((millis % 1000 != 0) ? 1 : 0);
		if (value > ((dialect == Dialect.RSPLIB) ? RSPLIB_MAX_LIFETIME : Integer.MAX_VALUE)) {
			throw new IllegalArgumentException("A lifetime of " + millis + " ms is longer than the "
					+ ((dialect == Dialect.RSPLIB) ? "rsplib" : "rfc") + " dialect can say");
		}
		return (int) value;
	}

	static ServerInformation readServerInformation(ParameterCursor parameter) throws MalformedException {
		ParameterCursor nested = parameter.nested(4);
		Transport transport = null;
		while (nested.next()) {
			if ((ParameterType.bit(nested.type()) & TransportCodec.ANY) != 0) {
				if (transport != null) {
					throw nested.invalid("it is the second transport of a registrar");
				}
				transport = readControl(nested);
			}
		}
		if (transport == null) {
			throw parameter.invalid("it has no transport");
		}
		return new ServerInformation(parameter.source().int32(parameter.valueStart()), transport);
	}

	static void write(@Nullable ServerInformation information, MessageSink sink) {
		if (information != null) {
			int start = sink.begin(ParameterType.SERVER_INFORMATION);
			sink.int32(information.identifier());
			TransportCodec.writeControl(information.transport(), "The transport of a registrar", sink);
			sink.endNested(start);
		}
	}

	private static Transport readControl(ParameterCursor parameter) throws MalformedException {
		if ((ParameterType.bit(parameter.type()) & TransportCodec.CONTROL) == 0) {
			throw parameter.invalid("the transport is neither SCTP nor TCP");
		}
		return TransportCodec.read(parameter);
	}

}
