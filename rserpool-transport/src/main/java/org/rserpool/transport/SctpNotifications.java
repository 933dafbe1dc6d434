package org.rserpool.transport;

import java.util.ArrayDeque;
import java.util.Queue;

import com.sun.nio.sctp.AbstractNotificationHandler;
import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.HandlerResult;
import com.sun.nio.sctp.Notification;
import com.sun.nio.sctp.PeerAddressChangeNotification;
import com.sun.nio.sctp.SendFailedNotification;
import com.sun.nio.sctp.ShutdownNotification;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps notifications until the call that received them is over: only then may a channel
 * be branched off or closed.
 */
final class SctpNotifications extends AbstractNotificationHandler<@Nullable Void> {

	private static final Logger logger = LoggerFactory.getLogger(SctpNotifications.class);

	private final Queue<Notification> received = new ArrayDeque<>();

	/**
	 * Returns the next notification.
	 * @return the notification, or {@code null} if there is none
	 */
	@Nullable Notification poll() {
		return this.received.poll();
	}

	@Override
	public HandlerResult handleNotification(Notification notification, @Nullable Void attachment) {
		return HandlerResult.CONTINUE;
	}

	@Override
	public HandlerResult handleNotification(AssociationChangeNotification notification, @Nullable Void attachment) {
		return keep(notification);
	}

	@Override
	public HandlerResult handleNotification(PeerAddressChangeNotification notification, @Nullable Void attachment) {
		return keep(notification);
	}

	@Override
	public HandlerResult handleNotification(SendFailedNotification notification, @Nullable Void attachment) {
		return keep(notification);
	}

	@Override
	public HandlerResult handleNotification(ShutdownNotification notification, @Nullable Void attachment) {
		return keep(notification);
	}

	private HandlerResult keep(Notification notification) {
		logger.debug("The kernel says {}", notification);
		this.received.add(notification);
		return HandlerResult.RETURN;
	}

}
