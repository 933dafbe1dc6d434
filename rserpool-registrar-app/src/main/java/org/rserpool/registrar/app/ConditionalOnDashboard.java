package org.rserpool.registrar.app;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Conditional;

/**
 * Where there is a dashboard: where it is asked for, or where it shows nothing that the
 * actuator does not show to the same people at the same port. Whoever gave the actuator a
 * port of its own, or closed it, does not want the handlespace to be seen here.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Conditional(ConditionalOnDashboard.Condition.class)
@interface ConditionalOnDashboard {

	String PROPERTY = "rserpool.registrar.dashboard.enabled";

	/**
	 * Asked for, or open already.
	 */
	class Condition extends AnyNestedCondition {

		Condition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBooleanProperty(PROPERTY)
		static class AskedFor {

		}

		@ConditionalOnBooleanProperty(name = PROPERTY, matchIfMissing = true)
		@ConditionalOnManagementPort(ManagementPortType.SAME)
		@ConditionalOnAvailableEndpoint(endpoint = HandlespaceEndpoint.class, exposure = EndpointExposure.WEB)
		static class OpenAlready {

		}

	}

}
