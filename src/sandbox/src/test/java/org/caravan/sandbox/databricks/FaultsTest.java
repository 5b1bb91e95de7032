package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.caravan.sandbox.databricks.SharedWarehouse.JSON;
import static org.caravan.sandbox.databricks.SharedWarehouse.call;
import static org.caravan.sandbox.databricks.SharedWarehouse.connect;
import static org.caravan.sandbox.databricks.SharedWarehouse.faults;
import static org.caravan.sandbox.databricks.SharedWarehouse.query;
import static org.caravan.sandbox.databricks.SharedWarehouse.rows;
import static org.caravan.sandbox.databricks.SharedWarehouse.run;

import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures on request. */
@ExtendWith(SharedWarehouse.class)
class FaultsTest {
    private static final String WAREHOUSE = "/api/2.0/sql/warehouses/sandbox";
    private static final String SELECT = "{\"warehouse_id\":\"sandbox\",\"statement\":\"SELECT 1\"}";

    @AfterEach
    void restore() throws Exception {
        faults("{\"unavailable\":0,\"pending\":0,\"too_many_requests\":0,\"truncated\":0,\"lost_answer\":0,"
                + "\"invalid_token\":0,\"delay_millis\":0,\"missing_columns\":false,\"asleep_seconds\":0}");
    }

    @Test
    void failsAsOrdered() throws Exception {
        faults("{\"unavailable\":1,\"pending\":2}");
        try (Connection connection = connect(JSON)) {
            assertThat(query(connection, "SELECT 1")).containsExactly(List.of(1));
            faults("{\"drop_sessions\":true}");
            assertThatThrownBy(() -> run(connection, "SELECT 1")).hasMessageContaining("does not exist");
        }
    }

    @Test
    void countsRequestsThatFail() throws Exception {
        faults("{\"unavailable\":2}");
        assertThat(call("GET", WAREHOUSE, "").statusCode()).isEqualTo(503);
        assertThat(call("GET", WAREHOUSE, "").headers().firstValue("Retry-After"))
                .contains("1");
        assertThat(call("GET", WAREHOUSE, "").statusCode()).isEqualTo(200);

        faults("{\"too_many_requests\":1,\"invalid_token\":1}");
        assertThat(call("GET", WAREHOUSE, "").statusCode()).isEqualTo(429);
        assertThat(call("GET", WAREHOUSE, "").statusCode()).isEqualTo(403);
        assertThat(call("GET", WAREHOUSE, "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated", "lost_answer"})
    void breaksOffAnAnswerThatTheStatementHas(String fault) throws Exception {
        faults("{\"" + fault + "\":1}");

        assertThatThrownBy(() -> call("POST", "/api/2.0/sql/statements", SELECT))
                .isInstanceOf(IOException.class);
        assertThat(call("POST", "/api/2.0/sql/statements", SELECT).body()).contains("SUCCEEDED");
    }

    @Test
    void refusesAnUnknownFaultAndDoesNothing() throws Exception {
        assertThat(call("POST", "/sandbox/faults", "{\"unavailable\":5,\"sunshine\":1}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(call("GET", WAREHOUSE, "").statusCode()).isEqualTo(200);
    }

    @Test
    void wakesAtAStatementAndTakesItsTime() throws Exception {
        faults("{\"asleep_seconds\":3}");
        assertThat(state()).isEqualTo("STOPPED");

        String answer = call("POST", "/api/2.0/sql/statements", SELECT.replace("}", ",\"wait_timeout\":\"0s\"}"))
                .body();
        assertThat(answer).contains("\"state\":\"PENDING\"");
        assertThat(state()).isEqualTo("STARTING");
        await().atMost(Duration.ofSeconds(20)).until(() -> state().equals("RUNNING"));
        String id = answer.replaceFirst(".*\"statement_id\":\"([^\"]+)\".*", "$1");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        call("GET", "/api/2.0/sql/statements/" + id, "").body().contains("SUCCEEDED"));
    }

    @Test
    void letsTheRealDriverWaitForAWarehouseThatSleeps() throws Exception {
        faults("{\"asleep_seconds\":1}");
        try (Connection connection = connect(JSON)) {
            assertThat(query(connection, "SELECT 1")).containsExactly(List.of(1));
        }
        assertThat(call("POST", WAREHOUSE + "/stop", "").statusCode()).isEqualTo(200);
        assertThat(state()).isEqualTo("STOPPED");
        assertThat(call("POST", WAREHOUSE + "/start", "").statusCode()).isEqualTo(200);
        assertThat(state()).isNotEqualTo("STOPPED");
    }

    @Test
    void hidesTheColumnsOfForeignTablesButNotFromDescribe() throws Exception {
        try (Connection connection = connect(JSON)) {
            assertThat(rows(connection.getMetaData().getColumns("fed", "public", "types", "id"), "COLUMN_NAME"))
                    .containsExactly(List.of("id"));
            faults("{\"missing_columns\":true}");
            assertThat(rows(connection.getMetaData().getColumns("fed", "public", "types", "id"), "COLUMN_NAME"))
                    .isEmpty();
            assertThat(query(connection, "DESCRIBE TABLE fed.public.types").get(0))
                    .startsWith("id", "int");
            assertThat(query(connection, "SELECT count(*) FROM fed.public.types"))
                    .containsExactly(List.of(3L));
        }
    }

    private static String state() throws Exception {
        return call("GET", WAREHOUSE, "").body().replaceFirst(".*\"state\":\"([A-Z]+)\".*", "$1");
    }
}
