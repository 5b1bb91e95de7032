package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** One awkward value in a million rows is carried exactly or refused where it stands; it is changed only if the route says so. */
class AwkwardMillionIT {
    private static final String POSTGRES = "SELECT i AS id, %s AS note FROM generate_series(1, 1000000) i;"
            + " -- the semicolon and this belong to no statement";

    private static final String H2 = "SELECT X AS id, %s AS note FROM SYSTEM_RANGE(1, 1000000)";
    private static final String H2_URL = "jdbc:h2:mem:awkward;LAZY_QUERY_EXECUTION=1";

    private static Level level;

    @TempDir
    private Path routes;

    /** At its own level the S3 client would log every byte of every part. */
    @BeforeAll
    static void logLess() {
        level = root().getLevel();
        root().setLevel(Level.INFO);
    }

    @AfterAll
    static void logAsBefore() {
        root().setLevel(level);
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "source | repeat('x', 65536) | '' | has 65536 bytes in UTF-8, more than the 65535 | note.onOverflow=truncate",
                "source | 1234567890.12 | note.type=decimal(11,2) | with 12 digits at scale 2, more than the 11 | note.type",
                "source | 'NaN'::numeric | note.type=decimal(11,2) | is NaN, which no decimal | note.type",
                "source | timestamp '10000-01-01' | '' | in the year 10000, outside the years 1 to 9999 | note.type",
                "source | timestamptz 'infinity' | '' | is infinity, outside the years 1 to 9999 | note.type",
                "memory | CONCAT('a', CHAR(0)) | '' | holds a NUL character | NOTE.nul=remove, replace (by U+FFFD) or null",
                "memory | CONCAT('a', CHAR(55357)) | '' | half a surrogate pair at character 2 | NOTE.onOverflow=null"
            })
    void refusesWhereItStands(String source, String value, String columns, String problem, String setting)
            throws Exception {
        String condition = "CASE WHEN " + (source.equals("memory") ? "X" : "i") + " = 987654 THEN " + value + " END";

        refuses(source, sql(source, condition), columns, Map.of("memory.url", H2_URL), problem, setting);
    }

    @Test
    void refusesBytesThatAreNoText() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(routes.resolve("binaries").toFile())
                .setDataDirectory(routes.resolve("data"))
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("encoding", "SQL_ASCII")
                .setServerConfig("fsync", "off")
                .start()) {
            // The server itself refuses to send such bytes to a client in UTF-8, and says neither row nor column.
            SharedSandbox.Call call = run(
                    "ascii",
                    POSTGRES.formatted("CASE WHEN i = 987654 THEN 'caf' || chr(233) ELSE 'plain' END"),
                    "",
                    Map.of("ascii.url", server.getJdbcUrl("postgres", "postgres"), "ascii.user", "postgres"));

            assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(4);
            assertThat(call.out())
                    .contains("Reading the query's result after 987653 rows failed")
                    .contains("invalid byte sequence for encoding")
                    .contains("0xe9");
        }
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "source | repeat('é', 32768) | note.onOverflow=truncate | onOverflow=truncate | 65534 bytes",
                "source | 1234567890.12 | note.type=decimal(11,2), note.onOverflow=null | onOverflow=null | NULL",
                "source | 1234567890.12 | note.type=text | '' | 1234567890.12",
                "source | timestamp '10000-01-01' | note.type=text | '' | 10000-01-01 00:00:00",
                "source | float8 'NaN' | '' | '' | NaN",
                "source | float8 '-Infinity' | '' | '' | -Infinity",
                "source | float8 '-0' | '' | '' | -0.0",
                "memory | CONCAT('a', CHAR(0), 'b') | note.nul=remove | nul=remove | ab",
                "memory | CONCAT('a', CHAR(0), 'b') | note.nul=replace | nul=replace | a\uFFFDb",
                "memory | CONCAT('a', CHAR(0), 'b') | note.nul=null | nul=null | NULL",
                "memory | CONCAT('a', CHAR(55357)) | note.onOverflow=null | onOverflow=null | NULL"
            })
    void changesOnlyWhatTheRouteSaysAndCountsIt(
            String source, String value, String columns, String rule, String arrived) throws Exception {
        String id = source.equals("memory") ? "X" : "i";
        boolean isText = value.startsWith("CONCAT") || value.startsWith("repeat");
        String plain = isText ? "'plain'" : value.startsWith("timestamp") ? "timestamp '2024-01-01'" : "1";
        String condition = "CASE WHEN " + id + " IN (10, 500000, 987654) THEN " + value + " ELSE " + plain + " END";
        try (Connection redshift = SharedSandbox.redshift()) {
            SharedSandbox.execute(redshift, "DROP TABLE IF EXISTS public.awkward");

            SharedSandbox.Call call = run(source, sql(source, condition), columns, Map.of("memory.url", H2_URL));

            assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
            assertThat(new ObjectMapper().readTree(call.out()).path("alterations"))
                    .hasToString(rule.isEmpty() ? "{}" : "{\"note\":{\"" + rule + "\":3}}");
            String shown = arrived.endsWith("bytes") ? "OCTET_LENGTH(note) || ' bytes'" : "note";
            assertThat(SharedSandbox.query(
                            redshift,
                            "SELECT id, " + shown + " FROM public.awkward WHERE id IN (10, 500000, 987654)"
                                    + " ORDER BY id"))
                    .extracting(row -> row.get(0) + ": " + (row.get(1) == null ? "NULL" : row.get(1)))
                    .containsExactly("10: " + arrived, "500000: " + arrived, "987654: " + arrived);
            assertThat(
                            SharedSandbox.query(
                                    redshift,
                                    "SELECT COUNT(*), COUNT(DISTINCT note) FROM public.awkward WHERE id NOT IN (10, 500000, 987654)"))
                    .containsExactly(List.of("999997", "1"));
            SharedSandbox.execute(redshift, "DROP TABLE public.awkward");
        }
    }

    private void refuses(
            String source, String sql, String columns, Map<String, String> settings, String problem, String setting)
            throws Exception {
        try (Connection redshift = SharedSandbox.redshift()) {
            SharedSandbox.execute(redshift, "DROP TABLE IF EXISTS public.awkward");
            SharedSandbox.execute(redshift, "CREATE TABLE public.awkward (id BIGINT)");
            SharedSandbox.execute(redshift, "INSERT INTO public.awkward VALUES (42)");

            SharedSandbox.Call call = run(source, sql, columns, settings);

            assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(4);
            JsonNode report = new ObjectMapper().readTree(call.out());
            assertThat(report.path("error").path("message").asText())
                    .contains("Column 'note' of row 987654 (id = 987654) ", problem, setting)
                    .doesNotContain("\n", "\0");
            assertThat(report.path("alterations")).isEmpty();
            assertThat(report.has("manifest")).isFalse();
            assertThat(files(report.path("run").asText())).noneMatch(file -> file.endsWith(".json"));
            assertThat(SharedSandbox.query(redshift, "SELECT id FROM public.awkward"))
                    .containsExactly(List.of("42"));
            SharedSandbox.execute(redshift, "DROP TABLE public.awkward");
        }
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    private static List<String> files(String run) throws Exception {
        Path folder = SharedSandbox.bucket().resolve("caravan/awkward/" + run);
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String sql(String source, String value) {
        return (source.equals("memory") ? H2 : POSTGRES).formatted(value);
    }

    private SharedSandbox.Call run(String source, String sql, String columns, Map<String, String> settings)
            throws Exception {
        Files.writeString(routes.resolve("awkward.sql"), sql);
        Files.writeString(
                routes.resolve("awkward.camel.yaml"),
                """
                - route:
                    id: awkward
                    from:
                      uri: timer:awkward
                      steps:
                        - to:
                            uri: kamelet:caravan-extract
                            parameters:
                              pipeline: awkward
                              dataSource: %s
                              sql: file:{{caravan.routes}}/awkward.sql
                              columns: "%s"
                        - to: caravan-redshift:load
                        - to: caravan-redshift:publish?mode=replace&verify=none
                """
                        .formatted(source, columns));
        return SharedSandbox.call(
                "run",
                "awkward",
                "--json",
                "--routes",
                routes.toString(),
                "--config",
                SharedSandbox.configWith(settings).toString());
    }
}
