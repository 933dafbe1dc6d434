package org.rserpool.autoconfigure;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes the registrars from {@code rserpool.registrars}.
 */
class PropertiesRSerPoolConnectionDetails implements RSerPoolConnectionDetails {

	private final List<Registrar> registrars = new ArrayList<>();

	PropertiesRSerPoolConnectionDetails(RSerPoolProperties properties) {
		List<String> values = properties.registrars();
		for (int i = 0; i < values.size(); i++) {
			HostAndPort address = HostAndPort.parseRegistrar("rserpool.registrars[" + i + "]", values.get(i));
			this.registrars.add(new Registrar(address.host(), address.port()));
		}
	}

	@Override
	public List<Registrar> getRegistrars() {
		return List.copyOf(this.registrars);
	}

}
