package org.rserpool.rpc;

import java.util.List;

import org.rserpool.session.ElementChannel;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolHandle;

/**
 * The failures of calls: each says which pool was called, which registrar was asked, and
 * what was tried.
 */
final class CallErrors {

	private final ElementSource elements;

	CallErrors(ElementSource elements) {
		this.elements = elements;
	}

	RSerPoolException closed(PoolHandle pool) {
		return new RSerPoolException("The call of pool " + pool + " ended: this process leaves the operation scope",
				pool, List.of(), null);
	}

	RSerPoolException unsendable(Call call, IllegalArgumentException cause) {
		return new RSerPoolException(name(call) + " cannot be sent: " + cause.getMessage(), call.request().pool(),
				this.elements.registrar(), call.attempts(), cause);
	}

	RSerPoolException unknown(Call call) {
		return new CallOutcomeUnknownException(
				"Nobody knows whether " + lower(name(call))
						+ " was carried out; it is not idempotent, so it was not made again",
				call.request().pool(), this.elements.registrar(), call.attempts());
	}

	RSerPoolException broken(Call call) {
		return new CallOutcomeUnknownException(
				name(call) + " failed: its stream broke after some items, and a stream is not begun again elsewhere",
				call.request().pool(), this.elements.registrar(), call.attempts());
	}

	RSerPoolException givenUp(Call call, String reason) {
		String message = name(call) + " failed: " + reason;
		return call.unresolved()
				? new CallOutcomeUnknownException(message + "; nobody knows whether it was carried out",
						call.request().pool(), this.elements.registrar(), call.attempts())
				: new NoPoolElementException(message, call.request().pool(), this.elements.registrar(),
						call.attempts());
	}

	RSerPoolException expired(Call call, String stage) {
		return new DeadlineExceededException(name(call) + " did not end within " + call.request().deadline().toMillis()
				+ " ms: the time was up " + stage, call.request().pool(), this.elements.registrar(), call.attempts());
	}

	RSerPoolException unasked(Call call) {
		return new RSerPoolException(name(call) + " failed: the element sent items that were not asked for",
				call.request().pool(), this.elements.registrar(), call.attempts(), null);
	}

	RSerPoolException outdated(Call call, ElementChannel channel) {
		return new SessionRefusedException(
				name(call) + " failed: element " + Identifiers.toString(channel.element().identifier())
						+ " answered with a cookie that is not newer than the one of its session that was seen before",
				call.request().pool(), this.elements.registrar(), call.attempts());
	}

	RSerPoolException refused(Call call, ElementChannel channel, String detail) {
		return new SessionRefusedException(
				name(call) + " failed: element " + Identifiers.toString(channel.element().identifier())
						+ " does not go on with its session: " + detail,
				call.request().pool(), this.elements.registrar(), call.attempts());
	}

	RSerPoolException forgotten(Call call, String detail) {
		return new CallOutcomeUnknownException(name(call) + " failed: " + detail, call.request().pool(),
				this.elements.registrar(), call.attempts());
	}

	private static String name(Call call) {
		return "The call of " + call.request().method() + " in pool " + call.request().pool();
	}

	private static String lower(String name) {
		return "t" + name.substring(1);
	}

}
