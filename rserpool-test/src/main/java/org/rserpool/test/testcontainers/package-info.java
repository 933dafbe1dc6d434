/**
 * A registrar in a container, for tests of applications.
 */
@NullMarked
package org.rserpool.test.testcontainers;

import org.jspecify.annotations.NullMarked;
