/**
 * The meters of an application's part in its pools.
 */
@NullMarked
package org.rserpool.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
