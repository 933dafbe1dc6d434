package org.rserpool.hunt;

import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.WireCodec;

/**
 * Reads ASAP messages, and answers what cannot be read with an error message, so far as a
 * report is due (RFC 5352, section 2.2.14). A peer that sends nothing but nonsense gets
 * only so many of them.
 */
final class AsapReceiver {

	private static final long WINDOW_NANOS = 1_000_000_000L;

	private static final int REPORTS_IN_WINDOW = 10;

	private final RoleRuntime runtime;

	private final WireCodec codec;

	private final BiConsumer<Association, String> undecodable;

	private long windowStart;

	private int reports;

	AsapReceiver(RoleRuntime runtime, WireCodec codec, BiConsumer<Association, String> undecodable) {
		this.runtime = runtime;
		this.codec = codec;
		this.undecodable = undecodable;
		this.windowStart = runtime.nanoTime();
	}

	@Nullable AsapMessage receive(Association association, UserMessage message) {
		if (message.payloadProtocol() != UserMessage.ASAP) {
			complain(association, "payload protocol " + message.payloadProtocol() + " is not ASAP", List.of());
			return null;
		}
		Decoded<AsapMessage> decoded = this.codec.decodeAsap(message.data());
		if (decoded instanceof Decoded.Failure<AsapMessage> failure) {
			complain(association, failure.reason(), failure.report());
			return null;
		}
		Decoded.Success<AsapMessage> success = (Decoded.Success<AsapMessage>) decoded;
		if (!success.report().isEmpty() && !(success.message() instanceof AsapMessage.Error)) {
			complain(association, "skipped parameters: " + success.report(), success.report());
		}
		return success.message();
	}

	private void complain(Association association, String reason, List<ErrorCause> report) {
		long now = this.runtime.nanoTime();
		if (now - this.windowStart >= WINDOW_NANOS) {
			this.windowStart = now;
			this.reports = 0;
		}
		if (this.reports == REPORTS_IN_WINDOW) {
			return;
		}
		this.reports++;
		this.undecodable.accept(association, reason);
		if (!report.isEmpty()) {
			association.send(new UserMessage(UserMessage.ASAP, this.codec.encode(new AsapMessage.Error(report))));
		}
	}

}
