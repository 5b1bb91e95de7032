package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravan.sandbox.databricks.SharedWarehouse.ARROW;
import static org.caravan.sandbox.databricks.SharedWarehouse.JSON;
import static org.caravan.sandbox.databricks.SharedWarehouse.call;
import static org.caravan.sandbox.databricks.SharedWarehouse.connect;
import static org.caravan.sandbox.databricks.SharedWarehouse.faults;
import static org.caravan.sandbox.databricks.SharedWarehouse.post;
import static org.caravan.sandbox.databricks.SharedWarehouse.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How results are given: inline, behind links, and only so much of them. */
@ExtendWith(SharedWarehouse.class)
class ResultsTest {
    private static final ObjectMapper READER = new ObjectMapper();
    private static final String LARGE = "SELECT id, repeat('x', 1000) FROM range(30000)";

    @AfterEach
    void restore() throws Exception {
        faults("{\"link_seconds\":900}");
    }

    @Test
    void failsAnInlineResultAboveTheLimit() throws SQLException {
        try (Connection connection = connect(JSON)) {
            assertThatThrownBy(() -> run(connection, LARGE))
                    .hasMessageContaining("Inline byte limit exceeded. Statements executed with disposition=INLINE can"
                            + " have a result size of at most 26214400 bytes.");
            run(connection, LARGE.replace("30000", "20000"));
        }
    }

    @Test
    void givesALargeResultToTheRealDriverByLinks() throws SQLException {
        try (Connection connection = connect(ARROW);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LARGE)) {
            long sum = 0;
            int count = 0;
            while (rows.next()) {
                sum += rows.getLong(1);
                count++;
                assertThat(rows.getString(2)).hasSize(1000);
            }
            assertThat(count).isEqualTo(30000);
            assertThat(sum).isEqualTo(30000L * 29999 / 2);
        }
    }

    @Test
    void givesChunksByLinksThatEnd() throws Exception {
        JsonNode answer = execute(LARGE.replace("30000", "9000"), "EXTERNAL_LINKS", "");
        assertThat(answer.at("/manifest/total_chunk_count").asInt()).isEqualTo(3);
        assertThat(answer.at("/result/external_links/0/next_chunk_internal_link")
                        .asText())
                .endsWith("/result/chunks/1");
        String id = answer.path("statement_id").asText();
        int rows = 0;
        for (int chunk = 0; chunk < 3; chunk++) {
            JsonNode link = READER.readTree(call("GET", "/api/2.0/sql/statements/" + id + "/result/chunks/" + chunk, "")
                            .body())
                    .at("/external_links/0");
            assertThat(link.path("row_offset").asInt()).isEqualTo(rows);
            rows += READER.readTree(call("GET", link.path("external_link").asText(), Optional.empty(), "")
                            .body())
                    .size();
        }
        assertThat(rows).isEqualTo(9000);
        assertThat(call("GET", "/api/2.0/sql/statements/" + id + "/result/chunks/3", "")
                        .statusCode())
                .isEqualTo(400);

        String link = answer.at("/result/external_links/0/external_link").asText();
        assertThat(call("GET", link, Optional.of("Bearer " + SharedWarehouse.ADMIN_TOKEN), "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(call("GET", link.replace("/0?", "/1?"), Optional.empty(), "").body())
                .contains("SignatureDoesNotMatch");
        faults("{\"link_seconds\":0}");
        String ended = READER.readTree(call("GET", "/api/2.0/sql/statements/" + id + "/result/chunks/0", "")
                        .body())
                .at("/external_links/0/external_link")
                .asText();
        assertThat(call("GET", ended, Optional.empty(), "").body()).contains("Request has expired");
    }

    @Test
    void cutsAResultAtItsLimitsAndSaysSo() throws Exception {
        JsonNode byRows = execute("SELECT id FROM range(10)", "INLINE", ",\"row_limit\":3");
        assertThat(byRows.at("/manifest/truncated").asBoolean()).isTrue();
        assertThat(byRows.at("/result/data_array")).hasSize(3);

        // A row of one long takes 16 bytes: its null bits and its value.
        JsonNode byBytes = execute("SELECT id FROM range(10)", "INLINE", ",\"byte_limit\":100");
        assertThat(byBytes.at("/manifest/truncated").asBoolean()).isTrue();
        assertThat(byBytes.at("/result/data_array")).hasSize(6);

        JsonNode whole = execute("SELECT id FROM range(10)", "INLINE", ",\"row_limit\":10,\"byte_limit\":160");
        assertThat(whole.at("/manifest/truncated").asBoolean()).isFalse();
        assertThat(whole.at("/result/data_array")).hasSize(10);
    }

    @Test
    void limitsTheRowsOfADriversStatement() throws SQLException {
        try (Connection connection = connect(JSON);
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(4);
            try (ResultSet rows = statement.executeQuery("SELECT id FROM range(10)")) {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(4);
            }
        }
    }

    private static JsonNode execute(String sql, String disposition, String more) throws Exception {
        return READER.readTree(post(
                "/api/2.0/sql/statements",
                "{\"warehouse_id\":\"sandbox\",\"statement\":\"" + sql + "\",\"disposition\":\"" + disposition
                        + "\",\"wait_timeout\":\"50s\"" + more + "}"));
    }
}
