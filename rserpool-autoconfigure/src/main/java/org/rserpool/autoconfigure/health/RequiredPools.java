package org.rserpool.autoconfigure.health;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

import org.rserpool.spring.user.PoolUserBeanDefinitions;
import org.rserpool.spring.user.PoolUserSettings;
import org.rserpool.spring.user.PoolUserSettingsSource;
import org.rserpool.wire.PoolHandle;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;

/**
 * The pools without which an application does not work: those of pool users that are
 * eager, because they are injected or have properties.
 */
class RequiredPools implements Supplier<Set<PoolHandle>> {

	private final Collection<String> configured;

	private final PoolUserSettingsSource settings;

	private final ListableBeanFactory beanFactory;

	/**
	 * Makes the list.
	 * @param configured the names of pool users that have properties
	 * @param settings knows which are eager
	 * @param beanFactory knows which are injected
	 */
	RequiredPools(Collection<String> configured, PoolUserSettingsSource settings, ListableBeanFactory beanFactory) {
		this.configured = configured;
		this.settings = settings;
		this.beanFactory = beanFactory;
	}

	@Override
	public Set<PoolHandle> get() {
		Set<String> names = new LinkedHashSet<>(this.configured);
		names.remove("default");
		if (this.beanFactory instanceof BeanDefinitionRegistry registry) {
			PoolUserBeanDefinitions.names(registry).forEach((name) -> names.add(resolve(name)));
		}
		Set<PoolHandle> pools = new LinkedHashSet<>();
		for (String name : names) {
			PoolUserSettings user = this.settings.settings(name);
			if (user.eager()) {
				pools.add(PoolHandle.of(user.pool()));
			}
		}
		return pools;
	}

	private String resolve(String name) {
		String resolved = (this.beanFactory instanceof ConfigurableBeanFactory configurable)
				? configurable.resolveEmbeddedValue(name) : null;
		return (resolved != null) ? resolved : name;
	}

}
