package org.rserpool.registrar.app;

import java.time.Clock;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The page that shows the registrar, and what stands behind it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnDashboard
class DashboardConfiguration {

	/** How many events a reader can be late. */
	private static final int EVENTS = 1000;

	@Bean
	EventRing eventRing() {
		return new EventRing(EVENTS);
	}

	@Bean
	EventRecorder eventRecorder(EventRing ring, Clock clock) {
		return new EventRecorder(ring, clock);
	}

	@Bean
	EventStreams eventStreams(EventRing ring, JsonMapper json) {
		return new EventStreams(ring, json);
	}

	@Bean
	HandlespaceSearch handlespaceSearch(Registrar registrar) {
		return new HandlespaceSearch(registrar);
	}

	@Bean
	WebMvcConfigurer dashboardPages() {
		return new WebMvcConfigurer() {

			@Override
			public void addViewControllers(ViewControllerRegistry registry) {
				registry.addViewController("/").setViewName("forward:/dashboard/index.html");
			}

			@Override
			public void addResourceHandlers(ResourceHandlerRegistry registry) {
				registry.addResourceHandler("/dashboard/**").addResourceLocations("classpath:/dashboard/");
			}

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(new DashboardHeaders())
					.addPathPatterns("/", "/dashboard/**", "/api/**", "/events");
			}

		};
	}

}
