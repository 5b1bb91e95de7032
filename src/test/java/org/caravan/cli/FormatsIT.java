package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravan.schema.Columns;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every column of the table of awkward names, types and values, in every format, as Databricks reads it. */
class FormatsIT {
    /** A column, and how its value is asked of PostgreSQL and of Databricks so that the answers compare. */
    private record Field(String name, String source, String databricks, Function<String, Object> value) {
        /** Text, and what is carried as the text that PostgreSQL shows. */
        static Field text(String name) {
            return new Field(name, quoted(name) + "::text", quoted(name, '`'), text -> text);
        }

        static Field of(String name, String source, String databricks, Function<String, Object> value) {
            return new Field(
                    name, source.formatted(quoted(name)), databricks.formatted(quoted(Columns.fold(name), '`')), value);
        }

        private static String quoted(String name) {
            return quoted(name, '"');
        }

        private static String quoted(String name, char mark) {
            return mark + name + mark;
        }
    }

    private static final String QUERY =
            "SELECT customer_id, nickname, full_name, lifetime_value, birth_date, registered_at, is_active FROM customer_profile";

    @TempDir
    private Path routes;

    private static final String MICROS = "(extract(epoch from %s) * 1000000)::numeric(30,0)::text";

    private static final List<Field> FIELDS = Stream.concat(
                    Stream.of(
                                    "customer_uuid",
                                    "full_name",
                                    "nickname",
                                    "email",
                                    "short_code",
                                    "country_code",
                                    "biography",
                                    "select",
                                    "user",
                                    "home town",
                                    "always_null",
                                    "preferred_time",
                                    "retention",
                                    "preferences",
                                    "attributes",
                                    "tags",
                                    "monthly_visits",
                                    "tier")
                            .map(Field::text),
                    Stream.of(
                            Field.of("MixedCase", "%s", "%s", text -> text),
                            new Field("naïve%", "\"naïve%\"", "`naïve%`", text -> text),
                            // A cast to text adds the length of the mask.
                            Field.of("last_ip", "%s", "%s", text -> text),
                            // JDBC gives a char(n) with its blanks.
                            Field.of("region_code", "rpad(%s::text, 8)", "%s", text -> text),
                            Field.of("order", "%s::text", "%s", BigDecimal::new),
                            Field.of("age_years", "%s::text", "%s", BigDecimal::new),
                            Field.of("visit_count", "%s::text", "%s", BigDecimal::new),
                            Field.of("total_cents", "%s::text", "%s", BigDecimal::new),
                            Field.of("credit_limit", "%s::text", "%s", BigDecimal::new),
                            Field.of("lifetime_value", "%s::text", "%s", BigDecimal::new),
                            Field.of("loyalty_points", "%s::text", "%s", BigDecimal::new),
                            Field.of("discount_rate", "%s::text", "%s", BigDecimal::new),
                            Field.of("exact_ratio", "%s::numeric(38,18)::text", "%s", BigDecimal::new),
                            Field.of("score_real", "%s::text", "%s", FormatsIT::real),
                            Field.of("score_double", "%s::text", "%s", FormatsIT::number),
                            Field.of("is_active", "%s::text", "%s", text -> text),
                            Field.of("birth_date", "(%s - date '1970-01-01')::text", "unix_date(%s)", text -> text),
                            Field.of("registered_at", MICROS, "unix_micros(CAST(%s AS TIMESTAMP))", text -> text),
                            Field.of("last_seen_at", MICROS, "unix_micros(CAST(%s AS TIMESTAMP))", text -> text),
                            Field.of("avatar", "encode(%s, 'hex')", "lower(hex(%s))", text -> text)))
            .toList();

    @ParameterizedTest
    @CsvSource({"parquet, .parquet", "avro, .avro", "csv, .csv", "jsonl, .jsonl"})
    void carriesEveryColumnAndValue(String format, String suffix) throws Exception {
        Path config = SharedSandbox.configWith(Map.of("profile.format", format, "verify.digest", "both"));

        SharedSandbox.Call call = SharedSandbox.call("run", "profile", "--json", "--config", config.toString());

        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(call.out());
        assertThat(report.path("columns").asInt()).isEqualTo(FIELDS.size() + 1);
        Path folder = SharedSandbox.bucket()
                .resolve("caravan/profile/" + report.path("run").asText());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).contains("part-00001" + suffix);
        }
        try (Connection source = SharedSandbox.source();
                Connection databricks = SharedSandbox.databricks()) {
            List<List<String>> queried = SharedSandbox.query(source, select(Field::source, "customer_profile"));
            List<List<String>> arrived =
                    SharedSandbox.query(databricks, select(Field::databricks, "redshift_fed.public.profile"));
            assertThat(arrived).hasSize(1000);
            for (int i = 0; i < FIELDS.size(); i++) {
                assertThat(values(arrived, i)).as(FIELDS.get(i).name()).isEqualTo(values(queried, i));
            }
        }
    }

    /** No option that Caravan keeps to itself: what a person types after reading the Redshift guide. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "org.caravan.format.ParquetDataFormat; codec: zstd; FORMAT AS PARQUET",
                "org.caravan.format.AvroDataFormat; codec: deflate; FORMAT AS AVRO 'auto'",
                "org.caravan.format.CsvDataFormat; compression: gzip; CSV IGNOREHEADER 1 NULL AS '<NULL>' GZIP",
                "org.caravan.format.CsvDataFormat; {delimiter: tab, header: false}; CSV DELIMITER '\\t' NULL AS '<NULL>'",
                "org.caravan.format.CsvDataFormat; {delimiter: pipe, quoting: none, escape: '\\'}"
                        + "; DELIMITER '|' ESCAPE NULL AS '<NULL>' IGNOREHEADER 1",
                "org.caravan.format.JsonLinesDataFormat; compression: zstd; JSON 'auto' ZSTD"
            })
    void deliversFilesThatAPlainCopyLoads(String type, String options, String copy) throws Exception {
        String properties = options.startsWith("{") ? options : "{" + options + "}";
        Files.writeString(
                routes.resolve("byhand.camel.yaml"),
                """
                - beans:
                    - name: mine
                      type: %s
                      properties: %s
                - route:
                    id: byhand
                    from:
                      uri: timer:byhand
                      steps:
                        - to: kamelet:caravan-extract?pipeline=byhand&format=mine&sql=%s
                """
                        .formatted(type, properties, "RAW(" + QUERY + ")"));

        SharedSandbox.Call call = SharedSandbox.call(
                "run",
                "byhand",
                "--json",
                "--routes",
                routes.toString(),
                "--config",
                SharedSandbox.config().toString());

        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        String run = new ObjectMapper().readTree(call.out()).path("run").asText();
        Properties settings = SharedSandbox.settings();
        try (Connection source = SharedSandbox.source();
                Connection redshift = SharedSandbox.redshift()) {
            SharedSandbox.execute(redshift, "DROP TABLE IF EXISTS public.byhand");
            SharedSandbox.execute(
                    redshift,
                    "CREATE TABLE public.byhand (customer_id BIGINT, nickname VARCHAR(65535), full_name VARCHAR(65535),"
                            + " lifetime_value DECIMAL(38,10), birth_date DATE, registered_at TIMESTAMP, is_active BOOLEAN)");
            copy(
                    redshift,
                    "COPY public.byhand FROM 's3://" + settings.getProperty("staging.bucket") + "/caravan/byhand/" + run
                            + "/part-' IAM_ROLE '" + settings.getProperty("redshift.copy.iam-role") + "' " + copy);
            assertThat(SharedSandbox.query(redshift, "SELECT * FROM public.byhand ORDER BY customer_id"))
                    .isEqualTo(SharedSandbox.query(source, QUERY + " ORDER BY customer_id"));
            SharedSandbox.execute(redshift, "DROP TABLE public.byhand");
        }
    }

    private static void copy(Connection redshift, String copy) throws SQLException {
        try {
            SharedSandbox.execute(redshift, copy);
        } catch (SQLException e) {
            throw new AssertionError(
                    copy
                            + SharedSandbox.query(
                                    redshift,
                                    "SELECT TRIM(colname), TRIM(raw_field_value), TRIM(err_reason) FROM stl_load_errors"
                                            + " WHERE query = pg_last_copy_id()"),
                    e);
        }
    }

    private static String select(Function<Field, String> expression, String table) {
        return "SELECT customer_id, " + FIELDS.stream().map(expression).collect(Collectors.joining(", ")) + " FROM "
                + table + " ORDER BY customer_id";
    }

    /** The values of a field by row, each with the row's key. */
    private static List<Object> values(List<List<String>> rows, int field) {
        List<Object> values = new ArrayList<>();
        for (List<String> row : rows) {
            String text = row.get(field + 1);
            values.add(row.get(0) + ": "
                    + (text == null ? "NULL" : FIELDS.get(field).value().apply(text)));
        }
        return values;
    }

    private static Object real(String text) {
        return Float.valueOf(text) + 0.0f;
    }

    private static Object number(String text) {
        return Double.valueOf(text) + 0.0;
    }
}
