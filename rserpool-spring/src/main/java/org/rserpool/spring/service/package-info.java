/**
 * The methods of an interface as both sides of a call see them.
 */
@NullMarked
package org.rserpool.spring.service;

import org.jspecify.annotations.NullMarked;
