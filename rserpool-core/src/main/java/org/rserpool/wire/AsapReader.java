package org.rserpool.wire;

/**
 * Reads ASAP messages.
 */
final class AsapReader {

	private static final int POOL_HANDLE = ParameterType.bit(ParameterType.POOL_HANDLE);

	private static final int IDENTIFIER = ParameterType.bit(ParameterType.PE_IDENTIFIER);

	private static final int ELEMENT = ParameterType.bit(ParameterType.POOL_ELEMENT);

	private static final int POLICY = ParameterType.bit(ParameterType.MEMBER_SELECTION_POLICY);

	private static final int ERROR = ParameterType.bit(ParameterType.OPERATION_ERROR);

	private static final int COOKIE = ParameterType.bit(ParameterType.COOKIE);

	private static final int OPTION = ParameterType.bit(ParameterType.HANDLE_RESOLUTION_OPTION);

	private AsapReader() {
	}

	static AsapMessage read(MessageSource source) throws MalformedException {
		return switch (source.type()) {
			case AsapType.REGISTRATION -> {
				MessageParameters parameters = read(source, POOL_HANDLE | ELEMENT, 0);
				yield new AsapMessage.Registration(parameters.poolHandle(), parameters.element());
			}
			case AsapType.DEREGISTRATION -> {
				MessageParameters parameters = read(source, POOL_HANDLE | IDENTIFIER, 0);
				yield new AsapMessage.Deregistration(parameters.poolHandle(), parameters.identifier());
			}
			case AsapType.REGISTRATION_RESPONSE -> {
				MessageParameters parameters = read(source, POOL_HANDLE | IDENTIFIER | ERROR, 0);
				yield new AsapMessage.RegistrationResponse(source.flag(AsapType.FLAG), parameters.poolHandle(),
						parameters.identifier(), parameters.causes());
			}
			case AsapType.DEREGISTRATION_RESPONSE -> {
				MessageParameters parameters = read(source, POOL_HANDLE | IDENTIFIER | ERROR, 0);
				yield new AsapMessage.DeregistrationResponse(parameters.poolHandle(), parameters.identifier(),
						parameters.causes());
			}
			case AsapType.HANDLE_RESOLUTION -> {
				MessageParameters parameters = read(source, POOL_HANDLE | OPTION, 0);
				yield new AsapMessage.HandleResolution(source.flag(AsapType.FLAG), parameters.poolHandle(),
						parameters.items());
			}
			case AsapType.HANDLE_RESOLUTION_RESPONSE -> {
				MessageParameters parameters = read(source, POOL_HANDLE | POLICY | ERROR, ELEMENT);
				yield new AsapMessage.HandleResolutionResponse(source.flag(AsapType.FLAG), parameters.poolHandle(),
						parameters.policy(), parameters.elements(), parameters.causes());
			}
			default -> readRare(source);
		};
	}

	private static AsapMessage readRare(MessageSource source) throws MalformedException {
		return switch (source.type()) {
			case AsapType.ENDPOINT_KEEP_ALIVE -> {
				MessageParameters parameters = MessageParameters.read(source, 8, POOL_HANDLE | IDENTIFIER, 0);
				yield new AsapMessage.EndpointKeepAlive(source.flag(AsapType.FLAG), source.int32(4),
						parameters.poolHandle(), parameters.optionalIdentifier());
			}
			case AsapType.ENDPOINT_KEEP_ALIVE_ACK -> {
				MessageParameters parameters = read(source, POOL_HANDLE | IDENTIFIER, 0);
				yield new AsapMessage.EndpointKeepAliveAck(parameters.poolHandle(), parameters.identifier());
			}
			case AsapType.ENDPOINT_UNREACHABLE -> {
				MessageParameters parameters = read(source, POOL_HANDLE | IDENTIFIER, 0);
				yield new AsapMessage.EndpointUnreachable(parameters.poolHandle(), parameters.identifier());
			}
			case AsapType.SERVER_ANNOUNCE -> {
				MessageParameters parameters = MessageParameters.read(source, 8, 0, TransportCodec.CONTROL);
				yield new AsapMessage.ServerAnnounce(source.int32(4), parameters.transports());
			}
			case AsapType.COOKIE -> new AsapMessage.Cookie(read(source, COOKIE, 0).cookie());
			case AsapType.COOKIE_ECHO -> new AsapMessage.CookieEcho(read(source, COOKIE, 0).cookie());
			case AsapType.BUSINESS_CARD -> {
				MessageParameters parameters = read(source, POOL_HANDLE | POLICY, ELEMENT);
				yield new AsapMessage.BusinessCard(parameters.poolHandle(), parameters.policy(), parameters.elements());
			}
			case AsapType.ERROR -> new AsapMessage.Error(read(source, ERROR, 0).causes());
			default -> throw source.unknownType();
		};
	}

	private static MessageParameters read(MessageSource source, int single, int repeated) throws MalformedException {
		return MessageParameters.read(source, MessageSource.HEADER_LENGTH, single, repeated);
	}

}
