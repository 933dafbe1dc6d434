package org.rserpool.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The operation error parameter and its causes (RFC 5354, section 3.12).
 */
final class ErrorCauseCodec {

	private static final int HEADER_LENGTH = 4;

	private ErrorCauseCodec() {
	}

	static List<ErrorCause> read(ParameterCursor parameter) throws MalformedException {
		MessageSource source = parameter.source();
		int end = parameter.valueEnd();
		List<ErrorCause> causes = new ArrayList<>(1);
		int length;
		for (int start = parameter.valueStart(); start < end; start += (length + 3) & ~3) {
			int rest = end - start;
			length = (rest < HEADER_LENGTH) ? 0 : source.int16(start + 2);
			if (length < HEADER_LENGTH || length > rest) {
				throw parameter.invalid(
						"the length of the error cause at octet " + start + " does not fit its " + rest + " octets");
			}
			causes.add(new ErrorCause(source.int16(start), source.octets(start + HEADER_LENGTH, start + length)));
		}
		if (causes.isEmpty()) {
			throw parameter.invalid("it has no error cause");
		}
		return causes;
	}

	/**
	 * Writes an operation error, or nothing if there are no causes.
	 * @param causes the causes
	 * @param sink where to
	 */
	static void write(List<ErrorCause> causes, MessageSink sink) {
		if (!causes.isEmpty()) {
			int start = sink.begin(ParameterType.OPERATION_ERROR);
			for (ErrorCause cause : causes) {
				sink.parameter(cause.code(), cause.information());
			}
			// The padding of the last cause does not count in either dialect.
			sink.end(start);
		}
	}

}
