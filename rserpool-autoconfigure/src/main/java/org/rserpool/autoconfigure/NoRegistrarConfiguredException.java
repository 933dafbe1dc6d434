package org.rserpool.autoconfigure;

import java.util.List;

import org.rserpool.rpc.RSerPoolException;

/**
 * The application has pool elements or pool users, but neither a registrar nor
 * announcements to find them by.
 */
class NoRegistrarConfiguredException extends RSerPoolException {

	private static final long serialVersionUID = 1L;

	NoRegistrarConfiguredException() {
		super("No registrar is configured, and announcements are off, so that pools can neither be joined nor called",
				null, List.of(), null);
	}

}
