/**
 * Web applications that are elements of one pool.
 */
@NullMarked
package org.rserpool.samples.http;

import org.jspecify.annotations.NullMarked;
