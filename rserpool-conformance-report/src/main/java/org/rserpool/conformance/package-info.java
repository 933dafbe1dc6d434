/**
 * The conformance table: the statements of the RFCs, and the tests that prove them.
 */
@NullMarked
package org.rserpool.conformance;

import org.jspecify.annotations.NullMarked;
