package org.rserpool.user;

import java.util.Set;

/**
 * A selection that waits for the registrar.
 */
record Selection(Set<Integer> excluded, SelectionCallback callback) {

}
