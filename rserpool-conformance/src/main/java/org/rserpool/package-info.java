/**
 * Which tests prove which statements of the conformance checklist.
 */
@NullMarked
package org.rserpool;

import org.jspecify.annotations.NullMarked;
