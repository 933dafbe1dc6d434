/**
 * Auto-configuration of pools whose elements are web servers.
 */
@NullMarked
package org.rserpool.autoconfigure.http;

import org.jspecify.annotations.NullMarked;
