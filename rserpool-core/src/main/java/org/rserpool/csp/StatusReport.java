package org.rserpool.csp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.SocketAddresses;

/**
 * A datagram of the Component Status Protocol: one component's status. It is sent again
 * and again, and nobody answers.
 *
 * @param component whose it is
 * @param last whether the component goes away
 * @param age how long the component has been reporting
 * @param interval when the next one comes; less than 4294 s
 * @param location the host and the addresses of the component
 * @param text its status in words
 * @param workload from 0 for idle to 1 for full, or {@code null} if it is not known
 * @param associations its associations
 * @since 0.1
 */
public record StatusReport(ComponentIdentifier component, boolean last, Duration age, Duration interval,
		String location, String text, @Nullable Double workload, List<ComponentAssociation> associations) {

	/** How many associations a datagram has room for that no network takes apart. */
	static final int MAXIMUM_ASSOCIATIONS = 46;

	private static final int REPORT = 1;

	private static final int FINAL = 0x01;

	private static final int VERSION = 0x0200;

	private static final int FIXED_LENGTH = 288;

	private static final int ASSOCIATION_LENGTH = 24;

	private static final int TEXT_LENGTH = 128;

	private static final double FULL = 0xfffe;

	private static final int NO_WORKLOAD = 0xffff;

	private static final long UNKNOWN = -1;

	public StatusReport {
		associations = List.copyOf(associations);
	}

	/**
	 * Makes a report.
	 * @param host the name of the host on which the component runs
	 * @param status its status
	 * @param age how long it has been reporting
	 * @param interval when the next report comes
	 * @return the report
	 */
	public static StatusReport of(String host, ComponentStatus status, Duration age, Duration interval) {
		String addresses = SocketAddresses.text(status.addresses());
		return new StatusReport(status.component(), false, age, interval,
				addresses.isEmpty() ? host : host + ": " + addresses, status.text(), status.workload(),
				status.associations());
	}

	/**
	 * Makes the last report of a component, so that a monitor forgets it.
	 * @param component which one
	 * @param age how long it has been reporting
	 * @param interval how often it reported
	 * @return the report
	 */
	public static StatusReport last(ComponentIdentifier component, Duration age, Duration interval) {
		return new StatusReport(component, true, age, interval, "", "", 0.0, List.of());
	}

	/**
	 * Encodes the report. Texts that are too long are cut, and so are the associations.
	 * @return the octets of the datagram, 1392 at most
	 */
	public byte[] encode() {
		int count = Math.min(MAXIMUM_ASSOCIATIONS, this.associations.size());
		int length = FIXED_LENGTH + count * ASSOCIATION_LENGTH;
		ByteBuffer octets = ByteBuffer.allocate(length);
		octets.put((byte) REPORT).put((byte) (this.last ? FINAL : 0)).putShort((short) length).putInt(VERSION);
		octets.putLong(this.component.toLong()).putLong(micros(this.age)).putInt((int) micros(this.interval));
		put(octets, this.location);
		put(octets, this.text);
		octets.putShort((short) ((this.workload != null) ? (int) Math.round(this.workload * FULL) : NO_WORKLOAD));
		octets.putShort((short) count);
		this.associations.subList(0, count).forEach((association) -> put(octets, association));
		return octets.array();
	}

	private static void put(ByteBuffer octets, ComponentAssociation association) {
		octets.putLong(association.peer().toLong());
		octets.putLong((association.age() != null) ? micros(association.age()) : UNKNOWN);
		octets.putShort((short) 0).putShort((short) association.protocolNumber());
		octets.putInt(association.payloadProtocol());
	}

	/**
	 * Puts a text, with an octet 0 behind it. A monitor writes it to a terminal, so
	 * nothing is left in it that a terminal could obey.
	 */
	private static void put(ByteBuffer octets, String text) {
		int end = octets.position() + TEXT_LENGTH;
		for (int each : text.codePoints().toArray()) {
			byte[] encoded = Character.toString(Character.isISOControl(each) ? '?' : each)
				.getBytes(StandardCharsets.UTF_8);
			if (octets.position() + encoded.length >= end) {
				break;
			}
			octets.put(encoded);
		}
		octets.position(end);
	}

	private static long micros(Duration duration) {
		return duration.toNanos() / 1000;
	}

}
