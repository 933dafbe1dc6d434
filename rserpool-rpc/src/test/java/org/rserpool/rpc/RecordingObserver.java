package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Notes what it is told, in words.
 */
final class RecordingObserver implements CallObserver {

	final List<String> told = new ArrayList<>();

	@Override
	public Map<String, String> attemptStarted(int element, InetSocketAddress address) {
		this.told.add("started " + element);
		return Map.of();
	}

	@Override
	public void attemptEnded(CallAttempt attempt) {
		this.told.add("ended " + attempt.element() + " " + attempt.outcome());
	}

	@Override
	public void elementReported() {
		this.told.add("reported");
	}

	@Override
	public void cookieEchoed() {
		this.told.add("echoed");
	}

}
