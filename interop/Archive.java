import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.jar.JarFile;

/**
 * Loads what the programs of the scenarios load, so that the virtual machine can archive
 * it when this ends: starting them takes long where system calls are slow. A registrar, two
 * elements and a user talk over TCP until one of the elements is killed, and all other
 * classes of a JAR are loaded without use.
 *
 * <pre>
 * Archive JAR PORT
 * </pre>
 */
public class Archive {

	public static void main(String[] args) throws Exception {
		int port = Integer.parseInt(args[1]);
		String local = InetAddress.getLoopbackAddress().getHostAddress();
		run("registrar", "rsplib", "tcp", local + ":" + port, local + ":" + (port + 1), "-", "0x11111111");
		run("element", "rsplib", "tcp", local + ":" + port, "EchoPool", "0x0000e001");
		Process second = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), "Node", "element", "rsplib", "tcp",
				local + ":" + port, "EchoPool", "0x0000e002")
			.redirectErrorStream(true)
			.redirectOutput(Redirect.DISCARD)
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(second::destroyForcibly));
		Thread.sleep(3000);
		run("user", "rsplib", "tcp", local + ":" + port, "EchoPool");
		try (JarFile jar = new JarFile(args[0])) {
			jar.stream()
				.map((entry) -> entry.getName())
				.filter((name) -> name.startsWith("org/rserpool/") && name.endsWith(".class"))
				.filter((name) -> !name.endsWith("-info.class"))
				.forEach(Archive::load);
		}
		Thread.sleep(4000);
		second.destroyForcibly().waitFor();
		Thread.sleep(1000);
		System.exit(0);
	}

	private static void run(String... args) {
		Thread thread = new Thread(() -> {
			try {
				Node.main(args);
			}
			catch (Exception ex) {
				ex.printStackTrace();
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	private static void load(String name) {
		try {
			Class.forName(name.substring(0, name.length() - ".class".length()).replace('/', '.'), false,
					Archive.class.getClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			System.out.println("Not archived: " + ex);
		}
	}

}
