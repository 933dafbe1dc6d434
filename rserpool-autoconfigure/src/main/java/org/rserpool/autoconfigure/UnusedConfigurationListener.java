package org.rserpool.autoconfigure;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.rserpool.spring.user.PoolUserBeanDefinitions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;

/**
 * Warns once, when the application has started, of what is configured and means nothing:
 * unknown properties, and entries for pools and pool users that are not there.
 */
class UnusedConfigurationListener implements ApplicationListener<ContextRefreshedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(UnusedConfigurationListener.class);

	/** Registrars have properties of their own, which an application may share. */
	private static final ConfigurationPropertyName REGISTRAR = ConfigurationPropertyName.of("rserpool.registrar");

	/**
	 * A bean that finds pools for Spring Cloud, whose services are pool users by name.
	 */
	private static final String SERVICE_INSTANCES = "poolServiceInstances";

	private static final Pattern URI = Pattern.compile("rserpool:/+([^/:]+).*", Pattern.CASE_INSENSITIVE);

	private static final boolean HTTP_GROUPS = ClassUtils
		.isPresent("org.springframework.web.service.registry.HttpServiceProxyRegistry", null);

	private final ApplicationContext context;

	private final RSerPoolProperties properties;

	private final ObjectProvider<PropertiesPoolElementSettingsSource> elements;

	private final ObjectProvider<PropertiesPoolUserSettingsSource> users;

	UnusedConfigurationListener(ApplicationContext context, RSerPoolProperties properties,
			ObjectProvider<PropertiesPoolElementSettingsSource> elements,
			ObjectProvider<PropertiesPoolUserSettingsSource> users) {
		this.context = context;
		this.properties = properties;
		this.elements = elements;
		this.users = users;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext() == this.context) {
			warnOfProperties();
			warnOfElements();
			warnOfUsers();
		}
	}

	private void warnOfProperties() {
		Set<String> unknown = unknownProperties(this.context.getEnvironment());
		if (!unknown.isEmpty()) {
			logger.warn("There are no such properties: {}; they are ignored", String.join(", ", unknown));
		}
	}

	private void warnOfElements() {
		PropertiesPoolElementSettingsSource source = this.elements.getIfAvailable();
		if (source == null) {
			return;
		}
		Set<String> known = new TreeSet<>(source.pools());
		Set<String> unused = unused(this.properties.element(), known);
		if (!unused.isEmpty()) {
			logger.warn("rserpool.element has entries for {}, but this application has {}", names(unused),
					known.isEmpty() ? "no pool element" : "elements of " + names(known));
		}
	}

	private void warnOfUsers() {
		PropertiesPoolUserSettingsSource source = this.users.getIfAvailable();
		if (source == null || this.context.containsBean(SERVICE_INSTANCES)) {
			return;
		}
		Set<String> known = new TreeSet<>(source.users());
		known.addAll(defined());
		known.addAll(addressed(this.context.getEnvironment()));
		if (HTTP_GROUPS) {
			known.addAll(HttpGroups.names(this.context));
		}
		Set<String> unused = unused(this.properties.user(), known);
		if (!unused.isEmpty()) {
			logger.warn(
					"rserpool.user has entries for {}, but this application has {} so far; only a pool user that is made"
							+ " later, such as by a URI, can use them",
					names(unused), known.isEmpty() ? "no pool user" : "the pool users " + names(known));
		}
	}

	private Set<String> defined() {
		Set<String> defined = new TreeSet<>();
		if (this.context.getAutowireCapableBeanFactory() instanceof DefaultListableBeanFactory beanFactory) {
			PoolUserBeanDefinitions.names(beanFactory)
				.forEach((name) -> defined.add(String.valueOf(beanFactory.resolveEmbeddedValue(name)).trim()));
		}
		return defined;
	}

	/**
	 * Return the pool users that other properties address by URIs, such as targets of
	 * channels.
	 */
	private static Set<String> addressed(Environment environment) {
		Set<String> addressed = new TreeSet<>();
		for (PropertySource<?> source : ((ConfigurableEnvironment) environment).getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				for (String name : enumerable.getPropertyNames()) {
					if (enumerable.getProperty(name) instanceof CharSequence value) {
						Matcher uri = URI.matcher(environment.resolvePlaceholders(value.toString()));
						if (uri.matches()) {
							addressed.add(uri.group(1));
						}
					}
				}
			}
		}
		return addressed;
	}

	private static Set<String> unused(Map<String, ?> configured, Set<String> known) {
		Set<String> unused = new TreeSet<>(configured.keySet());
		unused.remove(ConfiguredValues.DEFAULT);
		unused.removeAll(known);
		return unused;
	}

	private static String names(Set<String> names) {
		return names.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", "));
	}

	/**
	 * Return the properties below {@code rserpool} that there are not. Variables of the
	 * environment are left out, as others may set some with this prefix.
	 */
	private static Set<String> unknownProperties(Environment environment) {
		try {
			Binder.get(environment)
				.bind("rserpool", Bindable.of(RSerPoolProperties.class),
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
			return Set.of();
		}
		catch (BindException ex) {
			if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
				return unbound.getUnboundProperties()
					.stream()
					.map(ConfigurationProperty::getName)
					.filter((name) -> !REGISTRAR.isAncestorOf(name))
					.map(ConfigurationPropertyName::toString)
					.collect(Collectors.toCollection(TreeSet::new));
			}
			throw ex;
		}
	}

	/**
	 * The groups of HTTP services, which are pool users by their names.
	 */
	private static final class HttpGroups {

		static Set<String> names(ApplicationContext context) {
			Set<String> names = new TreeSet<>();
			context.getBeanProvider(HttpServiceProxyRegistry.class)
				.forEach((registry) -> names.addAll(registry.getGroupNames()));
			return names;
		}

	}

}
