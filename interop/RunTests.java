import java.io.PrintWriter;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs test classes, prints how many passed, failed and were skipped, and fails unless all
 * passed.
 */
public class RunTests {

	public static void main(String[] classes) {
		LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
		for (String each : classes) {
			request.selectors(each.contains("#") ? DiscoverySelectors.selectMethod(each)
					: DiscoverySelectors.selectClass(each));
		}
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request.build(), listener);
		TestExecutionSummary summary = listener.getSummary();
		summary.printFailuresTo(new PrintWriter(System.out, true), 15);
		long skipped = summary.getTestsSkippedCount() + summary.getContainersSkippedCount();
		System.out.printf("%d passed, %d failed, %d skipped%n", summary.getTestsSucceededCount(),
				summary.getTotalFailureCount(), skipped);
		System.exit((summary.getTestsSucceededCount() > 0 && summary.getTotalFailureCount() == 0 && skipped == 0) ? 0
				: 1);
	}

}
