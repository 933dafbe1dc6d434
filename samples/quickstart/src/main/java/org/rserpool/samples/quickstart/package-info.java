/**
 * A pool element that computes digests, and a pool user that digests a file through the
 * pool.
 */
@NullMarked
package org.rserpool.samples.quickstart;

import org.jspecify.annotations.NullMarked;
