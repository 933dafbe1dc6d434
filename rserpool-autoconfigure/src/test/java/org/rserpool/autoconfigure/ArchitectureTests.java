package org.rserpool.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.lang.syntax.elements.GivenMethodsConjunction;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules that Spring Boot holds for its own auto-configurations, and those for the
 * direction between modules.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("org.rserpool");

	@Test
	void autoConfigurationsArePublicAndFinal() {
		check(ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL));
	}

	@Test
	void autoConfigurationsHaveNoPublicMembers() {
		check(ArchRuleDefinition.members()
			.that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.and(DescribedPredicate.<JavaMember>describe("are no constructors",
					(member) -> !member.getName().equals("<init>")))
			.should()
			.notBePublic());
	}

	@Test
	void autoConfigurationsAreListed() {
		Set<String> declared = Set.copyOf(CLASSES.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.filter((name) -> name.startsWith("org.rserpool.autoconfigure."))
			.toList());
		List<String> listed = ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("org.rserpool."))
			.toList();
		assertThat(listed).containsExactlyInAnyOrderElementsOf(declared).isNotEmpty();
	}

	@Test
	void beanMethodsArePackagePrivate() {
		check(beanMethods().should(have("package-private access",
				(method) -> !method.getModifiers().contains(JavaModifier.PRIVATE)
						&& !method.getModifiers().contains(JavaModifier.PUBLIC)
						&& !method.getModifiers().contains(JavaModifier.PROTECTED))));
	}

	@Test
	void beansAreNotOfPrivateTypes() {
		check(beanMethods().should(have("a type that generated code can name",
				(method) -> !method.getRawReturnType().getModifiers().contains(JavaModifier.PRIVATE))));
	}

	@Test
	void beanMethodsHaveNoConditionOnAClass() {
		check(beanMethods().should().notBeAnnotatedWith(ConditionalOnClass.class));
	}

	@Test
	void conditionsOnAMissingBeanDoNotRepeatTheTypeOfTheBean() {
		check(beanMethods().should(have("no repeated type",
				(method) -> !method.isAnnotatedWith(ConditionalOnMissingBean.class)
						|| Arrays.stream(method.reflect().getAnnotation(ConditionalOnMissingBean.class).value())
							.noneMatch((type) -> type == method.reflect().getReturnType()))));
	}

	@Test
	void postProcessorsAreMadeByStaticMethodsWithoutParameters() {
		check(beanMethods()
			.and(DescribedPredicate.<JavaMethod>describe("make post-processors",
					(method) -> method.getRawReturnType().isAssignableTo(BeanPostProcessor.class)
							|| method.getRawReturnType().isAssignableTo(BeanFactoryPostProcessor.class)))
			.should()
			.beStatic()
			.andShould(have("no parameters", (method) -> method.getRawParameterTypes().isEmpty())));
	}

	@Test
	void nothingFoldsCaseByTheDefaultLocale() {
		check(ArchRuleDefinition.noClasses()
			.should()
			.callMethod(String.class, "toUpperCase")
			.orShould()
			.callMethod(String.class, "toLowerCase")
			.because(Locale.class.getName() + " is to be said"));
	}

	@Test
	void packagesHaveNoCycles() {
		check(SlicesRuleDefinition.slices().matching("org.rserpool.(**)").should().beFreeOfCycles());
	}

	@Test
	void springIsNotBelowItsModules() {
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackages("org.rserpool.spring..", "org.rserpool.autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.."));
	}

	@Test
	void bootIsNotBelowItsModule() {
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage("org.rserpool.autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot.."));
	}

	@Test
	void springDependsOnNoAutoConfiguration() {
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage("org.rserpool.autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.rserpool.autoconfigure.."));
	}

	private static void check(ArchRule rule) {
		rule.check(CLASSES);
	}

	private static GivenMethodsConjunction beanMethods() {
		return ArchRuleDefinition.methods()
			.that()
			.areAnnotatedWith(Bean.class)
			.and()
			.areDeclaredInClassesThat()
			.resideInAPackage("org.rserpool..");
	}

	private static ArchCondition<JavaMethod> have(String what, Predicate<JavaMethod> predicate) {
		return new ArchCondition<>("have " + what) {
			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				events.add(new SimpleConditionEvent(method, predicate.test(method),
						method.getFullName() + " should have " + what));
			}
		};
	}

}
