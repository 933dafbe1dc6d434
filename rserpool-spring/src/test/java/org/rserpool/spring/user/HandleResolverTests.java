package org.rserpool.spring.user;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.mockito.Mockito;
import org.rserpool.rpc.ElementSelector;
import org.rserpool.rpc.FailoverCall;
import org.rserpool.rpc.FailoverRequest;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

class HandleResolverTests {

	private static final PoolHandle POOL = PoolHandle.of("archive");

	private static final ResolvableType TYPE = ResolvableType.forClass(HandleResolver.class);

	private final ElementSelector selector = Mockito.mock(ElementSelector.class);

	private final RSerPoolNode node = Mockito.mock(RSerPoolNode.class);

	private final HandleResolverClientFactory factory = new HandleResolverClientFactory(() -> this.node);

	@Test
	void isMadeForItsTypeAloneAndAsksForNoNodeBefore() {
		assertThat(this.factory.supports(TYPE)).isTrue();
		assertThat(this.factory.supports(ResolvableType.forClass(Runnable.class))).isFalse();
		HandleResolver resolver = (HandleResolver) this.factory
			.create(new PoolUserSpec("archive", PoolUserSettings.of("archive")), TYPE);
		assertThat(resolver.pool()).isEqualTo(POOL);
		Mockito.verifyNoInteractions(this.node);
	}

	@Test
	void asksForThePoolOfItsPoolUser() {
		BDDMockito.given(this.node.selector()).willReturn(this.selector);
		CompletableFuture<PoolElement> any = new CompletableFuture<>();
		CompletableFuture<PoolElement> other = new CompletableFuture<>();
		CompletableFuture<List<PoolElement>> all = new CompletableFuture<>();
		BDDMockito.given(this.selector.select(POOL, Set.of())).willReturn(any);
		BDDMockito.given(this.selector.select(POOL, Set.of(7))).willReturn(other);
		BDDMockito.given(this.selector.resolve(POOL)).willReturn(all);
		HandleResolver resolver = resolver();
		assertThat(resolver.select()).isSameAs(any);
		assertThat(resolver.select(Set.of(7))).isSameAs(other);
		assertThat(resolver.elements()).isSameAs(all);
		resolver.reportUnreachable(7);
		resolver.confirm(8);
		BDDMockito.then(this.selector).should().reportUnreachable(POOL, 7);
		BDDMockito.then(this.selector).should().confirm(POOL, 8);
	}

	@Test
	void callHasTheLimitsOfThePoolUser() {
		BDDMockito.given(this.node.selector()).willReturn(this.selector);
		FailoverCall begun = Mockito.mock(FailoverCall.class);
		PoolUserSettings settings = PoolUserSettings.of("archive");
		BDDMockito
			.given(this.selector.begin(new FailoverRequest(POOL, "fetch", true, settings.deadline(),
					settings.maxAttempts(), settings.retryBudget(), null)))
			.willReturn(begun);
		assertThat(resolver().call("fetch", true)).isSameAs(begun);
	}

	private HandleResolver resolver() {
		return (HandleResolver) this.factory.create(new PoolUserSpec("name", PoolUserSettings.of("archive")), TYPE);
	}

}
