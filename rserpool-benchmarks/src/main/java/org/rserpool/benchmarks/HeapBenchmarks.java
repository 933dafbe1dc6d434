package org.rserpool.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

import org.rserpool.handlespace.Handlespace;
import org.rserpool.wire.AsapMessage.Registration;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.WireCodec;

/**
 * Fills a handlespace with elements as they come out of registrations, and writes how
 * many octets the live objects on the heap grew by, from two class histograms. Runs in a
 * process of its own.
 */
final class HeapBenchmarks {

	private static final Pattern TOTAL = Pattern.compile("^Total +[0-9]+ +([0-9]+)", Pattern.MULTILINE);

	private HeapBenchmarks() {
	}

	/**
	 * Measures.
	 * @param args the policy, the number of elements, and the number of pools
	 * @throws IOException if the result cannot be written
	 * @throws JMException if the process can give no class histogram
	 */
	public static void main(String[] args) throws IOException, JMException {
		PolicyType policy = PolicyFamily.valueOf(args[0]).type();
		int elements = Integer.parseInt(args[1]);
		int pools = Integer.parseInt(args[2]);
		Handlespace handlespace = new Handlespace();
		// Whatever is made once only, is made now
		register(handlespace, policy, 1, 1, -1);
		long before = live();
		register(handlespace, policy, elements, pools, 1);
		long after = live();
		if (handlespace.size() != elements + 1) {
			throw new IllegalStateException(handlespace.size() + " elements are registered, not " + elements);
		}
		write(after - before);
	}

	private static void register(Handlespace handlespace, PolicyType policy, int elements, int pools,
			int firstIdentifier) {
		SplittableRandom random = new SplittableRandom(elements);
		WireCodec codec = new WireCodec(Dialect.RFC);
		for (int i = 0; i < elements; i++) {
			Registration sent = new Registration(Samples.pool(i % pools),
					Samples.element(firstIdentifier + i, policy, random));
			if (codec.decodeAsap(codec.encode(sent)) instanceof Decoded.Success<?> success
					&& success.message() instanceof Registration received) {
				handlespace.put(received.poolHandle(), received.element());
			}
		}
	}

	private static long live() throws JMException {
		Object histogram = ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() });
		Matcher total = TOTAL.matcher(String.valueOf(histogram));
		if (!total.find()) {
			throw new IllegalStateException("The class histogram has no total");
		}
		return Long.parseLong(total.group(1));
	}

	private static void write(long octets) throws IOException {
		OutputStream out = new FileOutputStream(FileDescriptor.out);
		out.write(Long.toString(octets).getBytes(StandardCharsets.UTF_8));
		out.flush();
	}

}
