package org.rserpool.registrar.app;

import java.time.Clock;
import java.util.List;

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
	TakeoverHistory takeoverHistory(Clock clock) {
		return new TakeoverHistory(clock);
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	Registrar rserpoolRegistrar(RegistrarProperties properties, List<RegistrarListener> listeners,
			ObjectProvider<SslBundles> sslBundles) {
		TlsSettings tls = BundleTls.settings(properties.ssl(), sslBundles.getIfAvailable());
		return new Registrar(RegistrarSettingsFactory.settings(properties), TransportSettings.defaults().withTls(tls),
				new RegistrarListeners(listeners), RegistrarSettingsFactory.snapshotFile(properties),
				RegistrarSettingsFactory.snapshotInterval(properties),
				RegistrarSettingsFactory.statusReports(properties));
	}

	@Bean
	HandlespaceEndpoint handlespaceEndpoint(Registrar registrar) {
		return new HandlespaceEndpoint(registrar);
	}

	@Bean
	EnrpEndpoint enrpEndpoint(Registrar registrar, TakeoverHistory takeovers) {
		return new EnrpEndpoint(registrar, takeovers);
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
