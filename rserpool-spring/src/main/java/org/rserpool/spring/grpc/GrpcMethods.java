package org.rserpool.spring.grpc;

import java.util.Set;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;

import org.springframework.util.ClassUtils;

/**
 * Knows which methods may be carried out more than once.
 */
final class GrpcMethods {

	private static final boolean PROTOBUF = ClassUtils.isPresent("io.grpc.protobuf.ProtoMethodDescriptorSupplier",
			GrpcMethods.class.getClassLoader());

	private GrpcMethods() {
	}

	/**
	 * Return whether a method may be carried out more than once without harm: by its
	 * {@code idempotency_level}, or because the pool user says so.
	 * @param method the method
	 * @param named the names of methods, or {@code *} for all
	 * @return whether it may
	 */
	static boolean isIdempotent(MethodDescriptor<?, ?> method, Set<String> named) {
		String bareName = method.getBareMethodName();
		return method.isSafe() || method.isIdempotent() || (PROTOBUF && Protobuf.isIdempotent(method))
				|| named.contains("*") || named.contains(method.getFullMethodName())
				|| (bareName != null && named.contains(bareName));
	}

	/**
	 * Apart, because protobuf may be absent.
	 */
	private static final class Protobuf {

		static boolean isIdempotent(MethodDescriptor<?, ?> method) {
			return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
					&& schema.getMethodDescriptor()
						.getOptions()
						.getIdempotencyLevel() != IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
		}

	}

}
