package io.entente.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.importer.ImportOption.Predefined.DO_NOT_INCLUDE_TESTS;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The directions of the modules {@code conflict} and {@code core}, and what their pure parts do without.
 *
 * <p>Pure is all of {@code conflict}, and {@code core} but for its stores: a history replays exactly from its seed only because
 * nothing there reads a clock, starts a thread, draws a random number or touches a file.
 */
class ArchitectureTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(DO_NOT_INCLUDE_TESTS)
            .importPackages("io.entente.conflict", "io.entente.core");

    private static final DescribedPredicate<JavaClass> PURE = resideInAnyPackage(
                    "io.entente.conflict..", "io.entente.core..")
            .and(not(resideInAPackage("io.entente.core.store..")))
            .as("are pure");

    private static GivenClassesConjunction noPureClasses() {
        return noClasses().that(PURE);
    }

    @Test
    void conflictKnowsNothingButTheJdk() {
        noClasses()
                .that()
                .resideInAPackage("io.entente.conflict..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage("io.entente.conflict..", "java..", "org.jspecify..")))
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void coreKnowsConflictAndTheJdk() {
        noPureClasses()
                .should()
                .dependOnClassesThat(not(
                        resideInAnyPackage("io.entente.conflict..", "io.entente.core..", "java..", "org.jspecify..")))
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void rocksDbStaysInItsStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.entente.core.store.rocksdb..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb..")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void noStoreKnowsTheReplicaItServes() {
        noClasses()
                .that()
                .resideInAPackage("io.entente.core.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.entente.core.replica..", "io.entente.core.event..", "io.entente.core.effect..")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching("io.entente.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void pureCodeReadsNoClock() {
        noPureClasses()
                .should()
                .accessTargetWhere(targets("a clock", Set.of("currentTimeMillis", "nanoTime"), "java.lang.System"))
                .orShould()
                .accessTargetWhere(describe(
                        "target java.time's now()",
                        access -> access.getTarget().getName().equals("now")
                                && access.getTargetOwner().getPackageName().startsWith("java.time")))
                .orShould()
                .dependOnClassesThat(named("java.time.Clock", "java.util.Date", "java.util.Calendar"))
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void pureCodeStartsNoThread() {
        noPureClasses()
                .should()
                .dependOnClassesThat(named("java.lang.Thread", "java.lang.ThreadLocal", "java.util.Timer"))
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.util.concurrent..")
                        .and(not(resideInAPackage("java.util.concurrent.atomic")))
                        .and(not(named("java.util.concurrent.TimeUnit"))))
                .orShould()
                .accessTargetWhere(describe(
                        "target a parallel stream",
                        access -> Set.of("parallelStream", "parallel")
                                        .contains(access.getTarget().getName())
                                && access.getTargetOwner().getPackageName().startsWith("java.util")))
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void pureCodeDrawsNoRandomNumber() {
        noPureClasses()
                .should()
                .dependOnClassesThat(named(
                        "java.util.Random",
                        "java.util.SplittableRandom",
                        "java.util.concurrent.ThreadLocalRandom",
                        "java.security.SecureRandom"))
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.util.random.."))
                .orShould()
                .accessTargetWhere(
                        targets("a random number", Set.of("random"), "java.lang.Math", "java.lang.StrictMath"))
                .orShould()
                .accessTargetWhere(targets("a random identifier", Set.of("randomUUID"), "java.util.UUID"))
                .orShould()
                .accessTargetWhere(targets("an address", Set.of("identityHashCode"), "java.lang.System"))
                .orShould()
                .accessTargetWhere(targets("a random order", Set.of("shuffle"), "java.util.Collections"))
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void pureCodeDoesNoInputOrOutput() {
        noPureClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.io..")
                        .and(not(named("java.io.Serializable", "java.io.ObjectStreamException"))))
                .orShould()
                .dependOnClassesThat(
                        resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "javax.net.."))
                .orShould()
                .accessTargetWhere(
                        targets("the environment", Set.of("getProperty", "getenv", "exit"), "java.lang.System"))
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> wanted = Set.of(names);
        return describe("are one of " + String.join(", ", names), type -> wanted.contains(type.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> targets(String what, Set<String> members, String... owners) {
        Set<String> wanted = Set.of(owners);
        return describe(
                "target " + what,
                access -> wanted.contains(access.getTargetOwner().getName())
                        && members.contains(access.getTarget().getName()));
    }
}
