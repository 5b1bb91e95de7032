package org.caravan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps the arrows between the packages pointing one way. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.caravan");

    private static final String[] ALL = {
        "schema",
        "ledger",
        "source",
        "format",
        "stage",
        "guard",
        "redshift",
        "databricks",
        "verify",
        "schedule",
        "settings",
        "reload",
        "observe",
        "cli"
    };

    @ParameterizedTest(name = "{0} depends on {1} only")
    @CsvSource(
            delimiter = '|',
            value = {
                "schema     | schema",
                "ledger     | ledger schema",
                "settings   | settings schema ledger",
                "source     | source schema ledger",
                "format     | format schema ledger",
                "verify     | verify schema ledger",
                "redshift   | redshift schema ledger",
                "databricks | databricks schema ledger",
                "guard      | guard schema ledger",
                "schedule   | schedule ledger",
                "stage      | stage schema ledger format verify",
                "reload     | reload schedule ledger",
                "observe    | observe reload schedule settings ledger"
            })
    void dependsOnlyOnTheRoomsBelow(String room, String allowed) {
        String[] others = Arrays.stream(ALL)
                .filter(other -> !Arrays.asList(allowed.split(" ")).contains(other))
                .map(other -> "org.caravan." + other + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("org.caravan." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(PRODUCT);
    }

    @Test
    void hasNoCycles() {
        slices().matching("org.caravan.(*)..").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void keepsCamelOutOfWhatIsNotAComponent() {
        classes()
                .that(new DescribedPredicate<JavaClass>("are no components, data formats or generated") {
                    @Override
                    public boolean test(JavaClass type) {
                        String name = type.getName().replaceAll("\\$.*", "");
                        return !name.matches(
                                        ".*(Component|Endpoint|Configuration|Consumer|Producer|DataFormat|Constants|Configurer|UriFactory)")
                                && !name.equals("org.caravan.ledger.Runs")
                                && !name.equals("org.caravan.ledger.RouteTexts")
                                && !name.equals("org.caravan.ledger.Openings")
                                && !name.equals("org.caravan.stage.UploadFailure")
                                && !name.startsWith("org.caravan.reload.")
                                && !name.startsWith("org.caravan.observe.")
                                && !name.equals("org.caravan.settings.FileFunction")
                                && !name.startsWith("org.caravan.cli.");
                    }
                })
                .should()
                .onlyDependOnClassesThat(new DescribedPredicate<JavaClass>("are not Camel's") {
                    @Override
                    public boolean test(JavaClass type) {
                        return !type.getPackageName().startsWith("org.apache.camel");
                    }
                })
                .check(PRODUCT);
    }

    @Test
    void keepsS3OutOfTheFormats() {
        noClasses()
                .that()
                .resideInAPackage("org.caravan.format..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(PRODUCT);
    }

    @Test
    void keepsHadoopOut() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hadoop..")
                .check(PRODUCT);
    }
}
