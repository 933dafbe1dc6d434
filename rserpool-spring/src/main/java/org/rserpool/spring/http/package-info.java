/**
 * Pools whose elements are web servers: their requests fail over between the elements.
 */
@NullMarked
package org.rserpool.spring.http;

import org.jspecify.annotations.NullMarked;
