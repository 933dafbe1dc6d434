package org.rserpool.spring.context;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallContext;

/**
 * Takes the {@link CallContext} along where context is propagated to other threads: by
 * Reactor, or by a task decorator for {@code @Async} methods. It is found by itself.
 *
 * @since 0.1
 */
public class CallContextAccessor implements ThreadLocalAccessor<CallContext> {

	@Override
	public Object key() {
		return CallContextKey.KEY;
	}

	@Override
	public @Nullable CallContext getValue() {
		return CallContext.current();
	}

	@Override
	public void setValue(CallContext value) {
		CallContext.set(value);
	}

	@Override
	public void setValue() {
		CallContext.set(null);
	}

}
