/**
 * The pool element role: registration, re-registration, keep-alive and change of home.
 */
@NullMarked
package org.rserpool.element;

import org.jspecify.annotations.NullMarked;
