package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;

/**
 * Brings calls to their sessions. On the loop.
 */
final class SessionDispatch {

	private SessionDispatch() {
	}

	/**
	 * Return why a session cannot be had at an element.
	 * @return the refusal, or {@code null} if it can
	 */
	static RpcFrame.@Nullable Refusal refusal(ServedElement served, RpcFrame.Request request) {
		if (request.session() == null) {
			return null;
		}
		if (served.sessions() == null) {
			return new RpcFrame.Refusal(request.callId(), RefusalReason.SESSION_REFUSED,
					"the element of pool " + request.pool() + " keeps no sessions: it has no rserpool.element."
							+ request.pool() + ".state.keys");
		}
		return request.stream() ? new RpcFrame.Refusal(request.callId(), RefusalReason.SESSION_REFUSED,
				"a stream is part of no session") : null;
	}

	/**
	 * A call arrived that may be in progress already.
	 * @return whether it is; then its answer goes to who asked last
	 */
	static boolean repeated(@Nullable ServedElement served, ServedCaller caller, RpcFrame.Request request) {
		RpcFrame.SessionPart part = request.session();
		if (part == null || served == null || served.sessions() == null) {
			return false;
		}
		ServedSession session = served.sessions().known(part.id());
		return session != null && session.repeated(part.number(), caller, request.callId());
	}

	/**
	 * Makes the execution of a call.
	 */
	static Execution execution(RpcServer server, ServedCaller caller, RpcFrame.Request request, ServedElement served,
			long now) {
		if (request.stream()) {
			return new StreamExecution(server, caller, request, served, now);
		}
		RpcFrame.SessionPart part = request.session();
		return (part != null && served.sessions() != null)
				? new SessionExecution(server, caller, request, served, now, served.sessions().use(part.id()), part)
				: new UnaryExecution(server, caller, request, served, now);
	}

	/**
	 * Begins a call, now or when the calls of its session before it ended.
	 */
	static void begin(SessionExecution call) {
		if (call.served().full()) {
			call.finish(new RpcFrame.Refusal(call.callId(), RefusalReason.OVERLOADED,
					ServedSession.MAXIMUM_WAITING + " calls of the session wait already"));
			return;
		}
		call.served().add(call, SessionDispatch::execute);
	}

	/**
	 * A call ended. Its answer goes to who asked last.
	 * @param attached whether who asked first still waits
	 */
	static void answered(SessionExecution call, ByteBuffer answer, boolean attached) {
		call.stopTimer();
		call.served().answer(call, answer, attached);
		ended(call);
		call.caller().leaveWhenIdle();
	}

	/**
	 * A call ended, or will never begin.
	 */
	static void ended(SessionExecution call) {
		call.served().ended(call, SessionDispatch::execute);
		ServedSessions sessions = call.element().sessions();
		if (sessions != null) {
			sessions.used(call.served());
		}
	}

	/**
	 * A pool user has no more calls in a session.
	 */
	static void end(@Nullable ServedElement served, RpcFrame.SessionEnd end, Association association) {
		if (served != null && served.sessions() != null) {
			served.sessions().end(end.id(), association);
		}
	}

	private static void execute(SessionExecution call) {
		try {
			call.element().executor().execute(call);
		}
		catch (RejectedExecutionException ex) {
			call.finish(new RpcFrame.Refusal(call.callId(), RefusalReason.OVERLOADED,
					"the executor of the element takes no more"));
		}
		catch (RuntimeException ex) {
			call.failed(ex);
		}
	}

}
