package org.rserpool.rpc;

import org.jspecify.annotations.Nullable;

import org.rserpool.rpc.state.StateCookieException;
import org.rserpool.rpc.state.StateCookieException.Reason;

/**
 * An execution that is part of a session: it begins with the state that the call before
 * left, and leaves its own for the next one.
 */
final class SessionExecution extends UnaryExecution {

	private final ServedSession served;

	private final RpcFrame.SessionPart part;

	private @Nullable CallSession session;

	SessionExecution(RpcServer server, ServedCaller caller, RpcFrame.Request request, ServedElement element, long now,
			ServedSession served, RpcFrame.SessionPart part) {
		super(server, caller, request, element, now);
		this.served = served;
		this.part = part;
	}

	ServedSession served() {
		return this.served;
	}

	long number() {
		return this.part.number();
	}

	@Override
	void begin(RpcInvocation invocation) {
		SessionMemory.Entry entry;
		try {
			entry = this.served.memory().enter(this.part, caller().association());
		}
		catch (StateCookieException ex) {
			RefusalReason reason = (ex.reason() == Reason.UNKNOWN_KEY) ? RefusalReason.KEY_UNKNOWN
					: RefusalReason.SESSION_REFUSED;
			finish(new RpcFrame.Refusal(callId(), reason, String.valueOf(ex.getMessage())));
			return;
		}
		CallSession begun = entry.session();
		CallContext context = CallContext.current();
		if (begun == null || context == null) {
			finish((entry.answer() != null) ? entry.answer() : expired());
			return;
		}
		this.session = begun;
		try (CallContext.Scope scope = context.within(begun).open()) {
			super.begin(invocation);
		}
	}

	@Override
	void finish(RpcFrame frame) {
		CallSession begun = this.session;
		this.session = null;
		super.finish((begun != null) ? this.served.memory().leave(begun, frame, this.part) : frame);
	}

}
