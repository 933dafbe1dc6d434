/**
 * A registrar for tests of Spring Boot applications.
 */
@NullMarked
package org.rserpool.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
