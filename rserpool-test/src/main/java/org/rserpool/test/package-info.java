/**
 * A simulated operation scope: registrars, pool elements and pool users on a virtual
 * clock and a virtual network whose faults are chosen by a test. One seed replays one
 * history.
 */
@NullMarked
package org.rserpool.test;

import org.jspecify.annotations.NullMarked;
