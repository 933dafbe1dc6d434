/**
 * The pool user role: resolution, cache, selection and failure reports.
 */
@NullMarked
package org.rserpool.user;

import org.jspecify.annotations.NullMarked;
