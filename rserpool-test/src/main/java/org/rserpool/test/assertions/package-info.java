/**
 * AssertJ assertions for handlespaces.
 */
@NullMarked
package org.rserpool.test.assertions;

import org.jspecify.annotations.NullMarked;
