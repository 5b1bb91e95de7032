package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pipeline of a test's own, in the everyday form, which always compares the digest in both engines; immutable. */
record TestPipeline(
        String name, String sql, Map<String, String> extract, Map<String, String> load, List<String> behindItsBack) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static TestPipeline of(String name, String sql) {
        return new TestPipeline(name, sql, Map.of(), Map.of(), List.of());
    }

    /** With a parameter of the extracting step. */
    TestPipeline with(String parameter, String value) {
        Map<String, String> changed = new LinkedHashMap<>(extract);
        changed.put(parameter, value);
        return new TestPipeline(name, sql, changed, load, behindItsBack);
    }

    /** With a parameter of the loading step. */
    TestPipeline loading(String parameter, String value) {
        Map<String, String> changed = new LinkedHashMap<>(load);
        changed.put(parameter, value);
        return new TestPipeline(name, sql, extract, changed, behindItsBack);
    }

    /** With statements between load and verification; {@code STAGED} in them is the run's staging table. */
    TestPipeline tampered(List<String> statements) {
        return new TestPipeline(name, sql, extract, load, statements);
    }

    /** Writes its route and its query into a folder. */
    void write(Path directory) throws IOException {
        Files.writeString(directory.resolve(name + ".sql"), sql);
        Files.writeString(directory.resolve(name + ".camel.yaml"), JSON.writeValueAsString(routes()));
        Path verify = directory.resolve("verify.camel.yaml");
        if (Files.notExists(verify)) {
            Files.copy(Common.home().resolve("routes/verify.camel.yaml"), verify);
        }
    }

    SharedSandbox.Call call(Path directory) throws IOException {
        write(directory);
        Path config = SharedSandbox.configWith(Map.of("verify.digest", "both"));
        return SharedSandbox.call(
                "run", name, "--json", "--routes", directory.toString(), "--config", config.toString());
    }

    /** Runs it and holds every count and digest of the report against each other. */
    JsonNode run(Path directory, long rows, int columns) throws IOException {
        SharedSandbox.Call call = call(directory);
        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        JsonNode report = JSON.readTree(call.out());
        assertThat(report.path("columns").asInt()).isEqualTo(columns);
        for (String point : List.of("source", "files", "copied", "redshift", "databricks")) {
            assertThat(report.path("rows").path(point).asLong(-1)).as(point).isEqualTo(rows);
        }
        JsonNode digests = report.path("digests");
        assertThat(digests.path("files").asText()).matches("1:" + rows + ":[0-9a-f]+:[0-9a-f]+");
        assertThat(digests.path("redshift")).isEqualTo(digests.path("files"));
        assertThat(digests.path("databricks")).isEqualTo(digests.path("files"));
        return report;
    }

    /** YAML that is also JSON, so that no character of a name or a value needs care. */
    private List<Object> routes() {
        Map<String, String> parameters = new LinkedHashMap<>(extract);
        parameters.put("pipeline", name);
        parameters.put("sql", "file:{{caravan.routes}}/" + name + ".sql");
        List<Object> steps = new ArrayList<>();
        steps.add(Map.of("to", Map.of("uri", "kamelet:caravan-extract", "parameters", parameters)));
        if (behindItsBack.isEmpty()) {
            steps.add(Map.of("to", Map.of("uri", "kamelet:caravan-load", "parameters", load)));
        } else {
            steps.add(Map.of("to", "caravan-redshift:load"));
            for (String statement : behindItsBack) {
                String staged = "caravan_staging." + name + "__${header.CamelCaravanRunId}";
                steps.add(Map.of("setBody", Map.of("simple", statement.replace("STAGED", staged))));
                steps.add(Map.of("to", "jdbc:redshift"));
            }
            steps.add(Map.of("to", "direct:verify"));
            steps.add(Map.of("to", "caravan-redshift:publish"));
        }
        steps.add(Map.of("to", "kamelet:caravan-verify"));
        return List.of(Map.of("route", Map.of("id", name, "from", Map.of("uri", "timer:" + name, "steps", steps))));
    }
}
