package org.rserpool.spring.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class WholeResponseTests {

	@Test
	void aSmallBodyIsReadAtOnce() throws IOException {
		MockClientHttpResponse response = response(new ByteArrayInputStream(new byte[] { 1, 2, 3 }));
		response.getHeaders().setContentLength(3);
		ClientHttpResponse whole = WholeResponse.of(response);
		assertThat(response.getBody().read()).isEqualTo(-1);
		assertThat(whole.getBody().readAllBytes()).containsExactly(1, 2, 3);
		assertThat(whole.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(whole.getHeaders().getContentLength()).isEqualTo(3);
	}

	@Test
	void aBodyThatBreaksOffFailsAtOnce() {
		MockClientHttpResponse response = response(new InputStream() {
			@Override
			public int read() throws IOException {
				throw new IOException("broken");
			}
		});
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		assertThatIOException().isThrownBy(() -> WholeResponse.of(response));
	}

	@Test
	void aLongDocumentIsReadInTwoParts() throws IOException {
		byte[] body = new byte[WholeResponse.LIMIT + 5];
		body[WholeResponse.LIMIT + 4] = 7;
		MockClientHttpResponse response = response(new ByteArrayInputStream(body));
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		assertThat(WholeResponse.of(response).getBody().readAllBytes()).isEqualTo(body);
	}

	@Test
	void downloadsAndStreamsAreNotReadAtOnce() throws IOException {
		MockClientHttpResponse download = response(InputStream.nullInputStream());
		download.getHeaders().setContentLength(WholeResponse.LIMIT + 1);
		assertThat(WholeResponse.of(download)).isSameAs(download);
		for (String type : new String[] { "text/event-stream", "application/x-ndjson", "application/stream+json",
				"application/octet-stream" }) {
			MockClientHttpResponse stream = response(InputStream.nullInputStream());
			stream.getHeaders().setContentType(MediaType.valueOf(type));
			assertThat(WholeResponse.of(stream)).as(type).isSameAs(stream);
		}
	}

	private static MockClientHttpResponse response(InputStream body) {
		return new MockClientHttpResponse(body, HttpStatus.OK);
	}

}
