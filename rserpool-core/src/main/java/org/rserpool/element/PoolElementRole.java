package org.rserpool.element;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rserpool.hunt.Home;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.hunt.RegistrarHuntListener;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.Deregistration;
import org.rserpool.wire.AsapMessage.DeregistrationResponse;
import org.rserpool.wire.AsapMessage.EndpointKeepAlive;
import org.rserpool.wire.AsapMessage.EndpointKeepAliveAck;
import org.rserpool.wire.AsapMessage.Registration;
import org.rserpool.wire.AsapMessage.RegistrationResponse;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * One pool element: keeps it registered with the home registrar, answers keep-alives, and
 * follows when another registrar becomes home (RFC 5352, sections 3.1, 3.2 and 3.4). It
 * goes on trying for as long as no registrar refuses what none has accepted before,
 * unless its settings say when to end.
 *
 * @since 0.1
 */
public final class PoolElementRole {

	private static final Duration MAXIMUM_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration REGISTER_AGAIN_PAUSE = Duration.ofSeconds(1);

	private static final Duration MAXIMUM_REFUSED_PAUSE = Duration.ofMinutes(1);

	private static final Duration CONFIRM_PAUSE = Duration.ofSeconds(2);

	private final RoleRuntime runtime;

	private final RegistrarHunt hunt;

	private final PoolElementListener listener;

	private final RegistrarHuntListener registrars = new Registrars();

	private final HomeSilence homeSilence;

	private ElementSettings settings;

	private ElementState state = ElementState.DEREGISTERED;

	private boolean leaving;

	/** Whether a registration went out since the start, answered or not. */
	private boolean sent;

	private int attempts;

	/**
	 * Whether a registrar accepted what is registered, in all but the policy's values.
	 */
	private boolean accepted;

	private int refusals;

	private long lastRestoredNanos;

	private long lastConfirmedNanos;

	private @Nullable String rejection;

	private @Nullable RegistrationRequest pending;

	private @Nullable Timer timer;

	private @Nullable Timer restoring;

	/**
	 * Makes a pool element, not started.
	 * @param runtime its surroundings
	 * @param hunt finds its home registrar. It should listen, so that another registrar
	 * can take the element over.
	 * @param settings what to register
	 * @param listener who is told how it goes
	 */
	public PoolElementRole(RoleRuntime runtime, RegistrarHunt hunt, ElementSettings settings,
			PoolElementListener listener) {
		this.runtime = runtime;
		this.hunt = hunt;
		this.settings = settings;
		this.listener = listener;
		this.homeSilence = new HomeSilence(runtime, this::homeSilent);
		this.lastConfirmedNanos = runtime.nanoTime() - CONFIRM_PAUSE.toNanos();
		this.lastRestoredNanos = runtime.nanoTime() - REGISTER_AGAIN_PAUSE.toNanos();
	}

	/**
	 * Return the pool.
	 * @return the pool
	 */
	public PoolHandle pool() {
		return this.settings.pool();
	}

	/**
	 * Return the element's identifier.
	 * @return the identifier
	 */
	public int identifier() {
		return this.settings.identifier();
	}

	/**
	 * Return what is registered.
	 * @return the settings, with the policy's present values
	 */
	public ElementSettings settings() {
		return this.settings;
	}

	/**
	 * Return how the registration stands.
	 * @return the state
	 */
	public ElementState state() {
		return this.state;
	}

	/**
	 * Return what was said against the registration.
	 * @return the reason in words, or {@code null} if it was not refused
	 */
	public @Nullable String rejection() {
		return this.rejection;
	}

	/**
	 * Starts to register. Does nothing unless the element is deregistered.
	 */
	public void start() {
		if (this.state == ElementState.DEREGISTERED) {
			this.hunt.addListener(this.registrars);
			this.attempts = 0;
			this.accepted = false;
			this.sent = false;
			enter(ElementState.REGISTERING, "started");
			register();
		}
	}

	/**
	 * Changes the policy's values, and registers again at once. This also tries again
	 * what was refused, unless that is about to be tried again anyway.
	 * @param policy the policy with its values
	 */
	public void update(MemberSelectionPolicy policy) {
		this.accepted &= policy.number() == this.settings.policy().number();
		this.settings = this.settings.withPolicy(policy);
		if (this.state == ElementState.DEREGISTERED || this.leaving
				|| (this.accepted && this.state == ElementState.REJECTED && this.restoring != null)) {
			return;
		}
		if (isRefusedForGood()) {
			enter(ElementState.REGISTERING, "the policy changed");
		}
		this.attempts = 0;
		register();
	}

	/**
	 * Leaves the pool. The listener is told when the registrar knows, or when none could
	 * be told in time; then the registration ends with its lifetime. It is told at once
	 * if there is nothing to tell a registrar.
	 */
	public void deregister() {
		if (this.state == ElementState.DEREGISTERED || this.leaving) {
			return;
		}
		if (this.state == ElementState.REJECTED) {
			leave("the registration was refused before");
			return;
		}
		if (!this.sent) {
			leave("it was never registered");
			return;
		}
		this.leaving = true;
		this.attempts = 0;
		sendDeregistration();
	}

	/**
	 * Ends at once, and tells nobody, as if the process ended.
	 */
	public void stop() {
		requestEnded(RegistrationOutcome.ABANDONED);
		cancelTimers();
		this.homeSilence.stop();
		this.hunt.removeListener(this.registrars);
		this.state = ElementState.DEREGISTERED;
		this.leaving = false;
	}

	private void register() {
		cancelTimers();
		Home home = this.hunt.home();
		if (home == null) {
			return;
		}
		OwnTransports transports = new OwnTransports(home.association());
		PoolElement element = new PoolElement(this.settings.identifier(), Identifiers.NONE,
				this.settings.lifetimeMillis(), transports.user(this.settings.userTransport()), this.settings.policy(),
				transports.asap(this.hunt.listeningAddresses(home.association().protocol())), this.settings.metadata());
		requested((this.state == ElementState.REGISTERED) ? RegistrationRequest.RENEWAL
				: RegistrationRequest.REGISTRATION);
		try {
			this.sent |= this.hunt.send(new Registration(this.settings.pool(), element));
		}
		catch (IllegalArgumentException ex) {
			this.accepted = false;
			reject("it cannot be encoded: " + ex.getMessage());
			return;
		}
		Association association = home.association();
		this.timer = this.runtime.schedule(timeout(), () -> registrationTimedOut(association));
	}

	private Duration timeout() {
		Duration timeout = this.settings.timers().registrationTimeout().multipliedBy(1L << Math.min(this.attempts, 10));
		Duration first = this.settings.timers().registrationTimeout();
		Duration most = (first.compareTo(MAXIMUM_TIMEOUT) > 0) ? first : MAXIMUM_TIMEOUT;
		return (timeout.compareTo(most) < 0) ? timeout : most;
	}

	private void registrationTimedOut(Association association) {
		requestEnded(RegistrationOutcome.UNANSWERED);
		this.timer = null;
		this.attempts++;
		if (this.attempts >= this.settings.timers().maximumAttempts()) {
			this.listener.unanswered(this, this.attempts);
			if (this.settings.timers().endsUnanswered()) {
				leave("no registrar answered " + this.attempts + " registrations");
				return;
			}
		}
		Home home = this.hunt.home();
		this.hunt.doubt(association, "no answer to the registration of " + this);
		if (home != null) {
			register();
		}
	}

	private void registered(RegistrationResponse response) {
		requestEnded(RegistrationOutcome.ACCEPTED);
		cancelTimers();
		this.attempts = 0;
		this.accepted = true;
		this.refusals = 0;
		this.timer = this.runtime.schedule(this.settings.renewal(), this::register);
		this.rejection = null;
		if (!response.causes().isEmpty()) {
			this.listener.warned(this, response.causes());
		}
		if (this.state != ElementState.REGISTERED) {
			this.homeSilence.begin();
			enter(ElementState.REGISTERED, "home is " + this.hunt.home());
		}
	}

	/**
	 * What was accepted before is right in itself, so it is tried again, ever more rarely
	 * (RFC 5352, section 3.1 forbids that only while the error lasts). What stands in its
	 * way may be what a registrar holds of this element itself. That goes, as the element
	 * answers no keep-alives until it is accepted.
	 */
	private void reject(String reason) {
		requestEnded(RegistrationOutcome.REJECTED);
		cancelTimers();
		this.homeSilence.stop();
		String detail = this.accepted ? reason + "; it tries again" : reason;
		this.rejection = detail;
		if (this.accepted) {
			Duration pause = REGISTER_AGAIN_PAUSE.multipliedBy(1L << Math.min(this.refusals, 6));
			this.refusals++;
			this.restoring = this.runtime
				.schedule((pause.compareTo(MAXIMUM_REFUSED_PAUSE) < 0) ? pause : MAXIMUM_REFUSED_PAUSE, this::register);
		}
		enter(ElementState.REJECTED, detail);
	}

	private boolean isRefusedForGood() {
		return this.state == ElementState.REJECTED && !this.accepted;
	}

	private void restore(Association association) {
		if (this.restoring != null) {
			return;
		}
		Home home = this.hunt.home();
		if (home != null && home.association() == association) {
			enter(ElementState.REGISTERING, "the registrar ended the registration");
		}
		requestEnded(RegistrationOutcome.ABANDONED);
		cancelTimers();
		Duration pause = REGISTER_AGAIN_PAUSE.minusNanos(this.runtime.nanoTime() - this.lastRestoredNanos);
		this.restoring = this.runtime.schedule(pause.isNegative() ? Duration.ZERO : pause, () -> {
			this.restoring = null;
			this.lastRestoredNanos = this.runtime.nanoTime();
			register();
		});
	}

	/**
	 * Registers again because another registrar watches this element, perhaps as its
	 * home: then registrars see which one is.
	 */
	private void confirm() {
		long now = this.runtime.nanoTime();
		if (now - this.lastConfirmedNanos >= CONFIRM_PAUSE.toNanos()) {
			this.lastConfirmedNanos = now;
			register();
		}
	}

	/**
	 * Registers again, which is answered if all is well.
	 */
	private void homeSilent() {
		if (this.state == ElementState.REGISTERED && !this.leaving && this.restoring == null) {
			register();
		}
	}

	private void sendDeregistration() {
		cancelTimers();
		Home home = this.hunt.home();
		this.attempts++;
		if (home != null) {
			requested(RegistrationRequest.DEREGISTRATION);
		}
		this.hunt.send(new Deregistration(pool(), identifier()));
		this.timer = this.runtime.schedule(this.settings.timers().deregistrationTimeout(), () -> {
			requestEnded(RegistrationOutcome.UNANSWERED);
			if (this.attempts >= this.settings.timers().maximumAttempts()) {
				leave("no registrar could be told");
				return;
			}
			if (home != null) {
				this.hunt.doubt(home.association(), "no answer to the deregistration of " + this);
			}
			sendDeregistration();
		});
	}

	private void leave(String detail) {
		stop();
		this.listener.stateChanged(this, ElementState.DEREGISTERED, detail);
	}

	private void enter(ElementState next, String detail) {
		if (this.state != next) {
			this.state = next;
			this.listener.stateChanged(this, next, detail);
		}
	}

	private void requested(RegistrationRequest request) {
		requestEnded(RegistrationOutcome.ABANDONED);
		this.pending = request;
		this.listener.requested(this, request);
	}

	private void requestEnded(RegistrationOutcome outcome) {
		RegistrationRequest request = this.pending;
		this.pending = null;
		if (request != null) {
			this.listener.requestEnded(this, request, outcome);
		}
	}

	private void cancelTimers() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
		if (this.restoring != null) {
			this.restoring.cancel();
			this.restoring = null;
		}
	}

	private boolean isThis(PoolHandle pool, int identifier) {
		return identifier == identifier() && pool.equals(pool());
	}

	private static String words(List<ErrorCause> causes) {
		return causes.isEmpty() ? "no cause given"
				: causes.stream().map(ErrorCause::toString).collect(Collectors.joining(", "));
	}

	/**
	 * Return the element's identifier and pool.
	 */
	@Override
	public String toString() {
		return "element " + Identifiers.toString(identifier()) + " of pool " + pool();
	}

	/**
	 * Hears what registrars say.
	 */
	private final class Registrars implements RegistrarHuntListener {

		@Override
		public void homeFound(Home home) {
			if (PoolElementRole.this.leaving) {
				sendDeregistration();
			}
			else if (!isRefusedForGood()) {
				register();
			}
		}

		@Override
		public void homeLost(Home home, String reason) {
			if (!PoolElementRole.this.leaving && PoolElementRole.this.state != ElementState.REJECTED) {
				requestEnded(RegistrationOutcome.ABANDONED);
				cancelTimers();
				PoolElementRole.this.homeSilence.stop();
				enter(ElementState.REGISTERING, "the home registrar is lost: " + reason);
			}
		}

		@Override
		public void message(Association association, AsapMessage message) {
			if (message instanceof EndpointKeepAlive keepAlive) {
				keepAlive(association, keepAlive);
			}
			else if (message instanceof RegistrationResponse response
					&& isThis(response.poolHandle(), response.identifier())) {
				answered(association, response);
			}
			else if (message instanceof DeregistrationResponse response
					&& isThis(response.poolHandle(), response.identifier())) {
				ended(association, response);
			}
		}

		private void keepAlive(Association association, EndpointKeepAlive keepAlive) {
			Integer identifier = keepAlive.identifier();
			if (PoolElementRole.this.state == ElementState.REJECTED || !keepAlive.poolHandle().equals(pool())
					|| (identifier != null && identifier != identifier())) {
				return;
			}
			PoolElementRole.this.hunt.send(association, new EndpointKeepAliveAck(pool(), identifier()));
			Home present = PoolElementRole.this.hunt.home();
			if (present != null && present.association() == association) {
				PoolElementRole.this.homeSilence.heard();
			}
			if (keepAlive.home()) {
				PoolElementRole.this.hunt.adopt(association, keepAlive.registrar());
			}
			else if (PoolElementRole.this.state == ElementState.REGISTERED
					&& isStranger(association, keepAlive.registrar())) {
				confirm();
			}
		}

		private boolean isStranger(Association association, int registrar) {
			Home home = PoolElementRole.this.hunt.home();
			return home != null && home.association() != association
					&& (home.identifier() == null || home.identifier() != registrar);
		}

		private void answered(Association association, RegistrationResponse response) {
			Home home = PoolElementRole.this.hunt.home();
			if (PoolElementRole.this.leaving || isRefusedForGood() || home == null
					|| home.association() != association) {
				return;
			}
			if (response.rejected() && PoolElementRole.this.settings.otherTransport() != null
					&& response.causes()
						.stream()
						.anyMatch((cause) -> cause.code() == ErrorCause.INCONSISTENT_TRANSPORT_TYPE)) {
				requestEnded(RegistrationOutcome.REJECTED);
				PoolElementRole.this.settings = PoolElementRole.this.settings.otherwise();
				register();
				return;
			}
			if (response.rejected()) {
				reject(home + " refused " + PoolElementRole.this + ": " + words(response.causes()));
			}
			else {
				registered(response);
			}
		}

		private void ended(Association association, DeregistrationResponse response) {
			if (PoolElementRole.this.leaving) {
				requestEnded(response.causes().isEmpty() ? RegistrationOutcome.ACCEPTED : RegistrationOutcome.REJECTED);
				leave(response.causes().isEmpty() ? "deregistered"
						: "the registrar refused the deregistration: " + words(response.causes()));
			}
			else if (PoolElementRole.this.state != ElementState.REJECTED) {
				restore(association);
			}
		}

	}

}
