package org.rserpool.spring.element;

import org.rserpool.spring.PoolElement;

/**
 * A bean that is annotated as a pool element, for a binding to judge.
 *
 * @param beanName its name
 * @param bean the bean as the context holds it, perhaps a proxy
 * @param type the class of the bean itself
 * @param annotation the annotation, with its placeholders as they are written
 * @since 0.1
 */
public record PoolElementDescriptor(String beanName, Object bean, Class<?> type, PoolElement annotation) {

}
