/**
 * A network that breaks, for tests of applications.
 */
@NullMarked
package org.rserpool.test.fault;

import org.jspecify.annotations.NullMarked;
