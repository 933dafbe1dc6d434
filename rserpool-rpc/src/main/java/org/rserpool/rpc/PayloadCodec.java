package org.rserpool.rpc;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * Turns arguments and results into octets and back. Only the types that a method declares
 * are ever made; nothing that arrives can name a class.
 *
 * @since 0.1
 */
public interface PayloadCodec {

	/** The name of the format that is meant where a call names none. */
	String DEFAULT_NAME = "cbor";

	/** The key in the metadata of a call under which any other format is named. */
	String METADATA_KEY = "payload";

	/**
	 * Return the name of the format.
	 * @return the name, such as {@code cbor}
	 */
	String name();

	/**
	 * Encodes arguments.
	 * @param types their declared types
	 * @param arguments as many arguments
	 * @return the octets
	 */
	byte[] encodeArguments(Type[] types, @Nullable Object[] arguments);

	/**
	 * Decodes arguments.
	 * @param types their declared types
	 * @param payload the octets
	 * @return as many arguments
	 * @throws IllegalArgumentException if the octets are not that
	 */
	@Nullable Object[] decodeArguments(Type[] types, byte[] payload);

	/**
	 * Encodes a result.
	 * @param type its declared type
	 * @param result the result
	 * @return the octets
	 */
	byte[] encodeResult(Type type, @Nullable Object result);

	/**
	 * Decodes a result.
	 * @param type its declared type
	 * @param payload the octets
	 * @return the result
	 * @throws IllegalArgumentException if the octets are not that
	 */
	@Nullable Object decodeResult(Type type, byte[] payload);

}
