import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares messages that travelled with those that were expected; "lib.sh" says how these
 * are written:
 *
 * <pre>
 * Exchange MESSAGES EXPECTED
 * </pre>
 *
 * Each line of MESSAGES is a frame, a time, SOURCE>DESTINATION and a type. Prints what
 * was found, and fails unless all was expected.
 */
public class Exchange {

	/** Comes whenever time passes, or belongs to the application. */
	private static final Pattern BACKGROUND = Pattern
		.compile("KeepAlive|KeepAliveAck|Presence|PresenceRequest|Announce|Csp|Data\\d+|Init|Abort|Shutdown");

	private static final Pattern BYSTANDER = Pattern.compile("h0|all");

	private static final Pattern WORD = Pattern.compile("[<>]?[A-Za-z][A-Za-z0-9]*");

	private final List<Message> messages;

	private final Set<String> covered = new LinkedHashSet<>();

	private final List<String> failures = new ArrayList<>();

	private int compared;

	Exchange(List<Message> messages) {
		this.messages = messages;
	}

	public static void main(String[] args) throws Exception {
		List<Message> messages = Files.readAllLines(Path.of(args[0])).stream().map(Message::parse).toList();
		String expected = Files.readString(Path.of(args[1])).replaceAll("#.*", "").replaceAll("\\n[ \\t]+", " ");
		Exchange exchange = new Exchange(messages);
		// Matching an alternative over and over takes stack for each time.
		FutureTask<Void> comparison = new FutureTask<>(() -> exchange.compareAll(expected), null);
		new Thread(null, comparison, "comparison", 1L << 29).start();
		comparison.get();
		exchange.failures.forEach((failure) -> System.out.println("FAILED: " + failure));
		if (exchange.failures.isEmpty()) {
			System.out.printf("%d messages, in the expected order%n", exchange.compared);
		}
		System.exit(exchange.failures.isEmpty() ? 0 : 1);
	}

	private void compareAll(String expected) {
		for (String statement : expected.split("\\n")) {
			if (!statement.isBlank()) {
				String[] parts = statement.split(":", 2);
				compare(parts[0].trim(), parts[1]);
			}
		}
		findUnexpected();
	}

	private void compare(String who, String pattern) {
		if (who.equals("order")) {
			findInOrder(pattern);
			return;
		}
		String[] ends = who.split("[ >]+");
		boolean both = !who.contains(">");
		Set<String> words = new LinkedHashSet<>(WORD.matcher(pattern).results().map(MatchResult::group).toList());
		List<Message> found = new ArrayList<>();
		List<String> tokens = new ArrayList<>();
		for (Message message : this.messages) {
			boolean forth = message.way.equals(ends[0] + ">" + ends[1]);
			boolean back = both && message.way.equals(ends[1] + ">" + ends[0]);
			String token = (both ? (forth ? ">" : "<") : "") + message.type;
			if ((forth || back) && (words.contains(token) || !BACKGROUND.matcher(message.type).matches())) {
				found.add(message);
				tokens.add(token);
			}
		}
		this.covered.add(ends[0] + ">" + ends[1]);
		if (both) {
			this.covered.add(ends[1] + ">" + ends[0]);
		}
		this.compared += found.size();
		Pattern regex = Pattern.compile(WORD.matcher(pattern)
			.replaceAll((word) -> word.group().equals("any") ? "(?:[^;]+;)" : "(?:$0;)")
			.replaceAll("\\s+", ""));
		if (regex.matcher(join(tokens)).matches()) {
			return;
		}
		int fits = 0;
		for (int tooMany = tokens.size() + 1; tooMany - fits > 1;) {
			int middle = (fits + tooMany) / 2;
			if (begins(regex, join(tokens.subList(0, middle)))) {
				fits = middle;
			}
			else {
				tooMany = middle;
			}
		}
		String before = join(tokens.subList(0, fits));
		List<String> next = words.stream().filter((word) -> begins(regex, before + word + ";")).toList();
		this.failures.add(who + ": after " + fits + " messages " + ((fits < tokens.size())
				? "came " + tokens.get(fits) + " (" + found.get(fits) + ")" : "came nothing") + ", expected was "
				+ (next.isEmpty() ? "nothing" : String.join(" or ", next)) + "; before: "
				+ String.join(" ", tokens.subList(Math.max(0, fits - 6), fits)));
	}

	/** Whether a text can be the beginning of what the pattern matches. */
	private static boolean begins(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		return matcher.matches() || matcher.hitEnd();
	}

	private static String join(List<String> tokens) {
		StringBuilder text = new StringBuilder();
		tokens.forEach((token) -> text.append(token).append(';'));
		return text.toString();
	}

	private void findInOrder(String steps) {
		int at = 0;
		for (String step : steps.split(",")) {
			Pattern regex = Pattern.compile(step.trim().replaceAll("\\s+", " "));
			while (at < this.messages.size() && !regex.matcher(this.messages.get(at).label()).matches()) {
				at++;
			}
			if (at++ >= this.messages.size()) {
				this.failures.add("no '" + step.trim() + "' came in the order" + steps);
				return;
			}
		}
	}

	private void findUnexpected() {
		Set<String> reported = new LinkedHashSet<>();
		for (Message message : this.messages) {
			String[] ends = message.way.split(">");
			if (!this.covered.contains(message.way) && !BACKGROUND.matcher(message.type).matches()
					&& !BYSTANDER.matcher(ends[0]).matches() && !BYSTANDER.matcher(ends[1]).matches()
					&& reported.add(message.way)) {
				this.failures.add("nothing was expected of " + message.way + ", which begins with " + message.type
						+ " (" + message + ")");
			}
		}
	}

	private record Message(String frame, String time, String way, String type) {

		static Message parse(String line) {
			String[] parts = line.split(" ");
			return new Message(parts[0], parts[1], parts[2], parts[3]);
		}

		String label() {
			return this.way + " " + this.type;
		}

		@Override
		public String toString() {
			return "frame " + this.frame + ", " + this.time + " s";
		}

	}

}
