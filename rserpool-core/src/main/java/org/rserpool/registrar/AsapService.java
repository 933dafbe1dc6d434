package org.rserpool.registrar;

import java.util.List;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Serves elements and users by ASAP (RFC 5352). Before the registrar runs, no association
 * is welcome, so that elements and users hunt for another registrar.
 */
final class AsapService extends Service<AsapMessage, AsapLink> {

	AsapService(Parts parts) {
		super(parts, UserMessage.ASAP);
	}

	@Override
	boolean accepts() {
		return parts().isRunning();
	}

	@Override
	AsapLink link(Association association) {
		return new AsapLink(parts(), association);
	}

	@Override
	Decoded<AsapMessage> decode(UserMessage message) {
		return parts().codec().decodeAsap(message.data());
	}

	@Override
	AsapMessage error(AsapLink link, List<ErrorCause> causes) {
		return new AsapMessage.Error(causes);
	}

	@Override
	void handle(AsapLink link, AsapMessage message) {
		if (message instanceof AsapMessage.Registration registration) {
			parts().registrations().register(link, registration);
		}
		else if (message instanceof AsapMessage.Deregistration deregistration) {
			parts().registrations().deregister(link, deregistration);
		}
		else if (message instanceof AsapMessage.HandleResolution resolution) {
			resolve(link, resolution);
		}
		else if (message instanceof AsapMessage.EndpointKeepAliveAck ack) {
			parts().monitor().acknowledged(new ElementKey(ack.poolHandle(), ack.identifier()));
		}
		else if (message instanceof AsapMessage.EndpointUnreachable report) {
			parts().count(Counters.FAILURE_REPORTS);
			parts().monitor().reportedUnreachable(new ElementKey(report.poolHandle(), report.identifier()));
		}
		else if (message instanceof AsapMessage.Error) {
			parts().count(Counters.ERRORS_RECEIVED);
		}
		else {
			link.failed("A registrar does not expect " + message.getClass().getSimpleName());
		}
	}

	private void resolve(AsapLink link, AsapMessage.HandleResolution resolution) {
		PoolHandle poolHandle = resolution.poolHandle();
		List<PoolElement> selected = parts().handlespace()
			.select(poolHandle, items(resolution), parts().runtime().random());
		if (selected.isEmpty()) {
			parts().count(Counters.UNKNOWN_RESOLUTIONS);
			link.send(new AsapMessage.HandleResolutionResponse(false, poolHandle, null, List.of(),
					List.of(ErrorCause.of(ErrorCause.UNKNOWN_POOL_HANDLE))));
			return;
		}
		parts().count(Counters.RESOLUTIONS);
		List<PoolElement> answer = selected.stream().map((element) -> element.withAsapTransport(null)).toList();
		answer = answer.subList(0, EncodedSize.fitting(answer, EncodedSize.of(poolHandle)));
		link.send(
				new AsapMessage.HandleResolutionResponse(false, poolHandle, answer.get(0).policy(), answer, List.of()));
	}

	private int items(AsapMessage.HandleResolution resolution) {
		Integer items = resolution.items();
		if (items == null || items == 0) {
			return parts().settings().handleResolutionItems();
		}
		return (int) Math.min(Integer.toUnsignedLong(items), RegistrarSettings.MAX_RESOLUTION_ITEMS);
	}

	@Override
	void linkUp(AsapLink link) {
		parts().monitor().linkUp(link);
	}

	@Override
	void linkDown(AsapLink link) {
		parts().monitor().linkDown(link);
	}

}
