package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a conformance row cannot say of UNLOAD: many rows, and an end before the last of them. */
@ExtendWith(SharedRedshift.class)
class UnloadTest {
    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void unloadsAndReloadsMoreThanOnePieceOfRows() throws Exception {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (a bigint, b varchar(30))");
            statement.execute("insert into t values (1, 'x'), (2, null)");
            for (int i = 0; i < 14; i++) {
                statement.execute("insert into t select a + (select max(a) from t), b from t");
            }
            statement.execute("create temp table u (like t)");
            for (String format : new String[] {"parquet", "csv gzip null as 'NIL'"}) {
                String target = "s3://stage/unload-many-" + format.replaceAll("\\W", "-") + "/";
                statement.execute("unload ('select * from t') to '" + target + "' iam_role default " + format
                        + " manifest verbose");
                assertThat(statement.getWarnings().getMessage()).contains("32768 record(s)");
                statement.execute("copy u from '" + target + "manifest' iam_role default " + format + " manifest");
                assertThat(one(statement, "select count(*) || ' ' || sum(a) || ' ' || count(b) from u"))
                        .isEqualTo(one(statement, "select count(*) || ' ' || sum(a) || ' ' || count(b) from t"));
                statement.execute("delete from u");
            }
        }
    }

    @Test
    void stopsWhenItIsCancelled() throws Exception {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (a int)");
            statement.execute("insert into t values (1),(2),(3),(4),(5),(6),(7),(8),(9),(10)");
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute(
                            "unload ('select x1.a from t x1, t x2, t x3, t x4, t x5, t x6, t x7, t x8, t x9')"
                                    + " to 's3://stage/unload-cancelled/' iam_role default"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            statement.setQueryTimeout(0);
            assertThat(one(statement, "select count(*) from t")).isEqualTo("10");
            assertThat(one(statement, "select status from sys_unload_history where query_id = pg_last_unload_id()"))
                    .isEqualTo("aborted");
        }
        assertThat(SharedRedshift.s3().keys("unload-cancelled/")).isEmpty();
    }

    @Test
    void failsInTheMiddleAndKeepsTheSession() throws Exception {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (a int)");
            statement.execute("insert into t values (1), (0)");
            assertThatThrownBy(
                            () -> statement.execute(
                                    "unload ('select 1 / a from t order by a desc') to 's3://stage/unload-failed/' iam_role default"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22012"));
            assertThat(one(statement, "select count(*) from t")).isEqualTo("2");
            assertThat(one(statement, "select pg_last_unload_count()")).isEqualTo("0");
        }
    }
}
