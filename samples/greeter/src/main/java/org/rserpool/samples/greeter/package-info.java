/**
 * The application of the README.
 */
@NullMarked
package org.rserpool.samples.greeter;

import org.jspecify.annotations.NullMarked;
