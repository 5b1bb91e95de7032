package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravan.sandbox.databricks.SharedWarehouse.ARROW;
import static org.caravan.sandbox.databricks.SharedWarehouse.JSON;
import static org.caravan.sandbox.databricks.SharedWarehouse.connect;
import static org.caravan.sandbox.databricks.SharedWarehouse.post;
import static org.caravan.sandbox.databricks.SharedWarehouse.query;
import static org.caravan.sandbox.databricks.SharedWarehouse.remote;
import static org.caravan.sandbox.databricks.SharedWarehouse.rows;
import static org.caravan.sandbox.databricks.SharedWarehouse.run;
import static org.caravan.sandbox.databricks.SqlStates.assertThatSql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.caravan.sandbox.postgres.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections and foreign catalogs, and what is known of them, through the real driver. */
@ExtendWith(SharedWarehouse.class)
class FederationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM nowhere                    | 42P01",
                "SELEC 1                                  | 42601",
                "SELECT nothing FROM range(1)             | 42703",
                "SELECT 1 / 0                             | 22012",
                "SELECT id / 0 FROM range(3)              | 22012",
                "SELECT CAST('x' AS INT)                  | 22018",
                "SELECT * FROM fed.public.nowhere         | 42P01",
                "SELECT nothing FROM fed.public.types     | 42703",
                "USE CATALOG nowhere                      | 42704",
                "DROP CATALOG nowhere                     | 42704",
                "DROP CONNECTION nowhere                  | 42704",
                "DROP CONNECTION pg                       | 2BP01",
                "CREATE CONNECTION pg2 TYPE oracle OPTIONS (host 'h')                     | 0A000",
                "CREATE CONNECTION pg2 TYPE redshift OPTIONS (host 'h')                   | 42000",
                "CREATE CONNECTION pg2 TYPE redshift OPTIONS (host 'h', port '1', user 'u', password 'p', ssl 'x') | 42000",
                "CREATE CONNECTION PG TYPE redshift OPTIONS (host 'h', port '1', user 'u', password 'p')           | 42710",
                "CREATE CONNECTION pg2 TYPE redshift OPTIONS (host secret('s', 'k'))      | 22531",
                "CREATE FOREIGN CATALOG fed USING CONNECTION pg OPTIONS (database 'd')    | 42710",
                "CREATE FOREIGN CATALOG f2 USING CONNECTION nowhere OPTIONS (database 'd') | 42704",
                "CREATE FOREIGN CATALOG f2 USING CONNECTION pg OPTIONS (db 'd')           | 42000",
                "REFRESH FOREIGN SCHEMA fed.nowhere       | 42704",
                "REFRESH FOREIGN TABLE fed.public.nowhere | 42P01",
            })
    void failsWithTheSqlStateOfDatabricks(String sql, String sqlState) throws SQLException {
        try (Connection connection = connect(JSON)) {
            assertThatSql(() -> run(connection, sql)).isEqualTo(sqlState);
        }
    }

    @Test
    void doesNotSeeATableMadeAfterFirstUseUntilItIsRefreshed() throws SQLException {
        remote("create schema fresh", "create table fresh.a (id int)");
        try (Connection connection = connect(JSON)) {
            run(connection, "REFRESH FOREIGN CATALOG fed");
            assertThat(query(connection, "SELECT count(*) FROM fed.fresh.a")).containsExactly(List.of(0L));
            remote("create table fresh.b (id int)", "insert into fresh.b values (1)", "insert into fresh.a values (1)");
            assertThat(query(connection, "SELECT count(*) FROM fed.fresh.a")).containsExactly(List.of(1L));
            assertThatSql(() -> run(connection, "SELECT count(*) FROM fed.fresh.b"))
                    .isEqualTo("42P01");
            run(connection, "REFRESH FOREIGN TABLE fed.fresh.b");
            assertThat(query(connection, "SELECT count(*) FROM fed.fresh.b")).containsExactly(List.of(1L));

            remote("alter table fresh.a add column more int");
            assertThatSql(() -> run(connection, "SELECT more FROM fed.fresh.a")).isEqualTo("42703");
            run(connection, "REFRESH FOREIGN SCHEMA fed.fresh");
            assertThat(query(connection, "SELECT more IS NULL FROM fed.fresh.a"))
                    .containsExactly(List.of(true));

            remote("drop table fresh.b", "create table fresh.b (id int)");
            assertThat(query(connection, "SELECT count(*) FROM fed.fresh.b")).containsExactly(List.of(0L));
            remote("drop table fresh.b");
            assertThatSql(() -> run(connection, "SELECT count(*) FROM fed.fresh.b"))
                    .isEqualTo("42000");
        }
    }

    @Test
    void answersDatabaseMetaData() throws SQLException {
        remote(
                "create schema meta",
                "create table meta.orders_1 (id int not null, price numeric(12, 2))",
                "create view meta.seen as select 1 as one");
        try (Connection connection = connect(ARROW)) {
            run(connection, "REFRESH FOREIGN CATALOG fed");
            assertThat(rows(connection.getMetaData().getCatalogs(), "TABLE_CAT"))
                    .contains(List.of("fed"));
            assertThat(rows(connection.getMetaData().getSchemas("fed", "meta"), "TABLE_CATALOG", "TABLE_SCHEM"))
                    .containsExactly(List.of("fed", "meta"));
            assertThat(rows(
                            connection.getMetaData().getTables("fed", "meta", "%", null),
                            "TABLE_CAT",
                            "TABLE_SCHEM",
                            "TABLE_NAME"))
                    .containsExactlyInAnyOrder(List.of("fed", "meta", "orders_1"), List.of("fed", "meta", "seen"));
            assertThat(rows(connection.getMetaData().getTables(null, "meta", "orders\\_1", null), "TABLE_NAME"))
                    .containsExactly(List.of("orders_1"));
            assertThat(rows(
                            connection.getMetaData().getColumns("fed", "meta", "orders_1", null),
                            "COLUMN_NAME",
                            "TYPE_NAME",
                            "DATA_TYPE",
                            "COLUMN_SIZE",
                            "DECIMAL_DIGITS",
                            "ORDINAL_POSITION"))
                    .containsExactly(
                            List.of("id", "INT", Types.INTEGER, 10, 0, 1),
                            List.of("price", "DECIMAL", Types.DECIMAL, 12, 2, 2));
            assertThat(rows(connection.getMetaData().getPrimaryKeys("fed", "meta", "orders_1"), "COLUMN_NAME"))
                    .isEmpty();
            assertThat(query(connection, "SHOW TABLES IN fed.meta").toString()).contains("orders_1");
            assertThat(query(connection, "DESCRIBE TABLE fed.meta.orders_1").toString())
                    .contains("decimal(12,2)");
        }
    }

    @Test
    void followsDroppedAndRecreatedCatalogsInOpenSessions() throws SQLException {
        try (Connection connection = connect(JSON)) {
            run(
                    connection,
                    "CREATE FOREIGN CATALOG IF NOT EXISTS temporary USING CONNECTION pg OPTIONS (database 'postgres')");
            run(connection, "SELECT id FROM temporary.public.types");
            run(connection, "DROP CATALOG temporary");
            assertThatSql(() -> run(connection, "SELECT id FROM temporary.public.types"))
                    .isEqualTo("42704");
            run(connection, "CREATE FOREIGN CATALOG temporary USING CONNECTION pg OPTIONS (database 'postgres')");
            run(connection, "SELECT id FROM temporary.public.types");
            run(connection, "DROP CATALOG temporary");
        }
    }

    @Test
    void takesTheCredentialsOfAConnectionFromSecrets() throws Exception {
        post("/api/2.0/secrets/scopes/create", "{\"scope\":\"caravan\"}");
        post(
                "/api/2.0/secrets/put",
                "{\"scope\":\"caravan\",\"key\":\"pw\",\"string_value\":\""
                        + SharedWarehouse.postgres().adminPassword() + "\"}");
        try (Connection connection = connect(JSON)) {
            run(
                    connection,
                    "CREATE CONNECTION secret_pg TYPE postgresql OPTIONS (host '127.0.0.1', port '"
                            + SharedWarehouse.postgres().port() + "', user '" + PostgresServer.ADMIN
                            + "', password secret('caravan', 'pw'))");
            run(
                    connection,
                    "CREATE FOREIGN CATALOG secret_fed USING CONNECTION secret_pg OPTIONS (database 'postgres')");
            assertThat(query(connection, "SELECT count(*) FROM secret_fed.public.types"))
                    .containsExactly(List.of(3L));
            run(connection, "DROP CATALOG secret_fed");
            run(connection, "DROP CONNECTION secret_pg");
        }
    }

    @Test
    void showsConnectionsWithoutTheirSecrets() throws SQLException {
        SharedWarehouse.principal("onlooker");
        try (Connection connection = connect(JSON);
                Connection onlooker = SharedWarehouse.connectAs("onlooker")) {
            run(
                    connection,
                    "CREATE CONNECTION shown TYPE Redshift OPTIONS (host 'h', port 5439, user 'u', password 'hidden')"
                            + " COMMENT 'ours'");
            List<Object> listed =
                    query(connection, "SHOW CONNECTIONS LIKE 'sho*|nothing'").get(0);
            assertThat(listed).startsWith("shown", "redshift").endsWith("admin", "ours");
            assertThat(listed.get(2).toString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
            assertThat(query(connection, "DESCRIBE CONNECTION shown"))
                    .contains(
                            List.of("name", "shown"),
                            List.of("Connection Type", "redshift"),
                            List.of("Url", "jdbc:redshift://h:5439"),
                            List.of("Owner", "admin"),
                            List.of("Comment", "ours"),
                            List.of("Options", "((host, 'h'), (port, '5439'))"))
                    .extracting(Object::toString)
                    .noneMatch(row -> row.contains("hidden"));
            assertThat(query(onlooker, "SHOW CONNECTIONS LIKE 'shown'")).isEmpty();
            assertThatSql(() -> run(onlooker, "DESCRIBE CONNECTION shown")).isEqualTo("42501");
            run(connection, "DROP CONNECTION shown");
        }
    }
}
