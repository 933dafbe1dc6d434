package org.rserpool;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Holds the rooms of the core: which package may know which, and that roles have no I/O.
 */
@AnalyzeClasses(packages = "org.rserpool",
		importOptions = { ImportOption.DoNotIncludeTests.class, ArchitectureTests.WithoutTestSupport.class })
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("org.rserpool.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule packagesKnowOnlyWhatStandsBelowThem = layeredArchitecture()
		.consideringOnlyDependenciesInLayers()
		.withOptionalLayers(true)
		.layer("wire")
		.definedBy("org.rserpool.wire..")
		.layer("runtime")
		.definedBy("org.rserpool.runtime..")
		.layer("csp")
		.definedBy("org.rserpool.csp..")
		.layer("policy")
		.definedBy("org.rserpool.policy..")
		.layer("handlespace")
		.definedBy("org.rserpool.handlespace..")
		.layer("registrar")
		.definedBy("org.rserpool.registrar..")
		.layer("discovery")
		.definedBy("org.rserpool.discovery..")
		.layer("hunt")
		.definedBy("org.rserpool.hunt..")
		.layer("element")
		.definedBy("org.rserpool.element..")
		.layer("user")
		.definedBy("org.rserpool.user..")
		.layer("session")
		.definedBy("org.rserpool.session..")
		.whereLayer("wire")
		.mayNotAccessAnyLayer()
		.whereLayer("runtime")
		.mayNotAccessAnyLayer()
		.whereLayer("csp")
		.mayOnlyAccessLayers("runtime")
		.whereLayer("policy")
		.mayOnlyAccessLayers("wire")
		.whereLayer("handlespace")
		.mayOnlyAccessLayers("wire", "policy")
		.whereLayer("registrar")
		.mayOnlyAccessLayers("wire", "runtime", "policy", "handlespace", "discovery", "csp")
		.whereLayer("discovery")
		.mayOnlyAccessLayers("wire", "runtime")
		.whereLayer("hunt")
		.mayOnlyAccessLayers("wire", "runtime", "discovery")
		.whereLayer("element")
		.mayOnlyAccessLayers("wire", "runtime", "hunt")
		.whereLayer("user")
		.mayOnlyAccessLayers("wire", "runtime", "hunt", "policy")
		.whereLayer("session")
		.mayOnlyAccessLayers("wire", "runtime", "hunt", "user");

	@ArchTest
	static final ArchRule coreNeedsNothingButJava = classes().should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("org.rserpool..", "java..", "javax.crypto..", "org.jspecify.annotations..");

	@ArchTest
	static final ArchRule rolesHaveNoInputOutputNoThreadsAndNoClock = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.io..", "java.nio.channels..", "java.util.concurrent..", "java.nio.file..")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.lang.Thread")
		.orShould()
		.callMethod(System.class, "nanoTime")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethod(Math.class, "random");

	@ArchTest
	static final ArchRule packagesAreNullMarked = classes().that()
		.haveSimpleName("package-info")
		.should()
		.beAnnotatedWith(NullMarked.class);

	/** Leaves the module out that only tests depend on. */
	static class WithoutTestSupport implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("/rserpool-conformance");
		}

	}

}
