package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the types shows the very tables that {@link SourceTypesTest} checks. */
class TypesPageTest {
    private static final String REFUSED = "refused: ";

    @ParameterizedTest
    @ValueSource(
            strings = {"common", "postgresql", "redshift", "mysql", "sqlserver", "oracle", "snowflake", "databricks"})
    void showsTheTestedTable(String database) throws IOException {
        List<String> page = Files.readAllLines(Path.of("docs/reference/types.md"));
        Path table = Path.of("src/test/resources/source-types", database + ".csv");
        try (Reader reader = Files.newBufferedReader(table);
                CSVParser rows = CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(reader)) {
            List<String> lines = rows.stream().map(TypesPageTest::line).toList();

            assertThat(lines).hasSizeGreaterThan(10);
            assertThat(page).containsSequence(lines);
        }
    }

    private static String line(CSVRecord row) {
        String becomes = row.get("becomes");
        return "| `" + row.get("name") + "`, precision " + row.get("precision") + ", scale " + row.get("scale")
                + " | `" + row.get("jdbc") + "` | "
                + (becomes.startsWith(REFUSED)
                        ? "*refused unless said:* " + becomes.substring(REFUSED.length())
                        : "`" + becomes + "`")
                + " |";
    }
}
