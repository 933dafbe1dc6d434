/**
 * Where registrars are, and which one is home.
 */
@NullMarked
package org.rserpool.hunt;

import org.jspecify.annotations.NullMarked;
