/**
 * A registrar within the process of a test.
 */
@NullMarked
package org.rserpool.test.embedded;

import org.jspecify.annotations.NullMarked;
