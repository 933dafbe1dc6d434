package org.rserpool.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

/**
 * Where an element is reached. An SCTP transport has all its addresses (RFC 5354, section
 * 3.4), but a TCP transport has one (section 3.5); the others stand in the element's
 * metadata, under {@link ElementMetadata#ADDRESSES}, between commas. A list that begins
 * with {@code =} stands for the address of the transport, which the registrar takes from
 * the association; other lists come after it.
 *
 * @since 0.1
 */
public final class ElementAddresses {

	/** How many addresses of an element are told, and tried. */
	public static final int MAXIMUM = 8;

	private static final String INSTEAD = "=";

	/** Literals only, so that no name is ever looked up. */
	private static final Pattern LITERAL = Pattern
		.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:]*(\\.[0-9.]+)?");

	private ElementAddresses() {
	}

	/**
	 * Return where an element is reached.
	 * @param element the element
	 * @return the addresses in the order in which they are to be tried, at most
	 * {@link #MAXIMUM}; none if it is reached neither by SCTP nor by TCP
	 */
	public static List<InetSocketAddress> of(PoolElement element) {
		if (element.userTransport() instanceof Transport.Sctp sctp && sctp.port() != 0) {
			return sctp.addresses()
				.stream()
				.limit(MAXIMUM)
				.map((host) -> new InetSocketAddress(host, sctp.port()))
				.toList();
		}
		if (element.userTransport() instanceof Transport.Tcp tcp && tcp.port() != 0) {
			String text = element.metadata().isEmpty() ? null : element.metadata().get(ElementMetadata.ADDRESSES);
			boolean instead = text != null && text.startsWith(INSTEAD);
			Set<InetAddress> hosts = new LinkedHashSet<>();
			if (!instead) {
				hosts.add(tcp.address());
			}
			if (text != null) {
				hosts.addAll(parse(instead ? text.substring(1) : text));
			}
			if (hosts.isEmpty()) {
				hosts.add(tcp.address());
			}
			return hosts.stream().limit(MAXIMUM).map((host) -> new InetSocketAddress(host, tcp.port())).toList();
		}
		return List.of();
	}

	private static List<InetAddress> parse(String text) {
		List<InetAddress> addresses = new ArrayList<>();
		for (String literal : text.split(",", MAXIMUM + 1)) {
			if (addresses.size() < MAXIMUM && LITERAL.matcher(literal.strip()).matches()) {
				try {
					addresses.add(InetAddress.getByName(literal.strip()));
				}
				catch (UnknownHostException ex) {
					// Left out: what another process says of itself may be anything.
					continue;
				}
			}
		}
		return addresses;
	}

	/**
	 * Return metadata that tells addresses.
	 * @param metadata what else it says
	 * @param addresses the addresses in their order; those beyond {@link #MAXIMUM} are
	 * left out
	 * @param instead whether they stand for the address of the transport, and do not come
	 * after it
	 * @return the metadata, or the same if there are no addresses
	 * @throws IllegalArgumentException if there is no room for them
	 */
	public static ElementMetadata tell(ElementMetadata metadata, Collection<InetAddress> addresses, boolean instead) {
		if (addresses.isEmpty()) {
			return metadata;
		}
		String text = addresses.stream()
			.limit(MAXIMUM)
			.map(InetAddress::getHostAddress)
			.collect(Collectors.joining(","));
		return metadata.with(ElementMetadata.ADDRESSES, instead ? INSTEAD + text : text);
	}

}
