package org.rserpool.integration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.net.ssl.SSLSession;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rserpool.Goal;
import org.rserpool.integration.weather.Place;
import org.rserpool.integration.weather.Report;
import org.rserpool.integration.weather.WeatherGrpc;
import org.rserpool.integration.weather.WeatherGrpc.WeatherBlockingStub;
import org.rserpool.rpc.CallContext;
import org.rserpool.runtime.PeerIdentity;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.test.autoconfigure.AutoConfigureRSerPool;
import org.rserpool.test.embedded.EmbeddedRegistrar;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.grpc.client.ImportGrpcClients;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

/**
 * An application whose calls are encrypted by an SSL bundle, also when it is generated
 * ahead of time.
 */
@SpringBootTest(classes = VaultTests.Application.class, webEnvironment = WebEnvironment.NONE, properties = {
		"rserpool.user.default.deadline=60s", "rserpool.ssl.bundle=vault", "rserpool.ssl.registrars=false",
		"spring.grpc.server.ssl.bundle=vault", "spring.grpc.client.channel.weather.target=rserpool:///weather",
		"spring.grpc.client.channel.weather.ssl.bundle=vault", "spring.ssl.bundle.jks.vault.keystore.password=secret",
		"spring.ssl.bundle.jks.vault.truststore.password=secret" })
@AutoConfigureRSerPool
class VaultTests {

	@Autowired
	private Owner owner;

	@DynamicPropertySource
	static void issue(DynamicPropertyRegistry properties) throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("vault");
		directory.toFile().deleteOnExit();
		Path store = directory.resolve("vault.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "vault", "-dname", "CN=vault", "-ext", "san=dns:weather", "-keyalg", "EC",
				"-groupname", "secp256r1", "-validity", "30", "-storetype", "PKCS12", "-storepass", "secret",
				"-keystore", store.toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(keytool.waitFor()).as(output).isZero();
		store.toFile().deleteOnExit();
		// The certificate signs itself, so it is also what is trusted.
		properties.add("spring.ssl.bundle.jks.vault.keystore.location", () -> store.toUri().toString());
		properties.add("spring.ssl.bundle.jks.vault.truststore.location", () -> store.toUri().toString());
	}

	@BeforeEach
	void awaitElement(@Autowired EmbeddedRegistrar registrar) {
		assertThat(registrar).eventually().hasPool("vault").withElements(1).and().hasPool("weather").withElements(1);
	}

	@Test
	@Goal("G17")
	@DisplayName("G17: calls are encrypted by an SSL bundle, also when the application is generated ahead of time")
	void callsAreEncrypted() {
		assertThat(this.owner.vault().caller()).isEqualTo("CN=vault");
	}

	@Test
	@Goal("G17")
	@DisplayName("G17: calls by gRPC are encrypted, also when the application is generated ahead of time")
	void callsByGrpcAreEncrypted(@Autowired WeatherBlockingStub weather) {
		assertThat(weather.tell(Place.newBuilder().setName("Kiel").build()).getText())
			.isEqualTo("rain in Kiel, by TLSv1.3");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportGrpcClients(target = "weather", types = WeatherBlockingStub.class)
	@Import({ VaultElement.class, Owner.class, WeatherElement.class })
	static class Application {

		@Bean
		@GlobalServerInterceptor
		ServerInterceptor protocolOfCalls() {
			return new ProtocolInterceptor();
		}

	}

	record Owner(@PoolUser("vault") Vault vault) {
	}

	interface Vault {

		String caller();

	}

	@PoolElement("vault")
	static class VaultElement implements Vault {

		@Override
		public String caller() {
			PeerIdentity caller = CallContext.current().callerIdentity();
			return (caller != null) ? caller.subject() : "unknown";
		}

	}

	@PoolElement("weather")
	static class WeatherElement extends WeatherGrpc.WeatherImplBase {

		@Override
		public void tell(Place place, StreamObserver<Report> reports) {
			reports.onNext(Report.newBuilder()
				.setText("rain in " + place.getName() + ", by " + ProtocolInterceptor.PROTOCOL.get())
				.build());
			reports.onCompleted();
		}

	}

	/**
	 * Tells the service by which protocol a call came.
	 */
	static class ProtocolInterceptor implements ServerInterceptor {

		static final Context.Key<String> PROTOCOL = Context.key("protocol");

		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
				ServerCallHandler<Q, A> next) {
			SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
			return Contexts.interceptCall(
					Context.current().withValue(PROTOCOL, (session != null) ? session.getProtocol() : "nothing"), call,
					headers, next);
		}

	}

}
