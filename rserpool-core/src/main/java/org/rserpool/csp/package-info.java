/**
 * The Component Status Protocol of the reference implementation: what a registrar, a pool
 * element or a pool user reports of itself to a monitor.
 */
@NullMarked
package org.rserpool.csp;

import org.jspecify.annotations.NullMarked;
