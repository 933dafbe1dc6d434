package org.rserpool.spring.aot;

import java.util.Arrays;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.session.PoolSessionBeanScope;
import org.rserpool.spring.user.PoolUserBeanDefinitions;

import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;

/**
 * Sees to pool elements, pool users and the state of sessions ahead of time.
 */
final class PoolBeanAotProcessor implements BeanRegistrationAotProcessor {

	/** What is called as it is: by messages, or by gRPC, which may be absent. */
	private static final Set<String> CALLED_BY_OTHERS = Set.of(PoolSessionHandler.class.getName(),
			"io.grpc.BindableService");

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		if (PoolUserBeanDefinitions.isPoolUser(registeredBean.getMergedBeanDefinition())) {
			return new PoolUserAotContribution(registeredBean.getBeanType());
		}
		if (PoolSessionBeanScope.NAME.equals(registeredBean.getMergedBeanDefinition().getScope())) {
			Class<?> holder = ClassUtils.getUserClass(registeredBean.getBeanClass());
			return (generation, code) -> new StateHints(generation.getRuntimeHints()).add(holder);
		}
		PoolElement element = registeredBean.getBeanFactory()
			.findAnnotationOnBean(registeredBean.getBeanName(), PoolElement.class, false);
		if (element == null) {
			return null;
		}
		Class<?>[] services = (element.service().length > 0) ? element.service()
				: ClassUtils.getAllInterfacesForClass(ClassUtils.getUserClass(registeredBean.getBeanClass()));
		if (Arrays.stream(services).map(Class::getName).anyMatch(CALLED_BY_OTHERS::contains)) {
			return null;
		}
		return (generation, code) -> {
			ServiceHints hints = new ServiceHints(generation.getRuntimeHints());
			for (Class<?> service : services) {
				if (!service.getName().startsWith("java.") && !service.getName().startsWith("org.springframework.")) {
					hints.addService(service);
				}
			}
		};
	}

}
