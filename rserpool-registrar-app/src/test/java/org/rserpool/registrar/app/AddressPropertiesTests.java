package org.rserpool.registrar.app;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AddressPropertiesTests {

	@Test
	void readsIpv4AndIpv6() {
		assertThat(AddressProperties.parse("p", List.of("127.0.0.1:3863", "[::1]:9901")))
			.extracting((address) -> address.getAddress().getHostAddress() + " " + address.getPort())
			.containsExactly("127.0.0.1 3863", "0:0:0:0:0:0:0:1 9901");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			127.0.0.1        | no HOST:PORT form
			:3863            | no HOST:PORT form
			::1:3863         | no HOST:PORT form
			127.0.0.1:http   | "http" is not a port
			127.0.0.1:65536  | "65536" is not a port
			127.0.0.1:       | "" is not a port
			""")
	void namesThePropertyTheValueAndWhatIsWrong(String value, String reason) {
		assertThatThrownBy(() -> AddressProperties.parse("rserpool.registrar.asap.listen", value))
			.isInstanceOf(InvalidPropertyException.class)
			.hasMessageContaining("rserpool.registrar.asap.listen")
			.hasMessageContaining("\"" + value + "\"")
			.hasMessageContaining(reason);
	}

}
