/**
 * Sessions with pools: what a pool user opens, and the scope of the beans that hold their
 * state at pool elements.
 */
@NullMarked
package org.rserpool.spring.session;

import org.jspecify.annotations.NullMarked;
