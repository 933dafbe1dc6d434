/**
 * ASAP and ENRP as data: messages and parameters as immutable records, and their codec.
 */
@NullMarked
package org.rserpool.wire;

import org.jspecify.annotations.NullMarked;
