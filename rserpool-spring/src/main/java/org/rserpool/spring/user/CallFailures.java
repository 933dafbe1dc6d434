package org.rserpool.spring.user;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.RemoteInvocationException;
import org.rserpool.spring.service.ServiceMethod;

import org.springframework.util.ReflectionUtils;

/**
 * Turns the failure of a call into the exception that the caller gets. Of what was thrown
 * at the element, only exceptions that the method declares are made again; no class is
 * ever loaded by a name that arrived.
 */
class CallFailures {

	private final ServiceMethod method;

	CallFailures(ServiceMethod method) {
		this.method = method;
	}

	/**
	 * Makes the exception for a caller that waits.
	 * @param failure why the call failed
	 * @return the exception; its stack trace goes on with that of the caller
	 */
	Throwable here(@Nullable Throwable failure) {
		Throwable given = (failure != null) ? failure : new IllegalStateException("The call failed without a cause");
		Throwable exception = of(given);
		if (exception == given) {
			exception.setStackTrace(Stream.of(exception.getStackTrace(), new Throwable().getStackTrace())
				.flatMap(Arrays::stream)
				.toArray(StackTraceElement[]::new));
		}
		return exception;
	}

	/**
	 * Makes the exception for a caller.
	 * @param failure why the call failed
	 * @return the exception
	 */
	Throwable of(Throwable failure) {
		if (failure instanceof RemoteInvocationException remote) {
			for (Class<?> declared : this.method.method().getExceptionTypes()) {
				if (declared.getName().equals(remote.remoteClassName())) {
					return declared(declared, remote);
				}
			}
		}
		return failure;
	}

	private static Throwable declared(Class<?> type, RemoteInvocationException remote) {
		Throwable made;
		try {
			made = (Throwable) ReflectionUtils.accessibleConstructor(type, String.class)
				.newInstance(remote.remoteMessage());
		}
		catch (NoSuchMethodException | InstantiationException | IllegalAccessException | InvocationTargetException ex) {
			remote.addSuppressed(ex);
			return remote;
		}
		if (made.getCause() == null) {
			try {
				made.initCause(remote);
			}
			catch (IllegalStateException ex) {
				made.addSuppressed(remote);
			}
		}
		return made;
	}

}
