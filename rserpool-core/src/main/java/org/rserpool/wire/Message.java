package org.rserpool.wire;

/**
 * A message of ASAP or of ENRP.
 *
 * @since 0.1
 */
public sealed interface Message permits AsapMessage, EnrpMessage {

}
