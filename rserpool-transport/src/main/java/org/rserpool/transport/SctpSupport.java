package org.rserpool.transport;

import java.io.IOException;
import java.util.Locale;

import com.sun.nio.sctp.SctpMultiChannel;
import com.sun.nio.sctp.SctpServerChannel;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether SCTP works here.
 */
final class SctpSupport {

	private SctpSupport() {
	}

	/**
	 * Tries to open sockets.
	 * @return what is missing, in words, or {@code null} if SCTP works
	 */
	static @Nullable String missing() {
		try {
			Sockets.open();
			return null;
		}
		catch (IOException | RuntimeException | LinkageError ex) {
			return explain(ex);
		}
	}

	static boolean isAvailable() {
		return missing() == null;
	}

	static String explain(Throwable failure) {
		String text = String.valueOf(failure.getMessage());
		if (failure instanceof LinkageError && text.contains("com/sun/nio/sctp")) {
			return "the Java runtime has no module jdk.sctp (" + text + ")";
		}
		if (text.contains("libsctp")) {
			return "the library libsctp.so.1 cannot be loaded; Debian has it in the package libsctp1 (" + text + ")";
		}
		if (text.toLowerCase(Locale.ROOT).contains("not supported")) {
			return "the kernel has no SCTP; its module may need to be loaded, as by 'modprobe sctp' (" + text + ")";
		}
		return failure.toString();
	}

	/**
	 * What needs the module {@code jdk.sctp}, kept apart so that its absence is an error
	 * that can be caught.
	 */
	private static final class Sockets {

		private Sockets() {
		}

		static void open() throws IOException {
			SctpServerChannel.open().close();
			SctpMultiChannel.open().close();
		}

	}

}
