package org.rserpool.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.NameResolution;

/**
 * Asks the name service of the system, on threads of its own, because that blocks. Hosts
 * are found as by any other Java program, from a hosts file to the system's own resolver;
 * services (SRV records, RFC 2782) by the DNS client of the JDK.
 */
final class SystemNames {

	private static final Logger logger = LoggerFactory.getLogger(SystemNames.class);

	private static final int THREADS = 4;

	private static final String DNS_FACTORY = "com.sun.jndi.dns.DnsContextFactory";

	private final ThreadPoolExecutor threads;

	private final Executor loop;

	private final @Nullable String dnsServer;

	/**
	 * Makes a client without threads.
	 * @param name the beginning of the names of its threads
	 * @param loop where outcomes are told
	 * @param dnsServer the DNS server for services, as {@code dns://host:port}, or
	 * {@code null} for those of the system
	 */
	SystemNames(String name, Executor loop, @Nullable String dnsServer) {
		this.loop = loop;
		this.dnsServer = dnsServer;
		this.threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, name + "-names");
					thread.setDaemon(true);
					return thread;
				});
		this.threads.allowCoreThreadTimeOut(true);
	}

	void resolve(InetSocketAddress name, Consumer<NameResolution> outcome) {
		try {
			this.threads.execute(() -> {
				NameResolution resolution = resolve(name);
				tell(() -> outcome.accept(resolution));
			});
		}
		catch (RejectedExecutionException ex) {
			logger.debug("{} is not resolved: the loop is closed", name, ex);
		}
	}

	private void tell(Runnable outcome) {
		try {
			this.loop.execute(outcome);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Nobody waits for the name any more: the loop is closed", ex);
		}
	}

	private NameResolution resolve(InetSocketAddress name) {
		try {
			return (name.getPort() == 0) ? service(name.getHostString()) : host(name.getHostString(), name.getPort());
		}
		catch (RuntimeException ex) {
			return NameResolution.failed(ex.toString());
		}
	}

	void close() {
		this.threads.shutdownNow();
	}

	private static NameResolution host(String host, int port) {
		List<InetSocketAddress> addresses = new ArrayList<>();
		try {
			for (InetAddress address : InetAddress.getAllByName(host)) {
				addresses.add(new InetSocketAddress(address, port));
			}
			return NameResolution.of(addresses);
		}
		catch (UnknownHostException ex) {
			return NameResolution.failed("the host name does not resolve");
		}
	}

	private NameResolution service(String name) {
		List<InetSocketAddress> addresses = new ArrayList<>();
		try {
			for (Target target : targets(name)) {
				addresses.addAll(host(target.host(), target.port()).addresses());
			}
		}
		catch (NameNotFoundException ex) {
			return NameResolution.failed("the DNS knows no such service");
		}
		catch (NamingException ex) {
			return NameResolution.failed("the DNS did not answer: " + ex.getMessage());
		}
		return addresses.isEmpty() ? NameResolution.failed("the DNS knows no host of this service")
				: NameResolution.of(addresses);
	}

	private List<Target> targets(String name) throws NamingException {
		Hashtable<String, String> environment = new Hashtable<>();
		environment.put(Context.INITIAL_CONTEXT_FACTORY, DNS_FACTORY);
		environment.put("com.sun.jndi.dns.timeout.initial", "1000");
		environment.put("com.sun.jndi.dns.timeout.retries", "3");
		if (this.dnsServer != null) {
			environment.put(Context.PROVIDER_URL, this.dnsServer);
		}
		DirContext context = new InitialDirContext(environment);
		try {
			Attribute records = context.getAttributes(name, new String[] { "SRV" }).get("SRV");
			List<Target> targets = new ArrayList<>();
			if (records != null) {
				NamingEnumeration<?> each = records.getAll();
				while (each.hasMore()) {
					Target target = Target.parse(String.valueOf(each.next()));
					if (target != null) {
						targets.add(target);
					}
				}
			}
			return targets;
		}
		finally {
			context.close();
		}
	}

	/**
	 * A host that gives a service. Registrars are equal, so priority and weight do not
	 * matter.
	 *
	 * @param host its name
	 * @param port its port
	 */
	private record Target(String host, int port) {

		/**
		 * Reads priority, weight, port and host. The host "." says that there is none.
		 */
		static @Nullable Target parse(String text) {
			String[] parts = text.trim().toLowerCase(Locale.ROOT).split("\\s+");
			if (parts.length != 4 || parts[3].equals(".") || !parts[2].matches("\\d{1,5}")) {
				return null;
			}
			int port = Integer.parseInt(parts[2]);
			// A hosts file has names without the final dot.
			String host = parts[3].replaceFirst("\\.$", "");
			return (port > 0 && port <= 0xffff) ? new Target(host, port) : null;
		}

	}

}
