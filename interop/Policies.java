import java.util.ArrayList;
import java.util.List;

import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PolicyType;

/**
 * Reads policies as rspserver does: a name, then the values that are configured, such as
 * LeastUsedDegradation:0.25. What rspserver measures, the load, may stand behind "@".
 */
final class Policies {

	private static final double WHOLE = 0xffffffffL;

	private Policies() {
	}

	static MemberSelectionPolicy parse(String text) {
		String[] loaded = text.split("@");
		String[] parts = loaded[0].split(":");
		PolicyType type = PolicyType.valueOf(parts[0].replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase());
		List<Long> values = new ArrayList<>();
		int next = 1;
		for (PolicyField field : type.fields()) {
			switch (field) {
				case WEIGHT, PRIORITY -> values.add(Long.parseLong(parts[next++]));
				case LOAD -> values.add((loaded.length > 1) ? fraction(loaded[1]) : 0);
				case DISTANCE -> values.add(0L);
				default -> values.add((next < parts.length) ? fraction(parts[next++]) : 0);
			}
		}
		return MemberSelectionPolicy.of(type, values.stream().mapToLong(Long::longValue).toArray());
	}

	private static long fraction(String text) {
		return Math.round(Double.parseDouble(text) * WHOLE);
	}

}
