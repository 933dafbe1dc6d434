package org.rserpool.test.autoconfigure;

import java.net.InetSocketAddress;
import java.util.List;

import org.rserpool.autoconfigure.NodeSettingsCustomizer;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolConnectionDetails;
import org.rserpool.test.embedded.EmbeddedRegistrar;
import org.rserpool.test.fault.FaultyNetwork;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for a registrar within the test.
 *
 * @since 0.1
 * @see AutoConfigureRSerPool
 */
@AutoConfiguration(before = RSerPoolAutoConfiguration.class)
public final class EmbeddedRegistrarAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FaultyNetwork faultyNetwork() {
		return new FaultyNetwork();
	}

	@Bean
	NodeSettingsCustomizer faultyNetworkNodeSettingsCustomizer(FaultyNetwork network) {
		return (settings) -> settings.interceptor(network);
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	EmbeddedRegistrar embeddedRegistrar(FaultyNetwork network) {
		return EmbeddedRegistrar.builder().network(network).start();
	}

	@Bean
	@ConditionalOnMissingBean(RSerPoolConnectionDetails.class)
	EmbeddedRegistrarConnectionDetails embeddedRegistrarConnectionDetails(EmbeddedRegistrar registrar) {
		return new EmbeddedRegistrarConnectionDetails(registrar);
	}

	/**
	 * Leads to the embedded registrar.
	 *
	 * @param registrar the registrar
	 */
	record EmbeddedRegistrarConnectionDetails(EmbeddedRegistrar registrar) implements RSerPoolConnectionDetails {

		@Override
		public List<Registrar> getRegistrars() {
			InetSocketAddress address = this.registrar.address();
			return List.of(new Registrar(address.getAddress().getHostAddress(), address.getPort()));
		}

	}

}
