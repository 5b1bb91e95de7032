package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables at the edges: of size, of nothing but NULL, and of names. */
class EdgeTablesIT {
    /** 127 bytes of UTF-8, of which some characters have two and four. */
    private static final String LONGEST = "ü".repeat(2) + "🚚" + "x".repeat(119);

    private static final List<String> NAMES = List.of(
            "say \"hello\"",
            "it's",
            "back`tick",
            "back\\slash",
            "two  blanks",
            " leading and trailing ",
            "a.b.c",
            ".",
            "🚚 van 🏝",
            "日本語",
            "UPPER",
            "camelCase",
            "select",
            "user",
            "Table",
            "order",
            "null",
            "semi;colon -- and comment",
            "comma, (brackets) [and] <others>",
            "100%s $1",
            "question?",
            ":colon",
            "a/b",
            "a=b&c",
            "1",
            "_");

    @TempDir
    private Path routes;

    @Test
    void carriesNoRowsOnlyIfAllowed() throws Exception {
        TestPipeline pipeline =
                TestPipeline.of("edge_empty", "SELECT 1 AS id, 'x'::text AS name, now() AS at WHERE false");

        SharedSandbox.Call call = pipeline.call(routes);

        assertThat(call.exitCode()).as(call.out() + call.out()).isEqualTo(4);
        assertThat(call.out()).contains("returned no rows").contains("empty=replace");
        for (String format : List.of("parquet", "csv", "avro", "jsonl")) {
            pipeline.with("empty", "replace").with("format", format).run(routes, 0, 3);
        }
        assertThat(arrived("edge_empty", "count(*)")).containsExactly(List.of("0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "avro", "jsonl"})
    void carriesOneRowOfOneColumn(String format) throws Exception {
        TestPipeline.of("edge_one", "SELECT 'only'::text AS one")
                .with("format", format)
                .run(routes, 1, 1);

        assertThat(arrived("edge_one", "one")).containsExactly(List.of("only"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv"})
    void carriesSixteenHundredColumns(String format) throws Exception {
        String columns = IntStream.range(0, 1600)
                .mapToObj(i -> switch (i % 3) {
                    case 0 -> "(n + " + i + ")::smallint AS s" + i;
                    case 1 -> "CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'v' || n END AS t" + i;
                    default -> "n % 2 = " + i % 2 + " AS b" + i;
                })
                .collect(Collectors.joining(", "));

        TestPipeline.of("edge_wide", "SELECT " + columns + " FROM generate_series(1, 20) AS n")
                .with("format", format)
                .run(routes, 20, 1600);

        assertThat(arrived("edge_wide", "s0, t1597, s1599", "s0"))
                .hasSize(20)
                .first()
                .isEqualTo(List.of("1", "", "1600"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "avro", "jsonl"})
    void carriesColumnsOfNothingButNull(String format) throws Exception {
        List<String> types = List.of(
                "smallint",
                "integer",
                "bigint",
                "numeric(9,2)",
                "numeric(18,18)",
                "numeric(38,37)",
                "real",
                "double precision",
                "boolean",
                "text",
                "varchar(10)",
                "char(3)",
                "bytea",
                "date",
                "timestamp",
                "timestamptz",
                "time",
                "interval",
                "json",
                "jsonb",
                "uuid",
                "int[]",
                "inet");
        String columns = IntStream.range(0, types.size())
                .mapToObj(i -> "NULL::" + types.get(i) + " AS c" + i)
                .collect(Collectors.joining(", "));

        TestPipeline.of("edge_nulls", "SELECT " + columns + " FROM generate_series(1, 3)")
                .with("format", format)
                .run(routes, 3, types.size());

        String anything = IntStream.range(0, types.size())
                .mapToObj(i -> "count(c" + i + ")")
                .collect(Collectors.joining(" + "));
        assertThat(arrived("edge_nulls", anything)).containsExactly(List.of("0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "avro", "jsonl"})
    void carriesEveryName(String format) throws Exception {
        assertThat(LONGEST.getBytes(StandardCharsets.UTF_8)).hasSize(127);
        List<String> values = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            values.add("CASE n WHEN 1 THEN NULL WHEN 2 THEN '' ELSE n || ' in " + i + "' END AS "
                    + quoted(NAMES.get(i), '"'));
            read.add(quoted(NAMES.get(i).toLowerCase(Locale.ROOT), '`'));
        }
        // PostgreSQL itself cuts a name to 63 bytes.
        values.add("'long ' || n AS long");
        read.add(quoted(LONGEST, '`'));
        String query = "SELECT n AS id, " + String.join(", ", values) + " FROM generate_series(1, 5) AS n";

        TestPipeline.of("edge_names", query)
                .with("format", format)
                .with("columns", "long.rename=" + LONGEST)
                .run(routes, 5, NAMES.size() + 2);

        try (Connection source = SharedSandbox.source()) {
            assertThat(arrived("edge_names", "id, " + String.join(", ", read), "id"))
                    .isEqualTo(SharedSandbox.query(source, query));
        }
    }

    /** JSON text all the way to the staging table, SUPER in the target. */
    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "avro", "jsonl"})
    void publishesJsonAsSuperIfTold(String format) throws Exception {
        String query =
                """
                SELECT * FROM (VALUES
                    (1, '{"a": 1, "b": [1.5, null, "é\\n🐫"], "c": {"": true}}'::json),
                    (2, '[]'), (3, '"text"'), (4, 'null'), (5, NULL), (6, '12345678901234567890')) AS v (id, doc)
                """;

        TestPipeline.of("edge_super", query)
                .with("format", format)
                .with("columns", "doc.type=super")
                .run(routes, 6, 2);

        try (Connection redshift = SharedSandbox.redshift()) {
            // JSON_SERIALIZE takes SUPER only.
            assertThat(SharedSandbox.query(
                            redshift, "SELECT id, JSON_SERIALIZE(doc) FROM public.edge_super ORDER BY id"))
                    .containsExactly(
                            List.of("1", "{\"a\":1,\"b\":[1.5,null,\"é\\n🐫\"],\"c\":{\"\":true}}"),
                            List.of("2", "[]"),
                            List.of("3", "\"text\""),
                            List.of("4", "null"),
                            Arrays.asList("5", null),
                            List.of("6", "12345678901234567890"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "avro", "jsonl"})
    void carriesNamesThatCollideInLowerCaseOnlyIfRenamed(String format) throws Exception {
        TestPipeline pipeline = TestPipeline.of("edge_twins", "SELECT 1 AS \"Name\", 2 AS \"NAME\", 3 AS \"a.b\"")
                .with("format", format);

        SharedSandbox.Call call = pipeline.call(routes);

        assertThat(call.exitCode()).as(call.out() + call.out()).isEqualTo(4);
        assertThat(call.out()).contains("columns 1 and 2 are both named 'name' in lower case; set columns.NAME.rename");
        pipeline.with("columns", "NAME.rename=\"Second, Name\", a.b.rename=ab").run(routes, 1, 3);
        assertThat(arrived("edge_twins", "name, `second, name`, ab")).containsExactly(List.of("1", "2", "3"));
    }

    @Test
    void refusesANameThatRedshiftWouldCut() throws Exception {
        SharedSandbox.Call call = TestPipeline.of("edge_long", "SELECT 1 AS id")
                .with("columns", "id.rename=" + LONGEST + "y")
                .call(routes);

        assertThat(call.exitCode()).as(call.out() + call.out()).isEqualTo(4);
        assertThat(call.out())
                .contains("column 1 has a name of 128 bytes")
                .contains("which Redshift cuts to 127; set columns.id.rename");
    }

    private static List<List<String>> arrived(String table, String columns) throws Exception {
        return arrived(table, columns, "1");
    }

    private static List<List<String>> arrived(String table, String columns, String order) throws Exception {
        try (Connection databricks = SharedSandbox.databricks()) {
            return SharedSandbox.query(
                    databricks, "SELECT " + columns + " FROM redshift_fed.public." + table + " ORDER BY " + order);
        }
    }

    private static String quoted(String name, char mark) {
        return mark + name.replace("" + mark, "" + mark + mark) + mark;
    }
}
