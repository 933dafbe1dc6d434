/**
 * Hands the deadline of a call on to what is done for it on other threads.
 */
@NullMarked
package org.rserpool.spring.context;

import org.jspecify.annotations.NullMarked;
