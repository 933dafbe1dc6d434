/**
 * The demo: a small operation scope in separate processes, of which some are killed.
 */
@NullMarked
package org.rserpool.samples.demo;

import org.jspecify.annotations.NullMarked;
