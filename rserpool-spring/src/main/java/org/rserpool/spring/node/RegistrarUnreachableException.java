package org.rserpool.spring.node;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.rpc.RSerPoolException;

/**
 * No registrar answered in time while the application started, which is to fail then.
 *
 * @since 0.1
 */
public class RegistrarUnreachableException extends RSerPoolException {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable List<HuntFailure> failures;

	/**
	 * Makes an exception.
	 * @param message what happened
	 * @param failures the addresses that were tried, each with the reason
	 */
	public RegistrarUnreachableException(String message, List<HuntFailure> failures) {
		super(message + (failures.isEmpty() ? "; no address is known, or none has failed until then"
				: ": " + failures.stream().map(HuntFailure::toString).collect(Collectors.joining(", "))), null,
				List.of(), null);
		this.failures = List.copyOf(failures);
	}

	/**
	 * Return the addresses that were tried.
	 * @return each address with the reason; empty after serialization
	 */
	public List<HuntFailure> failures() {
		return (this.failures != null) ? this.failures : List.of();
	}

}
