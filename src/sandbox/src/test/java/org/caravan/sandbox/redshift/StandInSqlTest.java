package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.caravan.sandbox.redshift.statement.DenyList;
import org.caravan.sandbox.redshift.statement.DenyRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SQL and metadata through the real Redshift driver, where they differ from what PostgreSQL does. */
@ExtendWith(SharedRedshift.class)
class StandInSqlTest {
    @Test
    void commitsAtTruncate() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String truncated = StandInFiles.newTable(statement, "a int");
            String written = StandInFiles.newTable(statement, "a int");
            statement.execute("insert into " + truncated + " values (1)");
            connection.setAutoCommit(false);
            statement.execute("insert into " + written + " values (1)");
            statement.execute("truncate " + truncated);
            connection.rollback();
            assertThat(StandInFiles.one(statement, "select count(*) from " + truncated))
                    .isEqualTo(0L);
            assertThat(StandInFiles.one(statement, "select count(*) from " + written))
                    .isEqualTo(1L);
        }
    }

    @Test
    void keepsVacuumAndAppendOutOfTransactions() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String target = StandInFiles.newTable(statement, "a int, b varchar(3)");
            String source = StandInFiles.newTable(statement, "b varchar(3), a int");
            statement.execute("insert into " + source + " values ('x', 1), ('y', 2)");
            String append = "alter table " + target + " append from " + source;
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute(append))
                    .hasMessageContaining("cannot run inside a transaction block");
            connection.rollback();
            assertThatThrownBy(() -> statement.execute("vacuum"))
                    .hasMessageContaining("VACUUM cannot run inside a transaction block");
            connection.rollback();
            connection.setAutoCommit(true);
            statement.execute(append);
            statement.execute("vacuum full " + target);
            statement.execute("analyze " + target);
            assertThat(StandInFiles.one(statement, "select listagg(b, '') within group (order by a) from " + target))
                    .isEqualTo("xy");
            assertThat(StandInFiles.one(statement, "select count(*) from " + source))
                    .isEqualTo(0L);
        }
    }

    @Test
    void countsBytesWhenRowsAreInserted() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, "a varchar(3), b varchar, c char(2)");
            statement.execute("insert into " + table + " values ('éa', null, null)");
            for (String values : List.of("'éé', '', ''", "'', repeat('x', 257), ''", "'', '', 'éa'")) {
                assertThatThrownBy(() -> statement.execute("insert into " + table + " values (" + values + ")"))
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                .isEqualTo("22001"));
            }
            statement.execute("alter table " + table + " alter column a type varchar(4)");
            statement.execute("update " + table + " set a = 'éé'");
        }
    }

    @Test
    void takesKeysAsInformationOnlyAndShowsThem() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table other (x int primary key)");
            String table = StandInFiles.newTable(
                    statement,
                    "a int primary key, b int unique references other (x), c decimal, d super, e varbyte(7), \"F\" varchar(max)) "
                            + "diststyle key distkey (a) compound sortkey (a, b");
            statement.execute("insert into " + table + " (a, b) values (1, 1), (1, 1)");
            try (ResultSet keys = connection.getMetaData().getPrimaryKeys("dev", "public", table)) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getString("COLUMN_NAME")).isEqualTo("a");
            }
            try (ResultSet keys = connection.getMetaData().getImportedKeys("dev", "public", table)) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getString("PKTABLE_NAME") + "." + keys.getString("PKCOLUMN_NAME") + " from "
                                + keys.getString("FKCOLUMN_NAME"))
                        .isEqualTo("other.x from b");
            }
            List<String> columns = new ArrayList<>();
            try (ResultSet rows = connection.getMetaData().getColumns("dev", "public", table, null)) {
                while (rows.next()) {
                    columns.add(rows.getString("COLUMN_NAME") + " " + rows.getString("TYPE_NAME") + " "
                            + rows.getInt("COLUMN_SIZE"));
                }
            }
            assertThat(columns).contains("c numeric 18", "f varchar 65535").hasSize(6);
            try (ResultSet tables = connection.getMetaData().getTables(null, "public", table, new String[] {"TABLE"})) {
                assertThat(tables.next()).isTrue();
                assertThat(tables.getString("TABLE_NAME")).isEqualTo(table);
            }
            try (ResultSet schemas = connection.getMetaData().getSchemas()) {
                List<String> names = new ArrayList<>();
                while (schemas.next()) {
                    names.add(schemas.getString(1));
                }
                assertThat(names).contains("public");
            }
        }
    }

    @Test
    void bindsParameters() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, "a int, b varchar(40), c decimal(10,2), d timestamp");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into " + table + " values (?, ?, ?, ?)")) {
                for (int i = 0; i < 20; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "back\\slash 'quote' " + i);
                    insert.setBigDecimal(3, new BigDecimal("1.25"));
                    insert.setTimestamp(4, Timestamp.valueOf("2024-01-01 00:00:00"));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            assertThat(StandInFiles.one(statement, "select b from " + table + " where a = 3"))
                    .isEqualTo("back\\slash 'quote' 3");
            assertThat(StandInFiles.one(
                            statement, "select datediff(day, d, dateadd(month, 1, d)) from " + table + " limit 1"))
                    .isEqualTo(31L);
        }
    }

    @Test
    void cancelsAQuery() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, "a int");
            statement.execute("insert into " + table + " values (1),(2),(3),(4),(5),(6),(7),(8),(9),(10)");
            statement.setQueryTimeout(1);
            String product = String.join(
                    ", ",
                    java.util.stream.IntStream.range(0, 10)
                            .mapToObj(i -> table + " x" + i)
                            .toList());
            assertThatThrownBy(() -> StandInFiles.one(statement, "select count(*) from " + product))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            statement.setQueryTimeout(0);
            assertThat(StandInFiles.one(statement, "select 1")).isEqualTo(1);
        }
    }

    @Test
    void takesAndGivesBytesAndSuper() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, "a varbyte(3), b super");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into " + table + " values (?, json_parse(?))")) {
                insert.setBytes(1, new byte[] {-1, 0});
                insert.setString(2, "[1]");
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            try (ResultSet rows = statement.executeQuery("select * from " + table)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getBytes(1)).containsExactly(-1, 0);
                assertThat(rows.getString(2)).isEqualTo("[1]");
                assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("varbyte");
                assertThat(rows.getMetaData().getColumnTypeName(2)).isEqualTo("super");
            }
        }
    }

    @Test
    void refusesTheSecondOfTwoConflictingTransactions() throws SQLException {
        try (Connection first = SharedRedshift.connect();
                Statement one = first.createStatement();
                Connection second = SharedRedshift.connect();
                Statement two = second.createStatement()) {
            String table = StandInFiles.newTable(one, "a int");
            one.execute("insert into " + table + " values (1)");
            first.setAutoCommit(false);
            assertThat(StandInFiles.one(one, "select a from " + table)).isEqualTo(1);
            two.execute("update " + table + " set a = 2");
            assertThat(StandInFiles.one(one, "select a from " + table)).isEqualTo(1);
            assertThatThrownBy(() -> one.execute("update " + table + " set a = 3"))
                    .hasMessageContaining("1023");
            first.rollback();
        }
    }

    static List<DenyRule> denyRules() {
        return DenyList.RULES;
    }

    @ParameterizedTest
    @MethodSource("denyRules")
    void refusesWhatRedshiftRefuses(DenyRule rule) throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (a int)");
            statement.execute("create temp table s (a int)");
            assertThatThrownBy(() -> statement.execute(rule.example()))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo(rule.state());
                        assertThat(e.getMessage()).contains(rule.message());
                    });
        }
    }
}
