package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultSetRowsTest {
    private final Spied spied = new Spied();
    private final AtomicLong progress = new AtomicLong();
    private Connection duckDb;

    @BeforeEach
    void connect() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        duckDb.setAutoCommit(false);
    }

    @AfterEach
    void disconnect() throws SQLException {
        duckDb.close();
    }

    @Test
    void givesEveryRowOnceInOrderAndThenEmptyBatches() throws SQLException {
        ResultSetRows rows = open("SELECT i AS \"N\", CASE WHEN i % 3 = 0 THEN NULL ELSE 'v' || i END AS t"
                + " FROM range(5000) r(i) ORDER BY i");
        List<Long> numbers = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();

        for (Batch batch = rows.read(5000); batch.rows() > 0; batch = rows.read(5000)) {
            sizes.add(batch.rows());
            for (int row = 0; row < batch.rows(); row++) {
                long number = batch.longs(0).get(row);
                numbers.add(number);
                assertThat(batch.vector(1).isNull(row)).isEqualTo(number % 3 == 0);
                if (number % 3 != 0) {
                    assertThat(batch.bytes(1).text(row)).isEqualTo("v" + number);
                }
            }
        }

        assertThat(rows.columns()).extracting(Column::name).containsExactly("n", "t");
        assertThat(numbers).hasSize(5000).isSorted().doesNotHaveDuplicates();
        assertThat(sizes).containsExactly(2048, 2048, 904);
        assertThat(progress).hasValue(5000);
        assertThat(rows.read(1).rows()).isZero();
    }

    @Test
    void givesNoMoreRowsThanAreWanted() throws SQLException {
        ResultSetRows rows = open("SELECT i FROM range(10) r(i)");

        assertThat(rows.read(3).rows()).isEqualTo(3);
        assertThat(progress).hasValue(3);
        assertThat(rows.read(7).rows()).isEqualTo(7);
        assertThat(rows.read(7).rows()).isZero();
    }

    @Test
    void knowsTheColumnsOfAnEmptyResult() throws SQLException {
        ResultSetRows rows = open("SELECT 1::BIGINT AS n WHERE false");

        assertThat(rows.columns().get(0).type()).hasToString("bigint");
        assertThat(rows.read(100).rows()).isZero();
    }

    @Test
    void endsABatchOnceItHoldsFourMegabytesOfText() throws SQLException {
        ResultSetRows rows = open("SELECT repeat('x', 60000) AS a, repeat('y', 60000) AS b FROM range(100)");
        List<Integer> sizes = new ArrayList<>();

        for (Batch batch = rows.read(100); batch.rows() > 0; batch = rows.read(100)) {
            sizes.add(batch.rows());
        }

        // 34 rows have 4,080,000 bytes, the 35th goes over 4,194,304.
        assertThat(sizes).containsExactly(35, 35, 30);
    }

    @Test
    void namesTheRowItsKeyAndTheColumnOfAValueThatCannotBeCarried() throws SQLException {
        ResultSetRows rows = open("SELECT 1000 + i AS id, CASE WHEN i = 2100 THEN 'a' || chr(0) ELSE 'a' END AS note"
                + " FROM range(3000) r(i) ORDER BY i");
        rows.read(2048);

        assertThatThrownBy(() -> rows.read(2048))
                .asInstanceOf(InstanceOfAssertFactories.type(CaravanException.class))
                .satisfies(e -> assertThat(e.category()).isEqualTo(Category.SOURCE))
                .extracting(CaravanException::getMessage)
                .isEqualTo(
                        "Column 'note' of row 2101 (id = 3100) holds a NUL character, which Redshift text cannot hold"
                                + " (the value: 'a\\u0000'). Set columns.note.nul=remove, replace (by U+FFFD) or null, or"
                                + " change the SQL.");
    }

    @Test
    void namesNoKeyIfTheFirstColumnItselfIsWrong() throws SQLException {
        ResultSetRows rows = open("SELECT DATE '10000-01-01' AS day");

        assertThatThrownBy(() -> rows.read(1))
                .isInstanceOf(CaravanException.class)
                .hasMessage(
                        "Column 'day' of row 1 is in the year 10000, outside the years 1 to 9999 that every system on the way"
                                + " agrees on (the value: '+10000-01-01'). Set columns.day.type=text, or columns.day.onOverflow=null to"
                                + " make it NULL, or change the SQL.");
    }

    @Test
    void saysHowFarItCameWhenTheConnectionIsLost() throws SQLException {
        Statement statement = duckDb.createStatement();
        SQLException lost = new SQLException("An I/O error occurred.\n  Socket closed", "08006");
        ResultSet result = statement.executeQuery("SELECT i FROM range(10) r(i)");
        ResultSetRows rows = new ResultSetRows(
                "source",
                duckDb,
                statement,
                endingAfter(4, lost, result),
                ReadColumns.of(result.getMetaData(), new CommonTypes(), ColumnOverrides.NONE),
                progress::addAndGet,
                (column, rule) -> {});

        assertThatThrownBy(() -> rows.read(10))
                .asInstanceOf(InstanceOfAssertFactories.type(CaravanException.class))
                .satisfies(e -> assertThat(e.category()).isEqualTo(Category.SOURCE))
                .extracting(CaravanException::getMessage)
                .isEqualTo("Reading the query's result after 4 rows failed: An I/O error occurred. Socket closed."
                        + " Check the setting source.url, and that the server is up and can be reached from here.");
    }

    @Test
    void rollsBackAndGivesTheConnectionBackOnce() throws SQLException {
        ResultSetRows rows = open("SELECT 1 AS n");

        rows.close();
        rows.close();

        assertThat(Collections.frequency(spied.calls(), "Connection.rollback")).isEqualTo(1);
        assertThat(Collections.frequency(spied.calls(), "Connection.close")).isEqualTo(1);
        assertThat(spied.calls()).containsSubsequence("Connection.rollback", "Connection.close");
        assertThat(duckDb.isClosed()).isTrue();
    }

    @Test
    void rollsBackAlthoughTheDriverCannotCancel() throws SQLException {
        Statement statement = spied.wrap(
                Statement.class,
                duckDb.createStatement(),
                Map.of("cancel", new SQLFeatureNotSupportedException("cancel")));
        ResultSetRows rows = open(statement, "SELECT 1 AS n", Map.of());

        rows.close();

        assertThat(spied.calls()).containsSubsequence("Connection.rollback", "Connection.close");
        assertThat(duckDb.isClosed()).isTrue();
    }

    @Test
    void givesTheConnectionBackAlthoughItCannotRollBack() throws SQLException {
        ResultSetRows rows =
                open(duckDb.createStatement(), "SELECT 1 AS n", Map.of("rollback", new SQLException("gone", "08003")));

        rows.close();

        assertThat(duckDb.isClosed()).isTrue();
    }

    private ResultSetRows open(String sql) throws SQLException {
        return open(duckDb.createStatement(), sql, Map.of());
    }

    private ResultSetRows open(Statement statement, String sql, Map<String, SQLException> refused) throws SQLException {
        ResultSet result = statement.executeQuery(sql);
        return new ResultSetRows(
                "source",
                spied.wrap(Connection.class, duckDb, refused),
                statement,
                result,
                ReadColumns.of(result.getMetaData(), new CommonTypes(), ColumnOverrides.NONE),
                progress::addAndGet,
                (column, rule) -> {});
    }

    private static ResultSet endingAfter(int rows, SQLException error, ResultSet real) {
        AtomicLong given = new AtomicLong();
        return (ResultSet) Proxy.newProxyInstance(
                ResultSetRowsTest.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("next") && given.getAndIncrement() == rows) {
                        throw error;
                    }
                    return method.invoke(real, arguments);
                });
    }
}
