/**
 * Where registrars are: names that stand for addresses, and multicast groups.
 */
@NullMarked
package org.rserpool.discovery;

import org.jspecify.annotations.NullMarked;
