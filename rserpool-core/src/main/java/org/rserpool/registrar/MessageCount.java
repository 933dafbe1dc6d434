package org.rserpool.registrar;

/**
 * How many messages of one kind a registrar received or sent over associations since it
 * started. Those that it handed over to be sent are counted as sent.
 *
 * @param protocol {@code asap} or {@code enrp}
 * @param type the type of the message, such as {@code handle-resolution}
 * @param received how many were received, and could be read
 * @param sent how many were sent
 * @since 0.1
 */
public record MessageCount(String protocol, String type, long received, long sent) {
}
