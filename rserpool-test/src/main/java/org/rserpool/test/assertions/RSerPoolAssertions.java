package org.rserpool.test.assertions;

import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.test.embedded.EmbeddedRegistrar;

/**
 * Where assertions start. A test that uses them needs AssertJ and Awaitility.
 *
 * @since 0.1
 */
public final class RSerPoolAssertions {

	private RSerPoolAssertions() {
	}

	/**
	 * Starts an assertion about the handlespace of a registrar, asked when each statement
	 * is made.
	 * @param registrar the registrar
	 * @return the assertion
	 */
	public static HandlespaceAssert assertThat(EmbeddedRegistrar registrar) {
		return new HandlespaceAssert(registrar::handlespace);
	}

	/**
	 * Starts an assertion about what a registrar knew at one moment.
	 * @param handlespace what it knew
	 * @return the assertion
	 */
	public static HandlespaceAssert assertThat(RegistrarSnapshot handlespace) {
		return new HandlespaceAssert(() -> handlespace);
	}

}
