package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs whose query is read over several connections, and their plans. */
class SplitReadIT {
    private static final String LINES = "SELECT * FROM lineitem -- all";

    @TempDir
    private Path routes;

    @Test
    void carriesTheSameRowsOverThreeConnectionsAsOverOne() throws Exception {
        long rows;
        try (Connection source = SharedSandbox.source()) {
            rows = Long.parseLong(SharedSandbox.query(source, "SELECT count(*) FROM lineitem")
                    .get(0)
                    .get(0));
        }
        TestPipeline lines = TestPipeline.of("split_lines", LINES);

        JsonNode whole = lines.run(routes, rows, 16);
        for (String by : List.of("auto", "l_orderkey", "L_SHIPMODE")) {
            JsonNode split =
                    lines.with("partitions", "3").with("partitionBy", by).run(routes, rows, 16);
            assertThat(split.path("digests")).as(by).isEqualTo(whole.path("digests"));
        }
    }

    @Test
    void plansTheSlicesAndHowTheyAreOfOneState() throws Exception {
        JsonNode reading = plan(LINES, "3", "auto").path("reading");

        assertThat(reading.path("path").asText()).isEqualTo("copy");
        assertThat(reading.path("splitBy").asText()).matches("ranges of the \\d+ pages of lineitem");
        assertThat(reading.path("state").asText()).contains("one for all");
        assertThat(reading.path("statements").toString())
                .contains("pg_export_snapshot", "SET TRANSACTION SNAPSHOT", "lineitem.ctid < ", "lineitem.ctid >= ");

        JsonNode byKey = plan(LINES, "3", "l_orderkey").path("reading");
        assertThat(byKey.path("statements").toString())
                .contains("SELECT min(caravan_slice.", ":bound1", ":bound2", "IS NULL");
    }

    @Test
    void plansWhyOneConnectionReads() throws Exception {
        JsonNode reading = plan("SELECT * FROM nation ORDER BY 1", "3", "auto").path("reading");

        assertThat(reading.path("splitBy").asText()).startsWith("not split: it is not plainly SELECT");
        assertThat(reading.path("statements")).isEmpty();
        assertThat(reading.path("partitions").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM nation | 3 | nokey | partitionBy=nokey of caravan-query: the query's result has no such column",
                "SELECT * FROM nation LIMIT 3 | 3 | n_nationkey | it has LIMIT",
                "SELECT * FROM nation | 9 | auto | the data source 'source' gives at most 8",
            })
    void refusesBeforeAnythingIsWritten(String sql, String partitions, String by, String message) throws Exception {
        SharedSandbox.Call call = TestPipeline.of("split_refused", sql)
                .with("partitions", partitions)
                .with("partitionBy", by)
                .call(routes);

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out() + call.err()).contains(message);
        assertThat(SharedSandbox.bucket().resolve("caravan/split_refused")).doesNotExist();
        JsonNode plan = plan(sql, partitions, by);
        assertThat(plan.path("problems").toString()).contains(message);
    }

    private JsonNode plan(String sql, String partitions, String by) throws Exception {
        TestPipeline.of("split_plan", sql)
                .with("partitions", partitions)
                .with("partitionBy", by)
                .write(routes);
        assertThat(Files.exists(routes.resolve("split_plan.camel.yaml"))).isTrue();
        SharedSandbox.Call call = SharedSandbox.call(
                "plan",
                "split_plan",
                "--json",
                "--routes",
                routes.toString(),
                "--config",
                SharedSandbox.config().toString());
        return new ObjectMapper().readTree(call.out());
    }
}
