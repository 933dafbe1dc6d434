package org.rserpool.registrar.app;

import java.io.IOException;

/**
 * A snapshot is damaged, belongs to another registrar, or is too new.
 */
class UnusableSnapshotException extends IOException {

	private static final long serialVersionUID = 1L;

	UnusableSnapshotException(String message) {
		super(message);
	}

}
