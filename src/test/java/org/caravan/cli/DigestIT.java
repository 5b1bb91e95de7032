package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.verify.digest.Awkward;
import org.caravan.verify.digest.Cells;
import org.caravan.verify.digest.Digest;
import org.caravan.verify.digest.DigestAnswers;
import org.caravan.verify.digest.DigestSql;
import org.junit.jupiter.api.Test;

/** The same rows have the same digest in Java, in the Redshift stand-in and in Spark SQL, each through its real driver. */
class DigestIT {
    @Test
    void agreesOnEveryAwkwardValueOfEveryType() throws Exception {
        List<ColumnType> types = new ArrayList<>(Awkward.values().keySet());
        List<List<Optional<Object>>> byColumn = new ArrayList<>(Awkward.values().values());
        int rows = byColumn.stream().mapToInt(List::size).max().orElseThrow();
        List<List<Optional<Object>>> table = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int at = row;
            table.add(byColumn.stream()
                    .map(values -> values.get(at % values.size()))
                    .toList());
        }

        agrees("digest_awkward", new Cells(Cells.named(types), table));
    }

    private static void agrees(String table, Cells cells) throws SQLException {
        Digest expected = cells.digest(100);
        Columns columns = cells.columns();
        try (Connection redshift = SharedSandbox.redshift();
                Connection databricks = SharedSandbox.databricks()) {
            create(redshift, table, cells);
            try {
                Digest inRedshift = DigestAnswers.read(
                        columns,
                        answers(
                                redshift,
                                DigestSql.redshift()
                                        .statements("/* run 1 */ ", "\"public\".\"" + table + "\"", columns)));
                assertSame(columns, expected, inRedshift);

                String catalog = SharedSandbox.settings().getProperty("databricks.catalog");
                SharedSandbox.execute(databricks, "REFRESH FOREIGN SCHEMA `" + catalog + "`.`public`");
                Digest inSpark = DigestAnswers.read(
                        columns,
                        answers(
                                databricks,
                                DigestSql.spark()
                                        .statements(
                                                "/* run 1 */ ",
                                                "`" + catalog + "`.`public`.`" + table + "`",
                                                columns)));
                assertSame(columns, expected, inSpark);
            } finally {
                SharedSandbox.execute(redshift, "drop table public." + table);
            }
        }
    }

    private static void assertSame(Columns columns, Digest expected, Digest found) {
        assertThat(found.rows()).isEqualTo(expected.rows());
        assertThat(expected.differingColumns(found).stream().map(columns::get)).isEmpty();
        assertThat(found).isEqualTo(expected);
    }

    private static void create(Connection redshift, String table, Cells cells) throws SQLException {
        Columns columns = cells.columns();
        SharedSandbox.execute(
                redshift,
                "create table public." + table + " ("
                        + columns.stream()
                                .map(column -> column.name() + " " + sqlType(column.type()))
                                .collect(Collectors.joining(", "))
                        + ")");
        String parameters = columns.stream()
                .map(column ->
                        column.type() instanceof ColumnType.Text ? "?" : "cast(? as " + sqlType(column.type()) + ")")
                .collect(Collectors.joining(", "));
        redshift.setAutoCommit(false);
        try (PreparedStatement insert =
                redshift.prepareStatement("insert into public." + table + " values (" + parameters + ")")) {
            for (List<Optional<Object>> row : cells.rows()) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setString(
                            i + 1,
                            row.get(i).isEmpty()
                                    ? null
                                    : text(columns.get(i).type(), row.get(i).get()));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        redshift.commit();
        redshift.setAutoCommit(true);
    }

    private static String text(ColumnType type, Object value) {
        if (type instanceof ColumnType.Bool) {
            return ((BigDecimal) value).signum() > 0 ? "true" : "false";
        }
        if (type instanceof ColumnType.Date) {
            return LocalDate.ofEpochDay(((BigDecimal) value).longValueExact()).toString();
        }
        if (type instanceof ColumnType.Timestamp timestamp) {
            LocalDateTime time = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
                    .plus(((BigDecimal) value).longValueExact(), ChronoUnit.MICROS);
            return time + (timestamp.zone() == ColumnType.Zone.INSTANT ? "+00:00" : "");
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static String sqlType(ColumnType type) {
        if (type instanceof ColumnType.Text text) {
            return "varchar(" + text.maxBytes() + ")";
        }
        return type.toString();
    }

    private static List<Map<String, Object>> answers(Connection connection, List<String> statements)
            throws SQLException {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (String sql : statements) {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                assertThat(result.next()).isTrue();
                Map<String, Object> answer = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    answer.put(result.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT), result.getObject(i));
                }
                answers.add(answer);
                assertThat(result.next()).isFalse();
            }
        }
        return answers;
    }
}
