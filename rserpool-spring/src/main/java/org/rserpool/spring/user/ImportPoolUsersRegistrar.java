package org.rserpool.spring.user;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Defines what {@link ImportPoolUsers} names.
 */
class ImportPoolUsersRegistrar implements ImportBeanDefinitionRegistrar {

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		metadata.getMergedRepeatableAnnotationAttributes(ImportPoolUsers.class, ImportPoolUsers.Container.class, false)
			.forEach((attributes) -> {
				for (Class<?> type : attributes.getClassArray("types")) {
					PoolUserBeanDefinitions.register(registry, attributes.getString("pool"),
							ResolvableType.forClass(type), metadata.getClassName());
				}
			});
	}

}
