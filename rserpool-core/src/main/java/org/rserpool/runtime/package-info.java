/**
 * What a role asks of its surroundings: time, timers, randomness and associations.
 */
@NullMarked
package org.rserpool.runtime;

import org.jspecify.annotations.NullMarked;
