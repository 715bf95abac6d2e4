package io.entente.samples;

import static com.tngtech.archunit.core.importer.ImportOption.Predefined.DO_NOT_INCLUDE_TESTS;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/**
 * The directions between the modules, and those inside {@code cluster} and {@code samples}: {@code conflict} ← {@code core} ←
 * {@code cluster} ← {@code samples}. What {@code conflict} and {@code core} keep to inside is tested in {@code core}.
 */
class ArchitectureTest {

    private static final JavaClasses PRODUCTION =
            new ClassFileImporter().withImportOption(DO_NOT_INCLUDE_TESTS).importPackages("io.entente");

    @Test
    void noModuleKnowsOneAboveIt() {
        noneOf("io.entente.conflict..", "io.entente.core..", "io.entente.cluster..", "io.entente.samples..");
        noneOf("io.entente.core..", "io.entente.cluster..", "io.entente.samples..");
        noneOf("io.entente.cluster..", "io.entente.samples..");
    }

    @Test
    void akkaAndLoggingStayAboveCore() {
        noneOf("io.entente.conflict..", "akka..", "scala..", "org.slf4j..");
        noneOf("io.entente.core..", "akka..", "scala..", "org.slf4j..");
    }

    @Test
    void theClusterSpeaksToTheDiskThroughStoresOnly() {
        noneOf("io.entente.cluster..", "org.rocksdb..");
    }

    @Test
    void aLibraryLogsThroughSlf4jAndPicksNoLogger() {
        noneOf("io.entente.cluster..", "ch.qos.logback..", "java.util.logging..");
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching("io.entente.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    private static void noneOf(String packages, String... forbidden) {
        noClasses()
                .that()
                .resideInAPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }
}
