package org.caravan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The comparison in its shortest form: psql and Caravan, one round. */
class BenchIT {
    private static final Path DIRECTORY = Path.of("target/it-bench").toAbsolutePath();

    @Test
    void comparesCaravanWithTheSource() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int exitCode = Bench.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "--scale=0.01",
                        "--rounds=1",
                        "--only=psql,caravan,caravan-s3,caravan-csv",
                        "--dir=" + DIRECTORY);

        assertThat(exitCode).as(out + "\n" + err).isZero();
        JsonNode results =
                new ObjectMapper().readTree(DIRECTORY.resolve("bench.json").toFile());
        Map<String, JsonNode> medians = new TreeMap<>();
        results.path("medians")
                .forEach(each -> medians.put(each.path("contender").asText(), each));
        assertThat(medians).containsOnlyKeys("psql", "caravan", "caravan-s3", "caravan-csv");
        assertThat(medians.get("psql").path("wallRatio").asDouble()).isEqualTo(1.0);
        medians.values().forEach(each -> {
            assertThat(each.path("rows").asLong()).isEqualTo(60_175);
            assertThat(each.path("failed").asInt()).isZero();
            assertThat(each.path("workSeconds").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(each.path("wallSeconds").asDouble());
        });
        assertThat(DIRECTORY.resolve("bench.md")).content().contains("| Caravan: Parquet snappy to files | ");
        assertThat(DIRECTORY.resolve("bench.svg")).content().startsWith("<svg ");
        assertThat(Files.exists(DIRECTORY.resolve("sandbox/application-sandbox.properties")))
                .as("the sandbox is up still")
                .isFalse();
    }
}
