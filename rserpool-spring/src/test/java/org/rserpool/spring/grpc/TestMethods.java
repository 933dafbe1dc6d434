package org.rserpool.spring.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;

/**
 * Methods whose messages are texts.
 */
final class TestMethods {

	static final MethodDescriptor<String, String> FIND = method("Find", MethodType.UNARY, true);

	static final MethodDescriptor<String, String> ADD = method("Add", MethodType.UNARY, false);

	static final MethodDescriptor<String, String> LIST = method("List", MethodType.SERVER_STREAMING, true);

	static final MethodDescriptor<String, String> UPLOAD = method("Upload", MethodType.CLIENT_STREAMING, true);

	private TestMethods() {
	}

	private static MethodDescriptor<String, String> method(String name, MethodType type, boolean safe) {
		return MethodDescriptor.<String, String>newBuilder()
			.setType(type)
			.setFullMethodName(MethodDescriptor.generateFullMethodName("test.Shop", name))
			.setRequestMarshaller(new Text())
			.setResponseMarshaller(new Text())
			.setSafe(safe)
			.build();
	}

	private static final class Text implements MethodDescriptor.Marshaller<String> {

		@Override
		public InputStream stream(String value) {
			return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public String parse(InputStream stream) {
			try {
				return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
