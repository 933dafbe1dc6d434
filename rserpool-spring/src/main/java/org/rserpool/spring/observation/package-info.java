/**
 * What can be observed of calls.
 */
@NullMarked
package org.rserpool.spring.observation;

import org.jspecify.annotations.NullMarked;
