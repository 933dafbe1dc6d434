package org.rserpool.rpc;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rserpool.rpc.state.SessionId;
import org.rserpool.rpc.state.StateCodec;

/**
 * The session of a call that is being carried out: objects by name, made from the saved
 * state when the call first asks for them, and saved when the call ends. No object
 * outlives its call. Any thread that works for the call may use it.
 *
 * @since 0.1
 * @see CallContext#session()
 */
public final class CallSession {

	private static final int MAX_NAME = 512;

	/** Not a monitor: what is opened under it is up to the application. */
	private final ReentrantLock lock = new ReentrantLock();

	private final SessionId id;

	private final long callNumber;

	private final StateCodec codec;

	private final Map<String, byte[]> saved;

	private final Map<String, Live<?>> live = new LinkedHashMap<>();

	private boolean ended;

	/**
	 * Makes the session of a call.
	 * @param id which session
	 * @param callNumber which call of it
	 * @param state its encoded state
	 * @param codec encodes objects
	 */
	CallSession(SessionId id, long callNumber, byte[] state, StateCodec codec) {
		this.codec = codec;
		this.id = id;
		this.callNumber = callNumber;
		this.saved = decode(state);
	}

	/**
	 * Return the session's identifier.
	 * @return the same for all calls of the session, at each element
	 */
	public SessionId id() {
		return this.id;
	}

	/**
	 * Return which call of the session this is. With the identifier of the session it
	 * names the call, also when it comes again after a failure; so a store outside the
	 * session can know what it did for it already.
	 * @return the number, counted up from 1
	 */
	public long callNumber() {
		return this.callNumber;
	}

	/**
	 * Return an object of the session that is encoded by the codec of its element.
	 * @param <T> its type
	 * @param name its name, at most {@value #MAX_NAME} octets of UTF-8
	 * @param make makes it, before its state is put into it
	 * @return the object; the same one for each request of this call
	 * @throws IllegalStateException if the call has ended
	 * @throws IllegalArgumentException if what was saved is no state of such an object
	 */
	public <T> T state(String name, Supplier<T> make) {
		return state(name, make, (made) -> made);
	}

	/**
	 * Return an object of the session whose state is in another one behind it.
	 * @param <T> its type
	 * @param name its name, at most {@value #MAX_NAME} octets of UTF-8
	 * @param make makes it, before its state is put into it
	 * @param holder finds the object that has the state, such as the target of a proxy
	 * @return the object; the same one for each request of this call
	 * @throws IllegalStateException if the call has ended
	 * @throws IllegalArgumentException if what was saved is no state of such an object
	 */
	public <T> T state(String name, Supplier<T> make, Function<? super T, ?> holder) {
		return get(name, (saved) -> {
			T made = make.get();
			if (saved != null) {
				this.codec.restore(holder.apply(made), saved);
			}
			return made;
		}, (object) -> this.codec.encode(holder.apply(object)));
	}

	/**
	 * Return an object of the session.
	 * @param <T> its type
	 * @param name its name, at most {@value #MAX_NAME} octets of UTF-8
	 * @param open makes it from what was saved under the name, or from {@code null} if
	 * nothing was
	 * @param save encodes it when the call ends
	 * @return the object; the same one for each request of this call
	 * @throws IllegalStateException if the call has ended
	 */
	public <T> T get(String name, Function<byte @Nullable [], T> open, Function<T, byte[]> save) {
		this.lock.lock();
		try {
			return opened(name, open, save);
		}
		finally {
			this.lock.unlock();
		}
	}

	@SuppressWarnings("unchecked")
	private <T> T opened(String name, Function<byte @Nullable [], T> open, Function<T, byte[]> save) {
		if (this.ended) {
			throw new IllegalStateException(
					"Call " + this.callNumber + " of session " + this.id + " has ended, and its state is saved");
		}
		if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
			throw new IllegalArgumentException("The name of an object of a session has more than " + MAX_NAME
					+ " octets: " + name.substring(0, 64) + "...");
		}
		Live<?> known = this.live.get(name);
		if (known == null) {
			known = new Live<>(open.apply(this.saved.get(name)), save);
			this.live.put(name, known);
		}
		return (T) known.object;
	}

	/**
	 * Removes an object.
	 * @param name its name
	 * @return the object, or {@code null} if this call had none
	 */
	public @Nullable Object remove(String name) {
		this.lock.lock();
		try {
			this.saved.remove(name);
			Live<?> removed = this.live.remove(name);
			return (removed != null) ? removed.object : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends the call.
	 * @return the state that it leaves
	 * @throws RuntimeException if an object cannot be encoded
	 */
	byte[] end() {
		this.lock.lock();
		try {
			this.ended = true;
			this.live.forEach((name, object) -> this.saved.put(name, object.encode()));
			return encoded();
		}
		finally {
			this.lock.unlock();
		}
	}

	private byte[] encoded() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.saved.forEach((name, octets) -> {
			byte[] text = name.getBytes(StandardCharsets.UTF_8);
			out.writeBytes(ByteBuffer.allocate(2).putShort((short) text.length).array());
			out.writeBytes(text);
			out.writeBytes(ByteBuffer.allocate(4).putInt(octets.length).array());
			out.writeBytes(octets);
		});
		return out.toByteArray();
	}

	private static Map<String, byte[]> decode(byte[] state) {
		Map<String, byte[]> objects = new TreeMap<>();
		ByteBuffer in = ByteBuffer.wrap(state);
		while (in.hasRemaining()) {
			String name = new String(octets(in, in.getShort() & 0xffff), StandardCharsets.UTF_8);
			objects.put(name, octets(in, in.getInt()));
		}
		return objects;
	}

	private static byte[] octets(ByteBuffer in, int length) {
		if (length < 0 || length > in.remaining()) {
			throw new BufferUnderflowException();
		}
		int start = in.position();
		in.position(start + length);
		return Arrays.copyOfRange(in.array(), start, start + length);
	}

	@Override
	public String toString() {
		return "call " + this.callNumber + " of session " + this.id;
	}

	/**
	 * An object of the call.
	 *
	 * @param <T> its type
	 */
	private static final class Live<T> {

		private final T object;

		private final Function<T, byte[]> save;

		Live(T object, Function<T, byte[]> save) {
			this.object = object;
			this.save = save;
		}

		byte[] encode() {
			return this.save.apply(this.object);
		}

	}

}
