/**
 * Pool member selection (RFC 5356): each policy is a small class behind one interface,
 * the same at registrars and at pool users.
 */
@NullMarked
package org.rserpool.policy;

import org.jspecify.annotations.NullMarked;
