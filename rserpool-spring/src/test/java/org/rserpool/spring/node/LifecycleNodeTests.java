package org.rserpool.spring.node;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.spring.InMemoryNode;
import org.rserpool.spring.element.PoolElementRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LifecycleNodeTests {

	private final List<InMemoryNode> started = new ArrayList<>();

	@Test
	void whenNeededThenItStartsAndStopsWithTheContext() {
		LifecycleNode node = new LifecycleNode(this::startNode, () -> true);
		assertThat(node.isRunning()).isFalse();
		assertThat(node.home()).isNull();
		assertThat(node.elements()).isEmpty();
		node.start();
		assertThat(node.isRunning()).isTrue();
		assertThat(node.home()).isNotNull();
		node.stop();
		assertThat(node.isRunning()).isFalse();
		assertThat(this.started).singleElement().satisfies((each) -> assertThat(each.isClosed()).isTrue());
	}

	@Test
	void whenNotNeededThenItStartsOnlyWhenItIsUsed() {
		LifecycleNode node = new LifecycleNode(this::startNode, () -> false);
		node.start();
		assertThat(this.started).isEmpty();
		node.client();
		node.client();
		assertThat(this.started).hasSize(1);
	}

	@Test
	void whenUsedBeforeItStartsThenItStartsThen() {
		LifecycleNode node = new LifecycleNode(this::startNode, () -> true);
		node.client();
		node.start();
		assertThat(this.started).hasSize(1);
	}

	@Test
	void whenUsedAfterItStoppedThenTheCallFails() {
		LifecycleNode node = new LifecycleNode(this::startNode, () -> true);
		node.start();
		node.stop();
		assertThatExceptionOfType(RSerPoolException.class).isThrownBy(node::client)
			.withMessageContaining("application context is stopped");
		assertThat(this.started).hasSize(1);
	}

	@Test
	void whenStartedAgainThenItIsAnotherNode() {
		LifecycleNode node = new LifecycleNode(this::startNode, () -> true);
		node.start();
		node.stop();
		node.start();
		assertThat(this.started).hasSize(2);
		assertThat(node.client()).isSameAs(this.started.get(1));
	}

	@Test
	void startsBeforeAndStopsAfterTheElementsOfTheContext() {
		assertThat(new LifecycleNode(this::startNode, () -> true).getPhase()).isLessThan(PoolElementRegistry.PHASE);
	}

	private InMemoryNode startNode() {
		InMemoryNode node = new InMemoryNode();
		this.started.add(node);
		return node;
	}

}
