package org.rserpool.test;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.Deregistration;
import org.rserpool.wire.AsapMessage.DeregistrationResponse;
import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.AsapMessage.Registration;
import org.rserpool.wire.AsapMessage.RegistrationResponse;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.WireCodec;

/**
 * Says to elements and users what a test wants a registrar to say.
 */
final class ScriptedRegistrar implements EndpointListener {

	static final WireCodec CODEC = new WireCodec(Dialect.RFC);

	final SimulatedProcess process;

	final List<AsapMessage> received = new ArrayList<>();

	final Map<AsapMessage, Association> sources = new IdentityHashMap<>();

	final List<UserMessage> raw = new ArrayList<>();

	final List<Association> associations = new ArrayList<>();

	final Map<PoolHandle, List<PoolElement>> pools = new LinkedHashMap<>();

	boolean silent;

	Function<AsapMessage, @Nullable AsapMessage> answers = this::answer;

	private @Nullable RoleRuntime runtime;

	private @Nullable Endpoint endpoint;

	ScriptedRegistrar(SimulatedScope scope, String name) {
		this.process = scope.process(name, this::run);
	}

	InetSocketAddress address() {
		return this.process.address(3863);
	}

	private void run(RoleRuntime newRuntime) {
		this.runtime = newRuntime;
		this.associations.clear();
		this.endpoint = newRuntime.open(
				EndpointSpecification.listening(TransportProtocol.TCP, EndpointSpecification.Channel.ASAP, address()),
				this);
	}

	<M extends AsapMessage> List<M> received(Class<M> type) {
		return this.received.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/**
	 * Connects to an element, as a registrar does that takes it over.
	 */
	Association connect(InetSocketAddress element) {
		return this.endpoint.associate(List.of(element));
	}

	/**
	 * Refuses whoever comes from now on, and keeps the associations that it has.
	 */
	void stopListening() {
		this.endpoint.stopListening();
	}

	void send(Association association, AsapMessage message) {
		association.send(new UserMessage(UserMessage.ASAP, CODEC.encode(message)));
	}

	void sendToAll(AsapMessage message) {
		this.runtime.schedule(java.time.Duration.ZERO,
				() -> List.copyOf(this.associations).forEach((association) -> send(association, message)));
	}

	@Override
	public void up(Association association) {
		this.associations.add(association);
	}

	@Override
	public void message(Association association, UserMessage message) {
		this.raw.add(message);
		if (CODEC.decodeAsap(message.data()) instanceof Decoded.Success<AsapMessage> success) {
			this.received.add(success.message());
			this.sources.put(success.message(), association);
			AsapMessage answer = this.answers.apply(success.message());
			if (answer != null && !this.silent) {
				send(association, answer);
			}
		}
	}

	@Override
	public void down(Association association, DownReason reason, String detail) {
		this.associations.remove(association);
	}

	@Nullable AsapMessage answer(AsapMessage message) {
		if (message instanceof Registration registration) {
			return new RegistrationResponse(false, registration.poolHandle(), registration.element().identifier(),
					List.of());
		}
		if (message instanceof Deregistration deregistration) {
			return new DeregistrationResponse(deregistration.poolHandle(), deregistration.identifier(), List.of());
		}
		if (message instanceof HandleResolution resolution) {
			List<PoolElement> elements = this.pools.getOrDefault(resolution.poolHandle(), List.of());
			return elements.isEmpty()
					? new HandleResolutionResponse(false, resolution.poolHandle(), null, List.of(),
							List.of(ErrorCause.of(ErrorCause.UNKNOWN_POOL_HANDLE)))
					: new HandleResolutionResponse(false, resolution.poolHandle(), elements.get(0).policy(), elements,
							List.of());
		}
		return null;
	}

}
