/**
 * Auto-configuration of pool elements and pool users, and the properties that shape them.
 */
@NullMarked
package org.rserpool.autoconfigure;

import org.jspecify.annotations.NullMarked;
