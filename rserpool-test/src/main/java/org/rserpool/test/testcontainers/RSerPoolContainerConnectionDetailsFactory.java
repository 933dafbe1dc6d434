package org.rserpool.test.testcontainers;

import java.util.List;

import org.rserpool.autoconfigure.RSerPoolConnectionDetails;
import org.testcontainers.containers.Container;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;

/**
 * Leads to a registrar in a container that is annotated with {@code @ServiceConnection}:
 * an {@link RSerPoolContainer}, or any other of the name
 * {@value RSerPoolContainer#IMAGE}.
 */
class RSerPoolContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, RSerPoolConnectionDetails> {

	@Override
	protected boolean sourceAccepts(ContainerConnectionSource<Container<?>> source, Class<?> requiredContainerType,
			Class<?> requiredConnectionDetailsType) {
		return source.accepts(ANY_CONNECTION_NAME, RSerPoolContainer.class, requiredConnectionDetailsType)
				|| source.accepts(RSerPoolContainer.IMAGE, requiredContainerType, requiredConnectionDetailsType);
	}

	@Override
	protected RSerPoolConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
		return new Details(source);
	}

	private static final class Details extends ContainerConnectionDetails<Container<?>>
			implements RSerPoolConnectionDetails {

		private Details(ContainerConnectionSource<Container<?>> source) {
			super(source);
		}

		@Override
		public List<Registrar> getRegistrars() {
			Container<?> container = getContainer();
			return List.of(new Registrar(container.getHost(), container.getMappedPort(RSerPoolContainer.ASAP_PORT)));
		}

	}

}
