/**
 * The node of an application context: its connection to the operation scope.
 */
@NullMarked
package org.rserpool.spring.node;

import org.jspecify.annotations.NullMarked;
