package org.rserpool.integration;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.rserpool.spring.observation.PoolObservation;
import org.rserpool.spring.observation.PoolObservation.RegistrationDetail;
import org.rserpool.spring.observation.PoolObservation.RegistrationKey;
import org.rserpool.test.embedded.EmbeddedRegistrar;
import org.rserpool.wire.Identifiers;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

/**
 * What an application asks its home registrars for its pool element is observed, from its
 * start until it stops, although its home registrar dies in between.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@DisabledIfSystemProperty(named = "spring.aot.enabled", matches = "true",
		disabledReason = "Only contexts of Spring's own tests are generated ahead of time")
class RegistrationObservationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final EmbeddedRegistrar first = EmbeddedRegistrar.start();

	private final EmbeddedRegistrar second = EmbeddedRegistrar.builder().peer(this.first).start();

	private ConfigurableApplicationContext application;

	private TestObservationRegistry observations;

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
		this.second.close();
		this.first.close();
	}

	@Test
	void registrationsAreObservedUntilTheElementLeaves() {
		start();
		assertThat(this.first).within(PATIENCE).hasPool("orders").withElements(1);
		assertThat(this.second).within(PATIENCE).hasPool("orders").withElements(1);
		int element = this.first.elements("orders").get(0).identifier();
		awaitAccepted("REGISTRATION");

		EmbeddedRegistrar home = isHome(this.first) ? this.first : this.second;
		EmbeddedRegistrar other = (home == this.first) ? this.second : this.first;
		home.crash();
		Awaitility.await().atMost(PATIENCE).until(() -> isHome(other));
		awaitAccepted("REGISTRATION( REGISTRATION)+");

		this.application.close();
		assertThat(other.elements("orders")).isEmpty();
		awaitAccepted("REGISTRATION( REGISTRATION)+ DEREGISTRATION");
		TestObservationRegistryAssert.assertThat(this.observations)
			.forAllObservationsWithNameEqualTo("rserpool.registration", (observation) -> observation.doesNotHaveError()
				.hasLowCardinalityKeyValue(RegistrationKey.POOL.withValue("orders"))
				.hasHighCardinalityKeyValue(RegistrationDetail.ELEMENT.withValue(Identifiers.toString(element))));
		assertThat(registrations()).allSatisfy((registration) -> {
			assertThat(keys(registration.getLowCardinalityKeyValues().stream()))
				.containsExactlyInAnyOrderElementsOf(keys(PoolObservation.REGISTRATION.getLowCardinalityKeyNames()));
			assertThat(keys(registration.getHighCardinalityKeyValues().stream()))
				.containsExactlyInAnyOrderElementsOf(keys(PoolObservation.REGISTRATION.getHighCardinalityKeyNames()));
		});
	}

	/**
	 * Waits until those requests were accepted that change where the element is
	 * registered. It may be renewed in between, and be registered twice at a new home,
	 * which it may have found itself when that takes it over.
	 */
	private void awaitAccepted(String requests) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(registrations().stream()
				.filter((registration) -> "ACCEPTED".equals(value(registration, RegistrationKey.OUTCOME)))
				.map((registration) -> value(registration, RegistrationKey.REQUEST))
				.filter((request) -> !request.equals("RENEWAL"))
				.collect(Collectors.joining(" "))).matches(requests));
	}

	private List<Observation.Context> registrations() {
		AtomicReference<List<Observation.Context>> handled = new AtomicReference<>(List.of());
		TestObservationRegistryAssert.assertThat(this.observations).hasHandledContextsThatSatisfy(handled::set);
		return handled.get().stream().filter((context) -> "rserpool.registration".equals(context.getName())).toList();
	}

	private static String value(Observation.Context context, RegistrationKey key) {
		KeyValue value = context.getLowCardinalityKeyValue(key.asString());
		return (value != null) ? value.getValue() : "none yet";
	}

	private static List<String> keys(Stream<KeyValue> values) {
		return values.map(KeyValue::getKey).toList();
	}

	private static List<String> keys(KeyName[] names) {
		return Arrays.stream(names).map(KeyName::asString).toList();
	}

	private static boolean isHome(EmbeddedRegistrar registrar) {
		int identifier = registrar.handlespace().identifier();
		return registrar.elements("orders").stream().anyMatch((element) -> element.homeRegistrar() == identifier);
	}

	private void start() {
		this.application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("rserpool.registrars=" + this.first.hostAndPort() + "," + this.second.hostAndPort(),
					"rserpool.listen=127.0.0.1:0", "spring.main.banner-mode=off", "spring.jmx.enabled=false")
			.run();
		this.observations = this.application.getBean(TestObservationRegistry.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(OrderElement.class)
	static class Application {

		@Bean
		TestObservationRegistry observationRegistry() {
			return TestObservationRegistry.create();
		}

	}

}
