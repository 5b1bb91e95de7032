package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravan.sandbox.databricks.SharedWarehouse.JSON;
import static org.caravan.sandbox.databricks.SharedWarehouse.connect;
import static org.caravan.sandbox.databricks.SharedWarehouse.connectAs;
import static org.caravan.sandbox.databricks.SharedWarehouse.query;
import static org.caravan.sandbox.databricks.SharedWarehouse.remote;
import static org.caravan.sandbox.databricks.SharedWarehouse.rows;
import static org.caravan.sandbox.databricks.SharedWarehouse.run;
import static org.caravan.sandbox.databricks.SqlStates.assertThatSql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What principals with fewer rights than the administrator may do, through the real driver. */
@ExtendWith(SharedWarehouse.class)
class PrivilegesTest {
    @Test
    void readsWithJustTheGrantsThatTheReadmeLists() throws SQLException {
        remote(
                "create schema product",
                "create table product.loaded (id int)",
                "create schema product_other",
                "create table product_other.hidden (id int)");
        SharedWarehouse.principal("product");
        try (Connection admin = connect(JSON);
                Connection product = connectAs("product")) {
            run(admin, "CREATE FOREIGN CATALOG product_fed USING CONNECTION pg OPTIONS (database 'postgres')");
            run(admin, "GRANT USE CATALOG ON CATALOG product_fed TO `product`");
            run(admin, "GRANT USE SCHEMA, SELECT ON SCHEMA product_fed.product TO `product`");

            run(product, "REFRESH FOREIGN SCHEMA product_fed.product");
            run(product, "DESCRIBE TABLE product_fed.product.loaded");
            assertThat(query(product, "SELECT count(*) FROM product_fed.product.loaded"))
                    .containsExactly(List.of(0L));
            assertThatSql(() -> run(product, "SELECT * FROM product_fed.product_other.hidden"))
                    .isEqualTo("42501");
            assertThatSql(() -> run(product, "REFRESH FOREIGN CATALOG product_fed"))
                    .isEqualTo("42501");
            assertThat(rows(product.getMetaData().getSchemas("product_fed", null), "TABLE_SCHEM"))
                    .containsExactly(List.of("product"));
            assertThat(rows(product.getMetaData().getTables("product_fed", null, "%", null), "TABLE_NAME"))
                    .containsExactly(List.of("loaded"));
            run(admin, "DROP CATALOG product_fed");
        }
    }

    @Test
    void keepsThePrivilegesOfAnOpenSessionUpToDate() throws SQLException {
        SharedWarehouse.principal("changing");
        try (Connection admin = connect(JSON);
                Connection changing = connectAs("changing")) {
            run(admin, "CREATE FOREIGN CATALOG changing_fed USING CONNECTION pg OPTIONS (database 'postgres')");
            assertThatSql(() -> run(changing, "SELECT id FROM changing_fed.public.types"))
                    .isEqualTo("42501");
            run(admin, "GRANT ALL PRIVILEGES ON CATALOG changing_fed TO changing");
            run(changing, "SELECT id FROM changing_fed.public.types");
            run(admin, "REVOKE ALL PRIVILEGES ON CATALOG changing_fed FROM changing");
            assertThatSql(() -> run(changing, "SELECT id FROM changing_fed.public.types"))
                    .isEqualTo("42501");
            run(admin, "DROP CATALOG changing_fed");
        }
    }

    @Test
    void doesNotLetASessionMakeItselfAnother() throws SQLException {
        SharedWarehouse.principal("sly");
        try (Connection admin = connect(JSON);
                Connection sly = connectAs("sly")) {
            run(admin, "CREATE FOREIGN CATALOG sly_fed USING CONNECTION pg OPTIONS (database 'postgres')");
            assertThatSql(() -> run(sly, "SET spark.sql.catalog.sly_fed.principal = admin"))
                    .isEqualTo("42K0I");
            assertThatSql(() -> run(sly, "SET `spark.sql.catalog.sly_fed.principal` = admin"))
                    .isEqualTo("42K0I");
            assertThatSql(() -> run(sly, "SELECT id FROM sly_fed.public.types")).isEqualTo("42501");
            run(admin, "DROP CATALOG sly_fed");
        }
        try (Connection sly = DriverManager.getConnection(
                SharedWarehouse.url(";AuthMech=3" + JSON + ";spark.sql.catalog.fed.role=ADMIN"),
                "token",
                "token-sly")) {
            assertThatSql(() -> run(sly, "SELECT id FROM fed.public.types")).isEqualTo("42501");
        }
    }

    @Test
    void doesNotOpenASessionInACatalogThatMayNotBeUsed() {
        SharedWarehouse.principal("outsider");

        assertThatThrownBy(() -> DriverManager.getConnection(
                        SharedWarehouse.url(";AuthMech=3;ConnCatalog=fed" + JSON), "token", "token-outsider"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("User does not have USE CATALOG on Catalog 'fed'");
    }

    @Test
    void keepsStatementsAndSessionsFromOthers() throws Exception {
        SharedWarehouse.principal("curious");
        String statement = SharedWarehouse.post(
                        "/api/2.0/sql/statements", "{\"warehouse_id\":\"sandbox\",\"statement\":\"SELECT 1\"}")
                .replaceFirst(".*\"statement_id\":\"([^\"]+)\".*", "$1");

        assertThat(SharedWarehouse.call("GET", "/api/2.0/sql/statements/" + statement, "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(SharedWarehouse.call(
                                "GET",
                                "/api/2.0/sql/statements/" + statement,
                                java.util.Optional.of("Bearer token-curious"),
                                "")
                        .statusCode())
                .isEqualTo(404);
    }
}
