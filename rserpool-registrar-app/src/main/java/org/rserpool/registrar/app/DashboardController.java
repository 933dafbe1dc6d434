package org.rserpool.registrar.app;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.RegistrarOverview;
import org.rserpool.registrar.app.EnrpEndpoint.TakeoverView;
import org.rserpool.registrar.app.HandlespaceSearch.ElementPage;
import org.rserpool.registrar.app.HandlespaceSearch.PoolPage;
import org.rserpool.registrar.app.HandlespaceViews.PeerView;
import org.rserpool.registrar.app.TakeoverHistory.PastTakeover;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.Identifiers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What stands behind the page: JSON in pages, and a stream of events.
 */
@RestController
@ConditionalOnDashboard
class DashboardController {

	private static final String PAGE = "50";

	private final Registrar registrar;

	private final RegistrarProperties properties;

	private final HandlespaceSearch search;

	private final TakeoverHistory takeovers;

	private final EventStreams streams;

	private final Clock clock;

	private final @Nullable String version;

	DashboardController(Registrar registrar, RegistrarProperties properties, HandlespaceSearch search,
			TakeoverHistory takeovers, EventStreams streams, Clock clock, ObjectProvider<BuildProperties> build) {
		this.registrar = registrar;
		this.properties = properties;
		this.search = search;
		this.takeovers = takeovers;
		this.streams = streams;
		this.clock = clock;
		BuildProperties known = build.getIfAvailable();
		this.version = (known != null) ? known.getVersion() : null;
	}

	@GetMapping("/api/registrar")
	ResponseEntity<RegistrarView> registrar() {
		RegistrarOverview overview = this.registrar.ask((role) -> role.overview());
		if (overview == null) {
			return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
		}
		return ResponseEntity.ok(new RegistrarView(this.streams.instance(), Identifiers.toString(overview.identifier()),
				overview.state().name(), this.version, overview.dialect(), this.properties.profile(),
				this.clock.instant().minus(overview.age()), overview.age().toMillis(),
				HandlespaceViews.addresses(overview.asapAddresses()),
				HandlespaceViews.addresses(overview.enrpAddresses()), HandlespaceViews.checksum(overview.checksum()),
				overview.pools(), overview.elements(), overview.ownElements(),
				overview.peers().stream().map(HandlespaceViews::peer).toList(),
				overview.takeovers().stream().map(TakeoverView::of).toList(),
				this.takeovers.latestFirst(overview.identifier())));
	}

	@GetMapping("/api/pools")
	PoolPage pools(@RequestParam(defaultValue = "") String filter, @RequestParam(defaultValue = "0") int offset,
			@RequestParam(defaultValue = PAGE) int limit) {
		return this.search.pools(filter, offset, limit);
	}

	@GetMapping("/api/pools/{key:[0-9a-f]+|sha256-[0-9a-f]{64}}/elements")
	ResponseEntity<ElementPage> elements(@PathVariable String key, @RequestParam(defaultValue = "") String filter,
			@RequestParam(defaultValue = "identifier") String sort,
			@RequestParam(defaultValue = "false") boolean descending, @RequestParam(defaultValue = "0") int offset,
			@RequestParam(defaultValue = PAGE) int limit) {
		return ResponseEntity
			.ofNullable(this.search.elements(key, filter, ElementOrder.parse(sort), descending, offset, limit));
	}

	/**
	 * Streams events. A browser that connects again says by a header what it has; a page
	 * that opens a new stream says it by a parameter.
	 */
	@GetMapping("/events")
	void events(@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestParam(name = "last-event-id", required = false) @Nullable String known, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		response.setCharacterEncoding("UTF-8");
		response.setHeader("X-Accel-Buffering", "no");
		if (!this.streams.open(request, (lastEventId != null) ? lastEventId : known)) {
			response.reset();
			response.setHeader("Retry-After", "10");
			response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value(), "Enough readers follow the events already");
		}
	}

	@ExceptionHandler
	ProblemDetail invalid(InvalidQueryException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(ex.getMessage()));
	}

	/**
	 * The registrar, but for its pools.
	 *
	 * @param instance what tells this process from others with the same identifier
	 * @param registrar identifier of the registrar
	 * @param state STARTING, RUNNING, LEAVING or STOPPED
	 * @param version version of the application
	 * @param dialect how it writes messages
	 * @param profile where its times come from
	 * @param startedAt when it started
	 * @param uptimeMillis milliseconds since then
	 * @param asap addresses for pool elements and pool users
	 * @param enrp addresses for registrars
	 * @param checksum checksum of the elements that it owns
	 * @param pools how many pools there are
	 * @param elements how many elements all pools have together
	 * @param ownElements how many of them it owns
	 * @param peers the other registrars
	 * @param takeovers takeovers that it has begun
	 * @param pastTakeovers takeovers by this registrar and others, the latest first
	 */
	record RegistrarView(String instance, String registrar, String state, @Nullable String version, Dialect dialect,
			RegistrarProperties.Profile profile, Instant startedAt, long uptimeMillis, List<String> asap,
			List<String> enrp, String checksum, int pools, int elements, int ownElements, List<PeerView> peers,
			List<TakeoverView> takeovers, List<PastTakeover> pastTakeovers) {
	}

}
