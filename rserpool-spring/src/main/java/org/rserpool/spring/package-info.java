/**
 * The annotations by which beans take part in pools.
 */
@NullMarked
package org.rserpool.spring;

import org.jspecify.annotations.NullMarked;
