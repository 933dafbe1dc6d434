package org.rserpool.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Gives a test an operation scope of its own. The application context has an
 * {@link org.rserpool.test.embedded.EmbeddedRegistrar EmbeddedRegistrar}, which starts
 * before the pool elements and pool users of the application and stops after them, and
 * which they find whatever {@code rserpool.registrars} says. It also has a
 * {@link org.rserpool.test.fault.FaultyNetwork FaultyNetwork} between the application and
 * everybody else, sound until the test breaks it. Both can be injected into the test.
 * Stands beside {@code @SpringBootTest}, or any other annotation that loads a context.
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureRSerPool {

}
