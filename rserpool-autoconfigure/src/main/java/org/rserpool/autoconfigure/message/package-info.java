/**
 * Auto-configuration for sessions of messages.
 */
@NullMarked
package org.rserpool.autoconfigure.message;

import org.jspecify.annotations.NullMarked;
