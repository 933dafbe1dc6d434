/**
 * The registrar as a Spring Boot application.
 */
@NullMarked
package org.rserpool.registrar.app;

import org.jspecify.annotations.NullMarked;
