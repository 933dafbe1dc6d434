package org.rserpool.rpc.state;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * State in CBOR (RFC 8949), made by Jackson: all fields of an object by their names,
 * private and final ones too, but none that is {@code static} or {@code transient}.
 * Methods are not called. Only declared types are made, as by
 * {@link org.rserpool.rpc.CborPayloadCodec}. Fields that the object does not have are
 * skipped, and fields that are not there are left alone, so a class may change between
 * two versions of an application.
 *
 * @since 0.1
 */
public final class CborStateCodec implements StateCodec {

	private final ObjectMapper mapper = CBORMapper.builder()
		.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
		.changeDefaultVisibility((checker) -> checker.with(Visibility.NONE)
			.withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
			.withVisibility(PropertyAccessor.CREATOR, Visibility.DEFAULT))
		.enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	@Override
	public byte[] encode(Object object) {
		try {
			return this.mapper.writeValueAsBytes(object);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					"The state in " + object.getClass().getName() + " cannot be encoded: " + ex.getOriginalMessage()
							+ " at " + ex.getPathReference() + "; make fields that are no state transient",
					ex);
		}
	}

	@Override
	public void restore(Object object, byte[] state) {
		try {
			this.mapper.readerForUpdating(object).readValue(state);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The state in " + object.getClass().getName() + " cannot be restored: "
					+ ex.getOriginalMessage() + " at " + ex.getPathReference(), ex);
		}
	}

}
