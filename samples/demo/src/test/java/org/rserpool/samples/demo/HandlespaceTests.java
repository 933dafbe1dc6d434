package org.rserpool.samples.demo;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class HandlespaceTests {

	@Test
	void readsTheHomeOfEachPoolElement() {
		Handlespace handlespace = Handlespace.parse("""
				{ "registrar": "0x00000001", "pools": [ { "handle": "digests", "elements": [
				  { "identifier": "0x0000e001", "home": "0x00000001" },
				  { "identifier": "0x0000e002", "home": "0x00000002" } ] } ] }""");
		assertThat(handlespace.registrar()).isEqualTo("0x00000001");
		assertThat(handlespace.owners()).containsExactly(entry("0x0000e001", "0x00000001"),
				entry("0x0000e002", "0x00000002"));
	}

}
