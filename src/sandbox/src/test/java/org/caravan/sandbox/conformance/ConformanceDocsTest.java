package org.caravan.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The documentation shows the conformance tables as they are. {@code mvn test -Dtest=ConformanceDocsTest -Dconformance.docs=write}
 * writes it anew.
 */
class ConformanceDocsTest {
    @ParameterizedTest
    @EnumSource(ConformancePage.class)
    void showsTheTable(ConformancePage page) throws IOException {
        Path file = Path.of("..", "..", "docs", "conformance", page.standIn() + ".md");
        String current = page.markdown(ConformanceTable.of(page.standIn()));
        if ("write".equals(System.getProperty("conformance.docs"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, current);
        }

        assertThat(Files.readString(file))
                .as("%s is not what the tables say; write it with -Dconformance.docs=write", file)
                .isEqualTo(current);
    }

    @ParameterizedTest
    @EnumSource(ConformancePage.class)
    void hasTheRowsThatItPromises(ConformancePage page) throws IOException {
        assertThat(ConformanceTable.of(page.standIn())).hasSizeGreaterThanOrEqualTo(page.leastRows());
    }
}
