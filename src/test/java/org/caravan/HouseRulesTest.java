package org.caravan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of the house that the compiler does not know, beside the arrows of {@link ArchitectureTest}. */
class HouseRulesTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.caravan");

    @Test
    void isUsedByNobodyFromTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.caravan.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.caravan.cli..")
                .check(PRODUCT);
    }

    @Test
    void writesToTheStandardStreamsInTheCommandLineOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.caravan.cli..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(PRODUCT);
    }

    @Test
    void throwsNoNamelessExceptions() {
        GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(PRODUCT);
    }

    @Test
    void logsBySlf4jOnly() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.caravan.cli.LazyPool")
                .should(GeneralCodingRules.USE_JAVA_UTIL_LOGGING)
                .check(PRODUCT);
    }

    @Test
    void saysOfEachPackageWhatItIsFor() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src/main/java/org/caravan"))) {
            List<Path> packages = folders.filter(Files::isDirectory).toList();
            assertThat(packages).isNotEmpty().allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                    .content()
                    .startsWith("/**"));
        }
    }
}
