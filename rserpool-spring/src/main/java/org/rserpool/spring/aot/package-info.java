/**
 * What the processing ahead of time has to know of pool elements and pool users.
 */
@NullMarked
package org.rserpool.spring.aot;

import org.jspecify.annotations.NullMarked;
