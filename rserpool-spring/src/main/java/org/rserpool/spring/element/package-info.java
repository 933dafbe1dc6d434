/**
 * Pool elements: how annotated beans are found, registered, called and drained.
 */
@NullMarked
package org.rserpool.spring.element;

import org.jspecify.annotations.NullMarked;
