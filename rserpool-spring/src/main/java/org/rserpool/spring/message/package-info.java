/**
 * Beans that serve sessions of messages, and open them.
 */
@NullMarked
package org.rserpool.spring.message;

import org.jspecify.annotations.NullMarked;
