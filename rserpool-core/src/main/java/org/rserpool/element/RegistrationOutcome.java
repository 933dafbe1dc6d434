package org.rserpool.element;

/**
 * How a {@link RegistrationRequest} ended.
 *
 * @since 0.1
 */
public enum RegistrationOutcome {

	/** The registrar did what it was asked for. */
	ACCEPTED,

	/** The registrar refused, or the request could not be sent as it is. */
	REJECTED,

	/** No answer came in time. */
	UNANSWERED,

	/**
	 * Another request took its place, the home registrar was lost, or the element ended.
	 */
	ABANDONED

}
