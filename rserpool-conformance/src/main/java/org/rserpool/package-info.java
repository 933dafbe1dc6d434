/**
 * Which tests prove which statements of the conformance checklist, and which goals.
 */
@NullMarked
package org.rserpool;

import org.jspecify.annotations.NullMarked;
