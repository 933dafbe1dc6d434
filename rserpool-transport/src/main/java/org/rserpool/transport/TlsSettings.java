package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.EndpointSpecification.Channel;

/**
 * How associations over TCP are encrypted: by TLS 1.3, which alone lets each side end its
 * direction by itself.
 *
 * @param context asked for keys and trust whenever a connection begins, on the loop, so
 * that new connections use new certificates. It is to answer at once.
 * @param channels what is encrypted; everything else travels as it is
 * @param clientAuthentication whether this side asks who connects to it
 * @param verifiesHost whether the certificate of a peer that this side connects to must
 * name the peer's host or address. If it need not, whoever has a trusted certificate may
 * be any peer, so that the trusted certificates should be those of an operation scope.
 * @param ciphers the names of the cipher suites, or {@code null} for those of the JDK
 * @param peerNames by channel, one of which names the certificate of a peer must have, as
 * {@link org.rserpool.runtime.PeerIdentity#isNamedIn} takes them; where there are none,
 * every trusted certificate will do
 * @since 0.1
 */
public record TlsSettings(Supplier<SSLContext> context, Set<Channel> channels,
		ClientAuthentication clientAuthentication, boolean verifiesHost, @Nullable List<String> ciphers,
		Map<Channel, List<String>> peerNames) {

	static final String PROTOCOL = "TLSv1.3";

	public TlsSettings {
		channels = Set.copyOf(channels);
		ciphers = (ciphers != null) ? List.copyOf(ciphers) : null;
		peerNames = Map.copyOf(peerNames);
	}

	/**
	 * Makes settings by which every peer with a trusted certificate will do.
	 * @param context asked for keys and trust whenever a connection begins
	 * @param channels what is encrypted
	 * @param clientAuthentication whether this side asks who connects to it
	 * @param verifiesHost whether the certificate of a peer that this side connects to
	 * must name the peer's host or address
	 * @param ciphers the names of the cipher suites, or {@code null} for those of the JDK
	 */
	public TlsSettings(Supplier<SSLContext> context, Set<Channel> channels, ClientAuthentication clientAuthentication,
			boolean verifiesHost, @Nullable List<String> ciphers) {
		this(context, channels, clientAuthentication, verifiesHost, ciphers, Map.of());
	}

	/**
	 * Copies the settings, with names that the certificates of peers must have.
	 * @param channel the channel for which this holds
	 * @param names one of which a peer's certificate must have; not empty
	 * @return the copy
	 */
	public TlsSettings withPeerNames(Channel channel, List<String> names) {
		Map<Channel, List<String>> all = new EnumMap<>(Channel.class);
		all.putAll(this.peerNames);
		all.put(channel, List.copyOf(names));
		return new TlsSettings(this.context, this.channels, this.clientAuthentication, this.verifiesHost, this.ciphers,
				all);
	}

	/**
	 * Checks that connections can be made with these settings.
	 * @throws IllegalArgumentException if not; the message says why
	 */
	public void check() {
		SSLParameters supported = this.context.get().getSupportedSSLParameters();
		if (!Arrays.asList(supported.getProtocols()).contains(PROTOCOL)) {
			throw new IllegalArgumentException(
					"TLS 1.3 is needed, but the context has " + String.join(", ", supported.getProtocols()) + " only");
		}
		List<String> known = Arrays.asList(supported.getCipherSuites());
		for (String cipher : (this.ciphers != null) ? this.ciphers : List.<String>of()) {
			if (!known.contains(cipher)) {
				throw new IllegalArgumentException("The cipher suite " + cipher + " is not known here");
			}
		}
	}

	SSLEngine accepting() {
		SSLEngine engine = this.context.get().createSSLEngine();
		engine.setUseClientMode(false);
		SSLParameters parameters = parameters(engine);
		switch (this.clientAuthentication) {
			case NONE -> parameters.setWantClientAuth(false);
			case WANT -> parameters.setWantClientAuth(true);
			case NEED -> parameters.setNeedClientAuth(true);
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	SSLEngine connecting(InetSocketAddress peer) {
		SSLEngine engine = this.context.get().createSSLEngine(peer.getHostString(), peer.getPort());
		engine.setUseClientMode(true);
		SSLParameters parameters = parameters(engine);
		if (this.verifiesHost) {
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	private SSLParameters parameters(SSLEngine engine) {
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setProtocols(new String[] { PROTOCOL });
		if (this.ciphers != null) {
			parameters.setCipherSuites(this.ciphers.toArray(String[]::new));
		}
		return parameters;
	}

}
