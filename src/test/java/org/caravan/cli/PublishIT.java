package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each publish mode from the query to the verification through Databricks, over one run and the next. */
class PublishIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CUSTOMERS = "SELECT id, date '2026-01-01' + (id % 3)::int AS day,"
            + " ('it''s \\ ' || chr(64 + (id % 3)::int))::varchar(20) AS kind,"
            + " name::varchar(20), timestamptz '2026-03-29 00:30:00+00' AS seen FROM (SELECT id::bigint, 'VERSION' AS name"
            + " FROM generate_series(FROM, TO) id) g WHERE WHICH";

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mode=replace                                   | new 6           | 6 | digest",
                "mode=swap                                      | new 6           | 6 | digest",
                "mode=append                                    | new 6, old 5    | 0 | count",
                "mode=merge&keys=id                             | new 6, old 3    | 6 | digest",
                "mode=merge&keys=id,day&whenMatched=ignore      | new 4, old 5    | 0 | count",
                "mode=merge&keys=id&whenMissing=delete          | new 6           | 6 | digest",
                "mode=replace-partition&partition=day           | new 4, old 2    | 4 | digest",
                "mode=replace-partition&partition=kind          | new 4, old 2    | 4 | digest"
            })
    void verifiesWhatTheModeLeaves(String parameters, String left, long rows, String proof) throws Exception {
        String name = "mode_" + Integer.toHexString(parameters.hashCode());
        boolean partition = parameters.contains("partition");

        run(name, parameters, sql("old", 1, 5, "true"), 0);
        // Ids 4 to 9, or those of two days of the three.
        JsonNode report = run(name, parameters, sql("new", 4, 9, partition ? "id % 3 < 2" : "true"), 0);

        try (Connection redshift = SharedSandbox.redshift()) {
            List<String> found = new ArrayList<>();
            for (List<String> row : SharedSandbox.query(
                    redshift, "select name, count(*) from public." + name + " group by name order by name")) {
                found.add(String.join(" ", row));
            }
            assertThat(String.join(", ", found)).isEqualTo(left);
            assertThat(SharedSandbox.query(redshift, "select count(*) from caravan_staging." + name + "__load_ledger"))
                    .containsExactly(List.of("2"));
        }
        if (proof.equals("digest")) {
            assertThat(report.path("rows").path("databricks").asLong()).isEqualTo(rows);
            assertThat(report.path("digests").path("databricks"))
                    .isEqualTo(report.path("digests").path("files"));
        }
    }

    @Test
    void findsThatATargetWasChangedAfterItWasPublished() throws Exception {
        String behind = "update public.changed_later set name = 'other' where id = 2";
        run("changed_later", "mode=merge&keys=id", sql("old", 1, 5, "true"), 0);

        JsonNode report = run("changed_later", "mode=merge&keys=id", sql("new", 2, 3, "true"), 7, "", behind);

        assertThat(report.path("error").path("message").asText())
                .contains("table public.changed_later is not what was queried");
    }

    @Test
    void publishesNothingThatWasChangedAfterItWasVerified() throws Exception {
        run("changed_before", "mode=append", sql("old", 1, 5, "true"), 0);

        JsonNode report = run(
                "changed_before",
                "mode=append",
                sql("new", 1, 5, "true"),
                8,
                "update STAGED set name = 'other' where id = 2",
                "");

        assertThat(report.path("error").path("message").asText())
                .contains("it was changed after it was loaded and verified");
        try (Connection redshift = SharedSandbox.redshift()) {
            assertThat(SharedSandbox.query(redshift, "select name, count(*) from public.changed_before group by name"))
                    .containsExactly(List.of("old", "5"));
        }
    }

    private static String sql(String version, int from, int to, String which) {
        return CUSTOMERS
                .replace("VERSION", version)
                .replace("generate_series(FROM, TO)", "generate_series(" + from + ", " + to + ")")
                .replace("WHICH", which);
    }

    private JsonNode run(String name, String parameters, String sql, int exitCode, String... behind) throws Exception {
        Files.writeString(directory.resolve(name + ".sql"), sql);
        Files.writeString(
                directory.resolve(name + ".camel.yaml"), JSON.writeValueAsString(routes(name, parameters, behind)));
        Path verify = directory.resolve("verify.camel.yaml");
        if (Files.notExists(verify)) {
            CommandLineCall.verification(directory);
        }
        SharedSandbox.Call call = SharedSandbox.call(
                "run",
                name,
                "--json",
                "--routes",
                directory.toString(),
                "--config",
                SharedSandbox.configWith(Map.of("verify.digest", "both")).toString());
        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
        return JSON.readTree(call.out());
    }

    /** The everyday form; or each step, with a statement before and one after the publication. */
    private static List<Object> routes(String name, String parameters, String... behind) {
        List<Object> steps = new ArrayList<>();
        steps.add(Map.of(
                "to",
                Map.of(
                        "uri",
                        "kamelet:caravan-extract",
                        "parameters",
                        Map.of("pipeline", name, "sql", "file:{{caravan.routes}}/" + name + ".sql"))));
        if (behind.length == 0) {
            Map<String, String> load = new LinkedHashMap<>();
            for (String parameter : parameters.split("&", -1)) {
                load.put(parameter.split("=", -1)[0], parameter.split("=", -1)[1]);
            }
            steps.add(Map.of("to", Map.of("uri", "kamelet:caravan-load", "parameters", load)));
        } else {
            steps.add(Map.of("to", "caravan-redshift:load"));
            steps.add(Map.of("to", "direct:verify"));
            execute(steps, behind[0].replace("STAGED", "caravan_staging." + name + "__${header.CamelCaravanRunId}"));
            steps.add(Map.of("to", "caravan-redshift:publish?" + parameters));
            execute(steps, behind[1]);
        }
        steps.add(Map.of("to", "kamelet:caravan-verify"));
        return List.of(Map.of("route", Map.of("id", name, "from", Map.of("uri", "timer:" + name, "steps", steps))));
    }

    private static void execute(List<Object> steps, String statement) {
        if (!statement.isEmpty()) {
            steps.add(Map.of("setBody", Map.of("simple", statement)));
            steps.add(Map.of("to", "jdbc:redshift"));
        }
    }
}
