package org.caravan.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.caravan.ledger.CaravanException;
import org.caravan.source.parameter.Bindings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySlicesTest {
    @ParameterizedTest
    @CsvSource({
        "auto, Auto[]",
        "' AUTO ', Auto[]",
        "'', Auto[]",
        "ctid, Ctid[]",
        "customer_id, Key[column=customer_id]",
        "'\"auto\"', Key[column=auto]",
        "'\"a\"\"b\"', Key[column=a\"b]"
    })
    void understandsByWhatToSplit(String setting, String by) {
        assertThat(PartitionBy.parse(setting)).hasToString(by);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 100, 4, '26, 51, 76'",
        "-10, 10, 3, '-3, 4'",
        "5, 5, 4, ''",
        "5, 6, 4, '6'",
        "-9223372036854775808, 9223372036854775807, 2, '0'",
        "9223372036854775806, 9223372036854775807, 3, '9223372036854775807'",
    })
    void cutsBetweenTheLeastAndTheGreatest(long least, long greatest, int count, String bounds) {
        assertThat(KeySlices.bounds(least, greatest, count)).hasToString("[" + bounds + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, -5, (-5)",
        "INTEGER, 7, 7",
        "DATE, -1, date '1969-12-31'",
        "TIMESTAMP, -1, timestamp '1969-12-31 23:59:59.999999'",
        "INSTANT, 1000001, timestamptz '1970-01-01 00:00:01.000001+00'"
    })
    void writesBoundsAsLiterals(KeyKind kind, long value, String literal) {
        assertThat(kind.literal(value).replace("'", "")).isEqualTo(literal.replace("'", ""));
    }

    @Test
    void givesEveryRowOfAnyDatabaseOnce() throws SQLException {
        String sql = "SELECT k AS \"K y\", v FROM t -- all";
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = h2.createStatement()) {
            statement.execute("CREATE TABLE t (k BIGINT, v INT)");
            statement.execute(
                    "INSERT INTO t VALUES (NULL, 1), (-9223372036854775808, 2), (9223372036854775807, 3), (0, 4), (-1, 5),"
                            + " (0, 6), (NULL, 7)");
            for (int count = 2; count < 9; count++) {
                Split split = JdbcSplit.of(
                        h2,
                        sql,
                        Bindings.NONE,
                        new Partitioning(count, PartitionBy.parse("k Y"), Consistency.NONE),
                        Asking.BOUNDS);
                List<Integer> read = new ArrayList<>();
                for (String slice : split.statements()) {
                    try (ResultSet rows = statement.executeQuery(slice)) {
                        while (rows.next()) {
                            read.add(rows.getInt(2));
                        }
                    }
                }
                assertThat(split.statements()).hasSize(count);
                assertThat(read).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
            }
            assertThat(JdbcSplit.of(
                                    h2,
                                    "SELECT k FROM t WHERE k IS NULL",
                                    Bindings.NONE,
                                    new Partitioning(3, PartitionBy.parse("k"), Consistency.NONE),
                                    Asking.BOUNDS)
                            .statements())
                    .containsExactly("SELECT k FROM t WHERE k IS NULL");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto | needs partitionBy=<column> here",
                "ctid | needs partitionBy=<column> here",
                "t | the column is CHARACTER VARYING; outside of PostgreSQL only whole numbers",
                "d | the column is NUMERIC; outside of PostgreSQL only whole numbers",
                "x | the query's result has no such column; it has K, T, D.",
            })
    void refusesWhatItCannotSplitBy(String by, String message) throws SQLException {
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:")) {
            assertThatThrownBy(() -> JdbcSplit.of(
                            h2,
                            "SELECT 1 AS k, 'a' AS t, 1.5 AS d",
                            Bindings.NONE,
                            new Partitioning(2, PartitionBy.parse(by), Consistency.NONE),
                            Asking.BOUNDS))
                    .isInstanceOf(CaravanException.class)
                    .hasMessageContaining(message);
        }
    }
}
