package dev.gatehouse.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The arrows between modules and packages, as tables. Lives here because only this module's class path has them
/// all.
class ArchitectureTest {
    private static final String ROOT = "dev.gatehouse.";

    /// Module -> the modules it may use. The executable starts a server, whose public types name those of core.
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("core", Set.of()),
            entry("yaml", Set.of()),
            entry("testkit", Set.of("core")),
            entry("egress", Set.of("core")),
            entry("oauth", Set.of("core")),
            entry("storage", Set.of("core")),
            entry("dialect", Set.of("core", "yaml")),
            entry("connect", Set.of("core", "egress", "yaml")),
            entry("client", Set.of()),
            entry("server", Set.of("connect", "core", "dialect", "egress", "oauth", "storage", "yaml")),
            entry("cli", Set.of("client", "connect", "core", "dialect", "server", "yaml")));

    /// Library -> the one place of ours that may use it, so that it stays replaceable.
    private static final Map<String, String> KEPT_IN = Map.of(
            "com.google.common", ROOT + "server.admin",
            "org.eclipse.jetty", ROOT + "server.http",
            "io.opentelemetry", ROOT + "server.trace",
            "com.nimbusds", ROOT + "oauth.jose",
            "com.webauthn4j", ROOT + "oauth.passkey",
            "org.bouncycastle", ROOT + "oauth.password",
            "com.amazon.corretto", ROOT + "oauth.jose");

    /// Modules that may read the system's clock and write to the terminal. All others get an `InstantSource` and
    /// a log.
    private static final Set<String> AT_THE_EDGE = Set.of("cli", "testkit");

    private static final Set<String> CLOCK_TYPES = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime");

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.gatehouse");

    static List<ArchRule> rules() {
        return List.of(
                arrowsBetweenModules(), librariesStayInTheirPlace(), noHiddenClockOrTerminal(), noPackageCycles());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void ruleHolds(ArchRule rule) {
        rule.check(OURS);
    }

    @Test
    void everyModuleOfTheTableIsSeenAndNoOther() {
        assertThat(OURS.stream().map(ArchitectureTest::module).collect(toSet())).isEqualTo(ARROWS.keySet());
    }

    /// Classes that break each rule, so that no rule passes because it sees nothing.
    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleFindsWhatBreaksIt(ArchRule rule) {
        var broken = new ClassFileImporter().importPackages(ROOT + "core.broken");
        assertThatThrownBy(() -> rule.check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("BreaksEveryRule");
    }

    private static ArchRule arrowsBetweenModules() {
        return classes().should(onlyUse("modules that the arrows allow", (user, used) -> {
            var from = module(user);
            return !used.getPackageName().startsWith(ROOT)
                    || module(used).equals(from)
                    || ARROWS.get(from).contains(module(used));
        }));
    }

    private static ArchRule librariesStayInTheirPlace() {
        return classes().should(onlyUse("libraries that are kept in their package", (user, used) -> {
            var place = KEPT_IN.entrySet().stream()
                    .filter(entry -> isIn(used, entry.getKey()))
                    .findFirst();
            return place.isEmpty() || isIn(user, place.get().getValue());
        }));
    }

    private static ArchRule noHiddenClockOrTerminal() {
        return noClasses()
                .that(describe("are not in " + AT_THE_EDGE, type -> !AT_THE_EDGE.contains(module(type))))
                .should()
                .accessTargetWhere(describe("the target is the clock or the terminal", access -> {
                    var owner = access.getTargetOwner().getName();
                    return switch (access.getTarget().getName()) {
                        case "currentTimeMillis", "out", "err" -> owner.equals("java.lang.System");
                        case "now" -> CLOCK_TYPES.contains(owner);
                        default -> false;
                    };
                }));
    }

    /// Packages of two modules cannot form a ring, the arrows forbid it: this is about packages inside one.
    private static ArchRule noPackageCycles() {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    private static ArchCondition<JavaClass> onlyUse(String what, BiPredicate<JavaClass, JavaClass> allowed) {
        return new ArchCondition<>("only use " + what) {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                for (var use : user.getDirectDependenciesFromSelf()) {
                    if (!allowed.test(user, use.getTargetClass())) {
                        events.add(SimpleConditionEvent.violated(use, use.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isIn(JavaClass type, String packageName) {
        return (type.getPackageName() + ".").startsWith(packageName + ".");
    }

    private static String module(JavaClass type) {
        var path = type.getPackageName().substring(ROOT.length());
        var dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
