package org.rserpool.registrar.app;

import org.rserpool.registrar.RegistrarListener;
import org.rserpool.transport.TlsSettings;
import org.rserpool.transport.TransportSettings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The registrar and what shows it.
 */
@Configuration(proxyBeanMethods = false)
class RegistrarConfiguration {

	@Bean
	RegistrarLog registrarLog() {
		return new RegistrarLog();
	}

	@Bean
	Registrar rserpoolRegistrar(RegistrarProperties properties, RegistrarListener listener,
			ObjectProvider<SslBundles> sslBundles) {
		TlsSettings tls = BundleTls.settings(properties.ssl(), sslBundles.getIfAvailable());
		return new Registrar(RegistrarSettingsFactory.settings(properties), TransportSettings.defaults().withTls(tls),
				listener, RegistrarSettingsFactory.snapshotFile(properties),
				RegistrarSettingsFactory.snapshotInterval(properties),
				RegistrarSettingsFactory.statusReports(properties));
	}

	@Bean
	HandlespaceEndpoint handlespaceEndpoint(Registrar registrar) {
		return new HandlespaceEndpoint(registrar);
	}

	@Bean
	AssociationsEndpoint associationsEndpoint(Registrar registrar) {
		return new AssociationsEndpoint(registrar);
	}

	@Bean
	RegistrarHealthIndicator registrarHealthIndicator(Registrar registrar) {
		return new RegistrarHealthIndicator(registrar);
	}

	@Bean
	RegistrarMetrics registrarMetrics(Registrar registrar) {
		return new RegistrarMetrics(registrar);
	}

}
