package org.rserpool.test.campaign;

/**
 * A process that something happens to.
 *
 * @param role what it is
 * @param index which one, from 0
 */
record Victim(Role role, int index) {

	/**
	 * Return the name of the process, as it stands in the trace.
	 */
	@Override
	public String toString() {
		return this.role.letter + (this.index + 1);
	}

	enum Role {

		REGISTRAR("r"), ELEMENT("e"), USER("u");

		final String letter;

		Role(String letter) {
			this.letter = letter;
		}

	}

}
