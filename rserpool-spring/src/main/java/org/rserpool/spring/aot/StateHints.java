package org.rserpool.spring.aot;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.core.ResolvableType;

/**
 * Says what is done by reflection with objects whose fields are the state of a session.
 */
final class StateHints {

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	private final Set<Class<?>> seen = new HashSet<>();

	private final ReflectionHints hints;

	StateHints(RuntimeHints hints) {
		this.hints = hints.reflection();
	}

	/**
	 * Adds what is needed to encode an object and to restore it: its fields that hold
	 * state, and the types of what they hold.
	 * @param holder the class of the object
	 */
	void add(Class<?> holder) {
		for (Class<?> type = holder; type != null && isOfApplication(type); type = type.getSuperclass()) {
			if (this.seen.add(type)) {
				this.hints.registerType(type, MemberCategory.ACCESS_DECLARED_FIELDS,
						MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
				for (Field field : type.getDeclaredFields()) {
					if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
						addHeld(ResolvableType.forField(field));
					}
				}
			}
		}
	}

	private void addHeld(ResolvableType type) {
		if (type.isArray()) {
			addHeld(type.getComponentType());
			return;
		}
		Class<?> raw = type.toClass();
		if (isOfApplication(raw)) {
			this.bindings.registerReflectionHints(this.hints, raw);
			add(raw);
		}
		for (ResolvableType generic : type.getGenerics()) {
			addHeld(generic);
		}
	}

	private static boolean isOfApplication(Class<?> type) {
		return !type.isPrimitive() && !type.getName().startsWith("java.");
	}

}
