package org.rserpool.conformance;

/**
 * How strongly an RFC asks for something (RFC 2119).
 */
enum Level {

	/** Required. */
	MUST,

	/** Recommended. */
	SHOULD,

	/** Optional. */
	MAY,

	/** Without a keyword: it follows from a format or a procedure. */
	DERIVED

}
