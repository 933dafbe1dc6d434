package org.rserpool.session;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.UserMessage;
import org.rserpool.user.PoolUserRole;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.BusinessCard;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

/**
 * Business cards, which say to which pool a process belongs, and which elements stand in
 * for it (RFC 5352, section 3.9). The card of an element names the element itself, and
 * then those that it recommends, if any: an element knows no better order than the pool's
 * policy by itself. A process without pool elements sends none.
 *
 * @since 0.1
 */
public final class BusinessCards {

	/** How many elements a card may recommend. */
	public static final int MAXIMUM_RECOMMENDED = 32;

	private final WireCodec codec;

	private final PoolUserRole user;

	private final Map<Key, BusinessCard> own = new LinkedHashMap<>();

	private final List<Consumer<Consumer<Association>>> holders = new ArrayList<>();

	/**
	 * Makes an exchange of cards, without any.
	 * @param codec writes and reads messages
	 * @param user uses what it is recommended
	 */
	public BusinessCards(WireCodec codec, PoolUserRole user) {
		this.codec = codec;
		this.user = user;
	}

	/**
	 * Sets the card of an element of this process, and sends it to all with whom there is
	 * a control channel. It is sent to all others when theirs is established.
	 * @param pool the element's pool
	 * @param element the element. A wildcard address of its user transport stands for the
	 * address by which the receiver is reached.
	 * @param recommended the elements to fail over to, in this order, at most
	 * {@value #MAXIMUM_RECOMMENDED}
	 */
	public void put(PoolHandle pool, PoolElement element, List<PoolElement> recommended) {
		if (recommended.size() > MAXIMUM_RECOMMENDED) {
			throw new IllegalArgumentException(
					recommended.size() + " elements are recommended: expected at most " + MAXIMUM_RECOMMENDED);
		}
		List<PoolElement> elements = new ArrayList<>();
		elements.add(element);
		elements.addAll(recommended);
		BusinessCard card = new BusinessCard(pool, null, elements);
		if (!card.equals(this.own.put(new Key(pool, element.identifier()), card))) {
			this.holders.forEach((holder) -> holder.accept((association) -> send(association, card)));
		}
	}

	/**
	 * Takes the card of an element back: it is sent to nobody any more.
	 * @param pool the element's pool
	 * @param identifier the element
	 */
	public void remove(PoolHandle pool, int identifier) {
		this.own.remove(new Key(pool, identifier));
	}

	/**
	 * Lets cards that change be sent.
	 * @param holder runs what it is given for all associations that are up
	 */
	void addHolder(Consumer<Consumer<Association>> holder) {
		this.holders.add(holder);
	}

	/**
	 * Sends all cards by an association that came up.
	 */
	void greet(Association association) {
		this.own.values().forEach((card) -> send(association, card));
	}

	/**
	 * Takes a card that arrived from a pool element.
	 * @return whether the message is a card
	 */
	boolean received(ElementChannel channel, UserMessage message) {
		BusinessCard card = card(message);
		if (card != null) {
			this.user.recommended(channel.pool(), channel.element().identifier(), card);
		}
		return card != null;
	}

	/**
	 * Takes a card that arrived from a pool user, which is then a pool element, too.
	 * @return whether the message is a card
	 */
	boolean received(UserMessage message) {
		BusinessCard card = card(message);
		if (card != null) {
			this.user.introduced(card.poolHandle());
		}
		return card != null;
	}

	private @Nullable BusinessCard card(UserMessage message) {
		if (message.payloadProtocol() != UserMessage.ASAP) {
			return null;
		}
		ByteBuffer octets = message.data().duplicate();
		return (this.codec.decodeAsap(octets) instanceof Decoded.Success<AsapMessage> success
				&& success.message() instanceof BusinessCard card) ? card : null;
	}

	private void send(Association association, BusinessCard card) {
		List<InetAddress> local = association.localAddresses().stream().map((address) -> address.getAddress()).toList();
		if (local.isEmpty()) {
			return;
		}
		List<PoolElement> elements = new ArrayList<>(card.elements());
		elements.set(0, reachable(elements.get(0), local));
		association.send(new UserMessage(UserMessage.ASAP,
				this.codec.encode(new BusinessCard(card.poolHandle(), card.policy(), elements))));
	}

	private static PoolElement reachable(PoolElement element, List<InetAddress> local) {
		Transport transport = element.userTransport();
		if (transport instanceof Transport.Tcp tcp && tcp.address().isAnyLocalAddress()) {
			transport = new Transport.Tcp(tcp.port(), tcp.use(), local.get(0));
		}
		else if (transport instanceof Transport.Sctp sctp
				&& sctp.addresses().stream().anyMatch(InetAddress::isAnyLocalAddress)) {
			transport = new Transport.Sctp(sctp.port(), sctp.use(), local);
		}
		return new PoolElement(element.identifier(), element.homeRegistrar(), element.lifetimeMillis(), transport,
				element.policy(), element.asapTransport(), element.metadata());
	}

	/**
	 * An element in its pool.
	 */
	private record Key(PoolHandle pool, int identifier) {

	}

}
