package org.rserpool.spring.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response whose body was read while another element could still be tried. That is done
 * for small bodies and for documents, not for streams and downloads.
 */
final class WholeResponse implements ClientHttpResponse {

	static final int LIMIT = 256 * 1024;

	private final ClientHttpResponse response;

	private final InputStream body;

	private WholeResponse(ClientHttpResponse response, InputStream body) {
		this.response = response;
		this.body = body;
	}

	static ClientHttpResponse of(ClientHttpResponse response) throws IOException {
		if (!isWhole(response.getHeaders())) {
			return response;
		}
		InputStream body = response.getBody();
		byte[] start = body.readNBytes(LIMIT);
		InputStream read = new ByteArrayInputStream(start);
		return new WholeResponse(response, (start.length < LIMIT) ? read : new SequenceInputStream(read, body));
	}

	/**
	 * Return whether a body is read at once.
	 * @param headers the headers of the response
	 * @return whether it is small, or a document
	 */
	static boolean isWhole(HttpHeaders headers) {
		long length = headers.getContentLength();
		if (length >= 0) {
			return length <= LIMIT;
		}
		MediaType type = headers.getContentType();
		return type != null
				&& (type.getSubtype().equals("json") || type.getSubtype().equals("xml")
						|| type.getSubtype().endsWith("+json") || type.getSubtype().endsWith("+xml"))
				&& !type.getSubtype().startsWith("stream");
	}

	@Override
	public HttpStatusCode getStatusCode() throws IOException {
		return this.response.getStatusCode();
	}

	@Override
	public String getStatusText() throws IOException {
		return this.response.getStatusText();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.response.getHeaders();
	}

	@Override
	public InputStream getBody() {
		return this.body;
	}

	@Override
	public void close() {
		this.response.close();
	}

}
