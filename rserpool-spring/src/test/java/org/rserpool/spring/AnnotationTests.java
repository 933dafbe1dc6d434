package org.rserpool.spring;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rserpool.Goal;

import static org.assertj.core.api.Assertions.assertThat;

class AnnotationTests {

	@Test
	@Goal("G15")
	@DisplayName("G15: @PoolElement has at most 5 attributes, and @PoolUser at most 2")
	void annotationsAreSmall() {
		assertThat(PoolElement.class.getDeclaredMethods()).hasSizeLessThanOrEqualTo(5);
		assertThat(PoolUser.class.getDeclaredMethods()).hasSizeLessThanOrEqualTo(2);
	}

}
