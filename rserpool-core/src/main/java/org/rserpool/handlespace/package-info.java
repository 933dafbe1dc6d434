/**
 * The handlespace of an operation scope: pools, their elements, and who owns them. It
 * knows no time and no network.
 */
@NullMarked
package org.rserpool.handlespace;

import org.jspecify.annotations.NullMarked;
