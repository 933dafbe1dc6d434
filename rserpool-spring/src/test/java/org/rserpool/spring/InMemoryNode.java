package org.rserpool.spring;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;

import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.ElementSelector;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.rpc.RemoteInvocationException;
import org.rserpool.rpc.RpcClient;
import org.rserpool.rpc.RpcInvocation;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * A node whose client calls the elements that were registered with it, in this process.
 */
public class InMemoryNode implements RSerPoolNode, RpcClient {

	private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("memory", 1);

	private final List<Element> elements = new CopyOnWriteArrayList<>();

	private final List<MemberSelectionPolicy> policies = new CopyOnWriteArrayList<>();

	private final List<RpcRequest> requests = Collections.synchronizedList(new ArrayList<>());

	private final List<CompletableFuture<byte[]>> answers = Collections.synchronizedList(new ArrayList<>());

	private String rejection;

	private boolean silent;

	private boolean closed;

	/** Makes registrations fail. */
	public void reject(String reason) {
		this.rejection = reason;
	}

	/** Makes calls stay without an answer. */
	public void beSilent() {
		this.silent = true;
	}

	/** The policies that elements were registered with, the latest last. */
	public List<MemberSelectionPolicy> policies() {
		return this.policies;
	}

	public List<RpcRequest> requests() {
		return this.requests;
	}

	public List<CompletableFuture<byte[]>> answers() {
		return this.answers;
	}

	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public RpcClient client() {
		return this;
	}

	@Override
	public CompletableFuture<byte[]> call(RpcRequest request) {
		this.requests.add(request);
		CompletableFuture<byte[]> answer = new CompletableFuture<>();
		this.answers.add(answer);
		if (this.silent) {
			return answer;
		}
		Element element = this.elements.stream()
			.filter((candidate) -> candidate.specification.pool().equals(request.pool()))
			.findFirst()
			.orElse(null);
		if (element == null) {
			answer.completeExceptionally(new NoPoolElementException("No element", request.pool(), List.of()));
			return answer;
		}
		RpcInvocation invocation = new RpcInvocation(request.pool(), request.method(), request.payload(),
				request.metadata(), request.deadline(), ADDRESS);
		try {
			element.specification.executor().execute(() -> handle(element, invocation, answer));
		}
		catch (RejectedExecutionException ex) {
			answer.completeExceptionally(new NoPoolElementException("Refused", request.pool(), List.of()));
		}
		return answer;
	}

	private static void handle(Element element, RpcInvocation invocation, CompletableFuture<byte[]> answer) {
		element.specification.handler().handle(invocation).whenComplete((result, failure) -> {
			if (failure != null) {
				StringWriter stack = new StringWriter();
				failure.printStackTrace(new PrintWriter(stack));
				answer.completeExceptionally(new RemoteInvocationException(invocation.pool(),
						failure.getClass().getName(), failure.getMessage(), stack.toString()));
			}
			else {
				answer.complete(result);
			}
		});
	}

	@Override
	public ElementSelector selector() {
		throw new UnsupportedOperationException();
	}

	@Override
	public RegisteredElement register(DataElementSpecification specification) {
		throw new UnsupportedOperationException();
	}

	@Override
	public RegisteredElement register(ElementSpecification specification) {
		Element element = new Element(specification);
		this.elements.add(element);
		this.policies.add(specification.policy());
		if (this.rejection != null) {
			element.registered
				.completeExceptionally(new RSerPoolException(this.rejection, specification.pool(), List.of(), null));
		}
		else {
			element.registered.complete(null);
		}
		return element;
	}

	@Override
	public HomeRegistrar home() {
		return new HomeRegistrar(7, ADDRESS);
	}

	@Override
	public List<RegisteredElement> elements() {
		return List.copyOf(this.elements);
	}

	@Override
	public void close() {
		this.closed = true;
	}

	/** A registered element. */
	public final class Element implements RegisteredElement {

		private final ElementSpecification specification;

		private final int identifier;

		private final CompletableFuture<Void> registered = new CompletableFuture<>();

		private Element(ElementSpecification specification) {
			this.specification = specification;
			this.identifier = (specification.identifier() != null) ? specification.identifier()
					: 100 + InMemoryNode.this.elements.size();
		}

		public ElementSpecification specification() {
			return this.specification;
		}

		@Override
		public PoolHandle pool() {
			return this.specification.pool();
		}

		@Override
		public int identifier() {
			return this.identifier;
		}

		@Override
		public State state() {
			if (!InMemoryNode.this.elements.contains(this)) {
				return State.DEREGISTERED;
			}
			return this.registered.isCompletedExceptionally() ? State.REJECTED : State.REGISTERED;
		}

		@Override
		public String rejection() {
			return InMemoryNode.this.rejection;
		}

		@Override
		public CompletableFuture<Void> registered() {
			return this.registered;
		}

		@Override
		public void update(MemberSelectionPolicy policy) {
			InMemoryNode.this.policies.add(policy);
		}

		@Override
		public CompletableFuture<Void> deregister() {
			InMemoryNode.this.elements.remove(this);
			return CompletableFuture.completedFuture(null);
		}

	}

}
