package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.element.ElementSettings;
import org.rserpool.element.ElementState;
import org.rserpool.element.PoolElementListener;
import org.rserpool.element.PoolElementRole;
import org.rserpool.element.RegistrationOutcome;
import org.rserpool.element.RegistrationRequest;
import org.rserpool.hunt.Home;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.ResolutionListener;
import org.rserpool.user.SelectionCallback;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.AsapMessage.Registration;
import org.rserpool.wire.AsapMessage.RegistrationResponse;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners are told of the requests to registrars: each that begins ends, once.
 */
class RegistrarRequestTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SimulatedScope scope = new SimulatedScope(1);

	private final ScriptedRegistrar registrar = new ScriptedRegistrar(this.scope, "r");

	private final Requests told = new Requests();

	private PoolElementRole element;

	private PoolUserRole user;

	@BeforeEach
	void start() {
		this.registrar.process.start();
	}

	@Test
	void registrationRenewalAndDeregistration() {
		register();
		assertThat(this.told.ended).containsExactly("REGISTRATION ACCEPTED");
		this.scope.run(Duration.ofSeconds(16));
		assertThat(this.registrar.received(Registration.class)).hasSizeGreaterThan(1);
		assertThat(this.told.ended).contains("RENEWAL ACCEPTED").doesNotContain("RENEWAL UNANSWERED");
		this.element.deregister();
		this.scope.run(SECOND);
		assertThat(this.told.ended).endsWith("DEREGISTRATION ACCEPTED");
		assertThat(this.told.pending).isNull();
	}

	@Test
	void registrationThatIsRefused() {
		this.registrar.answers = (message) -> new RegistrationResponse(true, POOL, 5,
				List.of(ErrorCause.of(ErrorCause.INVALID_VALUES)));
		register();
		assertThat(this.told.ended).containsExactly("REGISTRATION REJECTED");
	}

	@Test
	void registrationThatIsNotAnswered() {
		this.registrar.silent = true;
		register();
		this.scope.run(SECOND);
		assertThat(this.told.ended).startsWith("REGISTRATION UNANSWERED").doesNotContain("REGISTRATION ACCEPTED");
	}

	@Test
	void registrationWhoseRegistrarDies() {
		this.registrar.answers = (message) -> {
			this.registrar.process.crash();
			return null;
		};
		register();
		assertThat(this.told.ended).containsExactly("REGISTRATION ABANDONED");
		assertThat(this.told.pending).isNull();
	}

	@Test
	void renewalTakesThePlaceOfAnother() {
		register();
		this.element.update(MemberSelectionPolicy.ROUND_ROBIN);
		this.element.update(MemberSelectionPolicy.ROUND_ROBIN);
		assertThat(this.told.ended).endsWith("RENEWAL ABANDONED");
		this.scope.run(SECOND);
		assertThat(this.told.ended).endsWith("RENEWAL ABANDONED", "RENEWAL ACCEPTED");
		assertThat(this.told.pending).isNull();
	}

	@Test
	void deregistrationThatNobodyAnswers() {
		register();
		this.registrar.process.powerOff();
		this.element.deregister();
		this.scope.run(Duration.ofSeconds(3));
		assertThat(this.element.state()).isEqualTo(ElementState.DEREGISTERED);
		assertThat(this.told.ended).endsWith("DEREGISTRATION UNANSWERED");
		assertThat(this.told.pending).isNull();
	}

	@Test
	void resolutionIsToldOnlyIfARegistrarIsAsked() {
		use(UserSettings.DEFAULT);
		elements();
		select();
		this.scope.run(SECOND);
		select();
		assertThat(this.told.ended).containsExactly("echo found by registrar at 10.0.0.1:3863");
		assertThat(this.registrar.received(HandleResolution.class)).hasSize(1);
	}

	@Test
	void changesThatARegistrarTellsAreNoResolutions() {
		use(UserSettings.DEFAULT.withSubscribe(true));
		elements();
		this.registrar.answers = (message) -> {
			if (this.registrar.answer(message) instanceof HandleResolutionResponse found) {
				return new HandleResolutionResponse(true, POOL, found.policy(), found.elements(), List.of());
			}
			return null;
		};
		select();
		this.scope.run(SECOND);
		this.registrar.sendToAll(this.registrar.answers.apply(new HandleResolution(true, POOL, null)));
		this.scope.run(SECOND);
		assertThat(this.told.ended).hasSize(1);
	}

	@Test
	void resolutionOfAPoolThatIsUnknown() {
		use(UserSettings.DEFAULT);
		select();
		this.scope.run(SECOND);
		assertThat(this.told.ended).containsExactly("echo UNKNOWN_POOL by registrar at 10.0.0.1:3863");
	}

	@Test
	void resolutionThatNobodyAnswers() {
		use(UserSettings.DEFAULT);
		this.registrar.silent = true;
		select();
		this.scope.run(Duration.ofSeconds(5));
		assertThat(this.told.ended).singleElement().asString().startsWith("echo TIMEOUT");
		this.registrar.process.crash();
		select();
		this.scope.run(Duration.ofSeconds(5));
		assertThat(this.told.ended).hasSize(2).last().asString().isEqualTo("echo NO_REGISTRAR by null");
	}

	@Test
	void resolutionThatItsUserDoesNotLiveToSee() {
		use(UserSettings.DEFAULT);
		this.registrar.silent = true;
		select();
		this.user.stop();
		this.user.stop();
		assertThat(this.told.ended).containsExactly("echo abandoned");
	}

	private void register() {
		this.scope.process("e", (runtime) -> {
			RegistrarHunt hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC,
					HuntSettings.of(List.of(this.registrar.address())));
			hunt.start();
			ElementSettings settings = ElementSettings
				.of(POOL, 5, new Transport.Tcp(8080, new InetSocketAddress("0.0.0.0", 0).getAddress()))
				.withLifetimeMillis(30_000);
			this.element = new PoolElementRole(runtime, hunt, settings, this.told);
			this.element.start();
		}).start();
		this.scope.run(SECOND);
	}

	private void use(UserSettings settings) {
		this.scope.process("u", (runtime) -> {
			RegistrarHunt hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC,
					HuntSettings.of(List.of(this.registrar.address())));
			this.user = new PoolUserRole(runtime, hunt, settings, this.told);
			this.user.start();
			hunt.start();
		}).start();
		this.scope.run(SECOND);
	}

	private void elements() {
		this.registrar.pools.put(POOL, List.of(new PoolElement(1, 1, 30_000,
				new Transport.Tcp(8080, SimulatedScope.address(50)), MemberSelectionPolicy.ROUND_ROBIN, null)));
	}

	private void select() {
		this.user.select(POOL, Set.of(), new SelectionCallback() {

			@Override
			public void selected(PoolElement selected) {
				// The listener is the matter here.
			}

			@Override
			public void failed(ResolutionFailure failure) {
				// The listener is the matter here.
			}

		});
	}

	/**
	 * Holds that requests do not overlap.
	 */
	private static final class Requests implements PoolElementListener, ResolutionListener {

		private final List<String> ended = new ArrayList<>();

		private @Nullable Object pending;

		@Override
		public void stateChanged(PoolElementRole element, ElementState state, String detail) {
			// The requests are the matter here.
		}

		@Override
		public void requested(PoolElementRole element, RegistrationRequest request) {
			assertThat(this.pending).isNull();
			this.pending = request;
		}

		@Override
		public void requestEnded(PoolElementRole element, RegistrationRequest request, RegistrationOutcome outcome) {
			end(request, request + " " + outcome);
		}

		@Override
		public void resolutionBegun(PoolHandle pool) {
			assertThat(this.pending).isNull();
			this.pending = pool;
		}

		@Override
		public void resolutionEnded(PoolHandle pool, @Nullable Home registrar, @Nullable ResolutionFailure failure) {
			end(pool, pool + " " + ((failure != null) ? failure.kind() : "found") + " by " + registrar);
		}

		@Override
		public void resolutionAbandoned(PoolHandle pool) {
			end(pool, pool + " abandoned");
		}

		private void end(Object request, String how) {
			assertThat(this.pending).isEqualTo(request);
			this.pending = null;
			this.ended.add(how);
		}

	}

}
