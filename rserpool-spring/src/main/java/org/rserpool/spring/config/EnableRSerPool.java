package org.rserpool.spring.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Switches {@link org.rserpool.spring.PoolElement} and
 * {@link org.rserpool.spring.PoolUser} on. The context needs beans of the types
 * {@link org.rserpool.rpc.RSerPoolNode} and {@link org.rserpool.rpc.PayloadCodec}. With
 * Spring Boot this is done by itself.
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(RSerPoolConfiguration.class)
public @interface EnableRSerPool {

}
