package org.rserpool.registrar;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolElement;

/**
 * A pool element, and how a registrar watches it.
 *
 * @param element the element, with its owner as home registrar
 * @param knownFor how long the registrar has known it without a break, to a second, or
 * {@code null} if that is not known
 * @param remaining how long its registration lasts unless it is renewed, or {@code null}
 * if it has no end
 * @param unreachableReports how many reports of users that could not reach it are not
 * forgotten yet
 * @param suspected whether it is selected only when its pool has no other
 * @since 0.1
 */
public record ElementStatus(PoolElement element, @Nullable Duration knownFor, @Nullable Duration remaining,
		int unreachableReports, boolean suspected) {

}
