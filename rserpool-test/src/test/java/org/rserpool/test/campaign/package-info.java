/**
 * Random histories of an operation scope under faults, and the search for the shortest
 * story that fails.
 */
@NullMarked
package org.rserpool.test.campaign;

import org.jspecify.annotations.NullMarked;
