/**
 * Registrars that Docker Compose runs for an application in development.
 */
@NullMarked
package org.rserpool.autoconfigure.docker;

import org.jspecify.annotations.NullMarked;
