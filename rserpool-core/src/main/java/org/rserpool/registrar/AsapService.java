package org.rserpool.registrar;

import java.util.List;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.ErrorCause;

/**
 * Serves elements and users by ASAP (RFC 5352). Before the registrar runs, no association
 * is welcome, so that elements and users hunt for another registrar; unless it knows what
 * it knew before a restart.
 */
final class AsapService extends Service<AsapMessage, AsapLink> {

	AsapService(Parts parts) {
		super(parts, UserMessage.ASAP);
	}

	@Override
	boolean accepts() {
		return parts().isRunning() || parts().restored().isServed();
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
		if (parts().restored().isServed()) {
			parts().restored().handle(link, message);
			return;
		}
		if (message instanceof AsapMessage.Registration registration) {
			parts().registrations().register(link, registration);
		}
		else if (message instanceof AsapMessage.Deregistration deregistration) {
			parts().registrations().deregister(link, deregistration);
		}
		else if (message instanceof AsapMessage.HandleResolution resolution) {
			parts().resolutions().resolve(link, resolution);
		}
		else if (message instanceof AsapMessage.EndpointKeepAliveAck ack) {
			parts().monitor().acknowledged(new ElementKey(ack.poolHandle(), ack.identifier()));
		}
		else if (message instanceof AsapMessage.EndpointUnreachable report) {
			parts().count(Counters.FAILURE_REPORTS);
			parts().monitor().reportedUnreachable(link, new ElementKey(report.poolHandle(), report.identifier()));
		}
		else if (message instanceof AsapMessage.Error) {
			parts().count(Counters.ERRORS_RECEIVED);
		}
		else {
			link.failed("A registrar does not expect " + message.getClass().getSimpleName());
		}
	}

	@Override
	void linkUp(AsapLink link) {
		parts().monitor().linkUp(link);
	}

	@Override
	void linkDown(AsapLink link) {
		parts().subscriptions().linkDown(link);
		parts().monitor().linkDown(link);
	}

}
