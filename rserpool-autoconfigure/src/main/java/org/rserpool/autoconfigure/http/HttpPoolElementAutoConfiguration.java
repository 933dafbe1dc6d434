package org.rserpool.autoconfigure.http;

import java.util.Map;

import jakarta.servlet.Filter;
import org.rserpool.autoconfigure.PoolElementAutoConfiguration;
import org.rserpool.spring.element.PoolElementBinding;
import org.rserpool.spring.http.HttpElementRequests;
import org.rserpool.spring.http.HttpPoolElementBinding;
import org.rserpool.spring.http.PoolRequestFilter;
import org.rserpool.spring.http.PoolRequestWebFilter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for web servers that are pool elements.
 *
 * @since 0.1
 */
@AutoConfiguration(before = PoolElementAutoConfiguration.class)
@ConditionalOnClass({ PoolElementBinding.class, WebServerApplicationContext.class })
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "rserpool.enabled", matchIfMissing = true)
public final class HttpPoolElementAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	HttpElementRequests httpElementRequests() {
		return new HttpElementRequests();
	}

	@Bean
	@ConditionalOnMissingBean
	HttpPoolElementBinding httpPoolElementBinding(ApplicationContext context, ObjectProvider<ServerProperties> server,
			ObjectProvider<ManagementMetadata> management, HttpElementRequests requests) {
		RunningWebServer running = new RunningWebServer(context, server);
		return new HttpPoolElementBinding(running, running::encrypted, () -> {
			ManagementMetadata said = management.getIfAvailable();
			return (said != null) ? said.get() : Map.of();
		}, () -> context.getEnvironment().getProperty("spring.application.name", ""), requests);
	}

	/**
	 * With an actuator.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ManagementServerProperties.class, WebEndpointProperties.class })
	static class ManagementConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ManagementMetadata rserpoolManagementMetadata(ApplicationContext context,
				ObjectProvider<ServerProperties> server, ObjectProvider<ManagementServerProperties> management,
				ObjectProvider<WebEndpointProperties> endpoints) {
			return new ManagementMetadata(context, new RunningWebServer(context, server), management, endpoints);
		}

	}

	/**
	 * In a servlet container.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class })
	@ConditionalOnWebApplication(type = Type.SERVLET)
	static class ServletConfiguration {

		@Bean
		@ConditionalOnMissingBean
		PoolRequestFilterRegistration poolRequestFilterRegistration(ConfigurableListableBeanFactory beanFactory,
				HttpElementRequests requests) {
			return new PoolRequestFilterRegistration(beanFactory, new PoolRequestFilter(requests));
		}

	}

	/**
	 * In a reactive web server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebFilter.class)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean
		PoolRequestWebFilter poolRequestWebFilter(HttpElementRequests requests) {
			return new PoolRequestWebFilter(requests);
		}

	}

}
