package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.caravan.cli.SharedSandbox;
import org.caravan.schema.RowStream;
import org.caravan.source.parameter.Bindings;
import org.caravan.source.parameter.QueryParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values bound by the driver, and literals that PostgreSQL quotes for COPY, are the same values. */
class ParameterReadIT {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text(EU)                            | text",
                "-9223372036854775808                | bigint",
                "integer(9223372036854775807)        | bigint",
                "-0.10                               | numeric",
                "decimal(12345678901234567890.123)   | numeric",
                "date(0001-01-01)                    | date",
                "date(9999-12-31)                    | date",
                "timestamp(2026-03-29T02:30:00.123456) | timestamp",
                "timestamptz(2026-10-25T02:30:00.5+02:00) | timestamptz"
            })
    void givesTheSameValueOnBothPaths(String value, String type) throws SQLException {
        String sql = "SELECT (:v)::" + type + "::text AS shown, :v = :v AS same FROM generate_series(1, 2) i"
                + " WHERE ARRAY[:v] = ARRAY[:v] AND i <= :runDate - date '2025-12-30'";
        assertThat(read(sql, Map.of("v", value), ReadMode.COPY))
                .isEqualTo(read(sql, Map.of("v", value), ReadMode.RESULTSET));
        assertThat(read(sql, Map.of("v", value), ReadMode.COPY).rows()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE customer; --",
                "' OR '1'='1",
                "\\'; SELECT pg_sleep(9); --",
                "\\",
                "\\\\' || version() || '",
                "$$ || version() || $$",
                ":v ::text ? ?? $1 %L /* -- ",
                "\"Müller\" 😀 \u2028\u00a0\t\n'",
                "U&'\\0027' E'\\x27'",
                ""
            })
    void keepsHostileTextAValue(String hostile) throws SQLException {
        String sql = "SELECT :v AS v, length(:v) AS n, '{\"a\": 1}'::jsonb ? 'a' AS has WHERE :v = :v";
        for (ReadMode mode : List.of(ReadMode.COPY, ReadMode.RESULTSET)) {
            for (String backslash : List.of("on", "off")) {
                Read read = read(sql, Map.of("v", hostile), mode, "SET standard_conforming_strings = " + backslash);
                assertThat(read.rows()).as(mode + " " + backslash).hasSize(1);
                assertThat(read.rows().get(0).get(0)).asString().startsWith("'" + hostile + "' ");
            }
        }
    }

    @Test
    void describesAQueryWithParameters() throws SQLException {
        try (Connection connection = connection()) {
            String sql = "SELECT :v AS v, '{\"a\": 1}'::jsonb ? 'a' AS has";
            assertThat(SourceColumns.describe(
                            connection, sql, ColumnOverrides.NONE, bindings(sql, Map.of("v", "date(2026-01-01)"))))
                    .hasSize(2);
        }
    }

    private static Read read(String sql, Map<String, Object> values, ReadMode mode) throws SQLException {
        return read(sql, values, mode, "SET TIME ZONE 'Asia/Kolkata'");
    }

    /** As a run does it. */
    private static Read read(String sql, Map<String, Object> values, ReadMode mode, String before) throws SQLException {
        Connection connection = connection();
        boolean opened = false;
        try {
            SharedSandbox.execute(connection, before);
            Bindings bindings = bindings(sql, values);
            boolean copies = mode == ReadMode.COPY;
            Fetching fetching =
                    new Fetching("source", mode, 1000, ColumnOverrides.NONE, copies ? Bindings.NONE : bindings);
            RowStream rows = fetching.open(
                    connection,
                    copies ? bindings.literals(connection, sql) : sql,
                    "/* run 1 */",
                    count -> {},
                    expected -> {},
                    (column, rule) -> {});
            opened = true;
            return Read.of(rows);
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    private static Bindings bindings(String sql, Map<String, Object> values) {
        return QueryParameters.parse("p", "", ZoneOffset.UTC)
                .bind(sql, values, Map.of(), Instant.parse("2026-01-01T00:00:00Z"));
    }

    private static Connection connection() throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", SharedSandbox.settings().getProperty("source.user"));
        user.setProperty("password", SharedSandbox.settings().getProperty("source.password"));
        return DriverManager.getConnection(SharedSandbox.settings().getProperty("source.url"), user);
    }
}
