/**
 * Sessions between pool users and pool elements: channels, silence, and failover.
 */
@NullMarked
package org.rserpool.session;

import org.jspecify.annotations.NullMarked;
