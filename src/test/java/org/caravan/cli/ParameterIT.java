package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters from the route and the command line, through the everyday form of a pipeline. */
class ParameterIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void runsWithParametersPlansAndKeepsThem() throws Exception {
        TestPipeline pipeline = TestPipeline.of(
                        "parameters",
                        "SELECT n, :label AS label, :runDate AS day FROM generate_series(1, 100) n WHERE n <= :limit;")
                .with("parameters", "limit=10, label=text(it's, \\ so)")
                .with("timeZone", "Europe/Berlin");
        pipeline.write(directory);
        Path config = SharedSandbox.configWith(Map.of("verify.digest", "both"));

        JsonNode report = json(
                call(config, "run", "parameters", "--json", "--param", "limit=3", "--param", "runDate=2026-11-01"));
        assertThat(report.path("rows").path("databricks").asLong()).isEqualTo(3);
        JsonNode kept = json(call(config, "show", report.path("run").asText(), "--json"));
        for (JsonNode json : List.of(report, kept)) {
            assertThat(json.path("parameters"))
                    .isEqualTo(
                            JSON.readTree(
                                    """
                    {"label": {"type": "text", "value": "it's, \\\\ so"},
                     "runDate": {"type": "date", "value": "2026-11-01"},
                     "limit": {"type": "integer", "value": "3"}}
                    """));
        }
        assertThat(call(config, "show", report.path("run").asText()).out()).contains("limit = 3 (integer)");

        SharedSandbox.Call plan = call(config, "plan", "parameters");
        assertThat(plan.exitCode()).as(plan.out() + plan.err()).isZero();
        assertThat(plan.out()).contains(":limit = 10 (integer)").contains(":runDate = 20");

        SharedSandbox.Call unknown = call(config, "run", "parameters", "--param", "limti=3");
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.err()).contains("--param gives 'limti'").contains("it has 'limit'");
    }

    @Test
    void fillsPastDaysOverAChangeOfTheClockUntilOneFails() throws Exception {
        TestPipeline pipeline = TestPipeline.of(
                        "backfilled",
                        """
                        SELECT h FROM generate_series(timestamptz '2026-03-28 00:00+00', timestamptz '2026-04-01 00:00+00',
                                                      interval '1 hour') h
                        WHERE h >= :from AND h < :to AND 1 / (date '2026-03-31' - :runDate) > -1""")
                .with("parameters", "from=timestamptz(?), to=timestamptz(?)")
                .with("timeZone", "Europe/Berlin");
        pipeline.write(directory);
        Path config = SharedSandbox.config();

        SharedSandbox.Call call =
                call(config, "backfill", "backfilled", "--from", "2026-03-29", "--to", "2026-04-01", "--json");

        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(4);
        JsonNode report = JSON.readTree(call.out());
        assertThat(report.path("runs")).hasSize(3);
        List<Long> rows = new ArrayList<>();
        report.path("runs")
                .forEach(run -> rows.add(run.at("/report/rows/source").asLong(-1)));
        assertThat(rows.subList(0, 2)).as(call.out()).containsExactly(23L, 24L);
        assertThat(report.path("next").asText())
                .isEqualTo("./caravan backfill backfilled --from 2026-03-31 --to 2026-04-01");
        assertThat(call.err()).contains("2 of 4 runs are done");
    }

    private SharedSandbox.Call call(Path config, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (!words[0].equals("show")) {
            all.addAll(List.of("--routes", directory.toString()));
        }
        all.addAll(List.of("--config", config.toString()));
        return SharedSandbox.call(all.toArray(String[]::new));
    }

    private static JsonNode json(SharedSandbox.Call call) throws Exception {
        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        return JSON.readTree(call.out());
    }
}
