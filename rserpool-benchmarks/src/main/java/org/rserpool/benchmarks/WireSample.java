package org.rserpool.benchmarks;

import java.util.List;
import java.util.SplittableRandom;

import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Message;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.ServerInformation;
import org.rserpool.wire.Transport;

/**
 * One message of each type, as it travels most often.
 */
public enum WireSample {

	/** ASAP_REGISTRATION. */
	REGISTRATION,

	/** ASAP_REGISTRATION_RESPONSE. */
	REGISTRATION_RESPONSE,

	/** ASAP_DEREGISTRATION. */
	DEREGISTRATION,

	/** ASAP_DEREGISTRATION_RESPONSE. */
	DEREGISTRATION_RESPONSE,

	/** ASAP_HANDLE_RESOLUTION. */
	HANDLE_RESOLUTION,

	/** ASAP_HANDLE_RESOLUTION_RESPONSE with 3 elements. */
	HANDLE_RESOLUTION_RESPONSE,

	/** ASAP_ENDPOINT_KEEP_ALIVE. */
	ENDPOINT_KEEP_ALIVE,

	/** ASAP_ENDPOINT_KEEP_ALIVE_ACK. */
	ENDPOINT_KEEP_ALIVE_ACK,

	/** ASAP_ENDPOINT_UNREACHABLE. */
	ENDPOINT_UNREACHABLE,

	/** ASAP_SERVER_ANNOUNCE. */
	SERVER_ANNOUNCE,

	/** ASAP_COOKIE of 64 octets. */
	COOKIE,

	/** ASAP_COOKIE_ECHO of 64 octets. */
	COOKIE_ECHO,

	/** ASAP_BUSINESS_CARD with 3 elements. */
	BUSINESS_CARD,

	/** ASAP_ERROR. */
	ASAP_ERROR,

	/** ENRP_PRESENCE. */
	PRESENCE,

	/** ENRP_HANDLE_TABLE_REQUEST. */
	HANDLE_TABLE_REQUEST,

	/** ENRP_HANDLE_TABLE_RESPONSE with 20 elements. */
	HANDLE_TABLE_RESPONSE,

	/** ENRP_HANDLE_UPDATE. */
	HANDLE_UPDATE,

	/** ENRP_LIST_REQUEST. */
	LIST_REQUEST,

	/** ENRP_LIST_RESPONSE with 3 registrars. */
	LIST_RESPONSE,

	/** ENRP_INIT_TAKEOVER. */
	INIT_TAKEOVER,

	/** ENRP_INIT_TAKEOVER_ACK. */
	INIT_TAKEOVER_ACK,

	/** ENRP_TAKEOVER_SERVER. */
	TAKEOVER_SERVER,

	/** ENRP_ERROR. */
	ENRP_ERROR;

	private static final int PEER = 0x55667788;

	Message message() {
		SplittableRandom random = new SplittableRandom(1);
		PoolHandle pool = PoolHandle.of("EchoPool");
		PoolElement element = Samples.element(PolicyType.LEAST_USED, random);
		int identifier = element.identifier();
		Transport transport = new Transport.Tcp(9901, Samples.address(1));
		Octets cookie = Octets.of(new byte[64]);
		List<ErrorCause> causes = List.of(ErrorCause.of(ErrorCause.LACK_OF_RESOURCES));
		return switch (this) {
			case REGISTRATION -> new AsapMessage.Registration(pool, element);
			case REGISTRATION_RESPONSE -> new AsapMessage.RegistrationResponse(false, pool, identifier, List.of());
			case DEREGISTRATION -> new AsapMessage.Deregistration(pool, identifier);
			case DEREGISTRATION_RESPONSE -> new AsapMessage.DeregistrationResponse(pool, identifier, List.of());
			case HANDLE_RESOLUTION -> new AsapMessage.HandleResolution(false, pool, 3);
			case HANDLE_RESOLUTION_RESPONSE ->
				new AsapMessage.HandleResolutionResponse(false, pool, element.policy(), elements(3, random), List.of());
			case ENDPOINT_KEEP_ALIVE -> new AsapMessage.EndpointKeepAlive(false, Samples.REGISTRAR, pool, identifier);
			case ENDPOINT_KEEP_ALIVE_ACK -> new AsapMessage.EndpointKeepAliveAck(pool, identifier);
			case ENDPOINT_UNREACHABLE -> new AsapMessage.EndpointUnreachable(pool, identifier);
			case SERVER_ANNOUNCE -> new AsapMessage.ServerAnnounce(Samples.REGISTRAR, List.of(transport));
			case COOKIE -> new AsapMessage.Cookie(cookie);
			case COOKIE_ECHO -> new AsapMessage.CookieEcho(cookie);
			case BUSINESS_CARD -> new AsapMessage.BusinessCard(pool, element.policy(), elements(3, random));
			case ASAP_ERROR -> new AsapMessage.Error(causes);
			case PRESENCE -> new EnrpMessage.Presence(false, Samples.REGISTRAR, PEER, 0x1234,
					new ServerInformation(Samples.REGISTRAR, transport));
			case HANDLE_TABLE_REQUEST -> new EnrpMessage.HandleTableRequest(true, Samples.REGISTRAR, PEER);
			case HANDLE_TABLE_RESPONSE -> new EnrpMessage.HandleTableResponse(false, false, Samples.REGISTRAR, PEER,
					List.of(new EnrpMessage.PoolEntry(pool, elements(20, random))));
			case HANDLE_UPDATE ->
				new EnrpMessage.HandleUpdate(false, Samples.REGISTRAR, PEER, UpdateAction.ADD_PE, pool, element);
			case LIST_REQUEST -> new EnrpMessage.ListRequest(Samples.REGISTRAR, PEER);
			case LIST_RESPONSE -> new EnrpMessage.ListResponse(false, Samples.REGISTRAR, PEER,
					List.of(new ServerInformation(1, transport), new ServerInformation(2, transport),
							new ServerInformation(3, transport)));
			case INIT_TAKEOVER -> new EnrpMessage.InitTakeover(Samples.REGISTRAR, PEER, 3);
			case INIT_TAKEOVER_ACK -> new EnrpMessage.InitTakeoverAck(Samples.REGISTRAR, PEER, 3);
			case TAKEOVER_SERVER -> new EnrpMessage.TakeoverServer(Samples.REGISTRAR, PEER, 3);
			case ENRP_ERROR -> new EnrpMessage.Error(Samples.REGISTRAR, PEER, causes);
		};
	}

	static List<PoolElement> elements(int count, SplittableRandom random) {
		return random.ints(count)
			.mapToObj((identifier) -> Samples.element(identifier, PolicyType.LEAST_USED, random))
			.toList();
	}

}
