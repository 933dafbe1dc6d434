/**
 * Pool users: how they become beans, and how their methods become calls.
 */
@NullMarked
package org.rserpool.spring.user;

import org.jspecify.annotations.NullMarked;
