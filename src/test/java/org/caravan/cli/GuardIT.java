package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that look wrong stop a run, or warn, before the target changes. */
class GuardIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROWS =
            "SELECT id::bigint AS id, CASE WHEN id %% 4 > 0 THEN 'x' END::varchar(9) AS email"
                    + " FROM generate_series(1, %d) id";

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "rows < 1000                           | rows < 1000: the result has 8 rows",
                "change > 50%                          | change > 50%: the result has 8 rows, 60% fewer than the 20 of the last good run",
                "nulls(email) > 5%                     | nulls(email) > 5%: column 'email' is NULL in 2 of 8 rows (25%)",
                "rows < 1; unique(email)               | unique(email): 2 keys stand in 8 rows, such as email"
            })
    void stopsTheRunOrWarns(String rules, String found) throws Exception {
        String name = "guard_" + Integer.toHexString(rules.hashCode());
        run(name, 20, Map.of(), 0);

        JsonNode stopped = run(name, 8, Map.of("fail", rules), 4);

        assertThat(stopped.path("error").path("message").asText()).contains(found);
        assertThat(stopped.path("rows").path("redshift").isMissingNode()).isTrue();
        assertThat(count(name)).isEqualTo("20");

        JsonNode warned = run(name, 8, Map.of("warn", rules), 0);

        JsonNode warning = warned.path("warnings").path(0);
        assertThat(warning.path("rule").asText() + ": "
                        + warning.path("message").asText())
                .contains(found);
        assertThat(warned.path("warnings")).hasSize(1);
        assertThat(count(name)).isEqualTo("8");
        String shown = SharedSandbox.call(
                        "show",
                        warned.path("run").asText(),
                        "--config",
                        SharedSandbox.config().toString())
                .out();
        assertThat(shown).contains("warning", found);
    }

    @Test
    void letsOneRunPassByASetting() throws Exception {
        run("guard_pass", 20, Map.of(), 0);
        TestPipeline pipeline = TestPipeline.of("guard_pass", ROWS.formatted(8)).with("fail", "rows < 10");
        pipeline.write(directory);

        SharedSandbox.Call call = SharedSandbox.call(
                "run",
                "guard_pass",
                "--routes",
                directory.toString(),
                "--config",
                SharedSandbox.configWith(Map.of("guard.pass", "guard_pass")).toString());

        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        assertThat(call.out())
                .contains("1 warning: rows < 10: the result has 8 rows (let pass by the setting guard.pass)");
        assertThat(count("guard_pass")).isEqualTo("8");
    }

    @Test
    void treatsAnEmptyResultAsTheRouteSays() throws Exception {
        run("guard_empty", 20, Map.of(), 0);

        JsonNode failed = run("guard_empty", 0, Map.of(), 4);
        assertThat(failed.path("error").path("message").asText()).contains("returned no rows");
        assertThat(count("guard_empty")).isEqualTo("20");

        JsonNode kept = run("guard_empty", 0, Map.of("empty", "keep", "fail", "rows < 10"), 0);
        assertThat(kept.path("outcome").asText()).isEqualTo("done");
        assertThat(kept.path("table").isMissingNode()).isTrue();
        assertThat(kept.path("warnings").path(0).path("rule").asText()).isEqualTo("empty=keep");
        assertThat(kept.path("steps").has("load")).isFalse();
        assertThat(count("guard_empty")).isEqualTo("20");

        JsonNode replaced = run("guard_empty", 0, Map.of("empty", "replace"), 0);
        assertThat(replaced.path("rows").path("databricks").asLong(-1)).isZero();
        assertThat(count("guard_empty")).isEqualTo("0");
    }

    private JsonNode run(String name, int rows, Map<String, String> extract, int exitCode) throws Exception {
        SharedSandbox.Call call =
                new TestPipeline(name, ROWS.formatted(rows), extract, Map.of(), List.of()).call(directory);
        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
        return JSON.readTree(call.out());
    }

    private static String count(String table) throws Exception {
        try (Connection redshift = SharedSandbox.redshift()) {
            return SharedSandbox.query(redshift, "select count(*) from public." + table)
                    .get(0)
                    .get(0);
        }
    }
}
