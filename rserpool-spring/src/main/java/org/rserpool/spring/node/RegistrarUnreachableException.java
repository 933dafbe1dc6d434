package org.rserpool.spring.node;

import java.util.List;

import org.rserpool.rpc.RSerPoolException;

/**
 * No registrar answered in time while the application started, which is to fail then.
 *
 * @since 0.1
 */
public class RegistrarUnreachableException extends RSerPoolException {

	private static final long serialVersionUID = 1L;

	public RegistrarUnreachableException(String message) {
		super(message, null, List.of(), null);
	}

}
