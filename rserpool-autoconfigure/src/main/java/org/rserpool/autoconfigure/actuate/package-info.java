/**
 * The actuator endpoint of an application's part in its pools.
 */
@NullMarked
package org.rserpool.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
