package org.rserpool.registrar.app;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened at the registrar.
 *
 * @param time when
 * @param type what, such as {@code removed}
 * @param warning whether somebody should look at it
 * @param pool the pool handle as text, cut where it is long
 * @param element identifier of the pool element
 * @param registrar identifier of the registrar that it is about
 * @param reason the name of the reason, such as {@code KEEP_ALIVE_TIMEOUT}
 * @param text all of it in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RegistrarEvent(Instant time, String type, boolean warning, @Nullable String pool, @Nullable String element,
		@Nullable String registrar, @Nullable String reason, String text) {
}
