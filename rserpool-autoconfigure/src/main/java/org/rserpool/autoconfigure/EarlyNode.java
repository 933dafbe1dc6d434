package org.rserpool.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.user.PoolUserSettingsSource;

import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;

/**
 * A node for what must be known before there is an application context, such as where its
 * configuration is. It has nothing but properties to go by.
 *
 * @since 0.1
 */
public final class EarlyNode implements AutoCloseable {

	private final RSerPoolProperties properties;

	private final RSerPoolNode node;

	private EarlyNode(RSerPoolProperties properties, RSerPoolNode node) {
		this.properties = properties;
		this.node = node;
	}

	/**
	 * Starts a node.
	 * @param binder knows the properties, as far as they are known yet
	 * @param handler takes part in their binding
	 * @return the node, running, or {@code null} if properties say that there is to be
	 * none, or if no registrar could be found
	 */
	public static @Nullable EarlyNode start(Binder binder, BindHandler handler) {
		RSerPoolProperties properties = binder.bindOrCreate("rserpool", Bindable.of(RSerPoolProperties.class), handler);
		if (!properties.enabled()) {
			return null;
		}
		NetworkNodeFactory factory = new NetworkNodeFactory(new PropertiesRSerPoolConnectionDetails(properties),
				properties, List.of(), (properties.ssl().bundle() != null) ? sslBundles(binder, handler) : null,
				List.of());
		return factory.canHunt() ? new EarlyNode(properties, factory.start()) : null;
	}

	private static SslBundles sslBundles(Binder binder, BindHandler handler) {
		SslProperties.Bundles configured = binder.bindOrCreate("spring.ssl", Bindable.of(SslProperties.class), handler)
			.getBundle();
		DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
		configured.getPem().forEach((name, bundle) -> bundles.registerBundle(name, PropertiesSslBundle.get(bundle)));
		configured.getJks().forEach((name, bundle) -> bundles.registerBundle(name, PropertiesSslBundle.get(bundle)));
		return bundles;
	}

	/**
	 * Return what is configured.
	 * @return the properties
	 */
	public RSerPoolProperties properties() {
		return this.properties;
	}

	/**
	 * Return the node.
	 * @return the node, running until this is closed
	 */
	public RSerPoolNode node() {
		return this.node;
	}

	/**
	 * Return the settings of pool users.
	 * @return the settings
	 */
	public PoolUserSettingsSource settings() {
		return new PropertiesPoolUserSettingsSource(this.properties.user());
	}

	@Override
	public void close() {
		this.node.close();
	}

}
