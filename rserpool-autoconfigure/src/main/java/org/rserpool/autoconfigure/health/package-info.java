/**
 * The health of an application's part in its pools.
 */
@NullMarked
package org.rserpool.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
