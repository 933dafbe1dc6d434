package org.rserpool.spring.aot;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.rserpool.spring.message.PoolSessionFactory;
import org.rserpool.spring.session.PoolSessions;
import org.rserpool.spring.user.HandleResolver;

import org.springframework.aot.generate.AccessControl;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;
import org.springframework.javapoet.ClassName;

/**
 * Generates a pool user where its type can be named, and says what is done with its
 * interfaces by reflection.
 */
final class PoolUserAotContribution implements BeanRegistrationAotContribution {

	/** Pool users that are no proxies. */
	private static final Set<Class<?>> OWN = Set.of(PoolSessions.class, PoolSessionFactory.class, HandleResolver.class);

	private final ResolvableType type;

	PoolUserAotContribution(ResolvableType type) {
		this.type = type;
	}

	/**
	 * Places the definition of a pool user whose type is not public in the package of
	 * that type. It would stand in that of the factory otherwise, and not compile.
	 */
	@Override
	public BeanRegistrationCodeFragments customizeBeanRegistrationCodeFragments(GenerationContext generationContext,
			BeanRegistrationCodeFragments codeFragments) {
		Class<?> restricted = restricted(this.type);
		if (restricted == null) {
			return codeFragments;
		}
		return new BeanRegistrationCodeFragmentsDecorator(codeFragments) {
			@Override
			public ClassName getTarget(RegisteredBean registeredBean) {
				return ClassName.get(restricted);
			}
		};
	}

	@Override
	public void applyTo(GenerationContext generationContext, BeanRegistrationCode beanRegistrationCode) {
		addHints(new ServiceHints(generationContext.getRuntimeHints()), this.type);
	}

	private static void addHints(ServiceHints hints, ResolvableType type) {
		Class<?> raw = type.toClass();
		if (raw.isInterface() && !OWN.contains(raw) && !raw.getName().startsWith("org.springframework.")) {
			hints.addPoolUser(raw);
		}
		for (ResolvableType generic : type.getGenerics()) {
			addHints(hints, generic);
		}
	}

	private static @Nullable Class<?> restricted(ResolvableType type) {
		if (!AccessControl.forClass(type.toClass()).isPublic()) {
			return type.toClass();
		}
		for (ResolvableType generic : type.getGenerics()) {
			Class<?> found = restricted(generic);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

}
