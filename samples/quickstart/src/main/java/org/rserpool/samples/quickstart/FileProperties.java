package org.rserpool.samples.quickstart;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the pool user does.
 *
 * @param file the file to digest.
 * @param rate number of calls in a second.
 * @param duration how long to go on; a file that ends sooner is begun again.
 * @param log whether to write a line for every call.
 */
@ConfigurationProperties("quickstart")
record FileProperties(Path file, @DefaultValue("200") int rate, @DefaultValue("30s") Duration duration,
		@DefaultValue("false") boolean log) {
}
