/**
 * Measures the speed of codec, handlespace and selection, and the memory that elements
 * take.
 */
@NullMarked
package org.rserpool.benchmarks;

import org.jspecify.annotations.NullMarked;
