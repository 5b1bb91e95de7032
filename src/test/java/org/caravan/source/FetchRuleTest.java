package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What each driver is told, by its name, its version and its URL. */
class FetchRuleTest {
    @ParameterizedTest(name = "{0} {1} {2}: {5}")
    @CsvFileSource(resources = "/fetch-rules.csv", numLinesToSkip = 1)
    void tellsEachDriverWhatKeepsItsMemorySmall(
            String driver, int version, String url, int wanted, String rule, int fetchSize, String advice)
            throws IOException {
        FetchRule found = FetchRule.of(driver, version, url, wanted);

        assertThat(found.driver()).isEqualTo(rule);
        assertThat(found.fetchSize()).isEqualTo(fetchSize);
        if (advice == null) {
            assertThat(found.advice()).isEmpty();
        } else {
            assertThat(found.advice())
                    .hasValueSatisfying(text -> assertThat(text).contains(advice));
        }
        if (!rule.equals("another")) {
            assertThat(Files.readAllLines(Path.of("docs/reading.md")))
                    .as("documented, with where it is known from")
                    .anyMatch(line -> line.startsWith("| " + rule + " |") && line.contains("https://"));
        }
    }

    @ParameterizedTest
    @CsvSource({"jdbc:h2:mem:, another", "jdbc:duckdb:, DuckDB"})
    void asksRealDriversForTheirNames(String url, String rule) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(FetchRule.of(connection.getMetaData(), 1000).driver()).isEqualTo(rule);
        }
    }
}
